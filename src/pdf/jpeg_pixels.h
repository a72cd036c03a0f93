/* jpeg_pixels: a JPEG as plain pixels. */
#ifndef CONGVAN_PDF_JPEG_PIXELS_H
#define CONGVAN_PDF_JPEG_PIXELS_H

#include "base/pool.h"
#include "pdf/raster.h"

/* False: it is damaged, too large, or libjpeg-turbo is not on the machine. */
bool jpeg_pixels(struct pool *pool, const char *bytes, size_t n, struct raster *out);

#endif
