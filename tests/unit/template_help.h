/* Templates made of a few lines of XML, merged, and shown as a shape that is easy to read. */
#ifndef CONGVAN_TESTS_TEMPLATE_HELP_H
#define CONGVAN_TESTS_TEMPLATE_HELP_H

#include "base/face.h"
#include "base/file.h"
#include "check.h"
#include "dispatch/dispatch.h"
#include "docx/merge.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct pool *pool;
static struct fonts *fonts;
static char folder[] = "/tmp/congvan-template-XXXXXX";

#define NS                                                                                         \
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "                    \
    "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "         \
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "                           \
    "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "                    \
    "xmlns:v=\"urn:schemas-microsoft-com:vml\""
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TC(content) "<w:tc><w:tcPr><w:tcW w:w=\"2000\" w:type=\"dxa\"/></w:tcPr>" content "</w:tc>"

static inline const char *in_folder(const char *name) {
    return path_join(pool, folder, name);
}

static inline void save(const char *name, const char *text) {
    struct diag *d = diag_new(LANG_EN);
    CHECK(file_write(in_folder(name), text, strlen(text), d));
    diag_free(d);
}

/* The head of a PNG of 4 by 2 pixels: all that merging looks at. */
static inline void save_picture(void) {
    static const char png[] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\4\0\0\0\2\10\6\0\0\0";
    struct diag *d = diag_new(LANG_EN);
    CHECK(file_write(in_folder("ky.png"), png, sizeof png - 1, d));
    diag_free(d);
}

static inline void set(struct package *package, const char *name, const char *text) {
    package_set(package, name, text, strlen(text));
}

#define RELS(items)                                                                                \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" items \
    "</Relationships>"
#define REL(id, type, target)                                                                      \
    "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"    \
    "relationships/" type "\" Target=\"" target "\"/>"

struct named_part {
    const char *name, *text;
};

/* A DOCX with this body, these relationships of it and `n` more parts, as T.docx. */
static inline void save_parts(const char *body, const char *relations,
                              const struct named_part *parts, size_t n) {
    struct package *p = package_new("T.docx");
    set(p, "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>");
    set(p, "_rels/.rels", RELS(REL("rId1", "officeDocument", "word/document.xml")));
    set(p, "word/_rels/document.xml.rels", pool_printf(pool, RELS("%s"), relations));
    set(p, "word/document.xml",
        pool_printf(pool, "<w:document " NS "><w:body>%s</w:body></w:document>", body));
    for (size_t i = 0; i < n; i++)
        set(p, parts[i].name, parts[i].text);
    struct buf out = {0};
    struct diag *d = diag_new(LANG_EN);
    CHECK(package_write(p, &out, d));
    CHECK(file_write(in_folder("T.docx"), out.data, out.len, d));
    buf_free(&out);
    diag_free(d);
    package_close(p);
}

/* With a header, if not NULL. */
static inline void save_template(const char *body, const char *header) {
    struct named_part part = {"word/header1.xml",
                              pool_printf(pool, "<w:hdr " NS ">%s</w:hdr>", header ? header : "")};
    save_parts(body, "", &part, header != NULL);
}

static const char ini[] = "[công văn]\nsố = 7\nký hiệu = SXD-VP\nđịa danh = Sông Lam\n"
                          "ngày = 3/2/2026\ntrích yếu = thử mẫu\n"
                          "[cơ quan]\ntên = SỞ XÂY DỰNG | TỈNH SÔNG LAM\n"
                          "[kính gửi]\n1 = Phòng A\n2 = Phòng B & <C>\n"
                          "[nơi nhận]\n1 = Như trên\nlưu = VT\n"
                          "[người ký]\nchức vụ = GIÁM ĐỐC\nhọ tên = Lê Văn Thử\nchữ ký = ky.png\n"
                          "[riêng]\nmã = X1\n";

/* Everything merged from T.docx: text of the part, paragraphs in [], cells in (), rows in {}. */
static inline const char *shape(const struct xml_node *node, struct buf *out) {
    static const struct {
        enum xml_name name;
        const char *open, *close;
    } marks[] = {{w_p, "[", "]"},
                 {w_tc, "(", ")"},
                 {w_tr, "{", "}"},
                 {w_br, "/", ""},
                 {w_tab, "~", ""},
                 {w_b, "*", ""},
                 {w_footnoteReference, "^", ""},
                 {w_i, "_", ""}};
    const char *close = "";
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (node->name == marks[i].name) {
            buf_puts(out, marks[i].open);
            close = marks[i].close;
        }
    if (node->name == XML_TEXT)
        buf_puts(out, node->text);
    struct xml_node *child;
    XML_EACH_CHILD (child, node)
        shape(child, out);
    buf_puts(out, close);
    return buf_text(out);
}

static inline struct xml_node *merged_part(struct package *package, const char *name) {
    struct diag *d = diag_new(LANG_EN);
    size_t n;
    const char *bytes = package_part(package, name, &n, d);
    CHECK(bytes != NULL);
    struct xml_node *root =
        bytes ? xml_parse(pool, bytes, n, (struct where){.file = name}, d) : NULL;
    CHECK(root != NULL);
    diag_free(d);
    return root;
}

static inline const char *merge_part(const char *part, struct diag *diag) {
    struct template *template = template_open(in_folder("T.docx"), diag);
    if (!template)
        return "(template refused)";
    struct dispatch *dispatch = dispatch_read(pool, in_folder("a.ini"), diag);
    struct package *package =
        merge(pool, template, dispatch, "a.docx", &(struct merge_options){.fonts = fonts}, diag);
    const char *result = "(merge refused)";
    if (package) {
        struct buf out = {0};
        const struct xml_node *parsed = merged_part(package, part);
        CHECK(xml_same(parsed, package_tree(pool, package, part, diag)));
        result = pool_strdup(pool, shape(parsed, &out));
        buf_free(&out);
        package_close(package);
    }
    template_close(template);
    return result;
}

static inline const char *merged(const char *body) {
    save_template(body, NULL);
    struct diag *d = diag_new(LANG_EN);
    const char *result = merge_part("word/document.xml", d);
    if (diag_count(d, DIAG_ERROR))
        diag_write(d, stdout);
    diag_free(d);
    return result;
}

static inline void help_begin(void) {
    pool = pool_new();
    fonts = fonts_new(NULL, 0);
    if (!mkdtemp(folder))
        exit(1);
    save("a.ini", ini);
    save_picture();
    save("a.md", "Nội dung./.\n");
}

static inline void help_end(void) {
    static const char *const files[] = {"a.ini", "a.md", "T.docx", "ky.png"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(in_folder(files[i]));
    rmdir(folder);
    fonts_free(fonts);
    pool_free(pool);
}

#endif
