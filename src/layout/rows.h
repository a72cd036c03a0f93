/* rows: cells and rows as table.c and rows.c see them. */
#ifndef CONGVAN_LAYOUT_ROWS_H
#define CONGVAN_LAYOUT_ROWS_H

#include "layout/table.h"

static inline mpt margin(const struct cell_box *box, int edge) {
    return (mpt)clamp(box->cell->margin[edge], 0, MAX_LENGTH);
}

static inline int64_t margins(const struct cell_box *box) {
    return (int64_t)box->top_margin + margin(box, EDGE_BOTTOM) + box->foot;
}

static inline const struct cell_box *owner(const struct cell_box *box) {
    return box->origin ? box->origin : box;
}

static inline bool is_merged(const struct cell_box *box) {
    return box->origin || box->last_row > box->first_row;
}

/* The place up to which `room` holds the flow from `from` on, and how high that is; with `force` it
 * goes on in any case. */
struct place flow_fill(struct flow *flow, struct place from, int64_t room, bool force,
                       int64_t *used);

/* Whether text of a row of exact height is cut off. */
bool row_is_too_low(const struct row_box *row);

#endif
