/* font_tables: the tables by character code that stand beside a font program in a PDF. */
#ifndef CONGVAN_PDF_FONT_TABLES_H
#define CONGVAN_PDF_FONT_TABLES_H

#include "base/buf.h"

#include <stddef.h>

struct code;

/* All take the codes sorted by cid, no cid twice. */

/* "/DW 500/W[...]": the most frequent width, and the codes that have another. */
void font_put_widths(struct buf *out, const struct code *const *codes, size_t n);

/* A ToUnicode CMap (9.10.3). */
void font_put_to_unicode(struct buf *out, const struct code *const *codes, size_t n);

#endif
