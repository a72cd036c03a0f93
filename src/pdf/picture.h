/* picture: PNG and JPEG files as image objects of a PDF, each once.
 *
 * A PNG is not decoded where it need not be: PDF knows its filters, so the packed rows go in as
 * they stand. Only rows with an alpha channel (which becomes an SMask) and interlaced ones are
 * taken apart. libharu's own PNG reader is not used: on a damaged file it returns from libpng's
 * error hook, whereupon libpng aborts the process; and its JPEG reader leaves a half-made image
 * in the document. */
#ifndef CONGVAN_PDF_PICTURE_H
#define CONGVAN_PDF_PICTURE_H

#include "base/diag.h"
#include "base/pool.h"
#include "docx/wml.h"
#include "pdf/idmap.h"
#include "pdf/object.h"

struct picture_set {
    struct pool *pool;
    struct idmap by_bytes; /* address of the bytes, or of how they are coloured -> 1 + number; 1 for
                              a damaged picture */
    VEC(unsigned) objects; /* of /I1, /I2, ... */
};

/* Embeds the picture unless its bytes are in the set already. What cannot be read is reported (a
 * warning that names the document and the page of `where`, the paragraph and the picture's part)
 * and has number 0; what is cut short is drawn as far as it goes, and reported. */
void picture_set_add(struct picture_set *set, const struct picture *picture, struct where where,
                     struct flate *flate, struct objects *objects, struct diag *diag);

/* The n of its name /In; 0 if it is damaged or not in the set. */
size_t picture_set_number(const struct picture_set *set, const struct picture *picture);

/* Width and height in pixels of a PNG or JPEG; false: another kind, or damaged. */
bool picture_pixels(const struct picture *picture, uint32_t size[2]);

/* Adds the image object of a PNG file and returns its number; 0 if the file is
 * damaged or of a kind PDF has no room for. Nothing is added then. `recolor` NULL: as it is. */
unsigned png_embed(struct pool *pool, const char *bytes, size_t len, const struct recolor *recolor,
                   struct flate *flate, struct objects *objects);

/* Appends "/Type/XObject/Subtype/Image/Width .../Height .../BitsPerComponent .../ColorSpace". */
void image_put_entries(struct buf *out, uint32_t width, uint32_t height, int bits,
                       const char *color_space);

#endif
