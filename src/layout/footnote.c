#include "layout/footnote.h"
#include "layout/tag.h"

#include "layout/numbers.h"

#include <string.h>

/* ---- marks counted by page ---- */

static bool any_by_page(const struct document *d) {
    for (size_t i = 0; i < d->note_count; i++)
        if (d->notes[i].page_format)
            return true;
    return false;
}

void note_marks_begin(struct layout *l) {
    if (any_by_page(l->document))
        l->found_marks = POOL_ARRAY(l->pool, const char *, l->document->note_count);
}

static bool same_mark(const char *found, const char *known) {
    return !found || (known && strcmp(found, known) == 0);
}

bool note_marks_settled(const struct layout *l) {
    for (size_t i = 0; l->found_marks && i < l->document->note_count; i++) {
        const char *known = l->known_marks ? l->known_marks[i] : NULL;
        if (!same_mark(l->found_marks[i], known ? known : l->document->notes[i].mark))
            return false;
    }
    return true;
}

void note_marks_learn(struct layout *l) {
    l->known_marks = l->found_marks;
}

static void find_marks(struct note_area *area) {
    struct layout *l = area->l;
    const struct note_part *p;
    if (!l->found_marks)
        return;
    VEC_EACH (p, &area->parts) {
        const struct wml_note *note = &l->document->notes[p->note];
        if (p->placed && note->page_format)
            l->found_marks[p->note] =
                page_number_text(l->pool, note->page_start + area->counted++, note->page_format);
    }
}

/* ---- separators ---- */

/* Where a document has no separator of its own: the rule on a line of Normal. */
static struct block *default_separator(struct layout *l) {
    static const struct para_props props = {.line = 240, .shade = -1, .outline_level = -1};
    struct inline_item *item = POOL_NEW(l->pool, struct inline_item);
    *item = (struct inline_item){.kind = INLINE_SEPARATOR, .props = l->document->normal};
    struct para *para = POOL_NEW(l->pool, struct para);
    *para =
        (struct para){.props = &props, .mark = l->document->normal, .items = item, .item_count = 1};
    struct block *block = POOL_NEW(l->pool, struct block);
    *block = (struct block){.kind = WML_PARA, .para = para};
    return block;
}

static const struct block *or_default(struct layout *l, const struct block *own) {
    return own ? own : default_separator(l);
}

void notes_separator(struct layout *l, struct flow *flow, const struct wml_section *section) {
    l->untagged = true;
    flow_append(l, flow, or_default(l, l->document->endnote_separator), section);
    l->untagged = false;
    flow->keep_last = true; /* not alone at the foot of a column */
}

/* ---- the area ---- */

/* Word writes an empty notice into every file, and gives it no room. */
static bool says_something(const struct block *b) {
    while (b && b->kind == WML_PARA && !b->para->item_count)
        b = b->next;
    return b != NULL;
}

/* Notes that go on overleaf stand under a rule as long as the line. */
void notes_set_width(struct note_area *area, mpt width) {
    struct layout *l = area->l;
    if (!l->document->note_count || (area->separator && area->separator->width == width))
        return;
    const struct document *d = l->document;
    l->untagged = true;
    area->separator = flow_build(l, or_default(l, d->note_separator), width, IN_NOTE);
    l->rule_length = width;
    area->continuation = flow_build(l, or_default(l, d->note_continuation), width, IN_NOTE);
    l->rule_length = 0;
    area->notice = says_something(d->note_notice) ? flow_build(l, d->note_notice, width, IN_NOTE)
                                                  : flow_new(l, width);
    l->untagged = false;
}

void notes_init(struct layout *l, struct note_area *area, mpt width) {
    *area = (struct note_area){.l = l};
    area->seen = POOL_ARRAY(l->pool, bool, l->document->note_count + 1);
    area->flows = POOL_ARRAY(l->pool, struct flow *, l->document->note_count + 1);
    notes_set_width(area, width);
}

static int64_t part_height(const struct note_part *p) {
    if (p->to <= p->from)
        return 0;
    const struct strip *first = &p->flow->strips.at[p->from],
                       *last = &p->flow->strips.at[p->to - 1];
    return last->y + last->height - first->y + p->gap;
}

static bool is_empty(const struct note_area *area) {
    const struct note_part *p;
    VEC_EACH (p, &area->parts)
        if (p->to > p->from)
            return false;
    return true;
}

/* What stands above the first note. */
static struct flow *separator(const struct note_area *area) {
    return area->goes_on ? area->continuation : area->separator;
}

static void add_up(struct note_area *area) {
    const struct note_part *p;
    area->height = is_empty(area) ? 0 : separator(area)->height;
    area->height += area->full && area->height ? area->notice->height : 0;
    VEC_EACH (p, &area->parts)
        area->height += part_height(p);
}

static mpt gap_above(const struct note_area *area, const struct flow *flow, size_t from) {
    mpt above =
        area->parts.n ? area->parts.at[area->parts.n - 1].flow->tail : separator(area)->tail;
    mpt below = from == 0 && flow->strips.n ? flow->strips.at[0].top_gap : 0;
    if (!area->parts.n)
        return below; /* the separator's own tail is in its height */
    return (mpt)larger(above, below);
}

/* How many strips of the part fit into `room`: all, or up to the last place where a page may end.
 */
static size_t fit_strips(const struct note_part *p, int64_t room) {
    size_t good = p->from;
    const struct strip *at = p->flow->strips.at;
    for (size_t i = p->from; i < p->flow->strips.n; i++) {
        if (i > p->from && at[i].may_part)
            good = i;
        if (p->gap + at[i].y + at[i].fit - at[p->from].y > room)
            return good;
    }
    return p->flow->strips.n;
}

/* The same; where not all do, the notice of it needs room, too. */
static size_t fit_part(const struct note_area *area, const struct note_part *p, int64_t room) {
    size_t all = p->flow->strips.n, n = fit_strips(p, room);
    mpt notice = (mpt)area->notice->height;
    return n == all || !notice ? n : fit_strips(p, room - notice);
}

static int64_t room_left(const struct note_area *area, int64_t room) {
    return room - area->height - (is_empty(area) ? separator(area)->height : 0);
}

static bool is_whole(const struct note_part *p) {
    return p->to == p->flow->strips.n;
}

static void push_part(struct note_area *area, struct note_part part) {
    *VEC_PUSH(area->l->pool, &area->parts) = part;
    area->full |= !is_whole(&part);
    add_up(area);
}

void notes_begin(struct note_area *area, int64_t room) {
    size_t n = area->parts.n, kept = 0;
    area->goes_on = false;
    if (!n)
        return;
    struct note_part *old = POOL_ARRAY(area->l->pool, struct note_part, n);
    for (size_t i = 0; i < n; i++)
        if (!is_whole(&area->parts.at[i]))
            old[kept++] = area->parts.at[i];
    area->parts.n = 0;
    area->full = false;
    area->goes_on = kept > 0;
    area->height = 0;
    for (size_t i = 0; i < kept; i++) {
        struct note_part part = old[i];
        part.placed = 0;
        part.from = part.to;
        part.gap = gap_above(area, part.flow, part.from);
        if (!area->full)
            part.to = fit_part(area, &part, room_left(area, room));
        if (part.to == part.from && is_empty(area) && part.from < part.flow->strips.n)
            part.to = part.from + 1; /* taller than the page: it must go on all the same */
        push_part(area, part);
    }
}

static struct flow *tagged_flow(struct layout *l, const struct block *blocks, mpt width) {
    l->container = tag_open(l, ROLE_NOTE, 0);
    struct flow *flow = flow_build(l, blocks, width, IN_NOTE);
    l->container = 0;
    return flow;
}

static struct flow *note_flow(struct note_area *area, size_t note) {
    struct flow *flow = area->flows[note];
    const struct block *blocks = area->l->document->notes[note].blocks;
    if (!flow || flow->width != area->separator->width)
        flow = tagged_flow(area->l, blocks, area->separator->width);
    return area->flows[note] = flow;
}

static bool add_note(struct note_area *area, size_t note, int64_t room, size_t placed, bool force) {
    struct layout *l = area->l;
    if (note >= l->document->note_count || area->seen[note])
        return true;
    struct note_part part = {.note = note, .placed = placed};
    part.flow = note_flow(area, note);
    if (l->failed)
        return true;
    part.gap = gap_above(area, part.flow, 0);
    if (!area->full)
        part.to = fit_part(area, &part, room_left(area, room));
    if (part.to == 0 && part.flow->strips.n && !force)
        return false;
    area->seen[note] = true;
    push_part(area, part);
    return true;
}

bool notes_add(struct note_area *area, const size_t *notes, size_t n, int64_t room, size_t placed,
               bool force) {
    size_t before = area->parts.n;
    for (size_t i = 0; i < n; i++) {
        if (add_note(area, notes[i], room, placed, force))
            continue;
        while (area->parts.n > before)
            area->seen[area->parts.at[--area->parts.n].note] = false;
        area->full = false;
        add_up(area);
        return false;
    }
    return true;
}

void notes_cut(struct note_area *area, size_t kept) {
    const struct note_part *p;
    if (!area->parts.n)
        return;
    while (area->parts.n && area->parts.at[area->parts.n - 1].placed > kept)
        area->seen[area->parts.at[--area->parts.n].note] = false;
    area->full = false;
    VEC_EACH (p, &area->parts)
        area->full |= !is_whole(p);
    add_up(area);
}

bool notes_waiting(const struct note_area *area) {
    return area->full;
}

/* What stands above or below the notes. */
static void emit_around(const struct note_area *area, struct flow *flow, mpt x, int64_t y) {
    area->l->repeating = true;
    flow_emit(area->l, flow, (struct place){0}, (struct place){.strip = flow->strips.n}, x, y);
    area->l->repeating = false;
}

void notes_emit(struct note_area *area, mpt x, int64_t bottom) {
    find_marks(area);
    if (is_empty(area))
        return;
    int64_t y = bottom - area->height;
    struct flow *rule = separator(area);
    emit_around(area, rule, x, y);
    y += rule->height;
    const struct note_part *p;
    VEC_EACH (p, &area->parts) {
        if (p->to <= p->from)
            continue;
        mpt own = p->from == 0 ? p->flow->strips.at[0].top_gap : 0; /* flow_emit adds it */
        flow_emit(area->l, p->flow, (struct place){p->from, false}, (struct place){p->to, false}, x,
                  y + p->gap - own);
        y += part_height(p);
    }
    if (area->full)
        emit_around(area, area->notice, x, y);
}
