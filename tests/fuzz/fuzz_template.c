/* Any bytes as the main part of a template, compiled and merged with a dispatch that has
 * everything: what comes out opens again and its parts are well formed. */
#include "base/face.h"
#include "docx/merge.h"
#include "fuzz.h"
#include "package_help.h"

static const char ini_text[] =
    "[cong van]\nso = 5\nky hieu = A\ndia danh = B\nngay = 1/2/2026\ntrich yeu = **c** d\n[co "
    "quan]\n"
    "ten = E | F\n[kinh gui]\n1 = G\n2 = H\n[noi nhan]\n1 = Như trên\nluu = VT\n[x]\n1 = a | b\n"
    "2 = c\n";

static struct buf wrap(const uint8_t *data, size_t size, struct diag *diag) {
    struct package *p = package_new("fuzz.docx");
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
    return written(p, diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(LANG_VI);
    struct fonts *fonts = fonts_new(NULL, 0);
    struct buf bytes = wrap(data, size, diag), docx = {0};
    /* A main part that is broken stays as it is where there is no tag in it. */
    struct where where = {.file = "fuzz.docx"};
    bool sound = xml_parse(pool, (const char *)data, size, where, diag) != NULL;
    struct template *template =
        !sound ? NULL : template_read("fuzz.docx", bytes.data, bytes.len, NULL, diag);
    struct ini *ini = ini_parse(pool, "fuzz.ini", ini_text, sizeof ini_text - 1, diag);
    struct dispatch *d = dispatch_make(pool, "/nonexistent/fuzz.ini", ini, diag);
    struct package *package = NULL;
    struct diag *merging = diag_new(LANG_VI);
    if (template)
        package =
            merge(pool, template, d, "out.docx", &(struct merge_options){.fonts = fonts}, merging);
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
