#include "layout/paginate.h"
#include "layout/table.h"

enum { MAX_RETRIES = 32 };

/* ---- one strip ---- */

enum fit { NO_ROOM, FITS, SPLIT };

static void push_placed(struct paginator *p, struct strip *s, int64_t y, int64_t height,
                        bool split) {
    *VEC_PUSH(p->l->pool, &p->placed) =
        (struct placed){.strip = s, .y = y, .height = height, .split = split};
}

/* Down to where the column in hand may be filled. */
static int64_t column_room(const struct paginator *p) {
    return smaller(p->limit, p->room - p->notes.height);
}

static bool add_notes(struct paginator *p, const size_t *notes, size_t n, int64_t below,
                      bool force) {
    return n == 0 || notes_add(&p->notes, notes, n, p->room - larger(below, p->deepest),
                               p->before + p->placed.n + 1, force);
}

static enum fit place_line(struct paginator *p, struct strip *s, int64_t *y, int64_t gap,
                           bool force) {
    int64_t below = *y + gap + s->fit;
    if (!force && (p->notes.full || below > column_room(p)))
        return NO_ROOM;
    if (s->extras && !add_notes(p, s->extras->notes.at, s->extras->notes.n, below, force))
        return NO_ROOM;
    push_placed(p, s, *y + gap, s->height, false);
    *y += gap + s->height;
    return FITS;
}

static bool add_row_notes(struct paginator *p, const struct row_box *row, bool split,
                          int64_t bottom, bool force) {
    struct note_list list = {0};
    if (!p->flow->note_count)
        return true;
    row_notes(p->l, row, split, bottom, &list);
    return add_notes(p, list.at.at, list.at.n, bottom + row_bottom(row), force);
}

/* Word cuts off what of such a row is beyond the end of the page; here no text is lost. */
static void report_split(struct paginator *p, const struct row_box *row) {
    if (row->cant_split && !row->begun && !p->l->quiet)
        diag_add(p->l->diag, LAYOUT_ROW_SPLIT, (struct where){.file = p->l->document->path},
                 pool_printf(p->l->pool, "%zu", row->index + 1), NULL);
}

/* The part of a row that fits together with its notes: where they do not, it is tried again one
 * line shorter. */
static enum fit split_row(struct paginator *p, struct strip *s, int64_t y, int64_t rest,
                          bool force) {
    struct row_box *row = s->row;
    int64_t room = smaller(column_room(p) - y - row_bottom(row), rest - 1);
    for (int i = 0; i < MAX_RETRIES; i++) {
        bool last = force && i + 1 == MAX_RETRIES;
        if (!row_split(row, y, room, force))
            return NO_ROOM;
        if (add_row_notes(p, row, true, y + row->part, last)) {
            report_split(p, row);
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
    if (!s->may_break && row->height > p->room) /* no page can keep it with what is above */
        row->cant_split = false;
    int64_t rest = row_rest(row, at), bottom = at + rest;
    bool fits = !p->notes.full && bottom + row_bottom(row) <= column_room(p);
    if (!fits || !add_row_notes(p, row, false, bottom, false)) {
        enum fit fit = p->notes.full && !force ? NO_ROOM : split_row(p, s, at, rest, force);
        if (fit == SPLIT || !force)
            return fit;
        if (row->exact && rest > p->room)
            row_cut(p->l, row, rest = column_room(p) - at - row_bottom(row));
        add_row_notes(p, row, false, bottom, true);
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
    notes_cut(&p->notes, p->before + e.placed);
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
static int64_t repeat_headers(struct paginator *p, int64_t top) {
    const struct strip *s = &p->flow->strips.at[p->next.strip];
    if (!s->row || s->row->index < s->row->table->header_rows)
        return top;
    size_t n = s->row->table->header_rows, from = p->next.strip - s->row->index;
    int64_t height = 0, y = top, most = (column_room(p) - top) * 3 / 4;
    for (size_t i = from; i < from + n && height <= most; i++)
        height += p->flow->strips.at[i].height;
    if (height > most)
        return top;
    for (size_t i = from; i < from + n; i++) {
        struct strip *row = &p->flow->strips.at[i];
        push_placed(p, row, y, row->height, false);
        p->placed.at[p->placed.n - 1].repeat = true;
        y += row->height;
    }
    return y;
}

enum column_end fill_column(struct paginator *p, size_t end, int64_t *y, bool force) {
    struct ending good = {0}, fair = {0};
    if (p->next.strip >= end)
        return BAND_ENDS;
    *y = repeat_headers(p, *y);
    for (size_t i = p->next.strip; i < end; i++) {
        const struct strip *s = &p->flow->strips.at[i];
        struct ending here = {true, i, p->placed.n};
        if (i > p->next.strip) {
            if (s->page_break || s->column_break) {
                p->next = end_at(p, here);
                return s->page_break ? PAGE_ENDS : COLUMN_FULL;
            }
            good = s->may_break ? here : good;
            fair = s->may_part ? here : fair;
        }
        switch (place_strip(p, i, y, false)) {
        case FITS:
            break;
        case SPLIT:
            p->next = (struct place){i, true};
            return COLUMN_FULL;
        case NO_ROOM:
            if (i > p->next.strip)
                p->next = retreat(p, i, good, fair);
            else if (force)
                p->next = force_first(p, *y);
            return COLUMN_FULL;
        }
    }
    p->next = (struct place){.strip = end};
    return BAND_ENDS;
}
