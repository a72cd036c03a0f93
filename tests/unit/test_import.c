/* Bodies written in Word: what of the author's file goes into the document, and as what. */
#include "docx/import.h"
#include "base/face.h"
#include "base/file.h"
#include "check.h"
#include "docx/merge.h"

#include <stdlib.h>
#include <unistd.h>

static struct pool *pool;
static struct fonts *fonts;
static char folder[] = "/tmp/congvan-import-XXXXXX";

#define W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define NS                                                                                         \
    "xmlns:w=\"" W "\" xmlns:r=\"" R "\" "                                                         \
    "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "         \
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define RELS(items)                                                                                \
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" items \
    "</Relationships>"
#define REL(id, type, target)                                                                      \
    "<Relationship Id=\"" id "\" Type=\"" R "/" type "\" Target=\"" target "\"/>"
#define AWAY(id, type, target)                                                                     \
    "<Relationship Id=\"" id "\" Type=\"" R "/" type "\" Target=\"" target                         \
    "\" TargetMode=\"External\"/>"

static const char *in_folder(const char *name) {
    return path_join(pool, folder, name);
}

static void set(struct package *package, const char *name, const char *text) {
    package_set(package, name, text, strlen(text));
}

static struct package *new_package(const char *body, const char *relations) {
    struct package *p = package_new("x.docx");
    set(p, "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        "<Default Extension=\"png\" ContentType=\"image/png\"/></Types>");
    set(p, "_rels/.rels", RELS(REL("r1", "officeDocument", "word/document.xml")));
    set(p, "word/_rels/document.xml.rels", relations);
    set(p, "word/document.xml", body);
    return p;
}

static void save(struct package *p, const char *name) {
    struct buf out = {0};
    struct diag *d = diag_new(LANG_EN);
    CHECK(package_write(p, &out, d));
    CHECK(file_write(in_folder(name), out.data, out.len, d));
    buf_free(&out);
    diag_free(d);
    package_close(p);
}

#define STYLE(type, id, name, more)                                                                \
    "<w:style w:type=\"" type "\" w:styleId=\"" id "\"" more "><w:name w:val=\"" name "\"/>"

static void save_template(const char *before) {
    struct package *p = new_package(
        pool_printf(
            pool,
            "<w:document " NS "><w:body>%s<w:p><w:pPr><w:pStyle w:val=\"ND\"/><w:ind "
            "w:firstLine=\"567\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr><w:t>"
            "{{nội dung}}</w:t></w:r></w:p>" P(
                "ký") "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1\" "
                      "w:right=\"2\" w:bottom=\"3\" w:left=\"4\"/><w:pgNumType w:start=\"1\"/>"
                      "<w:titlePg/></w:sectPr></w:body></w:document>",
            before),
        RELS(REL("r1", "styles", "styles.xml") REL("r2", "numbering", "numbering.xml")));
    set(p, "word/styles.xml",
        "<w:styles " NS
        ">" STYLE("paragraph", "Thuong", "Normal", " w:default=\"1\"") "</w:style>" STYLE(
            "paragraph", "ND", "Noi dung",
            "") "</w:style>" STYLE("paragraph", "DeMuc1", "heading 1", "") "</w:style></w:styles>");
    set(p, "word/numbering.xml",
        "<w:numbering " NS "><w:abstractNum w:abstractNumId=\"4\"/><w:num w:numId=\"7\">"
        "<w:abstractNumId w:val=\"4\"/></w:num></w:numbering>");
    save(p, "T.docx");
}

/* than.docx with these blocks; styles, lists, notes and a picture are there for the taking. */
static void save_body(const char *blocks) {
    struct package *p = new_package(
        pool_printf(pool,
                    "<w:document " NS " xmlns:w14=\"urn:w14\" xmlns:mc=\"http://schemas."
                    "openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"w14\"><w:body>"
                    "%s</w:body></w:document>",
                    blocks),
        RELS(REL("r1", "styles", "styles.xml") REL("r2", "numbering", "numbering.xml")
                 REL("r3", "footnotes", "footnotes.xml") REL("r4", "image", "media/image1.png")
                     REL("r5", "theme", "theme/theme1.xml") REL("r6", "header", "header1.xml")
                         AWAY("r7", "hyperlink", "https://example.vn/a?b=1&amp;c=2")
                             AWAY("r8", "image", "https://example.vn/x.png")
                                 REL("r9", "chart", "charts/chart1.xml")
                                     REL("r10", "aFChunk", "chunk.html")));
    set(p, "word/styles.xml",
        "<w:styles " NS
        ">" STYLE("paragraph", "Normal", "Normal", " w:default=\"1\"") "</w:style>" STYLE(
            "paragraph", "Heading1", "Heading 1",
            "") "</w:style>" STYLE("paragraph", "ND", "Cua toi",
                                   "") "<w:basedOn w:val=\"Goc\"/><w:rPr><w:rFonts "
                                       "w:asciiTheme=\"minorHAnsi\"/></w:rPr></"
                                       "w:style>" STYLE(
                                           "paragraph", "Goc", "Goc",
                                           "") "<w:basedOn "
                                               "w:val=\"Normal\"/></"
                                               "w:style>" STYLE(
                                                   "character", "Dam", "Dam",
                                                   "") "<w:"
                                                       "rPr><"
                                                       "w:b/"
                                                       "></"
                                                       "w:rPr>"
                                                       "</"
                                                       "w:"
                                                       "style"
                                                       ">" STYLE("paragraph", "Cu", "Cu",
                                                                 "") "<w:rPr><w:rFonts "
                                                                     "w:ascii=\".VnTime\" "
                                                                     "w:hAnsi=\".VnTime\"/></"
                                                                     "w:rPr></w:style></w:styles>");
    set(p, "word/numbering.xml",
        "<w:numbering " NS "><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start "
        "w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>"
        "</w:abstractNum><w:num w:numId=\"7\"><w:abstractNumId w:val=\"0\"/></w:num>"
        "</w:numbering>");
    set(p, "word/footnotes.xml",
        "<w:footnotes " NS "><w:footnote w:id=\"5\">" P(
            "Chú một") "</w:footnote>"
                       "<w:footnote w:id=\"6\"><w:p><w:r><w:rPr><w:rStyle w:val=\"Dau\"/></w:rPr>"
                       "<w:footnoteRef/></w:r></w:p></w:footnote></w:footnotes>");
    set(p, "word/header1.xml", "<w:hdr " NS ">" P("Đầu trang") "</w:hdr>");
    set(p, "word/media/image1.png", "PNG!");
    set(p, "word/chunk.html", "<p>rời</p>");
    set(p, "word/charts/chart1.xml", "<c:chart xmlns:c=\"urn:c\"/>");
    set(p, "word/charts/_rels/chart1.xml.rels",
        RELS(REL("e1", "package", "../embeddings/so-lieu.xlsx")));
    set(p, "word/embeddings/so-lieu.xlsx", "XLSX!");
    set(p, "word/theme/theme1.xml",
        "<a:theme " NS "><a:themeElements><a:fontScheme><a:minorFont><a:latin "
        "typeface=\"Cambria\"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>");
    save(p, "than.docx");
}

static struct diag *diag;
static struct package *package; /* the last result */
static struct dispatch *dispatch;

static void forget(void) {
    package_close(package);
    package = NULL;
    if (diag)
        diag_free(diag);
    diag = NULL;
}

static void merge_body_of(const char *blocks) {
    forget();
    diag = diag_new(LANG_EN);
    save_body(blocks);
    struct template *template = template_open(in_folder("T.docx"), diag);
    dispatch = dispatch_read(pool, in_folder("a.ini"), diag);
    CHECK(import_bodies(pool, dispatch, diag));
    package = template ? merge(pool, template, dispatch, "a.docx",
                               &(struct merge_options){.fonts = fonts}, diag)
                       : NULL;
    CHECK(package != NULL);
    struct buf out = {0}; /* the package shares the template's parts, which are going */
    if (package && package_write(package, &out, diag)) {
        char *bytes = pool_strndup(pool, out.data, out.len);
        package_close(package);
        package = package_open("a.docx", bytes, out.len, diag);
        CHECK(package != NULL);
    }
    buf_free(&out);
    template_close(template);
}

static const char *part(const char *name) {
    size_t n;
    const char *bytes = package ? package_part(package, name, &n, diag) : NULL;
    return bytes ? bytes : "";
}

/* The document from the tag on. */
static const char *placed(const char *blocks) {
    merge_body_of(blocks);
    const char *body = strstr(part("word/document.xml"), "<w:body>");
    return body ? body + 8 : "";
}

static bool has(const char *text, const char *what) {
    if (strstr(text, what))
        return true;
    printf("# no \"%s\" in %s\n", what, text);
    return false;
}

#define ND "<w:pStyle w:val=\"ND\"/>"

static void a_plain_paragraph_looks_like_the_tag(void) {
    const char *body = placed(P("Một") P("cuối"));
    CHECK(has(body, "<w:p><w:pPr>" ND "<w:ind w:firstLine=\"567\"/></w:pPr><w:r><w:rPr><w:sz "
                    "w:val=\"28\"/></w:rPr><w:t>Một</w:t></w:r></w:p>"));
}

static void what_the_author_set_is_laid_over_it(void) {
    const char *body = placed("<w:p><w:pPr><w:spacing w:before=\"5\"/><w:jc w:val=\"center\"/>"
                              "</w:pPr><w:r><w:rPr><w:b/><w:sz w:val=\"20\"/></w:rPr>"
                              "<w:t>Giữa</w:t></w:r></w:p>" P("cuối"));
    CHECK(has(body, "<w:pPr>" ND "<w:spacing w:before=\"5\"/><w:jc w:val=\"center\"/></w:pPr>"));
    CHECK(has(body, "<w:rPr><w:b/><w:sz w:val=\"20\"/></w:rPr><w:t>Giữa</w:t>"));
}

static void a_style_is_the_templates_of_the_same_name(void) {
    const char *body = placed("<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>I</w:t>"
                              "</w:r></w:p>" P("cuối"));
    CHECK(has(body, "<w:p><w:pPr><w:pStyle w:val=\"DeMuc1\"/></w:pPr><w:r><w:t>I</w:t>"));
    CHECK(!strstr(part("word/styles.xml"), "Heading1"));
}

static void a_style_the_template_lacks_comes_along_under_a_free_id(void) {
    const char *body = placed("<w:p><w:pPr>" ND "</w:pPr><w:r><w:rPr><w:rStyle w:val=\"Dam\"/>"
                              "</w:rPr><w:t>Riêng</w:t></w:r></w:p>");
    CHECK(has(body, "<w:pStyle w:val=\"ND-1\"/>"));
    CHECK(has(body, "<w:rStyle w:val=\"Dam\"/>"));
    const char *styles = part("word/styles.xml");
    CHECK(has(styles, "w:styleId=\"ND-1\"><w:name w:val=\"Cua toi\"/><w:basedOn w:val=\"Goc\"/>"));
    CHECK(has(styles, "w:styleId=\"Goc\"><w:name w:val=\"Goc\"/><w:basedOn w:val=\"Thuong\"/>"));
    CHECK(has(styles, "<w:rFonts w:ascii=\"Cambria\"/>"));
}

static void lists_come_along_under_free_numbers_and_keep_their_own_indents(void) {
    const char *body = placed("<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"7\"/>"
                              "</w:numPr></w:pPr><w:r><w:t>Mục</w:t></w:r></w:p>" P("cuối"));
    CHECK(has(body, "<w:pPr>" ND "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"8\"/></w:numPr>"
                    "</w:pPr>"));
    const char *lists = part("word/numbering.xml");
    CHECK(
        has(lists, "<w:abstractNum w:abstractNumId=\"4\"/><w:abstractNum w:abstractNumId=\"5\">"));
    CHECK(has(lists, "<w:num w:numId=\"8\"><w:abstractNumId w:val=\"5\"/></w:num>"));
}

static void notes_get_numbers_here(void) {
    const char *body = placed("<w:p><w:r><w:t>Có</w:t></w:r><w:r><w:footnoteReference w:id=\"5\"/>"
                              "</w:r><w:r><w:footnoteReference w:id=\"5\"/></w:r><w:r>"
                              "<w:footnoteReference w:id=\"99\"/></w:r></w:p>");
    CHECK(has(body, "<w:footnoteReference w:id=\"1\"/>"));
    CHECK(has(body, "<w:footnoteReference w:id=\"2\"/>"));
    CHECK(!strstr(body, "w:id=\"99\""));
    CHECK(has(part("word/footnotes.xml"), "<w:footnote w:id=\"2\"><w:p><w:r><w:t>Chú một</w:t>"));
    CHECK(has(part("[Content_Types].xml"), "footnotes+xml"));
}

static void the_mark_of_a_note_looks_as_the_templates_do(void) {
    placed("<w:p><w:r><w:t>Có</w:t></w:r><w:r><w:footnoteReference w:id=\"6\"/></w:r></w:p>");
    CHECK(has(part("word/footnotes.xml"),
              "<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:footnoteRef/>"));
}

#define PICTURE(attr)                                                                              \
    "<w:p><w:r><w:drawing><wp:inline><wp:extent cx=\"9\" cy=\"9\"/><wp:docPr id=\"1\" "            \
    "name=\"h\" descr=\"{{kẻ 40%}}\"/><a:graphic><a:blip " attr "/></a:graphic></wp:inline>"       \
    "</w:drawing></w:r></w:p>"

static void pictures_come_along_and_their_texts_are_no_tags(void) {
    const char *body = placed(P("x") PICTURE("r:embed=\"r4\"") P("y"));
    CHECK(has(body, "descr=\"{{kẻ 40%}}\""));
    CHECK(has(body, "<a:blip r:embed=\"rIdThan"));
    CHECK(has(part("word/_rels/document.xml.rels"), "Target=\"/word/media/than-"));
    const char *name = NULL;
    for (size_t i = 0; (name = package_name(package, i)) != NULL; i++)
        if (strstr(name, "media/than-"))
            break;
    CHECK(name && strcmp(part(name), "PNG!") == 0);
}

static void a_linked_picture_stays_out_and_is_named(void) {
    const char *body = placed(P("x") PICTURE("r:link=\"r8\"") P("y"));
    CHECK(!strstr(body, "<w:drawing>"));
    CHECK(diag_has(diag, IMPORT_LINKED));
}

static void parts_bring_their_own_parts(void) {
    placed("<w:p><w:r><w:drawing><a:graphic r:id=\"r9\"/></w:drawing></w:r></w:p>" P("x"));
    bool chart = false, sheet = false, relations = false;
    const char *name;
    for (size_t i = 0; (name = package_name(package, i)) != NULL; i++) {
        chart = chart || strstr(name, "word/charts/than-");
        sheet = sheet || strstr(name, "word/embeddings/than-");
        relations = relations || strstr(name, "word/charts/_rels/than-");
    }
    CHECK(chart && sheet && relations);
}

static void links_lead_where_they_led(void) {
    const char *body = placed("<w:p><w:hyperlink r:id=\"r7\"><w:r><w:t>đây</w:t></w:r>"
                              "</w:hyperlink></w:p>");
    CHECK(has(body, "<w:hyperlink r:id=\"rIdThan"));
    CHECK(has(part("word/_rels/document.xml.rels"),
              "Target=\"https://example.vn/a?b=1&amp;c=2\" TargetMode=\"External\""));
}

static void tracked_changes_are_accepted_and_comments_left_out(void) {
    const char *body =
        placed("<w:p><w:commentRangeStart w:id=\"1\"/><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins>"
               "<w:del><w:r><w:delText>bớt</w:delText></w:r></w:del><w:commentRangeEnd w:id=\"1\"/>"
               "<w:r><w:commentReference w:id=\"1\"/></w:r></w:p>"
               "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>đầu </w:t></w:r></w:p>"
               "<w:p><w:pPr><w:jc w:val=\"right\"/></w:pPr><w:r><w:t>đuôi</w:t></w:r></w:p>");
    CHECK(has(body, "thêm") && !strstr(body, "bớt") && !strstr(body, "comment"));
    CHECK(!strstr(body, "<w:ins") && !strstr(body, "<w:del"));
    CHECK(has(body, "<w:t>đầu </w:t></w:r><w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr><w:t>đuôi"));
    CHECK(diag_has(diag, IMPORT_CHANGES));
    placed(P("không sửa"));
    CHECK(!diag_has(diag, IMPORT_CHANGES));
}

static void tags_in_the_text_are_text(void) {
    CHECK(has(placed(P("{{số}} và {{không có}}")), "{{số}} và {{không có}}"));
}

static void what_cannot_come_is_named(void) {
    placed(P("x") "<w:subDoc r:id=\"r10\"/>" P("y"));
    CHECK(diag_has(diag, IMPORT_LEFT_OUT));
    CHECK(!strstr(placed(P("x") "<w:altChunk r:id=\"r77\"/>" P("y")), "altChunk")); /* no part */
    CHECK(diag_has(diag, IMPORT_LEFT_OUT));
}

static void text_in_parts_of_its_own_comes_along(void) {
    CHECK(has(placed(P("x") "<w:altChunk r:id=\"r10\"/>" P("y")), "<w:altChunk r:id=\"rIdThan"));
    CHECK(!diag_has(diag, IMPORT_LEFT_OUT));
    bool chunk = false;
    const char *name;
    for (size_t i = 0; (name = package_name(package, i)); i++)
        chunk = chunk || strstr(name, "-chunk.html");
    CHECK(chunk);
}

static void headers_stay_out_and_are_noted_if_they_say_something(void) {
    const char *body = placed(P("x") "<w:sectPr><w:headerReference w:type=\"default\" "
                                     "r:id=\"r6\"/></w:sectPr>");
    CHECK(!strstr(body, "headerReference"));
    CHECK(diag_has(diag, IMPORT_NO_HEADERS));
}

static void old_codes_become_unicode_without_their_font(void) {
    const char *body =
        placed("<w:p><w:r><w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr><w:t>viÖc lµm míi</w:t>"
               "</w:r></w:p>"
               "<w:p><w:pPr><w:pStyle w:val=\"Cu\"/></w:pPr><w:r><w:t>giÊy mêi</w:t></w:r></w:p>"
               "<w:p><w:r><w:t>Vie\xCC\xA3\xCC\x82t</w:t></w:r></w:p>");
    CHECK(has(body, "việc làm mới") && has(body, "giấy mời") && has(body, "Việt"));
    CHECK(!strstr(body, ".VnTime") && !strstr(part("word/styles.xml"), ".VnTime"));
    CHECK(diag_has(diag, IMPORT_LEGACY_TEXT));
}

static void prefixes_of_the_other_file_are_declared(void) {
    const char *body = placed("<w:p w14:paraId=\"1\"><w:r><w:t>x</w:t></w:r></w:p>");
    CHECK(has(body, "xmlns:w14=\"urn:w14\""));
    CHECK(has(body, "mc:Ignorable=\"w14\""));
}

#define SECTION(size) "<w:p><w:pPr><w:sectPr><w:pgSz " size "/></w:sectPr></w:pPr></w:p>"

static void pages_that_lie_across_get_sections_of_the_template(void) {
    const char *body = placed(P("dọc") SECTION("w:w=\"11906\" w:h=\"16838\"") P("ngang")
                                  SECTION("w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"")
                                      P("lại dọc") "<w:sectPr><w:pgSz w:w=\"11906\" "
                                                   "w:h=\"16838\"/></w:sectPr>");
    const char *first = strstr(body, "<w:sectPr>"), *second = strstr(first + 1, "<w:sectPr>");
    const char *third = strstr(second + 1, "<w:sectPr>");
    CHECK(first && second && third && !strstr(third + 1, "<w:sectPr>"));
    static const char own[] =
        "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1\" w:right=\"2\" "
        "w:bottom=\"3\" w:left=\"4\"/><w:pgNumType w:start=\"1\"/><w:titlePg/>";
    CHECK(strncmp(first, own, sizeof own - 1) == 0);
    CHECK(has(second, "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar "
                      "w:top=\"1\" w:right=\"2\" w:bottom=\"3\" w:left=\"4\"/><w:pgNumType/>"));
    CHECK(!strstr(second, "titlePg"));
}

static void sections_of_one_way_are_only_blocks(void) {
    const char *body = placed(P("a") SECTION("w:w=\"1\" w:h=\"2\"") P("b") SECTION("w:w=\"1\" "
                                                                                   "w:h=\"2\""));
    const char *only = strstr(body, "<w:sectPr>");
    CHECK(only && !strstr(only + 1, "<w:sectPr>"));
}

static void a_table_stands_clear_of_the_text_above(void) {
    const char *table = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>";
    const char *body = placed(pool_printf(pool, P("x") "%s" P("y"), table));
    CHECK(has(body, "<w:spacing w:after=\"120\"/><w:ind w:firstLine=\"567\"/></w:pPr><w:r><w:rPr>"
                    "<w:sz w:val=\"28\"/></w:rPr><w:t>x</w:t>"));
    body = placed(pool_printf(
        pool, "<w:p><w:pPr><w:spacing w:after=\"7\"/></w:pPr></w:p>" P("x") "%s" P("y"), table));
    CHECK(!strstr(body, "w:after=\"7\"")); /* blank at the head of the file */
    body = placed(pool_printf(pool,
                              "<w:p><w:pPr><w:spacing w:after=\"7\"/></w:pPr><w:r><w:t>x</w:t>"
                              "</w:r></w:p>%s" P("y"),
                              table));
    CHECK(has(body, "w:after=\"7\"") && !strstr(body, "w:after=\"120\""));
}

static void two_copies_have_bookmarks_of_their_own(void) {
    save_template("<w:p><w:r><w:t>{{nội dung}}</w:t></w:r></w:p>");
    const char *body = placed("<w:p><w:bookmarkStart w:id=\"3\" w:name=\"dich\"/><w:r><w:t>x</w:t>"
                              "</w:r><w:bookmarkEnd w:id=\"3\"/><w:r><w:instrText> REF dich \\h "
                              "</w:instrText></w:r></w:p>");
    CHECK(has(body, "w:name=\"dich\"") && has(body, "w:name=\"dich_2\""));
    CHECK(has(body, " REF dich_2 \\h "));
    save_template("");
}

static void the_dispatch_knows_the_text(void) {
    merge_body_of("<w:p><w:r><w:t>a) Một </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>đậm</w:t></w:r>"
                  "<w:r><w:footnoteReference w:id=\"5\"/></w:r></w:p>"
                  "<w:tbl><w:tr><w:tc>" P("ô") "</w:tc><w:tc>" P("kề") "</w:tc></w:tr></w:tbl>");
    struct buf out = {0};
    dispatch_dump(dispatch, &out);
    CHECK(has(buf_text(&out), ", point) \"a) Một \" \"đậm\"{b} ^1\n"));
    CHECK(has(buf_text(&out), "table dd\n"));
    CHECK(has(buf_text(&out), ") \"kề\"\n"));
    CHECK(has(buf_text(&out), "\"Chú một\"\n"));
    buf_free(&out);
}

static void a_file_that_is_no_docx_is_refused_once(void) {
    struct diag *d = diag_new(LANG_EN);
    CHECK(file_write(in_folder("than.docx"), "no", 2, d));
    struct dispatch *bad = dispatch_read(pool, in_folder("a.ini"), d);
    CHECK(!import_bodies(pool, bad, d));
    CHECK_INT(diag_count(d, DIAG_ERROR), 1);
    CHECK(diag_has(d, PACKAGE_NOT_ZIP));
    unlink(in_folder("than.docx"));
    CHECK(!import_bodies(pool, bad, d));
    CHECK_INT(diag_count(d, DIAG_ERROR), 2);
    diag_free(d);
}

int main(void) {
    pool = pool_new();
    fonts = fonts_new(NULL, 0);
    if (!mkdtemp(folder))
        return 1;
    struct diag *d = diag_new(LANG_EN);
    static const char ini[] = "[công văn]\nsố = 7\n[nội dung]\ntệp = than.docx\n";
    CHECK(file_write(in_folder("a.ini"), ini, sizeof ini - 1, d));
    diag_free(d);
    save_template("");
    RUN(a_plain_paragraph_looks_like_the_tag);
    RUN(what_the_author_set_is_laid_over_it);
    RUN(a_style_is_the_templates_of_the_same_name);
    RUN(a_style_the_template_lacks_comes_along_under_a_free_id);
    RUN(lists_come_along_under_free_numbers_and_keep_their_own_indents);
    RUN(notes_get_numbers_here);
    RUN(the_mark_of_a_note_looks_as_the_templates_do);
    RUN(pictures_come_along_and_their_texts_are_no_tags);
    RUN(a_linked_picture_stays_out_and_is_named);
    RUN(parts_bring_their_own_parts);
    RUN(links_lead_where_they_led);
    RUN(tracked_changes_are_accepted_and_comments_left_out);
    RUN(tags_in_the_text_are_text);
    RUN(what_cannot_come_is_named);
    RUN(text_in_parts_of_its_own_comes_along);
    RUN(headers_stay_out_and_are_noted_if_they_say_something);
    RUN(old_codes_become_unicode_without_their_font);
    RUN(prefixes_of_the_other_file_are_declared);
    RUN(pages_that_lie_across_get_sections_of_the_template);
    RUN(sections_of_one_way_are_only_blocks);
    RUN(a_table_stands_clear_of_the_text_above);
    RUN(two_copies_have_bookmarks_of_their_own);
    RUN(the_dispatch_knows_the_text);
    RUN(a_file_that_is_no_docx_is_refused_once);
    forget();
    const char *files[] = {"a.ini", "T.docx", "than.docx"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(in_folder(files[i]));
    rmdir(folder);
    fonts_free(fonts);
    pool_free(pool);
    return CHECK_RESULT();
}
