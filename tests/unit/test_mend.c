/* Mending documents: every part, lines that share a paragraph, and nothing the second time. What
 * each rule mends is seen to by test_rules.c. */
#include "check/check.h"
#include "check.h"
#include "rule_help.h"

struct fixed {
    size_t changes, again;
    bool legacy, composed, number; /* told of */
    const char *bytes;
    size_t n;
    const struct report *rest;
};

/* What `part` holds after mending and packing; NULL: nothing. */
static const char *part_of(const struct fixed *f, const char *part) {
    size_t n;
    struct package *package = package_open("sua.docx", f->bytes, f->n, rules_diag);
    const char *bytes = package ? package_part(package, part, &n, rules_diag) : NULL;
    const char *copy = bytes ? pool_strdup(pool, bytes) : NULL;
    package_close(package);
    return copy;
}

static const char *packed(struct package *package, size_t *n) {
    struct buf zip = {0};
    CHECK(package_write(package, &zip, rules_diag));
    const char *bytes = pool_strndup(pool, zip.data, zip.len);
    *n = zip.len;
    buf_free(&zip);
    package_close(package);
    return bytes;
}

/* Mends until nothing changes, at most five times, as `check --fix` does. */
static struct fixed fix(struct package *package) {
    struct fixed f = {0};
    f.bytes = packed(package, &f.n);
    f.again = 1;
    for (int i = 0; i < 5 && f.again; i++) {
        struct diag *changes = diag_new(LANG_EN);
        const struct report *report = judge_docx(f.bytes, f.n);
        f.bytes = mended_docx(f.bytes, &f.n, report, changes);
        f.again = diag_count(changes, DIAG_NOTE);
        f.changes += f.again;
        f.legacy |= diag_has(changes, CHANGE_LEGACY);
        f.composed |= diag_has(changes, CHANGE_COMPOSED);
        f.number |= diag_has(changes, CHANGE_NUMBER);
        diag_free(changes);
    }
    f.rest = judge_docx(f.bytes, f.n);
    return f;
}

static bool broken(const struct report *report, const char *id) {
    for (size_t i = 0; i < rule_count(); i++)
        if (strcmp(rule_text(i, LANG_EN).id, id) == 0)
            return report->verdicts[i] == VERDICT_BROKEN;
    return false;
}

static void legacy_text_becomes_unicode_in_every_part(void) {
    static const char run[] =
        "<w:p><w:r><w:rPr><w:rFonts w:ascii=\".VnTime\" w:hAnsi=\".VnTime\"/></w:rPr>"
        "<w:t>C«ng v¨n ®iÒu hµnh</w:t></w:r></w:p>";
    struct package *package = docx_new(pool_printf(
        pool, "%s<w:sectPr><w:headerReference w:type=\"default\" r:id=\"h1\"/></w:sectPr>", run));
    docx_part(package, "word/header1.xml", "w:hdr", run);
    docx_part(package, "word/styles.xml", "w:styles",
              "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr>"
              "</w:rPrDefault></w:docDefaults>");
    struct fixed f = fix(package);
    CHECK(strstr(part_of(&f, "word/document.xml"), "Công văn điều hành"));
    CHECK(strstr(part_of(&f, "word/header1.xml"), "Công văn điều hành"));
    CHECK(!strstr(part_of(&f, "word/document.xml"), ".VnTime"));
    CHECK(!strstr(part_of(&f, "word/styles.xml"), ".VnTime"));
    CHECK(!broken(f.rest, "font-legacy") && f.legacy && f.again == 0);
}

static void vni_text_too(void) {
    struct package *package =
        docx_new("<w:p><w:r><w:rPr><w:rFonts w:ascii=\"VNI-Times\" w:hAnsi=\"VNI-Times\"/></w:rPr>"
                 "<w:t>Coâng vaên ñieàu haønh</w:t></w:r></w:p>");
    struct fixed f = fix(package);
    CHECK(strstr(part_of(&f, "word/document.xml"), "Công văn điều hành"));
    CHECK(!broken(f.rest, "font-legacy"));
}

static void marks_stored_apart_are_joined_in_every_part(void) {
    static const char apart[] = "<w:p><w:r><w:t>Co\xCC\x82ng va\xCC\x86n</w:t></w:r></w:p>";
    struct package *package = docx_new(
        pool_printf(pool, "%s<w:p><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>", apart));
    docx_part(package, "word/footnotes.xml", "w:footnotes",
              pool_printf(pool, "<w:footnote w:id=\"2\">%s</w:footnote>", apart));
    struct fixed f = fix(package);
    CHECK(strstr(part_of(&f, "word/document.xml"), "Công văn"));
    CHECK(strstr(part_of(&f, "word/footnotes.xml"), "Công văn"));
    CHECK(!broken(f.rest, "text-nfd") && f.composed && f.again == 0);
}

static void parts_without_faults_keep_their_bytes(void) {
    static const char styles[] = "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts "
                                 "w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\"/>"
                                 "</w:rPr></w:rPrDefault></w:docDefaults><!-- as it was -->";
    struct package *package = docx_new("<w:p><w:r><w:t>Hai  dấu cách.</w:t></w:r></w:p>");
    docx_part(package, "word/styles.xml", "w:styles", styles);
    docx_text(package, "customXml/item1.xml", "<x a='1'   b=\"2\"/>");
    struct fixed f = fix(package);
    CHECK(f.changes > 0);
    CHECK(strstr(part_of(&f, "word/styles.xml"), styles));
    CHECK_STR(part_of(&f, "customXml/item1.xml"), "<x a='1'   b=\"2\"/>");
}

static void a_line_that_shares_its_paragraph_is_set_alone(void) {
    struct package *package = docx_new(
        "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val=\"26\"/></w:rPr>"
        "<w:t>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</w:t><w:br/><w:t>Độc lập - Tự do - Hạnh phúc</w:t>"
        "</w:r></w:p><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"26\"/>"
        "</w:rPr><w:t>Số: 05/UBND-VP</w:t><w:br/><w:t>V/v họp</w:t></w:r><w:r><w:rPr><w:b/><w:sz "
        "w:val=\"40\"/></w:rPr><w:t> giao ban</w:t></w:r></w:p>");
    struct fixed f = fix(package);
    const char *document = part_of(&f, "word/document.xml");
    CHECK(!broken(f.rest, "subject-size") && !broken(f.rest, "subject-style"));
    CHECK(strstr(document, "Độc lập") && !strstr(document, "w:val=\"40\""));
    CHECK(f.again == 0);
}

/* The motto in the chunk ought to be bold; the paragraph before the chunk is not it. */
static void what_stands_in_a_chunk_is_not_mended_in_the_paragraph_before_it(void) {
    struct package *package = docx_new("<w:p><w:r><w:t>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</w:t>"
                                       "</w:r></w:p><w:altChunk r:id=\"c\"/>");
    docx_text(package, "word/a.txt", "Độc lập - Tự do - Hạnh phúc\nHai  dấu cách.");
    docx_text(package, "word/_rels/document.xml.rels",
              "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/"
              "relationships\"><Relationship Id=\"c\" Type=\"http://schemas.openxmlformats.org/"
              "officeDocument/2006/relationships/aFChunk\" Target=\"a.txt\"/></Relationships>");
    struct fixed f = fix(package);
    CHECK(broken(f.rest, "tieu-ngu-style") && f.again == 0);
    CHECK(strstr(part_of(&f, "word/document.xml"), "<w:jc w:val=\"center\"/>"));
    CHECK(!strstr(part_of(&f, "word/document.xml"), "w:val=\"both\""));
    CHECK_STR(part_of(&f, "word/a.txt"), "Độc lập - Tự do - Hạnh phúc\nHai  dấu cách.");
}

static void text_boxes_are_mended_for_older_programs_too(void) {
    static const char box[] = "<w:txbxContent><w:p><w:r><w:t>Hai  dấu cách ở đây.</w:t></w:r></w:p>"
                              "</w:txbxContent>";
    struct package *package = docx_new(pool_printf(
        pool,
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:inline>"
        "<wp:extent cx=\"3000000\" cy=\"900000\"/><a:graphic><a:graphicData "
        "uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><wps:wsp>"
        "<wps:spPr/><wps:txbx>%s</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>%s"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        box, box));
    struct fixed f = fix(package);
    CHECK(!strstr(part_of(&f, "word/document.xml"), "Hai  dấu"));
    CHECK(strstr(part_of(&f, "word/document.xml"), "Hai dấu"));
    CHECK(f.again == 0);
}

static void a_page_number_moves_to_the_top(void) {
    struct package *package = docx_new(
        "<w:p><w:r><w:t>Văn bản.</w:t></w:r></w:p><w:sectPr><w:footerReference w:type=\"default\" "
        "r:id=\"f1\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr>");
    docx_text(package, "[Content_Types].xml",
              "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
              "<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd."
              "openxmlformats-officedocument.wordprocessingml.footer+xml\"/></Types>");
    docx_part(package, "word/footer1.xml", "w:ftr",
              "<w:p><w:fldSimple w:instr=\"PAGE\"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>");
    struct fixed f = fix(package);
    CHECK(strstr(part_of(&f, "word/document.xml"), "w:headerReference"));
    CHECK(strstr(part_of(&f, "word/document.xml"), "w:titlePg"));
    CHECK(strstr(part_of(&f, "[Content_Types].xml"), "header+xml"));
    CHECK(strstr(part_of(&f, "word/footer1.xml"), "<w:hdr"));
    static const char *const mended[] = {"page-number-footer", "page-number-first",
                                         "page-number-centre", "page-number-size"};
    for (size_t i = 0; i < sizeof mended / sizeof *mended; i++)
        CHECK(!broken(f.rest, mended[i]));
    CHECK(f.number && f.again == 0);
}

int main(void) {
    rules_begin();
    RUN(legacy_text_becomes_unicode_in_every_part);
    RUN(vni_text_too);
    RUN(marks_stored_apart_are_joined_in_every_part);
    RUN(parts_without_faults_keep_their_bytes);
    RUN(a_line_that_shares_its_paragraph_is_set_alone);
    RUN(what_stands_in_a_chunk_is_not_mended_in_the_paragraph_before_it);
    RUN(text_boxes_are_mended_for_older_programs_too);
    RUN(a_page_number_moves_to_the_top);
    rules_end();
    return CHECK_RESULT();
}
