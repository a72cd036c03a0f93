/* Rows on their pages: what is left of one, how much of it a page takes, and drawing it. */
#include "layout/rows.h"
#include "layout/turn.h"

/* ---- rows of exact height ---- */

/* Where the strips of a cell end that show in a height of `room`: the first always does, others
 * while half of them is inside. */
static size_t visible_strips(const struct flow *flow, int64_t room) {
    size_t n = flow->strips.n ? 1 : 0;
    while (n < flow->strips.n && flow->strips.at[n].y + flow->strips.at[n].height / 2 <= room)
        n++;
    return n;
}

/* The same of a cell in a row of exact height: a turned one is cut off at its side. */
static size_t visible_in(const struct row_box *row, const struct cell_box *c) {
    return visible_strips(c->flow, c->cell->turn ? turn_across(c) : row->own);
}

bool row_is_too_low(const struct row_box *row) {
    for (size_t i = 0; row->exact && i < row->cell_count; i++) {
        const struct flow *flow = row->cells[i].flow;
        if (is_merged(&row->cells[i]))
            continue;
        for (size_t k = visible_in(row, &row->cells[i]); k < flow->strips.n; k++)
            if (flow->strips.at[k].row || flow->strips.at[k].draw_count)
                return true;
    }
    return false;
}

/* ---- what is left of a row ---- */

/* How much of its rows' height the content of a cell takes. */
static int64_t content_height(const struct cell_box *c) {
    return c->cell->turn ? c->along : c->flow->height;
}

static int64_t rest_of_cell(const struct cell_box *c) {
    const struct flow *flow = c->flow;
    struct place from = c->from;
    if (from.strip >= flow->strips.n)
        return 0;
    if (c->parts)
        return c->along;
    const struct strip *s = &flow->strips.at[from.strip];
    if (from.strip == 0 && !from.inside)
        return content_height(c);
    int64_t rest = flow->height - s->y;
    if (from.inside) {
        row_open(s->row, 0, true);
        rest += row_rest(s->row, 0) - s->height;
    }
    return rest;
}

static bool is_untouched(const struct cell_box *c) {
    return c->from.strip == 0 && !c->from.inside;
}

void row_open(struct row_box *row, int64_t y, bool top_of_page) {
    for (size_t i = 0; i < row->cell_count; i++) {
        struct cell_box *c = &row->cells[i];
        if (c->origin && !top_of_page)
            continue;
        c = c->origin ? c->origin : c;
        c->top = y;
        c->top_border = row->top_border;
    }
}

int64_t row_rest(const struct row_box *row, int64_t y) {
    int64_t height = row->begun ? row->top_border + row->owed : row->height;
    for (size_t i = 0; i < row->cell_count && !row->exact; i++) {
        const struct cell_box *c = owner(&row->cells[i]);
        bool changed = row->begun || !is_untouched(c) || c->parts;
        if (c->last_row != row->index || !changed)
            continue;
        int64_t need = row->top_border + margins(c) + rest_of_cell(c);
        height = larger(height, need - (is_merged(c) ? y - c->top : 0));
    }
    return height;
}

mpt table_float(struct row_box *row) {
    struct table_box *t = row->table;
    t->x = 0;
    return t->edges[t->table->column_count];
}

mpt row_bottom(const struct row_box *row) {
    return row->bottom_border;
}

/* ---- fitting part of a row ---- */

static bool at_end(const struct cell_box *c, struct place p) {
    return p.strip >= c->flow->strips.n;
}

static bool same_place(struct place a, struct place b) {
    return a.strip == b.strip && a.inside == b.inside;
}

/* The filling of a cell: how far it got, and the last place where the page may end. */
struct filling {
    struct cell_box *cell;
    int64_t room, y;
    size_t i;
    struct place good;
    int64_t good_y;
    bool has_good;
};

static int64_t gap_above(const struct filling *f, const struct strip *s) {
    if (f->i > f->cell->from.strip)
        return s->gap;
    return is_untouched(f->cell) ? s->top_gap : 0;
}

static void end_at(struct cell_box *c, struct place to, int64_t used) {
    c->to = to;
    c->used = used;
}

/* A nested row. 1: it fits whole; 0: it does not; -1: a part of it does, and the cell ends. */
static int fill_row(struct filling *f, struct row_box *row, int64_t gap, bool force) {
    int64_t y = f->y + gap;
    row_open(row, y, f->i == f->cell->from.strip);
    int64_t rest = row_rest(row, y);
    if (y + rest + row_bottom(row) <= f->room) {
        f->y = y + rest;
        return 1;
    }
    if (!row_split(row, y, f->room - y, force))
        return 0;
    end_at(f->cell, (struct place){f->i, true}, y + row->part);
    return -1;
}

static int fill_strip(struct filling *f, bool force) {
    const struct strip *s = &f->cell->flow->strips.at[f->i];
    int64_t gap = gap_above(f, s);
    if (s->row)
        return fill_row(f, s->row, gap, force);
    if (f->y + gap + s->fit > f->room)
        return 0;
    f->y += gap + s->height;
    return 1;
}

/* Nothing more fits: back to where the page may end, or, under force, at least one strip. */
static void end_early(struct filling *f, bool force) {
    struct cell_box *c = f->cell;
    if (f->has_good)
        end_at(c, f->good, f->good_y);
    else if (!force)
        end_at(c, c->from, 0);
    else if (f->i > c->from.strip)
        end_at(c, (struct place){f->i, false}, f->y);
    else if (fill_strip(f, true) >= 0) {
        const struct strip *s = &c->flow->strips.at[f->i];
        end_at(c, (struct place){f->i + 1, false},
               f->y + (s->row ? row_rest(s->row, 0) : s->height));
    }
}

enum { LEAST_PART = 36000 }; /* a page that has less for a row too high for it gets all of it */

/* Where a cell is laid out anew on every page it goes on to: what is counted in it is counted where
 * it was laid out first. */
static bool may_be_parted(const struct cell_box *c) {
    return !c->flow->has_fields && !c->flow->note_count;
}

/* Whole or not at all; where no page holds it a part, which is known when it is drawn. */
static void fill_turned(struct cell_box *c, int64_t room, bool force) {
    struct place all = {.strip = c->flow->strips.n}, part = {c->from.strip, true};
    bool fits = c->along <= room;
    if (at_end(c, c->from) || (!fits && !force))
        end_at(c, c->from, 0);
    else if (!fits && !is_merged(c) && may_be_parted(c) && room >= LEAST_PART)
        end_at(c, part, room);
    else
        end_at(c, all, c->along);
}

/* Takes of the cell what fits into `room`: sets its `to` and `used`. */
static void fill_cell(struct cell_box *c, int64_t room, bool force) {
    if (c->cell->turn) {
        fill_turned(c, room, force);
        return;
    }
    struct filling f = {.cell = c, .room = room, .i = c->from.strip};
    for (; f.i < c->flow->strips.n; f.i++) {
        if (f.i > c->from.strip && c->flow->strips.at[f.i].may_part) {
            f.good = (struct place){f.i, false};
            f.good_y = f.y;
            f.has_good = true;
        }
        int fits = fill_strip(&f, false);
        if (fits < 0)
            return;
        if (fits == 0) {
            end_early(&f, force);
            return;
        }
    }
    end_at(c, (struct place){c->flow->strips.n, false}, f.y + c->flow->tail);
}

/* The same of a merged cell whose rows so far end at `bottom`. */
static void fill_down_to(struct cell_box *c, int64_t bottom) {
    fill_cell(c, bottom - c->top - c->top_border - margins(c), false);
}

struct place flow_fill(struct flow *flow, struct place from, int64_t room, bool force,
                       int64_t *used) {
    static const struct cell upright;
    struct cell_box all = {.cell = &upright, .flow = flow, .from = from, .to = from};
    fill_cell(&all, room, force);
    *used = all.used;
    return all.to;
}

/* Fills all cells; how many of the row's own cells got nothing though they have something, how
 * many cells moved on, and whether anything is left over. */
struct outcome {
    size_t blocked, moved, left;
};

static struct outcome fill_cells(struct row_box *row, int64_t y, int64_t room, bool force) {
    struct outcome out = {0};
    row->part = row->top_border;
    for (size_t i = 0; i < row->cell_count; i++) {
        struct cell_box *c = (struct cell_box *)owner(&row->cells[i]);
        int64_t above = is_merged(c) ? y - c->top : 0;
        fill_cell(c, room - row->top_border + above - margins(c), force);
        bool moved = !same_place(c->from, c->to);
        out.moved += moved;
        out.blocked += !moved && !at_end(c, c->from) && !is_merged(c);
        out.left += !at_end(c, c->to) && (c->last_row == row->index || !is_merged(c));
        if (moved || at_end(c, c->from))
            row->part = larger(row->part, row->top_border + c->used + margins(c) - above);
    }
    return out;
}

/* A row higher than any page by its own height, not by its text, goes on as an empty one. */
static bool split_height(struct row_box *row, int64_t y, int64_t room) {
    int64_t rest = row_rest(row, y);
    if (room < LEAST_PART || rest <= room)
        return false;
    row->part = room;
    row->owed = rest - room;
    return true;
}

void row_cut(struct layout *l, struct row_box *row, int64_t height) {
    row->exact = true;
    row->height = larger(height, row->top_border);
    row->own = row->height - row->top_border;
    if (!l->quiet && row_is_too_low(row))
        diag_add(l->diag, LAYOUT_ROW_TOO_HIGH, (struct where){.file = l->document->path},
                 pool_printf(l->pool, "%zu", row->index + 1), NULL);
}

bool row_split(struct row_box *row, int64_t y, int64_t room, bool force) {
    if (row->exact || (row->cant_split && !force && !row->begun))
        return false;
    struct outcome out = fill_cells(row, y, room, false);
    if (out.moved && out.left && (!out.blocked || force)) {
        row->part = larger(smaller(row->part, room), row->top_border);
        row->owed = 0;
        return true;
    }
    if (!force)
        return false;
    if (!out.left)
        return split_height(row, y, room);
    out = fill_cells(row, y, room, true);
    row->owed = 0;
    return out.moved && out.left;
}

/* ---- drawing ---- */

/* Whether placed[k] and its neighbour placed[j] are rows of one table, and no repeated header
 * lies between them. */
static bool follows(const struct placed *placed, size_t k, size_t j) {
    const struct row_box *a = placed[k].strip->row, *b = placed[j].strip->row;
    return a && b && a->table == b->table && placed[k].repeat == placed[j].repeat;
}

/* The rows on this page that a merged cell runs through, from placed[k] on. */
struct region {
    int64_t height;
    bool ends; /* the cell's last row is here, whole */
    bool split;
};

static struct region region_of(const struct cell_box *c, const struct placed *placed, size_t k,
                               size_t n) {
    struct region r = {0};
    for (size_t j = k; j < n && follows(placed, k, j); j++) {
        size_t index = placed[j].strip->row->index;
        if (index > c->last_row)
            break;
        r.height = placed[j].y + placed[j].height - placed[k].y;
        r.split = placed[j].split;
        r.ends = (index == c->last_row && !placed[j].split) || placed[k].repeat;
    }
    return r;
}

static int64_t align_offset(const struct cell_box *c, int64_t room, int64_t height) {
    if (room <= height || c->cell->v_align == V_TOP)
        return 0;
    return c->cell->v_align == V_BOTTOM ? room - height : (room - height) / 2;
}

struct row_drawing {
    struct layout *l;
    struct row_box *row;
    struct placed *placed;
    size_t k, n;
    mpt x; /* of the table */
    int64_t y;
};

enum { HARMLESS = 1000 };

/* Lines longer than their cell is high, which could not be parted, or more than go beside each
 * other in it. */
static void report_cut(struct layout *l, const struct cell_box *c, int64_t room) {
    bool fits = c->along <= room + HARMLESS && c->flow->height <= turn_across(c) + HARMLESS;
    if (fits || l->quiet || l->said_turned || c->parts)
        return;
    l->said_turned = true;
    diag_add(l->diag, LAYOUT_TURNED_CUT, (struct where){.file = l->document->path}, NULL);
}

static void draw_cell(const struct row_drawing *d, struct cell_box *c, struct place from,
                      struct place to, int64_t room) {
    if (c->cell->turn) {
        struct box within = {(int64_t)d->x + c->x + margin(c, EDGE_LEFT),
                             d->y + d->row->top_border + c->top_margin, turn_across(c),
                             room - margins(c)};
        if (!d->row->exact)
            report_cut(d->l, c, room - margins(c));
        if (from.strip < to.strip)
            turn_emit(d->l, c, &within, from, to);
        return;
    }
    bool whole = from.strip == 0 && !from.inside && at_end(c, to);
    int64_t offset = whole ? align_offset(c, room - margins(c), c->flow->height) : 0;
    flow_emit(d->l, c->flow, from, to, d->x + c->x + margin(c, EDGE_LEFT),
              d->y + d->row->top_border + c->top_margin + offset);
}

/* A repeated header row is drawn from its beginning each time. */
static struct place drawn_from(const struct placed *p, const struct cell_box *c) {
    struct place beginning = {0};
    return p->repeat ? beginning : c->from;
}

static void draw_own_cell(const struct row_drawing *d, struct cell_box *c) {
    const struct placed *p = &d->placed[d->k];
    struct place all = {.strip = d->row->exact ? visible_in(d->row, c) : c->flow->strips.n};
    int64_t room = p->height - d->row->top_border;
    grid_diagonals(d->l, c, d->x, d->y + d->row->top_border / 2, p->height);
    if (c->parts || (c->cell->turn && p->split && c->to.inside)) {
        turn_part(d->l, c, room - margins(c), !p->split);
        all = c->to;
    }
    draw_cell(d, c, drawn_from(p, c), p->split ? c->to : all, room);
    if (!p->repeat)
        c->from = p->split ? c->to : all;
}

/* A turned cell on several pages. */
static bool is_parted(const struct cell_box *c, const struct region *r) {
    if (!c->cell->turn || at_end(c, c->from))
        return false;
    return c->parts || (!r->ends && may_be_parted(c));
}

/* A merged cell is drawn with the first of its rows on the page. */
static void draw_merged_cell(const struct row_drawing *d, struct cell_box *box) {
    struct cell_box *c = (struct cell_box *)owner(box);
    bool first = !box->origin || d->k == 0 || !follows(d->placed, d->k - 1, d->k);
    if (!first || (d->placed[d->k].repeat && box->origin))
        return;
    struct region r = region_of(c, d->placed, d->k, d->n);
    int64_t room = r.height - d->row->top_border;
    grid_diagonals(d->l, c, d->x, d->y + d->row->top_border / 2, r.height);
    struct place all = {.strip = c->flow->strips.n};
    if (is_parted(c, &r))
        turn_part(d->l, c, room - margins(c), r.ends);
    else if (r.ends)
        c->to = all;
    else if (!r.split)
        fill_down_to(c, c->top + r.height);
    draw_cell(d, c, drawn_from(&d->placed[d->k], c), c->to, room);
    if (!d->placed[d->k].repeat)
        c->from = c->to;
}

/* Of the row and those below it at once: what a merged cell says stands on the shading of all its
 * rows. */
static void shade_rows(const struct row_drawing *d, int64_t y) {
    bool spaced = table_spacing(d->row->table->table) > 0;
    for (size_t j = d->k; j < d->n && (j == d->k || follows(d->placed, j - 1, j)); j++) {
        const struct placed *p = &d->placed[j];
        (spaced ? spaced_shade : grid_shade)(d->l, p->strip->row, d->x, y + p->y, p->height);
    }
}

void row_emit(struct layout *l, struct placed *placed, size_t k, size_t n, mpt x, int64_t y) {
    struct placed *p = &placed[k];
    struct row_box *row = p->strip->row;
    struct row_drawing d = {l, row, placed, k, n, x + row->table->x, y + p->y};
    bool last =
        k + 1 == n || !placed[k + 1].strip->row || placed[k + 1].strip->row->table != row->table;
    bool outer = l->repeating;
    l->repeating = outer || p->repeat;
    bool spaced = table_spacing(row->table->table) > 0;
    bool first = k == 0 || !follows(placed, k - 1, k);
    if (first)
        shade_rows(&d, y);
    for (size_t i = 0; i < row->cell_count; i++)
        if (is_merged(&row->cells[i]))
            draw_merged_cell(&d, &row->cells[i]);
        else
            draw_own_cell(&d, &row->cells[i]);
    if (spaced)
        spaced_borders(l, row, d.x, d.y, p->height);
    else
        grid_borders(l, row, (struct row_place){d.x, d.y, p->height, first, last});
    row->begun |= p->split && !p->repeat;
    l->repeating = outer;
}

/* How far the page in hand goes in a cell of a row that ends at `bottom`. A merged cell that goes
 * on below shows what its rows so far hold. */
static struct place shown_to(const struct row_box *row, struct cell_box *c, bool split,
                             int64_t bottom) {
    struct place all = {.strip = c->flow->strips.n};
    if (split)
        return c->to;
    if (c->last_row == row->index)
        return all;
    fill_down_to(c, bottom);
    return c->to;
}

void row_notes(struct layout *l, const struct row_box *row, bool split, int64_t bottom,
               struct note_list *out) {
    for (size_t i = 0; i < row->cell_count; i++) {
        struct cell_box *c = (struct cell_box *)owner(&row->cells[i]);
        if (c->flow && c->flow->note_count)
            flow_notes(l, c->flow, c->from, shown_to(row, c, split, bottom), out);
    }
}
