/* veil: where a picture lets through what is under it (ISO 32000-1, 8.9.6 and 11.6.5.3). Signatures
 * and seals are pictures most of which is transparent; one that is not hides words as paint does.
 */
#ifndef CONGVAN_SIGNATURE_VEIL_H
#define CONGVAN_SIGNATURE_VEIL_H

#include "signature/reader.h"

struct veil {
    double inverse[6]; /* page -> the picture's unit square (8.9.5.2) */
    int width, height, bits;
    bool zero_hides; /* of one bit: which of the two is paint */
    const unsigned char *samples;
    size_t row; /* bytes */
};

/* Of the picture `image`, whose unit square `matrix` (as in a content stream) puts on the page.
 * NULL when it is opaque, or its mask cannot be read: what is not known hides. In `pool`. */
const struct veil *veil_of(struct reader *reader, struct pool *pool, pdf_value image,
                           const double matrix[6]);

/* Whether the picture hides the point of the page, which need not be in it. */
bool veil_hides(const struct veil *veil, double x, double y);

#endif
