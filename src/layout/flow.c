#include "layout/flow.h"
#include "layout/fit.h"
#include "layout/frame.h"
#include "layout/line.h"
#include "layout/numbers.h"
#include "layout/running.h"
#include "layout/shape.h"
#include "layout/starts.h"
#include "layout/table.h"
#include "layout/tag.h"
#include "layout/wrap.h"

#include <stdlib.h>
#include <string.h>

enum { AUTO_SPACING = 14000 }; /* before/afterAutospacing */

static const int64_t LOWEST = INT64_MAX / 2; /* of rows whose page does not end in them */

struct flow *flow_new(struct layout *l, mpt width) {
    struct flow *flow = POOL_NEW(l->pool, struct flow);
    flow->width = width;
    return flow;
}

struct strip *flow_push(struct layout *l, struct flow *flow, struct strip strip) {
    flow->height -= flow->tail;
    flow->tail = 0;
    mpt gap = flow->strips.n ? strip.gap : strip.top_gap;
    strip.y = flow->height + gap;
    flow->height = strip.y + strip.height;
    strip.block = flow->blocks;
    if (strip.row)
        strip.atom = strip.row->index;
    struct strip *s = VEC_PUSH(l->pool, &flow->strips);
    *s = strip;
    return s;
}

/* ---- spacing between paragraphs (17.3.1.33) ---- */

static mpt before(const struct para_props *p) {
    return p->before_auto ? AUTO_SPACING : (mpt)clamp(p->before, 0, MAX_LENGTH);
}

static mpt after(const struct para_props *p) {
    return p->after_auto ? AUTO_SPACING : (mpt)clamp(p->after, 0, MAX_LENGTH);
}

static bool same_style(const struct para_props *a, const struct para_props *b) {
    return a->style_id == b->style_id ||
           (a->style_id && b->style_id && strcmp(a->style_id, b->style_id) == 0);
}

/* The larger of the two, not the sum; contextualSpacing drops the side of the paragraph that sets
 * it when its neighbour has the same style. */
static mpt gap_between(const struct para_props *a, const struct para_props *b) {
    if (!a)
        return before(b);
    bool same = same_style(a, b);
    mpt above = same && a->contextual ? 0 : after(a);
    mpt below = same && b->contextual ? 0 : before(b);
    return above > below ? above : below;
}

/* Automatic spacing keeps paragraphs apart as a browser does: the first of the document, of a cell
 * and of a text box has none above it, the last of a cell none below. */
static mpt before_first(const struct flow *flow, const struct para_props *p) {
    bool opens = !flow->strips.n && (flow->is_body || flow->is_cell || flow->is_box);
    return opens && p->before_auto ? 0 : before(p);
}

static void drop_last_after(struct flow *flow) {
    if (!flow->last || !flow->last->after_auto)
        return;
    flow->height -= flow->tail;
    flow->tail = 0;
}

/* ---- a paragraph ---- */

/* What the paragraphs around it mean for its borders. */
static struct para_edges para_edges(const struct flow *flow, const struct para_props *p,
                                    const struct block *next, bool first, bool last) {
    struct para_edges e = {.top = first, .bottom = last};
    if (first && flow->last && decor_joins(flow->last, p)) {
        e.top = false;
        e.between = p->borders[EDGE_BETWEEN].width > 0;
    }
    if (last && next && next->kind == WML_PARA && decor_joins(p, next->para->props))
        e.bottom = false;
    return e;
}

static bool is_decorated(const struct para_props *p) {
    for (int e = 0; e < EDGES; e++)
        if (p->borders[e].width > 0)
            return true;
    for (size_t i = 0; i < p->tab_count; i++)
        if (p->tabs[i].kind == TAB_BAR)
            return true;
    return p->shade >= 0;
}

/* Notes of a floating table are those of the line it hangs on. */
static void story_notes(struct layout *l, const struct flow *story, struct extras *x) {
    struct note_list list = {0};
    const size_t *note;
    flow_notes(l, story, (struct place){0}, (struct place){.strip = story->strips.n}, &list);
    VEC_EACH (note, &list.at)
        *VEC_PUSH(l->pool, &x->notes) = *note;
}

static void open_extras(struct layout *l, struct flow *flow, struct extras *x) {
    if (!x)
        return;
    struct anchored *a;
    VEC_EACH (a, &x->anchors) {
        shape_open(l, a);
        if (a->story && a->story->note_count)
            story_notes(l, a->story, x);
        flow->has_fields |= a->story && a->story->has_fields;
    }
    flow->note_count += x->notes.n;
    flow->has_fields |= x->fields.n > 0;
}

/* Lines of a paragraph between two forced page breaks: what widow control and keepLines see. */
struct segment {
    size_t first, count; /* spans */
};

/* May a page begin with line `k` of `n`? Widow control leaves two lines on each side. */
static bool line_may_part(const struct para_props *p, size_t k, size_t n) {
    if (k == 0)
        return true;
    if (p->keep_lines)
        return false;
    return !p->widow_control || (k >= 2 && n - k >= 2);
}

struct para_job {
    struct layout *l;
    struct flow *flow;
    const struct block *block;
    const struct wml_section *section;
    struct measure m;
    VEC(struct span) spans;
    mpt above; /* of the line in hand, from the paragraph's top */
};

/* The forced break that ended the line before `i`: a column break is a page break where there is
 * but one column. */
static enum flow_break break_before(const struct para_job *job, size_t i) {
    const struct span *last = &job->spans.at[i - 1];
    if (last->how != END_PAGE_BREAK)
        return BREAK_NONE;
    bool column = job->l->text->atoms.at[last->end - 1].object;
    return column && job->section && job->section->columns > 1 ? BREAK_COLUMN : BREAK_PAGE;
}

static void set_gaps(const struct para_job *job, size_t i, struct strip *s) {
    const struct para_props *p = job->block->para->props;
    if (i)
        return;
    s->top_gap = before_first(job->flow, p);
    s->gap = gap_between(job->flow->last, p);
    if (!job->flow->last) /* after a table: its bottom border */
        s->gap = length((int64_t)s->gap + job->flow->tail);
}

/* Whether as many lines as may now end in divided words (17.15.1.22). */
static bool enough_hyphens(const struct para_job *job) {
    int limit = job->l->document->hyphenation.limit, lines = 0;
    for (size_t i = job->spans.n; limit > 0 && lines < limit && i-- > 0; lines++) {
        const struct span *s = &job->spans.at[i];
        if (s->how != END_SOFT || job->l->text->atoms.at[s->end - 1].kind != ATOM_SOFT_HYPHEN)
            return false;
    }
    return limit > 0 && lines == limit;
}

static struct measure measure_of(const struct para_job *job, const struct span *span) {
    struct measure m = job->m;
    m.whole_words = enough_hyphens(job);
    m.turn += fine_from_mpt(span->wider);
    if (span->narrow) {
        m.first += span->left - m.left;
        m.from += span->left - m.left;
        m.to += span->right - m.right;
        m.left = span->left;
        m.right = span->right;
    }
    return m;
}

/* The other side of an obstacle: on the height of the line before. */
static void join_line(struct para_job *job, struct strip *s) {
    const struct strip *before = &job->flow->strips.at[job->flow->strips.n - 1];
    s->gap = -before->height;
    s->above = length((int64_t)s->above - before->height);
    s->height = (mpt)larger(s->height, before->height);
    s->may_part = false;
    job->above = length((int64_t)s->above + s->height);
}

/* Floating tables before the paragraph stand by its first line. */
static void hang_pending(struct para_job *job, struct strip *s) {
    struct flow *flow = job->flow;
    const struct anchored *a;
    if (flow->pending.n && !s->extras)
        s->extras = POOL_NEW(job->l->pool, struct extras);
    VEC_EACH (a, &flow->pending)
        *VEC_PUSH(job->l->pool, &s->extras->anchors) = *a;
    flow->pending.n = 0;
}

/* A line stands on a page that has room for the obstacles anchored in it, if any has. */
static void reach_down(struct para_job *job, struct strip *s) {
    const struct wml_section *section = job->section;
    int64_t reach = wrap_reach(job->flow, s);
    if (!section)
        return;
    int64_t most = (int64_t)length(section->page_height) - labs(length(section->top)) -
                   labs(length(section->bottom));
    if (reach > s->fit && reach <= most)
        s->fit = (mpt)reach;
}

/* Spacing before a paragraph that follows a forced break: none from Word 2013 on, and where older
 * documents ask for that; pageBreakBefore is no such break. */
static bool drops_before(const struct layout *l) {
    return l->document->compat_mode >= 15 || (l->document->compat & COMPAT_NO_SPACE_AFTER_BREAK);
}

/* A paragraph that begins with a page break begins overleaf (17.15.3.48). */
static bool begins_overleaf(const struct para_job *job, size_t i) {
    const struct span *first = job->spans.at;
    const struct atom *atoms = job->l->text->atoms.at;
    bool empty = i == 1 && first->how == END_PAGE_BREAK;
    for (size_t k = 0; empty && k < first->end; k++)
        empty = atoms[k].kind == ATOM_PAGE_BREAK || atoms[k].kind == ATOM_BOOKMARK;
    return empty && !(job->l->document->compat & COMPAT_NO_SPACE_AFTER_BREAK);
}

static void set_breaks(const struct para_job *job, size_t i, size_t k, struct strip *s) {
    const struct para_props *p = job->block->para->props;
    enum flow_break by = k ? BREAK_NONE : i ? break_before(job, i) : job->flow->break_next;
    bool own = i == 0 && p->page_break_before;
    s->page_break = by == BREAK_PAGE || own;
    s->column_break = by == BREAK_COLUMN && !s->page_break;
    s->keep_top = own || !job->flow->strips.n || (by && !drops_before(job->l));
    if (begins_overleaf(job, i)) {
        s->top_gap = before(p);
        s->keep_top = true;
    }
}

/* Fill and borders keep clear of what stands beside the line, as in Word. */
static struct line_column column_of(const struct para_job *job, const struct span *span) {
    struct line_column column = {0, length(job->flow->width)};
    if (span->narrow) {
        column.left = mpt_from_fine(span->left - job->m.left);
        column.right += mpt_from_fine(span->right - job->m.right);
    }
    return column;
}

static void push_line(struct para_job *job, size_t i, struct segment segment) {
    struct layout *l = job->l;
    const struct para_props *p = job->block->para->props;
    bool first = i == 0, last = i + 1 == job->spans.n;
    const struct span *span = &job->spans.at[i];
    struct measure m = measure_of(job, span);
    struct strip s = line_place(l, &m, span, first, last);
    if (is_decorated(p))
        decor_line(l, p, column_of(job, span),
                   para_edges(job->flow, p, job->block->next, first, last), &s);
    if (span->clear)
        decor_shift(l, &s, span->clear);
    s.draws = POOL_ARRAY(l->pool, struct draw, s.draw_count);
    if (s.draw_count)
        memcpy(s.draws, l->text->draws.at, s.draw_count * sizeof *s.draws);
    s.section = job->section;
    s.atom = span->start;
    s.above = job->above;
    s.numbered = !(p->asks & ASKS_NO_LINE_NUMBERS) && !span->joined;
    if (p->asks & ASKS_MIRROR_INDENTS)
        s.mirrored = length(m.bidi ? (int64_t)p->left - p->right : (int64_t)p->right - p->left);
    job->above = length((int64_t)job->above + s.height);
    set_gaps(job, i, &s);
    size_t k = i - segment.first;
    s.may_part = line_may_part(p, k, segment.count);
    if (span->joined)
        join_line(job, &s);
    s.may_break = s.may_part && !(first && job->flow->keep_last);
    if (l->story == IN_BODY)
        set_breaks(job, i, k, &s);
    if (first)
        hang_pending(job, &s);
    struct strip *pushed = flow_push(l, job->flow, s);
    if (s.extras && s.extras->anchors.n && job->flow->obstacles.n)
        reach_down(job, pushed);
}

/* An empty paragraph, or one that ends with a line break, has an empty last line; so has one that
 * ends with a page break where old documents ask for it (w:splitPgBreakAndParaMark). */
static bool ends_empty(const struct para_job *job) {
    size_t n = job->spans.n;
    if (!n || job->spans.at[n - 1].how == END_LINE_BREAK)
        return true;
    return (job->l->document->compat & COMPAT_SPLIT_BREAK_AND_MARK) &&
           break_before(job, n) == BREAK_PAGE;
}

/* Where a line of `height` at `y` may stand, as its paragraph counts, in a column so much wider. */
static struct room room_for(const struct para_job *job, mpt wider, int64_t y, mpt height) {
    fine left = job->m.left, right = job->m.right + fine_from_mpt(wider);
    fine turn = job->m.turn + fine_from_mpt(wider);
    if (!job->m.bidi)
        return wrap_room(job->flow, left, right, y, height);
    struct room room = wrap_room(job->flow, turn - right, turn - left, y, height);
    wrap_turn(&room, turn);
    return room;
}

/* `clear`: room that the line break before asks to be left above it. */
static void end_lines(struct para_job *job, int64_t y, mpt clear) {
    size_t n = job->spans.n, end = job->l->text->atoms.n;
    if (!ends_empty(job))
        return;
    struct span span = {.start = end, .visible = end, .end = end, .how = END_PARA, .clear = clear};
    if (!n && job->flow->obstacles.n)
        span.clear = room_for(job, 0, y, line_height(job->l, &job->m, &span, true)).clear;
    *VEC_PUSH(job->l->pool, &job->spans) = span;
}

/* By how much the column of atom `at` is wider than the one the paragraph begins in. */
static mpt wider(const struct para_job *job, size_t at) {
    const struct line_lengths *lengths = job->flow->lengths;
    if (!lengths)
        return starts_width(job->l, job->flow, at) - job->flow->width;
    size_t i = lengths->at.n - 1, strip = job->flow->strips.n + job->spans.n;
    while (i > 0 && lengths->at.at[i].strip > strip)
        i--;
    return lengths->at.at[i].length - job->flow->width;
}

/* The line at atom `at` beside an obstacle. False: not even its first word fits there. */
static bool break_beside(struct para_job *job, size_t at, const struct room *room, size_t k,
                         bool joined) {
    const struct text *t = job->l->text;
    struct span edges = {.wider = wider(job, at)};
    edges.narrow = room->narrow || edges.wider;
    edges.left = room->at[k].left;
    edges.right = room->at[k].right;
    struct measure m = measure_of(job, &edges);
    struct span span = line_break(t, &m, at);
    if (room->narrow && span.how == END_SOFT && !t->atoms.at[span.end - 1].may_break)
        return false;
    span.narrow = edges.narrow;
    span.left = edges.left;
    span.right = edges.right;
    span.wider = edges.wider;
    span.joined = joined;
    span.clear = joined ? 0 : room->clear;
    *VEC_PUSH(job->l->pool, &job->spans) = span;
    return true;
}

/* The line at `*at` in the free stretches of one height, one span in each. False: none holds a
 * word. */
static bool break_row(struct para_job *job, size_t *at, const struct room *room) {
    size_t before = job->spans.n;
    for (size_t k = 0; k < room->n && *at < job->l->text->atoms.n; k++) {
        if (!break_beside(job, *at, room, k, job->spans.n > before))
            continue;
        const struct span *span = &job->spans.at[job->spans.n - 1];
        *at = span->end;
        if (span->how != END_SOFT)
            break;
    }
    return job->spans.n > before;
}

/* How far below `y` a line begins that follows a break which wants free sides (w:br w:clear). */
static int64_t cleared(const struct para_job *job, int64_t y) {
    const struct span *last = &job->spans.at[job->spans.n - 1];
    uint32_t sides = last->how == END_LINE_BREAK ? job->l->text->atoms.at[last->end - 1].object : 0;
    fine left = job->m.left, right = job->m.right, turn = job->m.turn;
    if (!sides)
        return 0;
    return job->m.bidi ? wrap_clear(job->flow, turn - right, turn - left, y, sides) - y
                       : wrap_clear(job->flow, left, right, y, sides) - y;
}

/* Lines of a paragraph that may meet obstacles: the height each comes to stand at counts. Returns
 * the room the last one wants below it. */
static mpt break_around(struct para_job *job, int64_t y) {
    struct span none = {0};
    mpt height = (mpt)larger(line_height(job->l, &job->m, &none, true), 1);
    int64_t vain = 0; /* how far down was tried already */
    for (size_t at = 0, n = job->l->text->atoms.n; at < n;) {
        struct room room = room_for(job, wider(job, at), y + vain, height);
        room.clear = length(room.clear + vain);
        size_t i = job->spans.n;
        vain = 0;
        if (!break_row(job, &at, &room)) {
            vain = larger(room.below - y, (int64_t)room.clear + 1);
            continue;
        }
        int64_t line = 0;
        for (; i < job->spans.n; i++)
            line = larger(line, line_height(job->l, &job->m, &job->spans.at[i], at == n));
        y += room.clear + line;
        vain = cleared(job, y);
    }
    return length(vain);
}

static void break_lines(struct para_job *job, int64_t y) {
    const struct text *t = job->l->text;
    if (job->flow->obstacles.n) {
        end_lines(job, y, break_around(job, y));
        return;
    }
    for (size_t at = 0; at < t->atoms.n;) {
        struct span edges = {.narrow = true, .left = job->m.left, .wider = wider(job, at)};
        edges.right = job->m.right + fine_from_mpt(edges.wider);
        edges.narrow = edges.wider != 0;
        struct measure m = measure_of(job, &edges);
        struct span span = line_break(t, &m, at);
        span.narrow = edges.narrow;
        span.left = edges.left;
        span.right = edges.right;
        span.wider = edges.wider;
        *VEC_PUSH(job->l->pool, &job->spans) = span;
        at = span.end;
    }
    end_lines(job, y, 0);
}

static struct segment segment_at(const struct para_job *job, size_t first) {
    size_t i = first;
    while (i < job->spans.n && job->spans.at[i].how != END_PAGE_BREAK)
        i++;
    return (struct segment){first, (i < job->spans.n ? i + 1 : i) - first};
}

static void finish_para(struct para_job *job) {
    struct flow *flow = job->flow;
    const struct para_props *p = job->block->para->props;
    flow->last = p;
    flow->keep_last = p->keep_next;
    flow->tail = after(p);
    flow->height += flow->tail;
}

/* Where the paragraph begins in its flow. */
static int64_t para_top(const struct para_job *job) {
    struct strip s = {0};
    const struct flow *flow = job->flow;
    set_gaps(job, 0, &s);
    return flow->height - flow->tail + (flow->strips.n ? s.gap : s.top_gap);
}

/* A block is as wide as the column it begins in. */
static void begin_block(struct layout *l, struct flow *flow) {
    flow->blocks++;
    flow->width = starts_width(l, flow, 0);
}

/* Lines in cells snap to the grid of the page only where the document asks for it. */
static mpt grid_of(const struct layout *l, const struct para_props *p,
                   const struct wml_section *section) {
    if (!p->snap_to_grid)
        return 0;
    if (l->story == IN_CELL)
        return l->cell_grid;
    return section && l->story == IN_BODY ? length(section->line_pitch) : 0;
}

/* The stories of text boxes use l->text again, so they are laid out last. */
static void append_para(struct layout *l, struct flow *flow, const struct block *block,
                        const struct wml_section *section) {
    block = frame_fit(l, flow, block);
    if (!text_read(l, block->para))
        return;
    struct para_job job = {.l = l, .flow = flow, .block = block, .section = section};
    begin_block(l, flow);
    line_measure(l, block->para->props, flow->width, &job.m);
    if (block->para->props->asks & ASKS_FITTING_LINES)
        fit_lines(l, job.m.right - job.m.first, job.m.right - job.m.left);
    job.m.grid = grid_of(l, block->para->props, section);
    int64_t top = para_top(&job);
    bool breaks = flow->break_next || block->para->props->page_break_before;
    wrap_forget(flow, top, breaks && flow->is_body);
    wrap_open(l, flow, block->para, top);
    break_lines(&job, top);
    l->tag = tag_para(l, block->para);
    size_t from = flow->strips.n;
    struct segment segment = segment_at(&job, 0);
    for (size_t i = 0; i < job.spans.n; i++) {
        if (i == segment.first + segment.count)
            segment = segment_at(&job, i);
        push_line(&job, i, segment);
    }
    flow->break_next = break_before(&job, job.spans.n);
    tag_heading(l, block->para, &flow->strips.at[from].extras);
    if (l->document->style_text_count || block->para->chapter)
        running_mark(l, block->para, &flow->strips.at[from].extras);
    for (size_t i = from; i < flow->strips.n; i++)
        open_extras(l, flow, flow->strips.at[i].extras);
    finish_para(&job);
}

/* ---- too deep ---- */

/* Beyond MAX_NESTING tables and text boxes lie flat: their paragraphs one below another. A stack
 * of our own walks them, so depth costs memory only. */
struct walk {
    struct layout *l;
    struct flow *flow;
    const struct wml_section *section;
    VEC(const struct block *) stack;
};

static void push_blocks(struct walk *w, const struct block *blocks) {
    if (blocks)
        *VEC_PUSH(w->l->pool, &w->stack) = blocks;
}

static void push_table(struct walk *w, const struct table *table) {
    for (size_t r = table->row_count; r-- > 0;)
        for (size_t c = table->rows[r].cell_count; c-- > 0;)
            if (table->rows[r].cells[c].merge != MERGE_CONTINUE)
                push_blocks(w, table->rows[r].cells[c].blocks);
}

/* The paragraph without its text boxes, whose stories are walked after it. */
static void flatten_para(struct walk *w, const struct block *block) {
    struct para *para = POOL_NEW(w->l->pool, struct para);
    struct block *alone = POOL_NEW(w->l->pool, struct block);
    *para = *block->para;
    *alone = (struct block){.kind = WML_PARA, .para = para};
    para->items = POOL_ARRAY(w->l->pool, struct inline_item, para->item_count);
    para->item_count = 0;
    for (size_t i = block->para->item_count; i-- > 0;) {
        const struct inline_item *item = &block->para->items[i];
        if (item->kind == INLINE_SHAPE && item->shape && item->shape->kind == SHAPE_TEXT_BOX)
            push_blocks(w, item->shape->blocks);
    }
    for (size_t i = 0; i < block->para->item_count; i++)
        if (block->para->items[i].kind != INLINE_SHAPE && block->para->items[i].kind != INLINE_BOX)
            para->items[para->item_count++] = block->para->items[i];
    append_para(w->l, w->flow, alone, w->section);
}

static void append_flat(struct layout *l, struct flow *flow, const struct block *blocks,
                        const struct wml_section *section) {
    struct walk w = {.l = l, .flow = flow, .section = section};
    if (!l->said_too_deep)
        diag_add(l->diag, LAYOUT_TOO_DEEP, (struct where){.file = l->document->path}, NULL);
    l->said_too_deep = true;
    push_blocks(&w, blocks);
    while (w.stack.n && !l->failed) {
        const struct block *block = w.stack.at[--w.stack.n];
        push_blocks(&w, block->next);
        if (block->kind == WML_TABLE)
            push_table(&w, block->table);
        else
            flatten_para(&w, block);
    }
}

/* ---- stories ---- */

/* A floating table needs a paragraph to hang on, not too many tables later. */
static bool followed(const struct block *b) {
    for (int i = 0; i < 16 && b && b->kind == WML_TABLE && b->table->place; i++)
        b = b->next;
    return b && b->kind == WML_PARA;
}

static mpt before_after_tables(const struct block *b) {
    while (b->kind == WML_TABLE)
        b = b->next;
    return before(b->para->props);
}

static bool is_blank(const struct para *para) {
    for (size_t i = 0; i < para->item_count; i++)
        if (para->items[i].kind != INLINE_BOOKMARK &&
            !(para->items[i].kind == INLINE_TEXT && !para->items[i].text[0]))
            return false;
    return true;
}

/* The paragraph that must follow a nested table in a cell: Word gives it no room while empty. */
static bool collapses(const struct flow *flow, const struct block *before, const struct block *b) {
    return flow->is_cell && !b->next && before && before->kind == WML_TABLE && !flow->pending.n &&
           is_blank(b->para);
}

/* A paragraph that holds nothing but the end of its section: Word gives it no room of its own. */
static bool is_section_mark(const struct flow *flow, const struct block *before,
                            const struct block *b) {
    const struct wml_section *s = flow->is_body ? flow->section : NULL;
    return s && s->next && before && !b->next && !flow->pending.n && !b->para->item_count &&
           !is_decorated(b->para->props);
}

void flow_append(struct layout *l, struct flow *flow, const struct block *blocks,
                 const struct wml_section *section) {
    if (l->depth >= MAX_NESTING) {
        append_flat(l, flow, blocks, section);
        return;
    }
    if (section && (l->document->compat & COMPAT_GRID_IN_CELLS))
        l->cell_grid = length(section->line_pitch);
    for (const struct block *b = blocks, *before = NULL; b && !l->failed; before = b, b = b->next)
        if (b->kind == WML_TABLE) {
            begin_block(l, flow);
            if (!b->table->place || !followed(b) ||
                !wrap_table(l, flow, b->table, section, before_after_tables(b)))
                table_append(l, flow, b->table, section);
        } else if (!collapses(flow, before, b) && !is_section_mark(flow, before, b)) {
            append_para(l, flow, b, section);
        }
}

static struct flow *build(struct layout *l, const struct block *blocks, mpt width,
                          const struct line_lengths *lengths, enum story story) {
    enum story outer = l->story;
    /* a cell or box of a header is still the header's: its page number is that page's */
    l->story = outer == IN_MARGIN ? IN_MARGIN : story;
    l->depth++;
    struct flow *flow = flow_new(l, width);
    flow->lengths = lengths;
    flow->is_cell = story == IN_CELL;
    flow->is_box = story == IN_BOX;
    flow_append(l, flow, blocks, NULL);
    if (story == IN_CELL)
        drop_last_after(flow);
    if (story == IN_CELL && flow->reach > flow->height) { /* a row holds its drawings */
        flow->tail = length(flow->tail + flow->reach - flow->height);
        flow->height = flow->reach;
    }
    l->depth--;
    l->story = outer;
    return flow;
}

struct flow *flow_build(struct layout *l, const struct block *blocks, mpt width, enum story story) {
    return build(l, blocks, width, NULL, story);
}

struct flow *flow_build_uneven(struct layout *l, const struct block *blocks,
                               const struct line_lengths *lengths, enum story story) {
    return build(l, blocks, lengths->at.at[0].length, lengths, story);
}

/* ---- drawing ---- */

struct draw *page_push(struct layout *l, enum draw_kind kind) {
    struct draw *d = VEC_PUSH(l->pool, &l->frame.page->draws);
    d->kind = kind;
    return d;
}

static void emit_draw(struct layout *l, const struct draw *draw, mpt x, mpt y) {
    struct draw *d = page_push(l, draw->kind);
    *d = *draw;
    if (l->repeating)
        d->tag = 0;
    draw_move(d, x, y);
}

static void emit_shapes(struct layout *l, const struct strip *s, bool behind,
                        const struct anchor_line *line) {
    struct anchored *a;
    if (s->extras)
        VEC_EACH (a, &s->extras->anchors)
            if (a->shape->behind == behind)
                shape_emit(l, a, line);
}

const char *frame_number(struct layout *l, const char *format) {
    const char *number =
        format ? page_number_text(l->pool, l->frame.ordinal, format) : l->frame.number;
    return *l->frame.chapter ? pool_printf(l->pool, "%s%s", l->frame.chapter, number) : number;
}

static void record_fields(struct layout *l, const struct strip *s) {
    size_t *ordinal;
    if (s->extras)
        VEC_EACH (ordinal, &s->extras->fields)
            if (*ordinal < l->found.n)
                l->found.at[*ordinal] = frame_number(l, l->formats.at[*ordinal]);
}

/* `top`: of what of the flow is on this page; a paragraph does not begin above it. */
static void line_emit(struct layout *l, const struct flow *flow, const struct strip *s, mpt x,
                      int64_t y, int64_t top) {
    mpt at = coordinate(y);
    if (l->frame.ordinal % 2 == 0)
        x = coordinate((int64_t)x + s->mirrored);
    const struct anchor_line line = {
        .x = x, .width = flow->width, .y = y, .para = larger(top, y - s->above), .flow = y - s->y};
    emit_shapes(l, s, true, &line);
    for (size_t i = 0; i < s->draw_count; i++)
        emit_draw(l, &s->draws[i], x, at);
    record_fields(l, s);
    if (s->extras) {
        tag_emit(l, s->extras, x, at);
        running_found(l, s->extras);
    }
    emit_shapes(l, s, false, &line);
}

void placed_emit(struct layout *l, const struct flow *flow, struct placed *placed, size_t n, mpt x,
                 int64_t y) {
    for (size_t i = 0; i < n; i++)
        if (placed[i].strip->row)
            row_emit(l, placed, i, n, x, y);
        else
            line_emit(l, flow, placed[i].strip, x, y + placed[i].y, y + placed[0].y);
}

/* Where each strip of a cell stands, from the cell's top; the rows' places are known. */
static size_t stack(struct flow *flow, struct place from, struct place to, bool repeat,
                    struct placed *out) {
    int64_t y = 0;
    size_t n = 0, end = to.strip + to.inside;
    for (size_t i = from.strip; i < end && i < flow->strips.n; i++) {
        struct strip *s = &flow->strips.at[i];
        if (i > from.strip)
            y += s->gap;
        else if (i == 0 && !from.inside)
            y += s->top_gap;
        struct placed *p = &out[n++];
        *p = (struct placed){.strip = s, .y = y, .height = s->height, .repeat = repeat};
        p->split = to.inside && i == to.strip;
        if (s->row && !repeat) {
            row_open(s->row, y, n == 1);
            p->height = p->split ? s->row->part : row_rest(s->row, y);
        }
        y += p->height;
    }
    return n;
}

void flow_emit(struct layout *l, struct flow *flow, struct place from, struct place to, mpt x,
               int64_t y) {
    if (to.strip + to.inside <= from.strip)
        return;
    size_t room = to.strip + to.inside - from.strip;
    struct placed few[8], *placed = room <= 8 ? few : POOL_ARRAY(l->pool, struct placed, room);
    size_t n = stack(flow, from, to, l->repeating, placed);
    placed_emit(l, flow, placed, n, x, y);
}

void flow_notes(struct layout *l, const struct flow *flow, struct place from, struct place to,
                struct note_list *out) {
    if (!flow->note_count)
        return;
    for (size_t i = from.strip; i < to.strip + to.inside && i < flow->strips.n; i++) {
        const struct strip *s = &flow->strips.at[i];
        size_t *note;
        if (s->row)
            row_notes(l, s->row, to.inside && i == to.strip, LOWEST, out);
        else if (s->extras)
            VEC_EACH (note, &s->extras->notes)
                *VEC_PUSH(l->pool, &out->at) = *note;
    }
}
