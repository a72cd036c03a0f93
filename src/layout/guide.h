/* guide: a path as something to go along (20.1.9.19). */
#ifndef CONGVAN_LAYOUT_GUIDE_H
#define CONGVAN_LAYOUT_GUIDE_H

#include "layout/flow.h"

/* A guide as a chain of straight pieces. */
struct guide {
    struct guide_point {
        int64_t x, y;
        int64_t at; /* how far along */
    } * points;
    size_t n;
    int64_t length; /* 0: it is no more than a point */
};

struct guides {
    VEC(struct guide) at;
};

/* Every PATH_MOVE of the paths begins one. */
void guides_read(struct pool *pool, const struct path *paths, size_t n, struct guides *out);

/* So far along it: the point, and which way it goes there, as a vector of length SINE_ONE. Before
 * its start and after its end it goes straight on. */
struct heading {
    int64_t x, y, dx, dy;
};
struct heading guide_at(const struct guide *guide, int64_t along);

/* The same guide farther out by `out`: an ellipse around its center, whose half axes that is, too.
 */
struct guide guide_around(struct pool *pool, const struct guide *guide, const int64_t center[2],
                          int64_t out);
/* Whether it goes with the clock as seen from there. */
bool guide_is_clockwise(const struct guide *guide, const int64_t center[2]);

#endif
