/* autofit: the columns of a table that follow their content (17.4.52, 17.18.87). */
#ifndef CONGVAN_LAYOUT_AUTOFIT_H
#define CONGVAN_LAYOUT_AUTOFIT_H

#include "layout/flow.h"

/* Widths of the table's columns where `room` is free for it, into `widths` (column_count). */
void autofit_columns(struct layout *l, const struct table *table, int64_t room, mpt *widths);

/* Width of the blocks when no paragraph is broken; height of the stack when they are broken at
 * `width`. What measuring makes is not kept: page numbers met are counted, and tags made, when the
 * blocks are laid out for good. */
int64_t autofit_widest(struct layout *l, const struct block *blocks);
int64_t autofit_narrowest(struct layout *l, const struct block *blocks); /* of the widest word */
int64_t autofit_height(struct layout *l, const struct block *blocks, int64_t width,
                       enum story story);

#endif
