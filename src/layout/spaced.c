/* Cells with room around them (17.4.44): each has four borders of its own, and the table has some
 * around all. A merged cell runs through the room between its rows. */
#include "layout/border.h"
#include "layout/table.h"

/* What of a cell is drawn in a row that stands between `y` and `y + height`. */
struct spaced_cell {
    const struct cell *cell;
    bool begins, ends;
    int64_t left, top, right, bottom;
};

static struct spaced_cell spaced_cell(const struct row_box *row, const struct cell_box *c, mpt x,
                                      int64_t y, int64_t height) {
    const struct table *table = row->table->table;
    const struct cell_box *origin = c->origin ? c->origin : c;
    mpt spacing = table_spacing(table);
    struct spaced_cell s = {.cell = origin->cell,
                            .begins = row->index == origin->first_row,
                            .ends = row->index == origin->last_row,
                            .left = (int64_t)x + c->x,
                            .top = y,
                            .right = (int64_t)x + c->x + c->width,
                            .bottom = y + height};
    if (s.begins)
        s.top += spacing + (row->index ? 0 : border_width(&table->frame[EDGE_TOP]));
    if (s.ends)
        s.bottom -=
            spacing +
            (row->index + 1 < table->row_count ? 0 : border_width(&table->frame[EDGE_BOTTOM]));
    return s;
}

void spaced_shade(struct layout *l, const struct row_box *row, mpt x, int64_t y, int64_t height) {
    for (size_t i = 0; i < row->cell_count; i++) {
        struct spaced_cell s = spaced_cell(row, &row->cells[i], x, y, height);
        if (s.cell->shade < 0 || s.bottom <= s.top)
            continue;
        page_push(l, DRAW_RECT)->as.rect =
            (struct draw_rect){.x = coordinate(s.left),
                               .y = coordinate(s.top),
                               .width = coordinate(s.right - s.left),
                               .height = coordinate(s.bottom - s.top),
                               .color = (uint32_t)s.cell->shade};
    }
}

static void draw_cell_edges(struct layout *l, const struct spaced_cell *s) {
    const struct border *b = s->cell->borders;
    int64_t top = s->top + border_width(&b[EDGE_TOP]) / 2;
    int64_t bottom = s->bottom - border_width(&b[EDGE_BOTTOM]) / 2;
    if (s->begins)
        border_push(l, &b[EDGE_TOP], s->left, top, s->right, top);
    if (s->ends)
        border_push(l, &b[EDGE_BOTTOM], s->left, bottom, s->right, bottom);
    border_push(l, &b[EDGE_LEFT], s->left, s->top, s->left, s->bottom);
    border_push(l, &b[EDGE_RIGHT], s->right, s->top, s->right, s->bottom);
}

static void draw_frame(struct layout *l, const struct row_box *row, mpt x, int64_t y,
                       int64_t height) {
    const struct table_box *t = row->table;
    const struct border *frame = t->table->frame;
    int64_t right = (int64_t)x + t->edges[t->table->column_count];
    int64_t top = y + border_width(&frame[EDGE_TOP]) / 2;
    int64_t bottom = y + height - border_width(&frame[EDGE_BOTTOM]) / 2;
    if (row->index == 0)
        border_push(l, &frame[EDGE_TOP], x, top, right, top);
    if (row->index + 1 == t->table->row_count)
        border_push(l, &frame[EDGE_BOTTOM], x, bottom, right, bottom);
    border_push(l, &frame[EDGE_LEFT], x, y, x, y + height);
    border_push(l, &frame[EDGE_RIGHT], right, y, right, y + height);
}

void spaced_borders(struct layout *l, const struct row_box *row, mpt x, int64_t y, int64_t height) {
    for (size_t i = 0; i < row->cell_count; i++) {
        struct spaced_cell s = spaced_cell(row, &row->cells[i], x, y, height);
        draw_cell_edges(l, &s);
    }
    draw_frame(l, row, x, y, height);
}
