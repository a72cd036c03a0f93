/* formula: mathematics set in two dimensions (22.1), as boxes that stand in a line of text. */
#ifndef CONGVAN_LAYOUT_FORMULA_H
#define CONGVAN_LAYOUT_FORMULA_H

#include "layout/text.h"

/* Draws from the box's left end, on its baseline. */
struct formula {
    mpt width, ascent, descent;
    VEC(struct draw) draws;
};

/* The formula as pieces a line may be broken between: after its relations and signs. Letters are
 * as large as `props` says. The array is in the pool; none (reported): no font at all. */
struct formula *const *formula_set(struct layout *l, const struct math *math,
                                   const struct run_props *props, size_t *n);

#endif
