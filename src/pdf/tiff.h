/* tiff: TIFF files as image objects. */
#ifndef CONGVAN_PDF_TIFF_H
#define CONGVAN_PDF_TIFF_H

#include "docx/wml.h"
#include "pdf/object.h"

/* Adds the first image of the file and returns the object's number; 0, and in `why` the message
 * for the caller to add, if the file is damaged or libtiff is not on the machine. A file of which
 * some strips can be read is drawn as far as they go; `why` is PDF_PICTURE_CUT if it ends before
 * its last one does. */
unsigned tiff_embed(struct pool *pool, const char *bytes, size_t len, const struct recolor *recolor,
                    struct objects *objects, enum diag_code *why);

#endif
