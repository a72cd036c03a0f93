/* blur: areas and lines whose edge fades, as shadows do: a picture of one pixel seen through a soft
 * mask (ISO 32000-1, 11.6.5.3), computed in whole numbers.
 *
 * The mask is what is covered, washed out three times by a box: nearly a normal distribution of a
 * third of the blur, as Word's own is. It is no finer than the blur asks for. */
#ifndef CONGVAN_PDF_BLUR_H
#define CONGVAN_PDF_BLUR_H

#include "layout/page.h"
#include "pdf/idmap.h"
#include "pdf/object.h"

struct blurred {
    unsigned object;       /* 0: nothing is covered */
    int64_t x, y, side[2]; /* in mpt: its corner, from the draw's (x, y), and how large it is */
};

struct blur_set {
    struct pool *pool;
    struct idmap known; /* by content */
    VEC(struct blurred) at;
};

/* Adds the object of a path with a blur, unless an equal one is there. */
void blur_set_add(struct blur_set *set, const struct draw_path *draw, struct objects *objects);
/* Its place in the set; its name is "B" and the place, from 1. */
size_t blur_set_number(const struct blur_set *set, const struct draw_path *draw);

/* The covered share of each pixel, 0 to 255, in rows from the top; `size`: pixels across and down.
 * NULL: nothing is covered, or far too much. */
unsigned char *blur_mask(struct pool *pool, const struct draw_path *draw, struct blurred *place,
                         int size[2]);

#endif
