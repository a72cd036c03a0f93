/* Any bytes as the main part of a body written in Word, placed in a dispatch: what comes out opens
 * again, and its parts are well formed. */
#include "base/face.h"
#include "docx/import.h"
#include "docx/merge.h"
#include "fuzz.h"
#include "package_help.h"

static struct buf wrap(const char *data, size_t size, struct diag *diag) {
    struct package *p = package_new("fuzz.docx");
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
    return written(p, diag);
}

static void place(struct pool *pool, struct dispatch *d, struct fonts *fonts, struct diag *diag) {
    static const char text[] =
        "<w:document " W "><w:body><w:p><w:r><w:t>{{noi dung}}</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>{{noi dung}}</w:t></w:r></w:p><w:sectPr><w:pgSz "
        "w:w=\"100\" w:h=\"200\"/></w:sectPr></w:body></w:document>";
    struct buf bytes = wrap(text, sizeof text - 1, diag), docx = {0};
    struct template *template = template_read("T.docx", bytes.data, bytes.len, NULL, diag);
    struct package *package = template ? merge(pool, template, d, "out.docx",
                                               &(struct merge_options){.fonts = fonts}, diag)
                                       : NULL;
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
