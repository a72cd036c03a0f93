/* Borders of a table: two cells share an edge, one border is drawn on it (17.4.66).
 *
 * The edge goes to the cell right of it or below it. What is left with a cell as its right or
 * bottom edge has no neighbour there. So layout draws every border it finds and none twice. */
#include "docx/wml_read.h"

#include <string.h>

/* A cell's own border wins over the table's; of two equals the heavier, then the darker one. None
 * gives way to any (17.4.66, rules 1 to 3). */
static struct edge stronger(struct edge a, struct edge b) {
    if (!a.border.width || !b.border.width)
        return a.border.width ? a : b;
    if (a.owner != b.owner)
        return a.owner == EDGE_OF_CELL ? a : b;
    int64_t heavy_a = (int64_t)a.border.width * (a.border.is_double ? 3 : 1);
    int64_t heavy_b = (int64_t)b.border.width * (b.border.is_double ? 3 : 1);
    if (heavy_a != heavy_b)
        return heavy_a > heavy_b ? a : b;
    return a.border.color <= b.border.color ? a : b;
}

struct slot { /* what of the row above lies over a grid column */
    const struct cell_edges *wish;
    struct cell *cell;
};

static void share_upright(struct row *row, const struct cell_edges *wishes) {
    for (size_t i = 0; i < row->cell_count; i++) {
        struct edge left = wishes[i].at[EDGE_LEFT];
        if (i > 0)
            left = stronger(left, wishes[i - 1].at[EDGE_RIGHT]);
        row->cells[i].borders[EDGE_LEFT] = left.border;
        if (i + 1 == row->cell_count)
            row->cells[i].borders[EDGE_RIGHT] = wishes[i].at[EDGE_RIGHT].border;
    }
}

static struct border top_of(const struct cell *cell, const struct cell_edges *wish,
                            const struct slot *above) {
    struct edge top = wish->at[EDGE_TOP];
    const struct cell *before = NULL;
    if (cell->merge == MERGE_CONTINUE)
        return (struct border){0}; /* inside a merged cell */
    for (size_t c = cell->column; c < cell->column + cell->span; c++) {
        if (above[c].cell && above[c].cell != before)
            top = stronger(top, above[c].wish->at[EDGE_BOTTOM]);
        before = above[c].cell;
    }
    return top.border;
}

static bool covered(const struct cell *cell, const struct slot *below) {
    for (size_t c = cell->column; c < cell->column + cell->span; c++)
        if (below[c].cell)
            return true;
    return false;
}

/* Bottom edges of the row above that no cell below takes over. */
static void keep_bottoms(struct row *row, const struct cell_edges *wishes,
                         const struct slot *below) {
    for (size_t i = 0; i < row->cell_count; i++)
        if (!covered(&row->cells[i], below))
            row->cells[i].borders[EDGE_BOTTOM] = wishes[i].at[EDGE_BOTTOM].border;
}

static void occupy(struct row *row, const struct cell_edges *wishes, struct slot *slots) {
    for (size_t i = 0; i < row->cell_count; i++)
        for (size_t c = 0; c < row->cells[i].span; c++)
            slots[row->cells[i].column + c] = (struct slot){&wishes[i], &row->cells[i]};
}

void resolve_borders(struct pool *pool, struct table *table, struct cell_edges *const *wishes) {
    size_t n = table->column_count + 1;
    struct slot *above = POOL_ARRAY(pool, struct slot, n), *here = POOL_ARRAY(pool, struct slot, n);
    for (size_t r = 0; r < table->row_count; r++) {
        struct row *row = &table->rows[r];
        memset(here, 0, n * sizeof *here);
        occupy(row, wishes[r], here);
        share_upright(row, wishes[r]);
        for (size_t i = 0; i < row->cell_count; i++)
            row->cells[i].borders[EDGE_TOP] = top_of(&row->cells[i], &wishes[r][i], above);
        if (r > 0)
            keep_bottoms(&table->rows[r - 1], wishes[r - 1], here);
        struct slot *swap = above;
        above = here;
        here = swap;
    }
    if (table->row_count) {
        memset(here, 0, n * sizeof *here);
        keep_bottoms(&table->rows[table->row_count - 1], wishes[table->row_count - 1], here);
    }
}
