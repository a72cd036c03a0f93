/* content: one page's display list as a PDF content stream. */
#ifndef CONGVAN_PDF_CONTENT_H
#define CONGVAN_PDF_CONTENT_H

#include "base/buf.h"
#include "layout/page.h"
#include "pdf/font.h"
#include "pdf/picture.h"
#include "pdf/structure.h"
#include "pdf/texture.h"

/* Appends the operators that draw the page of this index. Fonts are called /F1, /F2, ... in the
 * order of the set, pictures /I1, /I2, ...; all of the page's are in the sets, the fonts embedded.
 * What the draws are is noted in `structure`; NULL: the document is not tagged. */
void content_put(const struct page *page, size_t index, struct font_set *fonts,
                 const struct picture_set *pictures, const struct texture_set *textures,
                 struct structure *structure, struct buf *out);

#endif
