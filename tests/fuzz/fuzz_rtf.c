/* RTF, as a chunk of a document, through layout and drawing. */
#include "docx/wml.h"
#include "draw_help.h"
#include "fuzz.h"

#include <string.h>

#define REL(id, type, target)                                                                      \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"       \
    "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"    \
    "relationships/" type "\" Target=\"" target "\"/></Relationships>"

static void put(struct package *package, const char *name, const char *text) {
    package_set(package, name, text, strlen(text));
}

static struct package *host(const uint8_t *data, size_t size) {
    struct package *package = package_new("fuzz.docx");
    put(package, "_rels/.rels", REL("rId1", "officeDocument", "word/document.xml"));
    put(package, "word/_rels/document.xml.rels", REL("c", "aFChunk", "in.rtf"));
    put(package, "word/document.xml",
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
        "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>"
        "<w:altChunk r:id=\"c\"/></w:body></w:document>");
    package_set(package, "word/in.rtf", (const char *)data, size);
    return package;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(LANG_VI);
    draw_through(pool, host(data, size), diag);
    diag_free(diag);
    pool_free(pool);
    return 0;
}
