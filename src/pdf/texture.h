/* texture: areas filled with gradients (8.7.4.5), patterns (8.7.3) or pictures. */
#ifndef CONGVAN_PDF_TEXTURE_H
#define CONGVAN_PDF_TEXTURE_H

#include "layout/page.h"
#include "pdf/picture.h"

/* Those in use, each once: gradients as shadings /G1, /G2 ..., patterns as /P1, /P2 ... */
struct texture_set {
    struct pool *pool;
    struct idmap known; /* address of a texture -> its number among those of its kind */
    VEC(unsigned) shadings, patterns;
};

/* Adds the objects of a texture unless it is in the set already; a picture's is its own. */
void texture_set_add(struct texture_set *set, const struct texture *texture,
                     struct objects *objects);
/* Appends "/Shading<<...>>/Pattern<<...>>"; nothing if the set is empty. */
void texture_put_resources(const struct texture_set *set, struct buf *out);

/* The box of what is filled, from its lower left corner on the page; mpt. */
struct filled_box {
    int64_t x, y, width, height;
};

/* Appends what paints the whole box, once the content is clipped to the shape in it. The texture is
 * in the set; `picture`: number of its picture's image. */
void texture_put(const struct texture_set *set, const struct texture *texture, size_t picture,
                 struct filled_box box, struct buf *out);

#endif
