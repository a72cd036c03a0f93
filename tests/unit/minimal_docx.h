/* Small DOCX packages for tests: a body, and parts by name. */
#ifndef CONGVAN_TESTS_MINIMAL_DOCX_H
#define CONGVAN_TESTS_MINIMAL_DOCX_H

#include "base/buf.h"
#include "docx/package.h"

#include <string.h>

#define NAMESPACES                                                                                 \
    " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""                    \
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""             \
    " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""         \
    " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""                           \
    " xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\""                      \
    " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\""             \
    " xmlns:wpg=\"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup\""             \
    " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""                    \
    " xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\""                      \
    " xmlns:v=\"urn:schemas-microsoft-com:vml\" "                                                  \
    "xmlns:o=\"urn:schemas-microsoft-com:office:office\""

#define RELATIONSHIPS                                                                              \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define RELATION(id, type, target)                                                                 \
    "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"    \
    "relationships/" type "\" Target=\"" target "\"/>"

/* A part whose root element is `root` ("w:styles"), holding `inner`. */
static inline void docx_part(struct package *package, const char *name, const char *root,
                             const char *inner) {
    struct buf xml = {0};
    buf_printf(&xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<%s%s>%s</%s>", root, NAMESPACES,
               inner, root);
    package_set(package, name, xml.data, xml.len);
    buf_free(&xml);
}

static inline void docx_text(struct package *package, const char *name, const char *text) {
    package_set(package, name, text, strlen(text));
}

/* A package with relationships to every part a test may add; `body` is the inside of w:body. */
static inline struct package *docx_new(const char *body) {
    struct package *package = package_new("thu.docx");
    struct buf xml = {0};
    docx_text(package, "[Content_Types].xml",
              "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
    docx_text(package, "_rels/.rels",
              RELATIONSHIPS RELATION("rId1", "officeDocument", "word/document.xml") RELATION(
                  "rId2", "metadata/core-properties", "docProps/core.xml") "</Relationships>");
    docx_text(
        package, "word/_rels/document.xml.rels",
        RELATIONSHIPS RELATION("s", "styles", "styles.xml") RELATION(
            "t", "theme", "theme/theme1.xml") RELATION("n", "numbering", "numbering.xml")
            RELATION("g", "settings", "settings.xml") RELATION("f", "footnotes", "footnotes.xml")
                RELATION("e", "endnotes", "endnotes.xml") RELATION("h1", "header", "header1.xml")
                    RELATION("h2", "header", "header2.xml") RELATION("f1", "footer", "footer1.xml")
                        RELATION("p1", "image", "media/image1.png")
                            RELATION("p2", "image", "media/image2.emf")
                                RELATION("p3", "image", "media/no.png") "</Relationships>");
    buf_printf(&xml, "<w:body>%s</w:body>", body);
    docx_part(package, "word/document.xml", "w:document", xml.data);
    docx_part(package, "word/styles.xml", "w:styles", "");
    docx_part(package, "word/settings.xml", "w:settings", "");
    buf_free(&xml);
    return package;
}

#endif
