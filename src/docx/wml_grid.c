/* Column widths: what the grid says and what cells ask for (17.4.48, 17.4.71). How wide columns
 * come out where they follow their content is for layout to find (autofit.c). */
#include "docx/units.h"
#include "docx/wml_table.h"

#include <string.h>

static mpt preferred(const struct story *story, const struct xml_node *width) {
    const char *type = width ? xml_get(width, w_type) : NULL;
    if (!width)
        return 0;
    const char *written = xml_get(width, w_w);
    bool percent = (type && strcmp(type, "pct") == 0) || (written && strchr(written, '%'));
    if (percent)
        return mpt_clamp((int64_t)story->width * xml_int(width, w_w, 0) / 5000);
    return table_measure(width, 0);
}

static void grow_grid(struct raw_table *raw, size_t n) {
    while (raw->grid.n < n)
        *VEC_PUSH(raw->story->reader->pool, &raw->grid) = 0;
}

static void read_grid(struct raw_table *raw, const struct xml_node *grid) {
    const struct xml_node *col;
    XML_EACH_CHILD (col, grid) {
        if (col->name != w_gridCol || raw->grid.n == MAX_COLUMNS)
            continue;
        mpt width = length_get(col, w_w, UNIT_TWIP, 0);
        *VEC_PUSH(raw->story->reader->pool, &raw->grid) = width < 0 ? 0 : width;
    }
}

/* What cells of one column ask for: the widest counts. 0: none asks. */
static void widest_cells(const struct raw_table *raw, mpt *widest) {
    const struct raw_row *row;
    const struct raw_cell *cell;
    VEC_EACH (row, &raw->rows) {
        VEC_EACH (cell, &row->cells) {
            mpt width = preferred(raw->story, xml_child(cell->props, w_tcW));
            if (cell->span == 1 && width > widest[cell->column])
                widest[cell->column] = width;
        }
    }
}

/* Cells know better than the grid: generators write grids of equal columns and true w:tcW. */
static void widen_from_cells(struct raw_table *raw) {
    mpt widest[MAX_COLUMNS + 1] = {0};
    widest_cells(raw, widest);
    for (size_t i = 0; i < raw->grid.n; i++)
        if (widest[i] > 0)
            raw->grid.at[i] = widest[i];
}

int64_t grid_sum(const mpt *widths, size_t n) {
    int64_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += widths[i];
    return total;
}

/* Columns that only spanning cells tell about share what those leave. */
static void fill_from_spans(struct raw_table *raw) {
    const struct raw_row *row;
    const struct raw_cell *cell;
    VEC_EACH (row, &raw->rows) {
        VEC_EACH (cell, &row->cells) {
            mpt *at = raw->grid.at + cell->column;
            size_t empty = 0;
            for (size_t i = 0; i < cell->span; i++)
                empty += at[i] == 0;
            int64_t rest = preferred(raw->story, xml_child(cell->props, w_tcW)) -
                           (empty ? grid_sum(at, cell->span) : 0);
            if (!empty || rest <= 0)
                continue;
            for (size_t i = 0; i < cell->span; i++)
                if (at[i] == 0)
                    at[i] = mpt_clamp(rest / (int64_t)empty);
        }
    }
}

/* What nobody gave a width: an equal share of the text width, or of what is left of it. */
static void fill_the_rest(struct raw_table *raw) {
    size_t empty = 0, n = raw->grid.n;
    for (size_t i = 0; i < n; i++)
        empty += raw->grid.at[i] == 0;
    if (!empty)
        return;
    int64_t rest = raw->story->width - grid_sum(raw->grid.at, n);
    mpt share = mpt_clamp((rest > 0 ? rest : raw->story->width / 4) / (int64_t)empty);
    for (size_t i = 0; i < n; i++)
        if (raw->grid.at[i] == 0)
            raw->grid.at[i] = share;
}

static void scale_grid(struct raw_table *raw, mpt to) {
    int64_t total = grid_sum(raw->grid.at, raw->grid.n), done = 0, given = 0;
    for (size_t i = 0; total > 0 && to > 0 && i < raw->grid.n; i++) {
        done += raw->grid.at[i];
        int64_t edge = done * to / total; /* edges are rounded, so no width is lost */
        raw->grid.at[i] = (mpt)(edge - given);
        given = edge;
    }
}

/* A grid that Word saved is what it last laid out. One that is missing or short, or of equal
 * columns where the cells wish for unequal ones, is a generator's filler. */
static bool is_laid_out(const struct raw_table *raw, size_t written, const mpt *wishes) {
    bool equal = true, wished_equal = true;
    mpt first = 0;
    if (!raw->grid.n || written < raw->grid.n)
        return false;
    for (size_t i = 0; i < raw->grid.n; i++) {
        if (raw->grid.at[i] <= 0)
            return false;
        equal &=
            raw->grid.at[i] - raw->grid.at[0] <= 100 && raw->grid.at[0] - raw->grid.at[i] <= 100;
        if (!wishes[i])
            continue;
        first = first ? first : wishes[i];
        wished_equal &= wishes[i] == first;
    }
    return !equal || wished_equal;
}

/* What layout needs to fit columns to their content: the cells' wishes and Word's own result. */
static void keep_for_autofit(struct raw_table *raw, size_t written, struct table *table) {
    const char *layout = xml_get(xml_child(raw->props, w_tblLayout), w_type);
    struct pool *pool = raw->story->reader->pool;
    table->autofit = !(layout && strcmp(layout, "fixed") == 0);
    table->preferred = preferred(raw->story, xml_child(raw->props, w_tblW));
    mpt *wishes = POOL_ARRAY(pool, mpt, raw->grid.n + 1);
    widest_cells(raw, wishes);
    table->wishes = wishes;
    if (!is_laid_out(raw, written, wishes))
        return;
    mpt *copy = POOL_ARRAY(pool, mpt, raw->grid.n + 1);
    memcpy(copy, raw->grid.at, raw->grid.n * sizeof *copy);
    table->laid_out = copy;
}

void settle_widths(struct raw_table *raw, const struct xml_node *node, struct table *table) {
    const struct xml_node *width = xml_child(raw->props, w_tblW);
    const char *type = width ? xml_get(width, w_type) : NULL;
    const struct raw_row *row;
    read_grid(raw, xml_child(node, w_tblGrid));
    size_t written = raw->grid.n;
    VEC_EACH (row, &raw->rows)
        grow_grid(raw, row->columns);
    keep_for_autofit(raw, written, table);
    bool had_none = grid_sum(raw->grid.at, raw->grid.n) == 0;
    widen_from_cells(raw);
    fill_from_spans(raw);
    had_none = had_none && grid_sum(raw->grid.at, raw->grid.n) == 0;
    fill_the_rest(raw);
    if ((type && strcmp(type, "pct") == 0) || had_none)
        scale_grid(raw, preferred(raw->story, width));
}
