/* raster: picture files that PDF has no filter for, decoded to plain pixels.
 *
 * BMP (with run lengths, palettes and bit fields) and the first frame of a GIF. Sizes are checked
 * before anything is allocated. */
#ifndef CONGVAN_PDF_RASTER_H
#define CONGVAN_PDF_RASTER_H

#include "docx/wml.h"
#include "pdf/object.h"

#include <stdint.h>

enum { RASTER_PIXELS_MAX = 64 * 1024 * 1024 };

struct raster {
    uint32_t width, height;
    unsigned char *rgb;   /* three bytes a pixel, rows from top to bottom */
    unsigned char *alpha; /* one byte a pixel; NULL: opaque */
    bool cut;             /* the file ends before the last pixel */
};

/* False: too many pixels, or none. */
bool raster_fits(int64_t width, int64_t height);
/* Makes room for the pixels (black, opaque); false: they do not fit. */
bool raster_open(struct pool *pool, struct raster *raster, int64_t width, int64_t height);
/* The transparency, all of it 0 at first. */
void raster_add_alpha(struct pool *pool, struct raster *raster);

/* False: not such a file, or damaged. A file that ends early is drawn as far as it goes, and the
 * rest is white. */
bool bmp_decode(struct pool *pool, const unsigned char *bytes, size_t n, struct raster *out);
/* `why` becomes PDF_PICTURE_NO_LIBRARY where giflib is not on the machine. */
bool gif_decode(struct pool *pool, const unsigned char *bytes, size_t n, struct raster *out,
                enum diag_code *why);

/* Adds the image object of these pixels and returns its number; `recolor` NULL: as they are; rgb is
 * changed where all of it is grey, which the object then is. */
unsigned raster_add(struct pool *pool, struct raster *raster, const struct recolor *recolor,
                    struct objects *objects);

/* Adds the image object of a file of either kind and returns its number; 0 if it is damaged. `why`
 * becomes PDF_PICTURE_CUT if only a part of it is there. */
unsigned raster_embed(struct pool *pool, const char *bytes, size_t len,
                      const struct recolor *recolor, struct objects *objects, enum diag_code *why);

#endif
