/* chart: a chart (21.2) drawn into the box of its shape, as paths, lines and text. */
#ifndef CONGVAN_LAYOUT_CHART_H
#define CONGVAN_LAYOUT_CHART_H

#include "docx/chart.h"
#include "layout/turn.h"

/* Draws it onto the page in hand; all of it is `tag`'s. */
void chart_emit(struct layout *l, const struct chart *chart, const struct box *box, uint32_t tag);

#endif
