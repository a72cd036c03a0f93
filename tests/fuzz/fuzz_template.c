/* Any bytes as the main part of a template, compiled and merged with a dispatch that has
 * everything: what comes out opens again and its parts are well formed. */
#include "base/face.h"
#include "docx/merge.h"
#include "docx/wml.h"
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REL(id, type, target)                                                                      \
    "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"    \
    "relationships/" type "\" Target=\"" target "\"/>"
#define RELS(items)                                                                                \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" items \
    "</Relationships>"
#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

static const char ini_text[] =
    "[cong van]\nso = 5\nky hieu = A\ndia danh = B\nngay = 1/2/2026\ntrich yeu = **c** d\n[co "
    "quan]\n"
    "ten = E | F\n[kinh gui]\n1 = G\n2 = H\n[noi nhan]\n1 = Như trên\nluu = VT\n[x]\n1 = a | b\n"
    "2 = c\n";

static void set(struct package *package, const char *name, const char *text) {
    package_set(package, name, text, strlen(text));
}

static struct buf wrap(const uint8_t *data, size_t size, struct diag *diag) {
    struct package *p = package_new("fuzz.docx");
    struct buf out = {0};
    set(p, "_rels/.rels", RELS(REL("r1", "officeDocument", "word/document.xml")));
    set(p, "word/_rels/document.xml.rels",
        RELS(REL("r1", "footnotes", "footnotes.xml") REL("r2", "numbering", "numbering.xml")));
    package_set(p, "word/document.xml", (const char *)data, size);
    set(p, "word/footnotes.xml",
        "<w:footnotes " W
        "><w:footnote w:id=\"1\"><w:p><w:r><w:t>{{#x}}{{.}}{{/x}}</w:t></w:r></w:p>"
        "</w:footnote></w:footnotes>");
    set(p, "word/numbering.xml",
        "<w:numbering " W "><w:abstractNum w:abstractNumId=\"1\"/><w:num w:numId=\"1\">"
        "<w:abstractNumId w:val=\"1\"/></w:num></w:numbering>");
    if (!package_write(p, &out, diag))
        abort();
    package_close(p);
    return out;
}

static void check_docx(struct pool *pool, const struct buf *docx) {
    struct diag *diag = diag_new(LANG_EN);
    struct package *package = package_open("out.docx", docx->data, docx->len, diag);
    const char *name;
    for (size_t i = 0; package && (name = package_name(package, i)) != NULL; i++) {
        size_t n;
        const char *bytes = package_part(package, name, &n, diag);
        if (bytes)
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(LANG_VI);
    struct fonts *fonts = fonts_new(NULL, 0);
    struct buf bytes = wrap(data, size, diag), docx = {0};
    struct template *template = template_read("fuzz.docx", bytes.data, bytes.len, NULL, diag);
    struct ini *ini = ini_parse(pool, "fuzz.ini", ini_text, sizeof ini_text - 1, diag);
    struct dispatch *d = dispatch_make(pool, "/nonexistent/fuzz.ini", ini, diag);
    struct package *package = NULL;
    struct diag *merging = diag_new(LANG_VI);
    if (template)
        package = merge(pool, template, d, fonts, "out.docx", NULL, merging);
    if (package && package_write(package, &docx, merging))
        check_docx(pool, &docx);
    package_close(package);
    template_close(template);
    buf_free(&docx);
    buf_free(&bytes);
    fonts_free(fonts);
    diag_free(merging);
    diag_free(diag);
    pool_free(pool);
    return 0;
}
