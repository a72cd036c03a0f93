/* contour: the outlines of drawings that text follows (20.4.2.16), where they stand in a flow.
 *
 * A line may stand beside an outline where no point of it is as high as the line. Text that is
 * tight (20.4.2.19) stays outside the outermost points at that height, text that goes through
 * (20.4.2.18) stands between them, too, where the outline leaves room. */
#ifndef CONGVAN_LAYOUT_CONTOUR_H
#define CONGVAN_LAYOUT_CONTOUR_H

#include "layout/turn.h"

struct contour_line { /* mpt, from the left edge of the flow and its top */
    int64_t x, y;
};

/* A closed line. */
struct contour_path {
    bool through;
    struct contour_line *at;
    size_t n;
};

/* The outline of the shape, mirrored and turned with it; `box`: the shape before that. */
const struct contour_path *contour_at(struct layout *l, const struct shape *shape,
                                      const struct box *box);
/* The box around it. */
struct box contour_box(const struct contour_path *path);

enum { MOST_STRETCHES = 16 };
struct stretch {
    int64_t left, right;
};
/* What it takes of a line between `top` and `bottom`, from left to right. Gaps of less than
 * `least` are taken, too. */
size_t contour_taken(const struct contour_path *path, int64_t top, int64_t bottom, int64_t least,
                     struct stretch taken[MOST_STRETCHES]);

#endif
