/* A package, or (when the bytes are no ZIP) the main part of one, through layout and drawing. */
#include "docx/wml.h"
#include "fuzz.h"
#include "layout/page.h"
#include "pdf/draw.h"

#include <string.h>

static void put(struct package *package, const char *name, const char *text, size_t n) {
    package_set(package, name, text, n);
}

static struct package *wrap(const uint8_t *data, size_t size) {
    static const char rels[] =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
        "relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    struct package *package = package_new("fuzz.docx");
    put(package, "_rels/.rels", rels, strlen(rels));
    put(package, "word/document.xml", (const char *)data, size);
    return package;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(LANG_VI);
    struct fonts *fonts = fonts_new(NULL, 0);
    struct pdf_fonts *pdf_fonts = pdf_fonts_new();
    struct package *package = size > 1 && data[0] == 'P' && data[1] == 'K'
                                  ? package_open("fuzz.docx", (const char *)data, size, diag)
                                  : wrap(data, size);
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
    diag_free(diag);
    pool_free(pool);
    return 0;
}
