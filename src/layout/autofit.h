/* autofit: the columns of a table that follow their content (17.4.52, 17.18.87). */
#ifndef CONGVAN_LAYOUT_AUTOFIT_H
#define CONGVAN_LAYOUT_AUTOFIT_H

#include "layout/flow.h"

/* Widths of the table's columns where `room` is free for it, into `widths` (column_count). */
void autofit_columns(struct layout *l, const struct table *table, int64_t room, mpt *widths);

#endif
