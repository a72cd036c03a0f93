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
 * Columns are to their strips what a page is in a plain document (column.c): filled and drawn one
 * after another. Where a section ends and the next goes on below it on the same page, the height
 * at which its columns come out even is found by trial, over the strips of that page only.
 *
 * Text beside drawings depends on where it comes to stand, which is known before the pages are cut
 * only if the drawing stands by its paragraph: then it is an obstacle in the coordinates of the
 * uncut flow (wrap.c), and its anchor's line asks for a page that has room for all of it. Drawings
 * that stand by the page are put where the last pass found them, see below.
 *
 * Only when the end of a column is known are draws made: those of its strips moved to their place,
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
 * - a line that fits to the last twip fits; LibreOffice moves it on. Without widow control a single
 *   line may stay behind.
 * - a paragraph that holds nothing but a section's end is a line; LibreOffice drops it.
 * - w:position moves letters by so many points; LibreOffice rounds them to percents of the line.
 * - a section's vertical alignment moves its body; LibreOffice does not know it.
 * - heights of lines are those of the font's units; LibreOffice rounds ascent and descent to whole
 *   twips on a device of 600 dpi, so its pitch is up to 0.05 pt off.
 * One rule is the body's everywhere: a line's ascent includes the lineGap. Word for Mac was seen
 * to leave it out in headers (0.6 pt at 14 pt); LibreOffice and the body do not.
 *
 * Page numbers in headers are known when the header is set. In the body a number can change the
 * lines, and so the pages, it stands on: a document with such fields is laid out again with the
 * numbers found, and the places of drawings that text keeps clear of, until they stay, four times
 * at most. Columns of different widths need more such passes, see starts.h. */
#include "layout/apart.h"
#include "layout/carry.h"
#include "layout/hyphen.h"
#include "layout/numbers.h"
#include "layout/paginate.h"
#include "layout/running.h"
#include "layout/shape.h"
#include "layout/starts.h"
#include "layout/tag.h"
#include "layout/text.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_PASSES = 4, MAX_COLUMN_PASSES = 32 };

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
    p->l->frame.foot = p->top + p->room;
}

static void emit_story(struct paginator *p, const struct margin_story *story, int64_t y) {
    if (!story->flow)
        return;
    struct place all = {.strip = story->flow->strips.n};
    size_t since = p->l->stack.n, first = p->l->frame.page->draws.n;
    p->l->repeating = true;
    flow_emit(p->l, story->flow, (struct place){0}, all, left_margin(p->section, p->number), y);
    p->l->repeating = false;
    stack_settle(p->l, since, first);
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
    running_page(p->l, p->section);
    apart_begin_page(p->l);
    p->l->frame.page = page;
    p->l->frame.section = p->section;
    p->l->frame.ordinal = p->number;
    p->l->frame.chapter = running_chapter(p->l, p->section);
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

/* A continuous section may have begun on the page before. */
static bool section_begins(const struct paginator *p) {
    size_t i = p->next.strip;
    const struct strip *at = p->flow->strips.at;
    return !p->next.inside && (i == 0 || at[i - 1].section != at[i].section);
}

static void open_page(struct paginator *p) {
    const struct strip *first = next_strip(p);
    bool begins = first && first->section != p->section;
    p->number = p->number < INT32_MAX ? p->number + 1 : 1;
    p->section_first = begins && section_begins(p);
    if (begins)
        begin_section(p, first->section);
    push_page(p);
    lines_begin(p);
    open_margins(p);
    p->placed.n = 0;
    p->notes.counted = 0;
    p->notes_by_column = notes_go_by_column(p);
    if (p->notes_by_column) /* each column begins them */
        return;
    notes_set_width(&p->notes, text_width(p->section));
    notes_begin(&p->notes, p->room);
}

static void close_page(struct paginator *p) {
    const struct wml_section *s = p->section;
    int64_t foot = p->l->document->notes_beneath_text
                       ? smaller(p->deepest + p->notes.height, p->room)
                       : p->room;
    if (!p->notes_by_column)
        notes_emit(&p->notes, left_margin(s, p->number), p->top + foot);
    emit_story(p, &p->footer,
               (int64_t)length(s->page_height) - length(s->footer) - story_height(&p->footer));
}

static void cut_pages(struct paginator *p) {
    do {
        open_page(p);
        emit_story(p, &p->header, length(p->section->header));
        sheet_borders(p);
        struct body_mark body = sheet_mark(p);
        size_t first = p->l->frame.page->draws.n;
        p->l->stack.n = 0;
        carry_on(p);
        fill_page(p);
        sheet_align(p, body);
        close_page(p);
        stack_settle(p->l, 0, first);
    } while (!p->l->failed && (next_strip(p) || notes_waiting(&p->notes) || p->l->carried.n));
}

/* ---- the document ---- */

static bool same_paper(const struct wml_section *a, const struct wml_section *b) {
    return a->page_width == b->page_width && a->page_height == b->page_height;
}

/* A section may begin in the next column where both have as many, as in Word, and from the same
 * side. */
static bool begins_in_column(const struct wml_section *before, const struct wml_section *s) {
    return s->start == START_NEXT_COLUMN && same_paper(before, s) && column_count(s) > 1 &&
           column_count(before) == column_count(s) && before->bidi == s->bidi;
}

/* Endnotes stand below the text, each once, under a separator of their own: all of them, or those
 * of section number `of`. */
static void append_endnotes(struct layout *l, struct flow *flow, const struct wml_section *s,
                            size_t of) {
    const struct document *d = l->document;
    bool any = false;
    for (size_t i = 0; i < d->note_count && !l->failed; i++) {
        if (!d->notes[i].endnote || (d->endnotes_by_section && d->notes[i].section != of))
            continue;
        if (!any)
            notes_separator(l, flow, s);
        any = true;
        l->container = tag_open(l, ROLE_NOTE, 0);
        flow_append(l, flow, d->notes[i].blocks, s);
        l->container = 0;
    }
}

static void build_body(struct paginator *p) {
    struct layout *l = p->l;
    const struct wml_section *previous = NULL;
    size_t number = 0;
    p->flow = flow_new(l, 0);
    p->flow->is_body = true;
    for (const struct wml_section *s = l->document->sections; s && !l->failed; s = s->next) {
        size_t from = p->flow->strips.n;
        p->flow->width = starts_narrowest(s);
        p->flow->section = l->frame.section = s;
        bool column = previous && begins_in_column(previous, s);
        if (previous && (s->start != START_CONTINUOUS || !same_paper(previous, s)))
            p->flow->break_next = column ? BREAK_COLUMN : BREAK_PAGE;
        flow_append(l, p->flow, s->blocks, s);
        if (!s->next || l->document->endnotes_by_section)
            append_endnotes(l, p->flow, s, number);
        number++;
        band_add(p, s, from, column);
        previous = s;
    }
}

static void name_pages(struct pages *pages, const struct document *d) {
    pages->title = d->title;
    pages->creator = d->creator;
    pages->subject = d->subject;
    pages->keywords = d->keywords;
    pages->identifier = d->identifier;
    pages->created = d->created;
    pages->modified = d->modified;
}

/* In memory of its own: many passes take no more than two. */
static void begin_pass(struct layout *l) {
    if (l->pool != l->known_pool)
        pool_free(l->pool);
    l->pool = pool_new();
    l->text = POOL_NEW(l->pool, struct text);
    VEC_FORGET(&l->stack);
    VEC_FORGET(&l->open_boxes);
    VEC_FORGET(&l->found);
    VEC_FORGET(&l->formats);
    VEC_FORGET(&l->found_obstacles);
    VEC_FORGET(&l->found_starts);
    VEC_FORGET(&l->found_section_pages);
    VEC_FORGET(&l->found_texts);
    VEC_FORGET(&l->stood);
    VEC_FORGET(&l->carried);
    l->next_known = l->next_start = 0;
    l->uses_page_count = l->uses_running = false;
}

static struct pages *lay_out(struct layout *l) {
    begin_pass(l);
    struct paginator p = {.l = l, .section = l->document->sections};
    p.pages = POOL_NEW(l->pool, struct pages);
    name_pages(p.pages, l->document);
    l->pages = p.pages;
    tag_begin(l);
    note_marks_begin(l);
    l->frame.chapter = "";
    l->frame.number = "1";
    l->frame.ordinal = 1;
    if (!p.section)
        return p.pages;
    build_body(&p);
    notes_init(l, &p.notes, text_width(p.section));
    if (l->failed)
        return NULL;
    p.section = p.flow->strips.n ? NULL : p.section;
    cut_pages(&p);
    return l->failed ? NULL : p.pages;
}

static bool same_obstacles(const struct layout *l) {
    if (l->found_obstacles.n != l->known_obstacles.n)
        return false;
    for (size_t i = 0; i < l->found_obstacles.n; i++) {
        const struct obstacle *a = &l->found_obstacles.at[i], *b = &l->known_obstacles.at[i];
        if (llabs(a->top - b->top) > 500 || llabs(a->left - b->left) > 500)
            return false;
    }
    return true;
}

/* Whether the numbers this pass found are those it was set with. */
static bool is_settled(const struct layout *l, const struct pages *pages) {
    const char *count = pool_printf(l->pool, "%zu", pages->at.n);
    if (l->uses_page_count && strcmp(count, l->page_count) != 0)
        return false;
    if (!same_obstacles(l) || !apart_settled(l))
        return false;
    if (!starts_settled(l) || !note_marks_settled(l) || !running_settled(l))
        return false;
    for (size_t i = 0; i < l->found.n; i++)
        if (strcmp(l->found.at[i], i < l->known.n ? l->known.at[i] : "1") != 0)
            return false;
    return true;
}

static void learn_numbers(struct layout *l, const struct pages *pages) {
    if (l->pool != l->known_pool)
        pool_free(l->known_pool);
    l->known_pool = l->pool;
    l->page_count = pool_printf(l->pool, "%zu", pages->at.n);
    l->known.n = 0;
    for (size_t i = 0; i < l->found.n; i++)
        *VEC_PUSH(l->lasting, &l->known) = l->found.at[i];
    starts_learn(l);
    apart_learn(l);
    note_marks_learn(l);
    running_learn(l);
    l->known_obstacles.n = 0;
    for (size_t i = 0; i < l->found_obstacles.n; i++)
        *VEC_PUSH(l->lasting, &l->known_obstacles) = l->found_obstacles.at[i];
    l->quiet = true;
}

static int most_passes(const struct layout *l) {
    return starts_settled(l) ? MAX_PASSES : MAX_COLUMN_PASSES;
}

/* Pinned columns only ever move up, where the page does not hold what they should. */
static struct pages *pin_columns(struct layout *l) {
    struct pages *pages = NULL;
    l->pinned = true;
    for (int pass = 0; pass < MAX_COLUMN_PASSES && !(pages && starts_settled(l)); pass++) {
        starts_learn(l);
        pages = lay_out(l);
        if (!pages)
            break;
    }
    l->pinned = false;
    return pages;
}

static struct pages *give_up_columns(struct layout *l) {
    struct pages *pages = pin_columns(l);
    if (!pages || starts_settled(l))
        return pages;
    starts_give_up(l);
    pages = lay_out(l);
    if (!pages || starts_kept(l))
        return pages;
    l->known_starts.n = 0;
    return lay_out(l);
}

/* Pages may show what was known. */
static void end_passes(struct layout *l) {
    if (l->known_pool && l->known_pool != l->pool)
        pool_own(l->lasting, l->known_pool);
    pool_own(l->lasting, l->pool);
}

struct pages *layout_pages(struct pool *pool, const struct document *document, struct fonts *fonts,
                           const struct layout_options *options, struct diag *diag) {
    struct layout l = {
        .lasting = pool, .document = document, .fonts = fonts, .diag = diag, .page_count = "1"};
    l.ground = -1;
    l.shrink = options->shrink && document->compat_mode >= 15;
    struct hyphenator *own = options->hyphenator ? NULL : hyphenator_new();
    l.hyphenator = own ? own : options->hyphenator;
    struct pages *pages = lay_out(&l);
    for (int pass = 1; pages && pass < most_passes(&l) && !is_settled(&l, pages); pass++) {
        learn_numbers(&l, pages);
        pages = lay_out(&l);
    }
    if (pages && !starts_settled(&l))
        pages = give_up_columns(&l);
    hyphenator_free(own);
    end_passes(&l);
    return pages;
}
