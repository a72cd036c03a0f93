/* Borders of a table: two cells share an edge, one border is drawn on it (17.4.66).
 *
 * The edge goes to the cell right of it or below it. What is left with a cell as its right or
 * bottom edge has no neighbour there. So layout draws every border it finds and none twice. */
#include "docx/wml_read.h"

#include <string.h>

/* The number of lines of a style times its border number: what 17.4.66 calls its weight. */
static int weight(enum border_style style) {
    static const int lines[BORDER_STYLES] = {
        [BORDER_DOUBLE] = 2,
        [BORDER_TRIPLE] = 3,
        [BORDER_THIN_THICK_SMALL] = 2,
        [BORDER_THICK_THIN_SMALL] = 2,
        [BORDER_THIN_THICK_THIN_SMALL] = 3,
        [BORDER_THIN_THICK_MEDIUM] = 2,
        [BORDER_THICK_THIN_MEDIUM] = 2,
        [BORDER_THIN_THICK_THIN_MEDIUM] = 3,
        [BORDER_THIN_THICK_LARGE] = 2,
        [BORDER_THICK_THIN_LARGE] = 2,
        [BORDER_THIN_THICK_THIN_LARGE] = 3,
        [BORDER_DOUBLE_WAVE] = 2,
    };
    return ((int)style + 1) * (lines[style] ? lines[style] : 1);
}

/* Of two colours the darker one: red + blue + 2 green, then blue + 2 green, then green. */
static bool is_darker(uint32_t a, uint32_t b) {
    uint32_t ra = a >> 16 & 0xFF, ga = a >> 8 & 0xFF, ba = a & 0xFF;
    uint32_t rb = b >> 16 & 0xFF, gb = b >> 8 & 0xFF, bb = b & 0xFF;
    if (ra + ba + 2 * ga != rb + bb + 2 * gb)
        return ra + ba + 2 * ga < rb + bb + 2 * gb;
    if (ba + 2 * ga != bb + 2 * gb)
        return ba + 2 * ga < bb + 2 * gb;
    return ga <= gb;
}

/* None gives way to any; a cell's own border wins over the table's; else the heavier style, the
 * wider line, the darker colour (17.4.66). */
static struct edge stronger(struct edge a, struct edge b) {
    if (!a.border.width || !b.border.width)
        return a.border.width ? a : b;
    if (a.owner != b.owner)
        return a.owner == EDGE_OF_CELL ? a : b;
    if (a.border.style != b.border.style)
        return weight(a.border.style) >= weight(b.border.style) ? a : b;
    if (a.border.width != b.border.width)
        return a.border.width > b.border.width ? a : b;
    return is_darker(a.border.color, b.border.color) ? a : b;
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
