/* table: tables as rows of cells, each cell a flow; rows cut where a page ends.
 *
 * Geometry: horizontal borders take room (a row is its top border and its content), vertical ones
 * stand centred on the column edges; all are drawn once. Merged cells (vMerge) hold their content
 * in the first cell and let it run through all their rows, over pages if need be. */
#ifndef CONGVAN_LAYOUT_TABLE_H
#define CONGVAN_LAYOUT_TABLE_H

#include "layout/flow.h"

/* Stacks the rows of `table` on `flow`. */
void table_append(struct layout *l, struct flow *flow, const struct table *table,
                  const struct wml_section *section);

/* Makes the row's table begin at the left edge of its flow, wherever indents would put it; its
 * width. */
mpt table_float(struct row_box *row);

/* A row that is about to stand at `y` of a page's body (or a cell): `top_of_page` when it is the
 * first there. To be called before the three below. */
void row_open(struct row_box *row, int64_t y, bool top_of_page);

/* Height of what is not yet on a page of this row, top border included, for a row at `y`. */
int64_t row_rest(const struct row_box *row, int64_t y);

/* Fits as much of the row as `room` holds: sets the cells' `to` and row->part. False: nothing
 * fits, or the row must not be split. With `force` something always goes. */
bool row_split(struct row_box *row, int64_t y, int64_t room, bool force);

/* Cuts off what of the row does not go into `height`, for good; said once. */
void row_cut(struct layout *l, struct row_box *row, int64_t height);

/* Draws placed[k], a row of the list of `n`; x is the flow's left edge on the page, y the top of
 * the list's body. Afterwards the row knows that this part of it is done. */
void row_emit(struct layout *l, struct placed *placed, size_t k, size_t n, mpt x, int64_t y);

/* Adds the notes referred to in the row, or, when `split`, in the part row_split chose; `bottom` is
 * where the row ends. What a merged cell shows beside it counts; notes may come twice. */
void row_notes(struct layout *l, const struct row_box *row, bool split, int64_t bottom,
               struct note_list *out);

/* Bottom border a row leaves room for when nothing of its table follows on the page. */
mpt row_bottom(const struct row_box *row);

/* Room around every cell; 0: they share their borders. */
static inline mpt table_spacing(const struct table *table) {
    return (mpt)clamp(table->spacing, 0, MAX_LENGTH);
}

/* ---- spaced.c ---- */

/* Fill and borders of cells that stand apart, and the table's own borders around them. */
void spaced_shade(struct layout *l, const struct row_box *row, mpt x, int64_t y, int64_t height);
void spaced_borders(struct layout *l, const struct row_box *row, mpt x, int64_t y, int64_t height);

/* ---- grid.c ---- */

/* Where a row is drawn on a page, and whether it is the first or the last of its table there. */
struct row_place {
    mpt x; /* of the table */
    int64_t y, height;
    bool first, last;
};

/* Shading of the cells, and borders: the top edge, the bottom edge too of the last row. Merged
 * cells have a top edge only in the first one. */
void grid_shade(struct layout *l, const struct row_box *row, mpt x, int64_t y, int64_t height);
void grid_borders(struct layout *l, const struct row_box *row, struct row_place at);
/* Diagonals of a cell `height` high below y. */
void grid_diagonals(struct layout *l, const struct cell_box *c, mpt x, int64_t y, int64_t height);

#endif
