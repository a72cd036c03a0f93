/* A package through everything that stands behind the reader, for fuzz targets of documents. */
#ifndef CONGVAN_TESTS_DRAW_HELP_H
#define CONGVAN_TESTS_DRAW_HELP_H

#include "layout/page.h"
#include "pdf/draw.h"

/* Reads, lays out and draws it; NULL: nothing to do. It is closed. */
static inline void draw_through(struct pool *pool, struct package *package, struct diag *diag) {
    struct fonts *fonts = fonts_new(NULL, 0);
    struct pdf_fonts *pdf_fonts = pdf_fonts_new();
    struct document *document = package ? wml_read(pool, package, diag) : NULL;
    struct layout_options options = {.shrink = true};
    struct pages *pages = document ? layout_pages(pool, document, fonts, &options, diag) : NULL;
    struct buf out = {0};
    if (pages)
        pdf_write(pages, pdf_fonts, NULL, &out, diag);
    buf_free(&out);
    package_close(package);
    pdf_fonts_free(pdf_fonts);
    fonts_free(fonts);
}

#endif
