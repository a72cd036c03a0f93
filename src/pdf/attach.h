/* attach: files inside a PDF/A-3, associated with the document as a whole (ISO 19005-3, 6.8). */
#ifndef CONGVAN_PDF_ATTACH_H
#define CONGVAN_PDF_ATTACH_H

#include "pdf/draw.h"
#include "pdf/object.h"

/* Adds the files; /AF goes to `catalog`, "/EmbeddedFiles<<...>>" to `names`. Nothing without
 * attachments. They bear the date of the document, `modified` (W3CDTF; NULL: none): their own would
 * be the disk's. */
void attachments_add(struct pool *pool, struct objects *objects, const struct pdf_options *options,
                     const char *modified, struct buf *catalog, struct buf *names);

#endif
