/* draw: pages -> the bytes of a PDF, through libharu.
 *
 * Reproducible: no date, no random ID. Fonts are subsets, one per face used in the document. */
#ifndef CONGVAN_PDF_DRAW_H
#define CONGVAN_PDF_DRAW_H

#include "base/buf.h"
#include "base/diag.h"
#include "layout/page.h"

/* Per process (or per thread: it is not shared): faces prepared for subsetting once. It may outlive
 * the `struct fonts` its faces came from. */
struct pdf_fonts;

struct pdf_fonts *pdf_fonts_new(void);
void pdf_fonts_free(struct pdf_fonts *fonts);

/* Appends the PDF to `out`. False (reported) on failure, `out` then unchanged. */
bool pdf_write(const struct pages *pages, struct pdf_fonts *fonts, struct buf *out,
               struct diag *diag);

#endif
