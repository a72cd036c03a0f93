/* Any bytes as the main part of a body written in Word, placed in a dispatch: what comes out opens
 * again, and its parts are well formed. */
#include "base/face.h"
#include "docx/import.h"
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

static void set(struct package *package, const char *name, const char *text) {
    package_set(package, name, text, strlen(text));
}

static struct buf wrap(const char *data, size_t size, struct diag *diag) {
    struct package *p = package_new("fuzz.docx");
    struct buf out = {0};
    set(p, "_rels/.rels", RELS(REL("r1", "officeDocument", "word/document.xml")));
    set(p, "word/_rels/document.xml.rels",
        RELS(REL("r1", "footnotes", "footnotes.xml") REL("r2", "numbering", "numbering.xml")
                 REL("r3", "styles", "styles.xml") REL("r4", "image", "media/a.png")));
    package_set(p, "word/document.xml", data, size);
    set(p, "word/media/a.png", "PNG");
    set(p, "word/footnotes.xml",
        "<w:footnotes " W "><w:footnote w:id=\"1\"><w:p><w:r><w:t>a</w:t></w:r></w:p></w:footnote>"
        "</w:footnotes>");
    set(p, "word/styles.xml",
        "<w:styles " W "><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"N\"><w:name "
        "w:val=\"Normal\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"A\"><w:name "
        "w:val=\"A\"/><w:basedOn w:val=\"B\"/><w:rPr><w:rFonts "
        "w:ascii=\".VnTime\"/></w:rPr></w:style>"
        "<w:style w:type=\"paragraph\" w:styleId=\"B\"><w:name w:val=\"B\"/><w:basedOn "
        "w:val=\"A\"/>"
        "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style></w:styles>");
    set(p, "word/numbering.xml",
        "<w:numbering " W "><w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:pStyle "
        "w:val=\"B\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/>"
        "</w:num></w:numbering>");
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

static void place(struct pool *pool, struct dispatch *d, struct fonts *fonts, struct diag *diag) {
    static const char text[] =
        "<w:document " W "><w:body><w:p><w:r><w:t>{{noi dung}}</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>{{noi dung}}</w:t></w:r></w:p><w:sectPr><w:pgSz "
        "w:w=\"100\" w:h=\"200\"/></w:sectPr></w:body></w:document>";
    struct buf bytes = wrap(text, sizeof text - 1, diag), docx = {0};
    struct template *template = template_read("T.docx", bytes.data, bytes.len, NULL, diag);
    struct package *package =
        template ? merge(pool, template, d, fonts, "out.docx", NULL, diag) : NULL;
    if (package && package_write(package, &docx, diag))
        check_docx(pool, &docx);
    package_close(package);
    template_close(template);
    buf_free(&docx);
    buf_free(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char ini_text[] = "[noi dung]\ntep = /tmp/congvan-fuzz-import.docx\n";
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(LANG_VI);
    struct fonts *fonts = fonts_new(NULL, 0);
    struct buf body = wrap((const char *)data, size, diag);
    struct ini *ini = ini_parse(pool, "fuzz.ini", ini_text, sizeof ini_text - 1, diag);
    struct dispatch *d = dispatch_make(pool, "fuzz.ini", ini, diag);
    struct diag *reading = diag_new(LANG_VI);
    if (import_read_bytes(pool, d->body, body.data, body.len, reading))
        place(pool, d, fonts, reading);
    diag_free(reading);
    buf_free(&body);
    fonts_free(fonts);
    diag_free(diag);
    pool_free(pool);
    return 0;
}
