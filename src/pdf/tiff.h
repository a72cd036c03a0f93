/* tiff: TIFF files as image objects. */
#ifndef CONGVAN_PDF_TIFF_H
#define CONGVAN_PDF_TIFF_H

#include "pdf/object.h"

/* Adds the first image of the file and returns the object's number; 0 if the file is damaged or of
 * a form that is not read (see tiff.c). */
unsigned tiff_embed(struct pool *pool, const char *bytes, size_t len, struct objects *objects);

#endif
