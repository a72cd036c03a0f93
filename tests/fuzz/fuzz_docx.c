/* A package, or (when the bytes are no ZIP) the main part of one, through layout and drawing. */
#include "docx/wml.h"
#include "draw_help.h"
#include "fuzz.h"

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
    bool zip = size > 1 && data[0] == 'P' && data[1] == 'K';
    draw_through(pool,
                 zip ? package_open("fuzz.docx", (const char *)data, size, diag) : wrap(data, size),
                 diag);
    diag_free(diag);
    pool_free(pool);
    return 0;
}
