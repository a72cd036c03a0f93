/* The document tree laid out as pages.
 *
 * The model. A story is a flow, a flow is a stack of strips, a strip is one finished line or one
 * table row, and a row is a set of flows side by side. The whole body is a single flow, whatever
 * its sections: a strip knows its section, and one that must begin a page says so. Everything
 * that depends on the width of a column only - fonts, breaking, justification, the heights of
 * rows - is settled before the first page is begun, each line once.
 *
 * How it proceeds. A page is walked from the place the last one ended: header and footer give
 * the body its height (a header taller than the margin pushes the body down), header rows of a
 * table that goes on are set again, then strip after strip goes on the page until one does not
 * fit. On the way the walk remembers the last strip a page may begin with. The page ends there:
 * so widow and orphan control, keepLines and chains of keepNext need no search of their own, a
 * chain is merely a stretch without such a strip. If there was none at all, the keeps are given
 * up in the order of what they cost: first keepNext, then keepLines and widows, at last a strip
 * higher than the page is set all the same. So every page takes something, and the walk ends.
 * A row that does not fit is cut inside, each of its cells like a page of its own (table.c).
 *
 * Footnotes compete with the text for the page: a line is tried together with its notes. If
 * they do not fit, not even the first lines of a long note, the line moves on with them
 * (footnote.c). A walk that goes back takes the notes of what it gives up back, too.
 *
 * Only when the end of a page is known are draws made: those of its strips moved to their place,
 * in reading order. Each strip is walked over at most twice, on the page that gives it up and
 * on the one that keeps it: the time is linear in the document.
 *
 * Why not the simpler way, drawing while walking and going back on the draws? Row heights with
 * merged cells, vertical alignment and notes would all have to be undone. Why not the finer one,
 * choosing page ends for the whole document at once? Word does not, and the aim is its pages.
 *
 * Whose rules. Where Word and LibreOffice differ, Word's:
 * - keepNext of a paragraph that may be split holds only its last lines (two under widow control)
 *   to the next one, so above a signature table that must not be split there are always two lines
 *   of text; LibreOffice 7.4 moves the whole paragraph.
 * - the separator of footnotes is a 2-inch rule on a line of its paragraph, not 25 % of the width.
 * - justified lines may squeeze their spaces from compatibilityMode 15 on.
 * - the mark of a paragraph counts in the height of its last line; an empty last paragraph may
 *   let its descent hang into the margin.
 * - an italic line needs no slack at its end.
 * One rule is the body's everywhere: a line's ascent includes the lineGap. Word for Mac was seen
 * to leave it out in headers (0.6 pt at 14 pt); LibreOffice and the body do not.
 *
 * Page numbers in headers are known when the header is set. In the body a number can change the
 * lines, and so the pages, it stands on: a document with such fields is laid out again with the
 * numbers found, until they stay, four times at most. */
#include "layout/page.h"
#include "layout/footnote.h"
#include "layout/numbers.h"
#include "layout/table.h"
#include "layout/tag.h"
#include "layout/text.h"

#include <string.h>

enum { MAX_PASSES = 4, MAX_RETRIES = 32 };

/* A header or footer laid out; those without a page number serve every page of their section. */
struct margin_story {
    const struct block *blocks;
    struct flow *flow;
};

/* The page in hand and what has been cut so far. */
struct paginator {
    struct layout *l;
    struct pages *pages;
    struct flow *flow;
    struct place next; /* the first thing not on a page */
    struct note_area notes;
    VEC(struct placed) placed;
    const struct wml_section *section; /* of the page: that of its first strip */
    bool section_first;
    int number; /* of the page, as counted */
    struct margin_story header, footer;
    struct margin_story cache[2 * STORIES]; /* of `section` */
    int64_t top, room;                      /* of the body */
};

static mpt text_width(const struct wml_section *s) {
    int64_t width = (int64_t)length(s->page_width) - length(s->left) - length(s->right);
    return (mpt)clamp(width, 0, MAX_LENGTH);
}

/* ---- header and footer ---- */

static enum page_side {
    SIDE_FIRST = STORY_FIRST,
    SIDE_EVEN = STORY_EVEN,
    SIDE_DEFAULT = STORY_DEFAULT
} side_of(const struct paginator *p) {
    if (p->section_first && p->section->title_page)
        return SIDE_FIRST;
    if (p->l->document->even_and_odd && p->number % 2 == 0)
        return SIDE_EVEN;
    return SIDE_DEFAULT;
}

static struct margin_story open_story(struct paginator *p, const struct block *blocks, int slot) {
    struct margin_story *cached = &p->cache[slot];
    if (blocks && (cached->blocks != blocks || cached->flow->has_fields)) {
        cached->blocks = blocks;
        cached->flow = flow_build(p->l, blocks, text_width(p->section), IN_MARGIN);
    }
    return blocks ? *cached : (struct margin_story){0};
}

static int64_t story_height(const struct margin_story *story) {
    return story->flow ? story->flow->height : 0;
}

/* A negative margin is exact: a taller header then runs into the body (17.6.11). */
static int64_t body_edge(mpt margin, mpt distance, const struct margin_story *story) {
    if (margin < 0)
        return -(int64_t)length(margin);
    if (!story->flow)
        return length(margin);
    return larger(length(margin), length(distance) + story_height(story));
}

static void open_margins(struct paginator *p) {
    const struct wml_section *s = p->section;
    enum page_side side = side_of(p);
    p->header = open_story(p, s->headers[side], side);
    p->footer = open_story(p, s->footers[side], STORIES + side);
    p->top = body_edge(s->top, s->header, &p->header);
    p->room = length(s->page_height) - body_edge(s->bottom, s->footer, &p->footer) - p->top;
}

static void emit_story(struct paginator *p, const struct margin_story *story, int64_t y) {
    if (!story->flow)
        return;
    struct place all = {.strip = story->flow->strips.n};
    p->l->repeating = true;
    flow_emit(p->l, story->flow, (struct place){0}, all, length(p->section->left), y);
    p->l->repeating = false;
}

/* ---- a new page ---- */

static const struct strip *next_strip(const struct paginator *p) {
    return p->next.strip < p->flow->strips.n ? &p->flow->strips.at[p->next.strip] : NULL;
}

static struct page *push_page(struct paginator *p) {
    struct page *page = VEC_PUSH(p->l->pool, &p->pages->at);
    page->width = length(p->section->page_width);
    page->height = length(p->section->page_height);
    page->number = p->number;
    p->l->frame.page = page;
    p->l->frame.section = p->section;
    p->l->frame.number = page_number_text(p->l->pool, p->number, p->section->number_format);
    return page;
}

/* A section that must begin on an even or odd page leaves a blank one before it. */
static void begin_section(struct paginator *p, const struct wml_section *section) {
    memset(p->cache, 0, sizeof p->cache);
    if (section->page_start >= 0)
        p->number = section->page_start;
    bool odd = p->number % 2 != 0;
    if ((section->start == START_EVEN_PAGE && odd) || (section->start == START_ODD_PAGE && !odd)) {
        if (p->pages->at.n)
            push_page(p);
        p->number++;
    }
    p->section = section;
}

static void open_page(struct paginator *p) {
    const struct strip *first = next_strip(p);
    p->number = p->number < INT32_MAX ? p->number + 1 : 1;
    p->section_first = first && first->section != p->section;
    if (p->section_first)
        begin_section(p, first->section);
    push_page(p);
    open_margins(p);
    p->placed.n = 0;
    notes_set_width(&p->notes, text_width(p->section));
    notes_begin(&p->notes, p->room);
}

/* ---- one strip ---- */

enum fit { NO_ROOM, FITS, SPLIT };

static void push_placed(struct paginator *p, struct strip *s, int64_t y, int64_t height,
                        bool split) {
    *VEC_PUSH(p->l->pool, &p->placed) =
        (struct placed){.strip = s, .y = y, .height = height, .split = split};
}

static bool add_notes(struct paginator *p, const size_t *notes, size_t n, int64_t below,
                      bool force) {
    return n == 0 || notes_add(&p->notes, notes, n, p->room - below, p->placed.n + 1, force);
}

static enum fit place_line(struct paginator *p, struct strip *s, int64_t *y, int64_t gap,
                           bool force) {
    int64_t below = *y + gap + s->fit;
    if (!force && (p->notes.full || below > p->room - p->notes.height))
        return NO_ROOM;
    if (s->extras && !add_notes(p, s->extras->notes.at, s->extras->notes.n, below, force))
        return NO_ROOM;
    push_placed(p, s, *y + gap, s->height, false);
    *y += gap + s->height;
    return FITS;
}

static bool add_row_notes(struct paginator *p, const struct row_box *row, bool split, int64_t below,
                          bool force) {
    struct note_list list = {0};
    if (!p->flow->note_count)
        return true;
    row_notes(p->l, row, split, &list);
    return add_notes(p, list.at.at, list.at.n, below, force);
}

/* The part of a row that fits together with its notes: where they do not, it is tried again one
 * line shorter. */
static enum fit split_row(struct paginator *p, struct strip *s, int64_t y, int64_t rest,
                          bool force) {
    struct row_box *row = s->row;
    int64_t room = smaller(p->room - p->notes.height - y - row_bottom(row), rest - 1);
    for (int i = 0; i < MAX_RETRIES; i++) {
        bool last = force && i + 1 == MAX_RETRIES;
        if (!row_split(row, y, room, force))
            return NO_ROOM;
        if (add_row_notes(p, row, true, y + row->part + row_bottom(row), last)) {
            push_placed(p, s, y, row->part, true);
            return SPLIT;
        }
        room = row->part - 1;
    }
    return NO_ROOM;
}

static enum fit place_row(struct paginator *p, struct strip *s, int64_t *y, int64_t gap, bool first,
                          bool force) {
    struct row_box *row = s->row;
    int64_t at = *y + gap;
    row_open(row, at, first);
    int64_t rest = row_rest(row, at), below = at + rest + row_bottom(row);
    bool fits = !p->notes.full && below <= p->room - p->notes.height;
    if (!fits || !add_row_notes(p, row, false, below, false)) {
        enum fit fit = p->notes.full && !force ? NO_ROOM : split_row(p, s, at, rest, force);
        if (fit == SPLIT || !force)
            return fit;
        add_row_notes(p, row, false, below, true);
    }
    push_placed(p, s, at, rest, false);
    *y = at + rest;
    return FITS;
}

static enum fit place_strip(struct paginator *p, size_t i, int64_t *y, bool force) {
    struct strip *s = &p->flow->strips.at[i];
    bool first = i == p->next.strip;
    int64_t gap = s->gap;
    if (first)
        gap = s->keep_top && !p->next.inside ? s->top_gap : 0;
    return s->row ? place_row(p, s, y, gap, first, force) : place_line(p, s, y, gap, force);
}

/* ---- one page ---- */

/* A place where the page may end. */
struct ending {
    bool is;
    size_t strip;
    size_t placed;
};

static struct place end_at(struct paginator *p, struct ending e) {
    p->placed.n = e.placed;
    notes_cut(&p->notes, e.placed);
    return (struct place){.strip = e.strip};
}

/* Strip i does not fit, and is not the first. */
static struct place retreat(struct paginator *p, size_t i, struct ending good, struct ending fair) {
    struct ending here = {true, i, p->placed.n};
    return end_at(p, good.is ? good : fair.is ? fair : here);
}

/* The first strip of a page does not fit: unless notes of earlier pages fill this one, it is set
 * all the same, or as much of it as can be cut off. */
static struct place force_first(struct paginator *p, int64_t y) {
    if (p->notes.parts.n)
        return p->next;
    size_t i = p->next.strip;
    return place_strip(p, i, &y, true) == SPLIT ? (struct place){i, true}
                                                : (struct place){i + 1, 0};
}

/* Header rows of a table that goes on, unless they would leave no room for it. */
static int64_t repeat_headers(struct paginator *p) {
    const struct strip *s = next_strip(p);
    if (!s || !s->row || s->row->index < s->row->table->header_rows)
        return 0;
    size_t n = s->row->table->header_rows, from = p->next.strip - s->row->index;
    int64_t height = 0, y = 0, most = (p->room - p->notes.height) * 3 / 4;
    for (size_t i = from; i < from + n && height <= most; i++)
        height += p->flow->strips.at[i].height;
    if (height > most)
        return 0;
    for (size_t i = from; i < from + n; i++) {
        struct strip *row = &p->flow->strips.at[i];
        push_placed(p, row, y, row->height, false);
        p->placed.at[p->placed.n - 1].repeat = true;
        y += row->height;
    }
    return y;
}

static struct place fill_page(struct paginator *p) {
    struct ending good = {0}, fair = {0};
    int64_t y = repeat_headers(p);
    for (size_t i = p->next.strip; i < p->flow->strips.n; i++) {
        const struct strip *s = &p->flow->strips.at[i];
        struct ending here = {true, i, p->placed.n};
        if (i > p->next.strip) {
            if (s->page_break)
                return end_at(p, here);
            good = s->may_break ? here : good;
            fair = s->may_part ? here : fair;
        }
        switch (place_strip(p, i, &y, false)) {
        case FITS:
            break;
        case SPLIT:
            return (struct place){i, true};
        case NO_ROOM:
            return i > p->next.strip ? retreat(p, i, good, fair) : force_first(p, y);
        }
    }
    return (struct place){.strip = p->flow->strips.n};
}

/* Strips of one section stand at its left margin; continuous sections may follow on one page. */
static void emit_body(struct paginator *p) {
    size_t n = p->placed.n;
    for (size_t i = 0, j; i < n; i = j) {
        const struct wml_section *s = p->placed.at[i].strip->section;
        for (j = i + 1; j < n && p->placed.at[j].strip->section == s;)
            j++;
        p->flow->width = text_width(s);
        placed_emit(p->l, p->flow, p->placed.at + i, j - i, length(s->left), p->top);
    }
}

static void emit_page(struct paginator *p) {
    const struct wml_section *s = p->section;
    emit_story(p, &p->header, length(s->header));
    emit_body(p);
    notes_emit(&p->notes, length(s->left), p->top + p->room);
    emit_story(p, &p->footer,
               (int64_t)length(s->page_height) - length(s->footer) - story_height(&p->footer));
}

static void cut_pages(struct paginator *p) {
    do {
        open_page(p);
        struct place end = fill_page(p);
        emit_page(p);
        p->next = end;
    } while (!p->l->failed && (next_strip(p) || notes_waiting(&p->notes)));
}

/* ---- the document ---- */

static bool same_paper(const struct wml_section *a, const struct wml_section *b) {
    return a->page_width == b->page_width && a->page_height == b->page_height;
}

static struct flow *build_body(struct layout *l) {
    struct flow *flow = flow_new(l, 0);
    const struct wml_section *previous = NULL;
    for (const struct wml_section *s = l->document->sections; s && !l->failed; s = s->next) {
        flow->width = text_width(s);
        if (previous && (s->start != START_CONTINUOUS || !same_paper(previous, s)))
            flow->break_next = true;
        flow_append(l, flow, s->blocks, s);
        previous = s;
    }
    return flow;
}

static void name_pages(struct pages *pages, const struct document *d) {
    pages->title = d->title;
    pages->creator = d->creator;
    pages->subject = d->subject;
    pages->keywords = d->keywords;
    pages->identifier = d->identifier;
}

static struct pages *lay_out(struct layout *l) {
    struct paginator p = {.l = l, .section = l->document->sections};
    p.pages = POOL_NEW(l->pool, struct pages);
    name_pages(p.pages, l->document);
    l->pages = p.pages;
    tag_begin(l);
    l->found.n = 0;
    l->uses_page_count = false;
    l->frame.number = "1";
    if (!p.section)
        return p.pages;
    p.flow = build_body(l);
    notes_init(l, &p.notes, text_width(p.section));
    if (l->failed)
        return NULL;
    p.section = p.flow->strips.n ? NULL : p.section;
    cut_pages(&p);
    return l->failed ? NULL : p.pages;
}

/* Whether the numbers this pass found are those it was set with. */
static bool is_settled(const struct layout *l, const struct pages *pages) {
    const char *count = pool_printf(l->pool, "%zu", pages->at.n);
    if (l->uses_page_count && strcmp(count, l->page_count) != 0)
        return false;
    for (size_t i = 0; i < l->found.n; i++)
        if (strcmp(l->found.at[i], i < l->known.n ? l->known.at[i] : "1") != 0)
            return false;
    return true;
}

static void learn_numbers(struct layout *l, const struct pages *pages) {
    l->page_count = pool_printf(l->pool, "%zu", pages->at.n);
    l->known.n = l->found.n;
    l->known.at = POOL_ARRAY(l->pool, const char *, l->found.n);
    for (size_t i = 0; i < l->found.n; i++)
        l->known.at[i] = l->found.at[i];
    l->quiet = true;
}

struct pages *layout_pages(struct pool *pool, const struct document *document, struct fonts *fonts,
                           const struct layout_options *options, struct diag *diag) {
    struct layout l = {
        .pool = pool, .document = document, .fonts = fonts, .diag = diag, .page_count = "1"};
    l.shrink = options->shrink && document->compat_mode >= 15;
    l.text = POOL_NEW(pool, struct text);
    struct pages *pages = lay_out(&l);
    for (int pass = 1; pages && pass < MAX_PASSES && !is_settled(&l, pages); pass++) {
        learn_numbers(&l, pages);
        pages = lay_out(&l);
    }
    return pages;
}
