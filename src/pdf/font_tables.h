/* font_tables: the tables by character code that stand beside a font program in a PDF. */
#ifndef CONGVAN_PDF_FONT_TABLES_H
#define CONGVAN_PDF_FONT_TABLES_H

#include "base/buf.h"

#include <stddef.h>

struct code;

/* "/DW 500/W[...]": the usual width, and the cids that have another. `widths` are those of cids 0
 * to n-1, in 1/1000 em. */
void font_put_widths(struct buf *out, const int *widths, size_t n, int usual);

/* A ToUnicode CMap (9.10.3) of the codes, sorted by cid, no cid twice. */
void font_put_to_unicode(struct buf *out, const struct code *const *codes, size_t n);

#endif
