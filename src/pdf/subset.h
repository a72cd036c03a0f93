/* subset: font programs cut down to the glyphs a document draws (truetype.h), and packed.
 *
 * Only the glyphs asked for, those they are composed of, and .notdef; renumbered, no hinting, no
 * layout tables. What is made of a face and its glyphs depends on nothing else, so the packed
 * programs of the latest sets are kept: the dispatches of an office have many a set in common
 * ("Nơi nhận:" is all that is ever set in bold italics). */
#ifndef CONGVAN_PDF_SUBSET_H
#define CONGVAN_PDF_SUBSET_H

#include "base/face.h"
#include "pdf/flate.h"

#include <stddef.h>
#include <stdint.h>

struct subset {
    unsigned glyph_count; /* in the program */
    size_t plain_len;     /* of the program, unpacked */
    struct buf packed;
    size_t n; /* of `glyphs` and `renumbered` */
    uint16_t *glyphs, *renumbered;
    uint16_t *origins; /* by the number in the program, the glyph of the face */
};

/* What is kept from document to document. Not shared between threads. */
struct subsets;

struct subsets *subsets_new(void);
void subsets_free(struct subsets *subsets);

/* The program of `face` with `n` glyphs: sorted, none twice. Lent until the next call; NULL if the
 * face cannot be cut down (damaged, or no TrueType outlines). */
const struct subset *subset_of(struct subsets *subsets, const struct face *face,
                               const uint16_t *glyphs, size_t n, struct flate *flate);

/* The number in the program of a glyph of the set. */
uint16_t subset_glyph(const struct subset *subset, uint16_t glyph);

#endif
