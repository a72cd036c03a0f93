/* Columns of a page (17.6.4): filled one after another; where a continuous section follows on the
 * same page they are balanced, as in Word: the lowest height at which all of them hold the text.
 * A page that is all of one section in columns has its footnotes in the column of their mark; one
 * that mixes sections has them below all, for the columns of one may end above another's text. */
#include "layout/paginate.h"
#include "layout/starts.h"
#include "layout/table.h"

mpt text_width(const struct wml_section *s) {
    int64_t width = (int64_t)length(s->page_width) - length(s->left) - length(s->right);
    return (mpt)clamp(width, 0, MAX_LENGTH);
}

mpt left_margin(const struct wml_section *s, int number) {
    return length(s->mirror && number % 2 == 0 ? s->right : s->left);
}

size_t column_count(const struct wml_section *s) {
    return s->columns < 1 ? 1 : s->columns < MAX_COLUMNS ? s->columns : MAX_COLUMNS;
}

/* As if the first column were the left one. */
static struct column column_from_left(const struct wml_section *s, size_t k) {
    size_t n = column_count(s);
    struct column c = {0, text_width(s)};
    if (s->column_widths) {
        int64_t x = 0;
        for (size_t i = 0; i < k; i++)
            x += (int64_t)length(s->column_widths[i]) +
                 (s->column_spaces ? length(s->column_spaces[i]) : 0);
        return (struct column){coordinate(x), (mpt)clamp(s->column_widths[k], 0, MAX_LENGTH)};
    }
    int64_t gap = clamp(s->column_gap, 0, MAX_LENGTH);
    int64_t each = larger((c.width - gap * (int64_t)(n - 1)) / (int64_t)n, 0);
    return (struct column){coordinate((int64_t)k * (each + gap)), (mpt)each};
}

struct column column_at(const struct wml_section *s, size_t k) {
    if (column_count(s) < 2)
        return (struct column){0, text_width(s)};
    struct column c = column_from_left(s, k);
    if (s->bidi)
        c.x = coordinate((int64_t)text_width(s) - c.x - c.width);
    return c;
}

void band_add(struct paginator *p, const struct wml_section *s, size_t from, bool goes_on) {
    size_t to = p->flow->strips.n, columns = column_count(s);
    struct band *last = p->bands.n ? &p->bands.at[p->bands.n - 1] : NULL;
    if (to == from)
        return;
    if (last && (goes_on || (columns == 1 && last->columns == 1)))
        last->to = to;
    else
        *VEC_PUSH(p->l->pool, &p->bands) = (struct band){from, to, s, columns};
}

/* ---- balancing ---- */

/* Strips being set in columns of a height that is only tried. */
struct trial {
    const struct strip *at;
    size_t from, to, columns;
    int64_t height;
};

/* What of the space before its first strip counts at the top of a column. */
static int64_t space_on_top(const struct strip *s) {
    return s->keep_top ? s->top_gap : 0;
}

/* Where a column that begins with strip `i` ends. */
static size_t trial_column(const struct trial *t, size_t i) {
    size_t first = i, good = i;
    int64_t y = space_on_top(&t->at[i]);
    for (; i < t->to; i++) {
        const struct strip *s = &t->at[i];
        if (i > first && s->column_break)
            return i;
        if (i > first && s->may_break)
            good = i;
        y += i > first ? s->gap : 0;
        if (y + s->fit > t->height)
            return good > first ? good : i > first ? i : i + 1;
        y += s->height;
    }
    return i;
}

static bool columns_hold(const struct trial *t) {
    size_t i = t->from;
    for (size_t k = 0; k < t->columns && i < t->to; k++) {
        if (space_on_top(&t->at[i]) + t->at[i].fit > t->height)
            return false;
        i = trial_column(t, i);
    }
    return i >= t->to;
}

/* Text before a page break fills its columns one after another. */
static bool has_page_break(const struct trial *t) {
    size_t i = t->from + 1;
    while (i < t->to && !t->at[i].page_break)
        i++;
    return i < t->to;
}

/* The height at which the rest of the band fills its columns evenly; `room` where it does not end
 * on this page. */
static int64_t balanced(const struct paginator *p, const struct band *band, int64_t room) {
    const struct strip *at = p->flow->strips.at;
    struct trial t = {at, p->next.strip, band->to, band->columns, room};
    int64_t all = at[t.to - 1].y + at[t.to - 1].height - at[t.from].y + space_on_top(&at[t.from]);
    if (all > room * (int64_t)t.columns || has_page_break(&t) || !columns_hold(&t))
        return room;
    int64_t low = 0, high = room;
    while (high - low > 100) {
        t.height = low + (high - low) / 2;
        if (columns_hold(&t))
            high = t.height;
        else
            low = t.height;
    }
    return high;
}

static bool is_balanced(const struct paginator *p, const struct band *band) {
    if (p->l->document->compat & COMPAT_NO_COLUMN_BALANCE)
        return false;
    if (band->columns < 2 || p->next.inside || p->band + 1 >= p->bands.n)
        return false;
    return !p->flow->strips.at[band->to].page_break;
}

/* ---- drawing ---- */

/* Strips of one section stand at its left margin; plain continuous sections share a column. */
static void emit_column(struct paginator *p, size_t k) {
    size_t n = p->placed.n;
    for (size_t i = 0, j; i < n; i = j) {
        const struct wml_section *s = p->placed.at[i].strip->section;
        for (j = i + 1; j < n && p->placed.at[j].strip->section == s;)
            j++;
        struct column c = column_at(s, k < column_count(s) ? k : 0);
        p->flow->width = c.width;
        mpt x = length((int64_t)left_margin(s, p->number) + c.x);
        placed_emit(p->l, p->flow, p->placed.at + i, j - i, x, p->top);
        lines_emit(p, p->placed.at + i, j - i, x);
    }
    p->before += n;
    p->placed.n = 0;
}

static void emit_separators(struct paginator *p, const struct band *band, int64_t top,
                            int64_t bottom) {
    const struct wml_section *s = band->section;
    for (size_t k = 1; s->column_line && k < band->columns && bottom > top; k++) {
        struct column a = column_at(s, s->bidi ? k : k - 1), b = column_at(s, s->bidi ? k - 1 : k);
        mpt x = coordinate(((int64_t)a.x + a.width + b.x) / 2 + left_margin(s, p->number));
        page_push(p->l, DRAW_LINE)->as.line = (struct draw_line){.x0 = x,
                                                                 .y0 = coordinate(p->top + top),
                                                                 .x1 = x,
                                                                 .y1 = coordinate(p->top + bottom),
                                                                 .width = 500};
    }
}

/* ---- notes by column ---- */

bool notes_go_by_column(const struct paginator *p) {
    const struct band *band = p->band < p->bands.n ? &p->bands.at[p->band] : NULL;
    if (!band || band->columns < 2 || band->section->notes_across)
        return false;
    return p->band + 1 == p->bands.n || p->flow->strips.at[band->to].page_break;
}

static void begin_column_notes(struct paginator *p, const struct wml_section *s, size_t k) {
    notes_set_width(&p->notes, column_at(s, k).width);
    notes_begin(&p->notes, p->room);
}

static void emit_column_notes(struct paginator *p, const struct wml_section *s, size_t k,
                              int64_t bottom) {
    bool beneath = p->l->document->notes_beneath_text;
    int64_t foot = beneath ? smaller(bottom + p->notes.height, p->room) : p->room;
    mpt x = length((int64_t)left_margin(s, p->number) + column_at(s, k).x);
    notes_emit(&p->notes, x, p->top + foot);
}

/* Whether something is left for the next column: a note may outlast its text. */
static bool goes_on(const struct paginator *p, enum column_end end) {
    bool waits = p->notes_by_column && end == BAND_ENDS && notes_waiting(&p->notes);
    return end == COLUMN_FULL || waits;
}

/* ---- a page ---- */

/* Sets the columns of the band in hand from `*y` down. True: the next band goes on below. */
static bool fill_band(struct paginator *p, const struct band *band, int64_t *y) {
    int64_t top = *y, bottom = top;
    int64_t room = larger(p->room - p->notes.height - top, 0);
    bool even = is_balanced(p, band) && !starts_are_pinned(p, band);
    p->limit = even ? top + balanced(p, band, room) : p->room;
    enum column_end end = COLUMN_FULL;
    for (size_t k = 0; k < band->columns && goes_on(p, end) && !p->l->failed; k++) {
        int64_t at = top;
        if (p->notes_by_column)
            begin_column_notes(p, band->section, k);
        starts_found(p, band->section, k);
        end = fill_column(p, starts_pinned(p, band), &at, top == 0);
        if (end == BAND_ENDS && p->next.strip < band->to)
            end = COLUMN_FULL;
        emit_column(p, k);
        if (p->notes_by_column)
            emit_column_notes(p, band->section, k, at);
        bottom = larger(bottom, at);
        p->deepest = p->notes_by_column ? 0 : bottom;
    }
    p->deepest = bottom;
    emit_separators(p, band, top, bottom);
    *y = bottom;
    return end == BAND_ENDS;
}

void fill_page(struct paginator *p) {
    int64_t y = 0;
    p->before = 0;
    p->deepest = 0;
    while (p->band < p->bands.n && fill_band(p, &p->bands.at[p->band], &y))
        if (++p->band < p->bands.n && p->flow->strips.at[p->bands.at[p->band].from].page_break)
            break;
}
