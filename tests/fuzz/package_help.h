/* Packages made of a few parts, for fuzz targets whose input is one of them, and what must hold of
 * every package that is written: it opens again and each of its parts is well formed. */
#ifndef CONGVAN_TESTS_PACKAGE_HELP_H
#define CONGVAN_TESTS_PACKAGE_HELP_H

#include "docx/package.h"
#include "docx/wml.h"
#include "docx/xml.h"

#include <stdlib.h>
#include <string.h>

#define REL(id, type, target)                                                                      \
    "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"    \
    "relationships/" type "\" Target=\"" target "\"/>"
#define RELS(items)                                                                                \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" items \
    "</Relationships>"
#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

static inline void set(struct package *package, const char *name, const char *text) {
    package_set(package, name, text, strlen(text));
}

/* The bytes of the package, which is closed. */
static inline struct buf written(struct package *package, struct diag *diag) {
    struct buf out = {0};
    if (!package_write(package, &out, diag))
        abort();
    package_close(package);
    return out;
}

static inline void check_docx(struct pool *pool, const struct buf *docx) {
    struct diag *diag = diag_new(LANG_EN);
    struct package *package = package_open("out.docx", docx->data, docx->len, diag);
    const char *name;
    for (size_t i = 0; package && (name = package_name(package, i)) != NULL; i++) {
        size_t n;
        const char *bytes = package_part(package, name, &n, diag);
        if (bytes && !strstr(name, ".png"))
            xml_parse(pool, bytes, n, (struct where){.file = name}, diag);
    }
    if (!package || diag_count(diag, DIAG_ERROR)) {
        diag_write(diag, stderr);
        abort();
    }
    wml_read(pool, package, diag);
    package_close(package);
    diag_free(diag);
}

#endif
