/* Borders and shading of table rows. Every edge is drawn once: a row draws its top edge, in which
 * it meets the row above, and its vertical ones; the last on a page the bottom edge, too. */
#include "layout/border.h"
#include "layout/table.h"

/* The border where two cells meet: the wider one. */
static const struct border *stronger(const struct border *a, const struct border *b) {
    return b->width > a->width ? b : a;
}

static const struct cell *shown_cell(const struct cell_box *c) {
    return c->origin ? c->origin->cell : c->cell;
}

static void draw_diagonal(struct layout *l, const struct border *b, int64_t x0, int64_t y0,
                          int64_t x1, int64_t y1) {
    if (b->width <= 0)
        return;
    page_push(l, DRAW_LINE)->as.line = (struct draw_line){.x0 = coordinate(x0),
                                                          .y0 = coordinate(y0),
                                                          .x1 = coordinate(x1),
                                                          .y1 = coordinate(y1),
                                                          .width = border_width(b),
                                                          .color = b->color};
}

void grid_diagonals(struct layout *l, const struct cell_box *c, mpt x, int64_t y, int64_t height) {
    int64_t left = (int64_t)x + c->x, right = left + c->width;
    draw_diagonal(l, &c->cell->falling, left, y, right, y + height);
    draw_diagonal(l, &c->cell->rising, left, y + height, right, y);
}

void grid_shade(struct layout *l, const struct row_box *row, mpt x, int64_t y, int64_t height) {
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct cell_box *c = &row->cells[i];
        int32_t shade = shown_cell(c)->shade;
        if (shade < 0)
            continue;
        page_push(l, DRAW_RECT)->as.rect = (struct draw_rect){.x = x + c->x,
                                                              .y = coordinate(y),
                                                              .width = c->width,
                                                              .height = coordinate(height),
                                                              .color = (uint32_t)shade};
    }
}

/* ---- horizontal edges ---- */

/* Where the top edge of a row stands: cells of the row above end at other places than its own, so
 * it is drawn from crossing to crossing. */
struct edge_run {
    struct layout *l;
    mpt x;
    int64_t y;
};

/* A stretch of the top edge under one cell of the row above. A stretch reaches half a vertical
 * border beyond its ends, so corners are closed. */
static void draw_stretch(const struct edge_run *e, const struct border *b, mpt x0, mpt x1,
                         mpt half) {
    if (x1 > x0)
        border_push(e->l, b, e->x + x0 - half, e->y, e->x + x1 + half, e->y);
}

static mpt half_side(const struct cell *cell) {
    return border_width(stronger(&cell->borders[EDGE_LEFT], &cell->borders[EDGE_RIGHT])) / 2;
}

static const struct row_box *row_above(const struct row_box *row) {
    return row->index && !row->begun ? row - 1 : NULL;
}

static void draw_cell_top(const struct edge_run *e, const struct cell_box *c,
                          const struct row_box *above, size_t *at) {
    const struct cell *cell = shown_cell(c);
    mpt x = c->x, end = c->x + c->width;
    while (above && *at < above->cell_count && x < end) {
        const struct cell_box *up = &above->cells[*at];
        mpt up_end = up->x + up->width;
        if (up_end <= x) {
            ++*at;
            continue;
        }
        if (up->x >= end)
            break;
        mpt to = up_end < end ? up_end : end;
        if (up->x > x) {
            draw_stretch(e, &cell->borders[EDGE_TOP], x, up->x, half_side(cell));
            x = up->x;
        }
        const struct border *b =
            stronger(&cell->borders[EDGE_TOP], &up->cell->borders[EDGE_BOTTOM]);
        draw_stretch(e, b, x, to, half_side(cell));
        x = to;
    }
    draw_stretch(e, &cell->borders[EDGE_TOP], x, end, half_side(cell));
}

static void draw_top(const struct edge_run *e, const struct row_box *row, bool first) {
    const struct row_box *above = row_above(row);
    size_t at = 0;
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct cell_box *c = &row->cells[i];
        if (!c->origin || first)
            draw_cell_top(e, c, c->origin ? NULL : above, &at);
    }
}

static const struct row_box *row_below(const struct row_box *row) {
    return row->index + 1 < row->table->table->row_count ? row + 1 : NULL;
}

/* The edge between two rows belongs to the lower one, so far as that has cells there; where a page
 * ends between them (`closing`), the upper one closes with it too. `*at` walks the cells below
 * along with the row's own. */
static void draw_cell_bottom(const struct edge_run *e, const struct cell_box *c,
                             const struct row_box *below, size_t *at, bool closing) {
    const struct border *own = &c->cell->borders[EDGE_BOTTOM];
    mpt x = c->x, end = c->x + c->width;
    for (; below && *at < below->cell_count; ++*at) {
        const struct cell_box *down = &below->cells[*at];
        mpt from = down->x > x ? down->x : x, to = down->x + down->width;
        if (from >= end)
            break;
        draw_stretch(e, own, x, from, half_side(c->cell));
        const struct border *b = stronger(own, &shown_cell(down)->borders[EDGE_TOP]);
        if (closing)
            draw_stretch(e, b, from, to < end ? to : end, half_side(c->cell));
        x = to > x ? to : x;
        if (to > end)
            return;
    }
    draw_stretch(e, own, x, end, half_side(c->cell));
}

static void draw_bottom(const struct edge_run *e, const struct row_box *row, bool closing) {
    const struct row_box *below = row_below(row);
    size_t at = 0;
    for (size_t i = 0; i < row->cell_count; i++)
        draw_cell_bottom(e, &row->cells[i], below, &at, closing);
}

/* ---- vertical edges ---- */

static void draw_sides(const struct edge_run *e, const struct row_box *row, int64_t height) {
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct cell_box *c = &row->cells[i];
        const struct border *left = &shown_cell(c)->borders[EDGE_LEFT];
        bool meets = i && c[-1].x + c[-1].width == c->x;
        if (meets)
            left = stronger(&shown_cell(c - 1)->borders[EDGE_RIGHT], left);
        border_push(e->l, left, e->x + c->x, e->y, e->x + c->x, e->y + height);
        bool open = i + 1 == row->cell_count || c[1].x != c->x + c->width;
        const struct border *right = &shown_cell(c)->borders[EDGE_RIGHT];
        mpt x = c->x + c->width;
        if (open)
            border_push(e->l, right, e->x + x, e->y, e->x + x, e->y + height);
    }
}

void grid_borders(struct layout *l, const struct row_box *row, struct row_place at) {
    const struct row_box *below = at.last ? NULL : row_below(row);
    int64_t end = at.y + at.height;
    struct edge_run top = {l, at.x, at.y + row->top_border / 2};
    struct edge_run sides = {l, at.x, at.y};
    struct edge_run bottom = {l, at.x, end + (below ? below->top_border : row->bottom_border) / 2};
    draw_top(&top, row, at.first);
    draw_sides(&sides, row, at.height + (at.last ? row->bottom_border : 0));
    draw_bottom(&bottom, row, at.last);
}
