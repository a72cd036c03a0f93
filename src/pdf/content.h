/* content: one page's display list as a PDF content stream. */
#ifndef CONGVAN_PDF_CONTENT_H
#define CONGVAN_PDF_CONTENT_H

#include "base/buf.h"
#include "layout/page.h"
#include "pdf/blur.h"
#include "pdf/font.h"
#include "pdf/picture.h"
#include "pdf/structure.h"
#include "pdf/texture.h"

/* What the contents of a document's pages name (7.8.3): fonts /F1, /F2, ... in the order of the
 * set, pictures /I1, /I2, ..., shadows /B1, /B2, ..., textures as texture.h says. */
struct resources {
    struct font_set fonts;
    struct picture_set pictures;
    struct texture_set textures;
    struct blur_set blurs;
};

/* Appends the operators that draw the page of this index. All that it names is in the resources,
 * the fonts embedded. What the draws are is noted in `structure`; NULL: the document is not tagged.
 */
void content_put(const struct page *page, size_t index, struct resources *resources,
                 struct structure *structure, struct buf *out);

#endif
