/* content: one page's display list as a PDF content stream. */
#ifndef CONGVAN_PDF_CONTENT_H
#define CONGVAN_PDF_CONTENT_H

#include "base/buf.h"
#include "layout/page.h"
#include "pdf/font.h"
#include "pdf/picture.h"

/* Appends the operators that draw the page. Fonts are called /F1, /F2, ... in the order of the
 * set, pictures /I1, /I2, ...; all of the page's are in both sets, the fonts embedded. */
void content_put(const struct page *page, struct font_set *fonts,
                 const struct picture_set *pictures, struct buf *out);

#endif
