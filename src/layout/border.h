/* border: the strokes of one stretch of a border. */
#ifndef CONGVAN_LAYOUT_BORDER_H
#define CONGVAN_LAYOUT_BORDER_H

#include "layout/page.h"

struct layout;

enum { BORDER_STROKES = 3 };

/* Whether two borders look alike. */
bool border_same(const struct border *a, const struct border *b);

/* The strokes of a border whose room is centred on the line from (x0, y0) to (x1, y1), upright or
 * level; how many (0: none). The names of styles tell their lines from top to bottom and from left
 * to right, whatever the side (17.18.2). */
size_t border_strokes(const struct border *b, int64_t x0, int64_t y0, int64_t x1, int64_t y1,
                      struct draw_line *out);

/* Puts these strokes on the page that is being made. */
void border_push(struct layout *l, const struct border *b, int64_t x0, int64_t y0, int64_t x1,
                 int64_t y1);

/* The room it takes, mpt; none is negative. */
mpt border_width(const struct border *b);

#endif
