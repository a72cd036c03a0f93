/* What template engines trip over, one behaviour a test: 38 probes such as other engines were put
 * to, and then what is ours alone. */
#include "docx/wml.h"
#include "template_help.h"

static struct diag *diag;

static const char *shown(const char *body) {
    if (diag)
        diag_free(diag);
    diag = diag_new(LANG_EN);
    save_template(body, NULL);
    return merge_part("word/document.xml", diag);
}

/* The part of a template with more parts than its body. */
static const char *shown_of(const char *body, const char *relations, const struct named_part *parts,
                            size_t n, const char *part) {
    if (diag)
        diag_free(diag);
    diag = diag_new(LANG_EN);
    save_parts(body, relations, parts, n);
    return merge_part(part, diag);
}

static bool said(const char *what) {
    struct buf json = {0};
    diag_write_json(diag, &json);
    bool found = strstr(buf_text(&json), what) != NULL;
    if (!found)
        printf("# not said: %s in %s\n", what, buf_text(&json));
    buf_free(&json);
    return found;
}

static void refused(const char *body, enum diag_code code, size_t errors) {
    CHECK(shown(body)[0] == '(');
    CHECK(diag_has(diag, code));
    CHECK_INT(diag_count(diag, DIAG_ERROR), errors);
}

#define R(text) "<w:r><w:t>" text "</w:t></w:r>"
#define ROW(...) "<w:tr>" __VA_ARGS__ "</w:tr>"
#define TABLE(rows) "<w:tbl><w:tblPr/><w:tblGrid/>" rows "</w:tbl>"

/* ---- tags in pieces ---- */

static void probe_01_a_tag_split_over_runs(void) {
    CHECK_STR(shown("<w:p>" R("a{") R("{s") R("ố}") R("}b") "</w:p>"), "[a07b]");
}

static void probe_02_a_tag_with_proofing_and_bookmarks_inside(void) {
    CHECK_STR(
        shown("<w:p>" R("{{") "<w:proofErr w:type=\"spellStart\"/><w:bookmarkStart w:id=\"1\" "
                              "w:name=\"x\"/>" R("số") "<w:bookmarkEnd w:id=\"1\"/><w:proofErr/>" R(
                                  "}}") "</w:p>"),
        "[07]");
}

static void probe_03_every_character_its_own_run(void) {
    CHECK_STR(shown("<w:p>" R("{") R("{") R("s") R("o") R("}") R("}") "</w:p>"), "[07]");
}

static void probe_04_a_tag_over_two_paragraphs_is_a_mistake_with_its_place(void) {
    refused(P("Số {{") P("số}} x"), TEMPLATE_TAG_OPEN, 2);
    CHECK(said("paragraph “Số {{”") && diag_has(diag, TEMPLATE_TAG_CLOSE));
}

/* ---- what a section repeats ---- */

static void probe_05_a_loop_over_paragraphs(void) {
    CHECK_STR(shown(P("{{#kính gửi}}") P("- {{.}}") P("{{/kính gửi}}") P("z")),
              "[- Phòng A;][- Phòng B & <C>.][z]");
}

static void probe_06_a_loop_leaves_no_blank_paragraphs(void) {
    CHECK_STR(shown(P("a") P(" {{#kính gửi}} ") P("{{.}}") P("{{/kính gửi}}") P("b")),
              "[a][Phòng A;][Phòng B & <C>.][b]");
}

static void probe_07_a_loop_inside_one_run(void) {
    CHECK_STR(shown(P("gửi {{#kính gửi}}({{.}}){{/kính gửi}}!")),
              "[gửi (Phòng A;)(Phòng B & <C>.)!]");
}

static void probe_08_a_loop_over_a_row(void) {
    CHECK_STR(shown(TABLE(ROW(TC(P("{{#kính gửi}}{{.#}}")) TC(P("{{.}}{{/kính gửi}}"))))),
              "{([1])([Phòng A;])}{([2])([Phòng B & <C>.])}");
}

static void probe_09_loops_in_loops_and_in_cells(void) {
    CHECK_STR(shown(P("{{#nơi nhận}}{{.}}") TABLE(ROW(TC(P("{{#kính gửi}}{{.}}{{/kính gửi}}"))))
                        P("x{{/nơi nhận}}")),
              "[Như trên;]{([Phòng A;][Phòng B & <C>.])}[x]");
}

static void probe_10_no_rows_leave_no_table(void) {
    CHECK_STR(shown(P("a") TABLE(ROW(TC(P("{{#chủ quản}}{{.}}{{/chủ quản}}")))) P("z")),
              "[a]{([])}[z]");
    CHECK_STR(shown(P("a") TABLE(ROW(TC(P("{{#chủ quản}}")) TC(P("{{/chủ quản}}")))) P("z")),
              "[a][z]");
}

static void probe_11_an_emptied_cell_keeps_a_paragraph(void) {
    CHECK_STR(shown(TABLE(ROW(TC(P("{{#chủ quản}}") P("x") P("{{/chủ quản}}")) TC(P("y"))))),
              "{([])([y])}");
}

/* ---- conditions ---- */

static void probe_12_a_condition_and_its_else(void) {
    CHECK_STR(shown(P("{{#số}}có{{/số}}{{^số}}không{{/số}}")), "[có]");
    CHECK_STR(shown(P("{{#riêng.mã}}có{{/riêng.mã}}{{^riêng.hạn}}không{{/riêng.hạn}}")),
              "[cókhông]");
}

static void probe_13_a_false_condition_leaves_no_blank_line(void) {
    CHECK_STR(shown(P("a") P("{{#chủ quản}}") P("x") P("{{/chủ quản}}") P("b")), "[a][b]");
}

/* ---- values ---- */

static void probe_14_bold_and_italic_inside_a_value(void) {
    save("a.ini", "[riêng]\nmã = trước *15/3*, **không** 2*3*4 (*) \\*x\\* ***cả hai***\n");
    CHECK_STR(shown(P("{{riêng.mã}}!")), "[trước _15/3, *không 2*3*4 (*) *x* *_cả hai!]");
    save("a.ini", ini);
}

static void probe_15_headers_and_footers(void) {
    const struct named_part parts[] = {
        {"word/header1.xml", "<w:hdr " NS ">" P("Số {{số}}") "</w:hdr>"},
        {"word/footer1.xml", "<w:ftr " NS ">" P("{{#kính gửi}}{{.}}{{/kính gửi}}") "</w:ftr>"}};
    CHECK_STR(shown_of(P("x"), "", parts, 2, "word/header1.xml"), "[Số 07]");
    CHECK_STR(shown_of(P("x"), "", parts, 2, "word/footer1.xml"), "[Phòng A;][Phòng B & <C>.]");
}

static void probe_16_headers_of_every_section(void) {
    const struct named_part parts[] = {
        {"word/header1.xml", "<w:hdr " NS ">" P("{{số}}") "</w:hdr>"},
        {"word/header2.xml", "<w:hdr " NS ">" P("{{ký hiệu}}") "</w:hdr>"}};
    CHECK_STR(shown_of(P("x"), "", parts, 2, "word/header1.xml"), "[07]");
    CHECK_STR(shown_of(P("x"), "", parts, 2, "word/header2.xml"), "[SXD-VP]");
}

#define NOTES(text)                                                                                \
    "<w:footnotes " NS                                                                             \
    "><w:footnote w:type=\"separator\" w:id=\"0\">" P("-") "</w:footnote>"                         \
                                                           "<w:footnote w:id=\"1\">" text          \
                                                           "</w:footnote></w:footnotes>"
#define NOTE_1 "<w:r><w:footnoteReference w:id=\"1\"/></w:r>"
#define NOTE_REL REL("rId1", "footnotes", "footnotes.xml")

static void probe_17_tags_in_footnotes_and_endnotes(void) {
    const struct named_part foot = {"word/footnotes.xml", NOTES(P("xem {{số}}"))};
    CHECK_STR(shown_of("<w:p>" NOTE_1 "</w:p>", NOTE_REL, &foot, 1, "word/footnotes.xml"),
              "[-][xem 07]");
    const struct named_part end = {
        "word/endnotes.xml",
        "<w:endnotes " NS "><w:endnote w:id=\"1\">" P("{{số}}") "</w:endnote></w:endnotes>"};
    CHECK_STR(shown_of("<w:p><w:r><w:endnoteReference w:id=\"1\"/></w:r></w:p>",
                       REL("rId1", "endnotes", "endnotes.xml"), &end, 1, "word/endnotes.xml"),
              "[07]");
}

static void probe_18_a_new_footnote_from_plain_text(void) {
    save("a.md", "Một[^1], hai[^1].\n\n[^1]: Chú **đậm**.\n");
    const struct named_part foot = {"word/footnotes.xml", NOTES(P("cũ"))};
    CHECK_STR(shown_of("<w:p>" NOTE_1 "</w:p>" P("{{nội dung}}"), NOTE_REL, &foot, 1,
                       "word/footnotes.xml"),
              "[-][cũ][ Chú *đậm.]");
    /* the second mark of the note repeats the number it has in this document */
    const char *body = shown_of("<w:p>" NOTE_1 "</w:p>" P("{{nội dung}}"), NOTE_REL, &foot, 1,
                                "word/document.xml");
    CHECK_STR(body, "[^][Một^, hai NOTEREF _CongvanNote2 \\h 2.]");
    save("a.md", "Nội dung./.\n");
}

static void probe_19_text_boxes_of_both_kinds(void) {
    CHECK_STR(
        shown("<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>"
              "<w:txbxContent>" P(
                  "{{số}}") "</w:txbxContent></w:drawing></mc:Choice>"
                            "<mc:Fallback><w:pict><v:rect><v:textbox><w:txbxContent>" P(
                                "{{số}}") "</w:txbxContent></v:textbox></v:rect></w:pict></"
                                          "mc:Fallback>"
                                          "</mc:AlternateContent></w:r>" R("{{ký hiệu}}") "</w:p>"),
        "[[07][07]SXD-VP]");
}

#define SDT(content) "<w:sdt><w:sdtPr/><w:sdtContent>" content "</w:sdtContent></w:sdt>"

static void probe_20_content_controls_of_all_kinds(void) {
    CHECK_STR(shown(SDT(P("{{số}}"))), "[07]");
    CHECK_STR(shown("<w:p>" SDT(R("{{s")) R("ố}}") "</w:p>"), "[07]");
    CHECK_STR(shown(TABLE(ROW(SDT(TC(P("{{số}}")))) SDT(ROW(TC(P("{{ký hiệu}}")))))),
              "{([07])}{([SXD-VP])}");
    CHECK_STR(shown(SDT(P("{{#kính gửi}}") P("{{.}}") P("{{/kính gửi}}"))),
              "[Phòng A;][Phòng B & <C>.]");
}

static void probe_21_tracked_changes_smart_tags_and_links(void) {
    CHECK_STR(shown("<w:p><w:ins>" R("{{s") "</w:ins><w:smartTag>" R(
                  "ố") "</w:smartTag>"
                       "<w:hyperlink>" R(
                           "}}") "</w:hyperlink><w:del><w:r><w:delText>{{x</w:delText>"
                                 "</w:r></w:del><w:moveFrom>" R("{{y}}") "</w:moveFrom></w:p>"),
              "[07{{x{{y}}]");
}

static void probe_22_signs_of_xml_in_a_value(void) {
    CHECK_STR(shown(P("{{#kính gửi}}{{.}}{{/kính gửi}}")), "[Phòng A;][Phòng B & <C>.]");
}

static void probe_23_a_control_character_in_a_value(void) {
    save("a.ini", "[riêng]\nmã = a\001b\n");
    CHECK_STR(shown(P("{{riêng.mã}}")), "[a b]");
    CHECK(diag_has(diag, SOURCE_CONTROL));
    save("a.ini", ini);
}

static void probe_24_a_line_break_in_a_value_with_text_behind_the_tag(void) {
    CHECK_STR(shown(P("[{{cơ quan}}]")), "[[SỞ XÂY DỰNG/TỈNH SÔNG LAM]]");
}

static void probe_25_a_tab_in_a_value(void) {
    save("a.ini", "[riêng]\nmã = a\tb\n");
    CHECK_STR(shown(P("{{riêng.mã}}")), "[a~b]");
    save("a.ini", ini);
}

static void probe_26_a_value_with_tags_is_not_read_again(void) {
    save("a.ini", "[công văn]\nsố = 7\n[riêng]\nmã = {{số}} {{#x}}\n");
    CHECK_STR(shown(P("{{riêng.mã}}")), "[{{số}} {{#x}}]");
    save("a.ini", ini);
}

static void probe_27_a_missing_value_is_named(void) {
    refused(P("Kính {{địa chỉ}}"), TEMPLATE_VALUE_MISSING, 1);
    refused(P("{{hụ tên}}"), TEMPLATE_VALUE_MISSING_NEAR, 1);
    CHECK(said("{{họ tên}}"));
    refused(P("{{đia chi cơ}}{{chu quen}}"), TEMPLATE_VALUE_MISSING_NEAR, 2);
    CHECK(said("{{chủ quản}}")); /* which this dispatch lacks, but the program knows */
}

static void probe_28_names_with_spaces_and_diacritics(void) {
    CHECK_STR(shown(P("{{ địa danh }}{{DIA_DANH}}{{dia-danh}}")), "[Sông LamSông LamSông Lam]");
}

static void probe_29_a_decomposed_name(void) {
    CHECK_STR(shown(P("{{so\xCC\x82\xCC\x81}}")), "[07]");
}

static void probe_30_braces_that_are_no_tag(void) {
    CHECK_STR(shown(P("{\"a\": 1} {{{số}}} {} \\{{số}} \\{ }")),
              "[{\"a\": 1} {07} {} {{số}} \\{ }]");
    CHECK_STR(shown("<w:p>" R("a\\") R("{") R("{b") "</w:p>"), "[a{{b]");
}

/* ---- mistakes ---- */

static void probe_31_an_unclosed_tag_also_in_a_footer(void) {
    refused(P("a {{số b"), TEMPLATE_TAG_OPEN, 1);
    const struct named_part foot = {"word/footer1.xml",
                                    "<w:ftr " NS ">" P("trang {{số") "</w:ftr>"};
    CHECK(shown_of(P("x"), "", &foot, 1, "word/document.xml")[0] == '(');
    CHECK(said("word/footer1.xml") && said("trang {{số"));
}

static void probe_32_an_unopened_tag(void) {
    refused(P("a số}} b"), TEMPLATE_TAG_CLOSE, 1);
}

static void probe_33_an_unclosed_loop(void) {
    refused(P("{{#kính gửi}}a"), TEMPLATE_SECTION_UNCLOSED, 1);
}

static void probe_34_a_stray_end(void) {
    refused(P("a{{/kính gửi}}"), TEMPLATE_SECTION_STRAY, 1);
    refused(P("a{{#kính gửi}}x{{/kinh gửu}}"), TEMPLATE_SECTION_MISMATCH, 1);
    CHECK(said("{{#kính gửi}}"));
}

static void probe_35_crossed_loops(void) {
    refused(P("{{#kính gửi}}a{{#nơi nhận}}b{{/kính gửi}}c{{/nơi nhận}}"), TEMPLATE_SECTION_OVERLAP,
            1);
    CHECK(said("{{#nơi nhận}}") && said("{{/kính gửi}}"));
}

static void probe_36_a_loop_that_leaves_its_cell(void) {
    refused(TABLE(ROW(TC(P("{{#kính gửi}}a")))) P("b{{/kính gửi}}"), TEMPLATE_SECTION_CROSSED, 1);
    refused(P("{{#kính gửi}}a") TABLE(ROW(TC(P("b{{/kính gửi}}")))), TEMPLATE_SECTION_CROSSED, 1);
}

static void probe_37_all_mistakes_at_once_each_with_its_place(void) {
    refused(P("một {{}}") P("hai {{#x}}") P("ba {{số") P("bốn }}") P("{{/y}}"), TEMPLATE_TAG_EMPTY,
            4);
    CHECK(said("một {{}}") && said("bốn }}") && said("word/document.xml"));
}

static const char *bytes_of(struct package *package, const char *name) {
    size_t n;
    const char *bytes = package_part(package, name, &n, diag);
    return bytes ? bytes : "";
}

static struct package *result(void) {
    struct template *template = template_open(in_folder("T.docx"), diag);
    struct dispatch *dispatch = dispatch_read(pool, in_folder("a.ini"), diag);
    struct package *package =
        merge(pool, template, dispatch, "a.docx", &(struct merge_options){.fonts = fonts}, diag);
    struct buf out = {0};
    CHECK(package && package_write(package, &out, diag));
    package_close(package);
    template_close(template);
    char *bytes = pool_strndup(pool, buf_text(&out), out.len);
    package = package_open("a.docx", bytes, out.len, diag);
    buf_free(&out);
    return package;
}

static void probe_38_parts_without_tags_keep_their_bytes(void) {
    static const char styles[] = "<w:styles  " NS " ><!-- as it is --></w:styles>";
    static const char header[] = "<w:hdr " NS "><w:p ><w:r><w:t>{ }</w:t></w:r></w:p></w:hdr>";
    const struct named_part parts[] = {
        {"word/styles.xml", styles}, {"word/header1.xml", header}, {"word/media/a.bin", "\1\2"}};
    shown_of(P("{{số}}"), REL("r1", "styles", "styles.xml"), parts, 3, "word/document.xml");
    struct package *package = result();
    CHECK_STR(bytes_of(package, "word/styles.xml"), styles);
    CHECK_STR(bytes_of(package, "word/header1.xml"), header);
    CHECK_STR(bytes_of(package, "word/_rels/document.xml.rels"),
              RELS(REL("r1", "styles", "styles.xml")));
    package_close(package);
}

/* ---- what is ours ---- */

static void a_note_in_a_loop_is_one_of_each_turn(void) {
    const struct named_part foot = {"word/footnotes.xml", NOTES(P("về {{.}}"))};
    const char *body = "<w:p>" R("{{#kính gửi}}") NOTE_1 R("{{/kính gửi}}") "</w:p>";
    CHECK_STR(shown_of(body, NOTE_REL, &foot, 1, "word/footnotes.xml"),
              "[-][về Phòng A;][về Phòng B & <C>.]");
    const struct named_part plain = {"word/footnotes.xml", NOTES(P("chung"))};
    CHECK_STR(shown_of(body, NOTE_REL, &plain, 1, "word/footnotes.xml"), "[-][chung][chung]");
    struct package *package = result();
    CHECK(strstr(bytes_of(package, "word/document.xml"), "footnoteReference w:id=\"2\""));
    package_close(package);
}

static void a_note_of_a_part_left_out_goes_too(void) {
    const struct named_part foot = {"word/footnotes.xml", NOTES(P("{{số}}"))};
    CHECK_STR(shown_of("<w:p>" R("{{#chủ quản}}") NOTE_1 R("{{/chủ quản}}") "</w:p>", NOTE_REL,
                       &foot, 1, "word/footnotes.xml"),
              "[-]");
}

static void an_item_in_a_note_outside_of_loops_is_a_mistake(void) {
    const struct named_part foot = {"word/footnotes.xml", NOTES(P("{{.}}"))};
    CHECK(shown_of("<w:p>" NOTE_1 "</w:p>", NOTE_REL, &foot, 1, "word/document.xml")[0] == '(');
    CHECK(diag_has(diag, TEMPLATE_ITEM_OUTSIDE));
}

static void parts_of_an_item(void) {
    save("a.ini", "[danh sách]\n1 = Lê A | 1980 | **Tổ** trưởng\n2 = Vũ B | 1975\n");
    CHECK_STR(shown(TABLE(ROW(TC(P("{{#danh sách}}{{.#}}")) TC(P("{{.1}}")) TC(P("{{.2}}"))
                                  TC(P("{{.3}}{{/danh sách}}"))))),
              "{([1])([Lê A])([1980])([*Tổ trưởng])}{([2])([Vũ B])([1975])([])}");
    save("a.ini", ini);
}

static void identifiers_stay_unique_in_a_loop(void) {
    shown("<w:p>" R("{{#kính gửi}}") "<w:bookmarkStart w:id=\"5\" w:name=\"cho\"/>" R(
        "{{.}}") "<w:bookmarkEnd w:id=\"5\"/><w:commentRangeStart w:id=\"3\"/><w:r><w:drawing>"
                 "<wp:docPr id=\"1\" name=\"h\"/></w:drawing></w:r>"
                 "<w:sdt><w:sdtPr><w:id w:val=\"9\"/></w:sdtPr><w:sdtContent/></w:sdt>" R(
                     "{{/kính gửi}}") "</w:p>");
    struct package *package = result();
    const char *text = bytes_of(package, "word/document.xml");
    CHECK(strstr(text, "w:id=\"1\" w:name=\"cho\"") && strstr(text, "w:id=\"2\" w:name=\"cho_2\""));
    CHECK(strstr(text, "<w:bookmarkEnd w:id=\"2\"/>"));
    CHECK(strstr(text, "docPr id=\"1\"") && strstr(text, "docPr id=\"2\""));
    const char *comment = strstr(text, "commentRangeStart"), *sdt = strstr(text, "<w:id w:val");
    CHECK(comment && !strstr(comment + 1, "commentRangeStart"));
    CHECK(sdt && !strstr(sdt + 1, "<w:id w:val"));
    package_close(package);
}

#define ITEM(text)                                                                                 \
    "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"4\"/></w:numPr></w:pPr>" R(        \
        text) "</w:p>"
static const struct named_part lists = {
    "word/numbering.xml",
    "<w:numbering " NS "><w:abstractNum w:abstractNumId=\"2\"><w:lvl w:ilvl=\"0\"><w:start "
    "w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum>"
    "<w:num w:numId=\"4\"><w:abstractNumId w:val=\"2\"/></w:num></w:numbering>"};

/* The labels the reader counts. */
static const char *labels(const char *body) {
    shown_of(body, REL("r1", "numbering", "numbering.xml"), &lists, 1, "word/document.xml");
    struct package *package = result();
    struct document *document = wml_read(pool, package, diag);
    struct buf out = {0};
    for (const struct block *b = document ? document->sections->blocks : NULL; b; b = b->next)
        for (size_t i = 0; i < b->para->item_count; i++)
            if (b->para->items[i].kind == INLINE_TEXT)
                buf_puts(&out, b->para->items[i].text);
    const char *text = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    package_close(package);
    return text;
}

static void a_list_within_a_turn_begins_anew_with_each(void) {
    CHECK_STR(labels(P("{{#kính gửi}}") ITEM("a") ITEM("b") P("{{/kính gửi}}")), "1.a2.b1.a2.b");
}

static void a_list_whose_items_are_the_turns_goes_on(void) {
    CHECK_STR(labels(ITEM("{{#kính gửi}}{{.#}} {{/kính gửi}}") ITEM("z")), "1.1 2.2 3.z");
    CHECK_STR(labels(P("{{#kính gửi}}") ITEM("a") ITEM("b") P("{{/kính gửi}}") ITEM("z")),
              "1.a2.b3.a4.b5.z");
}

static void a_section_left_out_does_not_take_the_page_of_what_is_before_it(void) {
    shown(P("dọc")
              P("{{#chủ quản}}") "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"1\"/></w:sectPr></w:pPr>" R(
                  "x") "</w:p>" P("{{/chủ quản}}") P("ngang"));
    struct package *package = result();
    CHECK(strstr(bytes_of(package, "word/document.xml"),
                 "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"1\"/></w:sectPr></w:pPr><w:r><w:t>dọc"));
    package_close(package);
}

static void tables_do_not_grow_together_when_what_was_between_goes(void) {
    CHECK_STR(shown(TABLE(ROW(TC(P("1")))) P("{{#chủ quản}}x{{/chủ quản}}") TABLE(ROW(TC(P("2"))))),
              "{([1])}[]{([2])}");
    CHECK_STR(shown(TABLE(ROW(TC(P("1")))) TABLE(ROW(TC(P("{{số}}"))))), "{([1])}{([07])}");
}

static void tags_where_no_paragraph_is(void) {
    const struct named_part parts[] = {
        {"docProps/app.xml", "<Properties><Company>{{cơ quan}}</Company></Properties>"},
        {"docProps/custom.xml", "<Properties><a>{{số}}</a></Properties>"},
        {"word/charts/chart1.xml", "<c xmlns:a=\"urn:a\"><a:t>{{ký hiệu}}</a:t></c>"},
        {"word/comments.xml",
         "<w:comments " NS "><w:comment w:id=\"1\">" P("{{số}}") "</w:comment></w:comments>"}};
    static const char *const want[] = {"SỞ XÂY DỰNG TỈNH SÔNG LAM", "07", "SXD-VP", "[07]"};
    for (size_t i = 0; i < 4; i++)
        CHECK_STR(shown_of(P("x"), "", parts, 4, parts[i].name), want[i]);
}

static void tags_in_attributes(void) {
    shown_of(
        "<w:p><w:r><w:drawing><wp:docPr id=\"1\" name=\"h\" descr=\"Ảnh {{số}} của {{cơ quan}}\"/>"
        "</w:drawing></w:r></w:p>",
        "<Relationship Id=\"r1\" Type=\"x/hyperlink\" TargetMode=\"External\" "
        "Target=\"https://a.vn/%7b%7bky%20hieu%7D%7d?q={{cơ quan}}&amp;r=%20\"/>",
        NULL, 0, "word/document.xml");
    struct package *package = result();
    CHECK(strstr(bytes_of(package, "word/document.xml"),
                 "descr=\"Ảnh 07 của SỞ XÂY DỰNG TỈNH SÔNG LAM\""));
    CHECK(strstr(bytes_of(package, "word/_rels/document.xml.rels"),
                 "https://a.vn/SXD-VP?q=S%E1%BB%9E%20X%C3%82Y"));
    CHECK(strstr(bytes_of(package, "word/_rels/document.xml.rels"), "&amp;r=%20\""));
    package_close(package);
    refused("<w:p><w:r><w:drawing><wp:docPr id=\"1\" descr=\"x {{#số}}\"/></w:drawing></w:r></w:p>",
            TEMPLATE_ATTR_SECTION, 1);
}

static void field_instructions_are_left_alone(void) {
    CHECK_STR(shown("<w:p><w:r><w:instrText> MERGEFIELD {{số}} </w:instrText></w:r>" R(
                  "{{số}}") "</w:p>"),
              "[ MERGEFIELD {{số}} 07]");
}

static void appendices_without_place_or_form_are_warned_of(void) {
    static const char appendix[] = "[phụ lục 1]\ntiêu đề = BẢNG\ntệp = a.md\n";
    save("a.ini", pool_printf(pool, "%s%s", ini, appendix));
    CHECK_STR(shown(P("{{số}}")), "[07]");
    CHECK(diag_has(diag, TEMPLATE_NO_APPENDIX));
    CHECK_STR(shown(P("{{#phụ lục}}{{nhãn}}{{/phụ lục}}")), "[Phụ lục]");
    CHECK(!diag_has(diag, TEMPLATE_NO_APPENDIX));
    save("a.ini", ini);
}

static void a_section_with_a_name_nearly_known_is_warned_of(void) {
    CHECK_STR(shown(P("a{{#kính gưii}}x{{/kính gưii}}{{#ghi chú}}y{{/ghi chú}}")), "[a]");
    CHECK(diag_has(diag, TEMPLATE_SECTION_SLIP) && said("{{#kính gửi}}"));
    CHECK_INT(diag_count(diag, DIAG_WARNING), 1);
}

int main(void) {
    help_begin();
    RUN(probe_01_a_tag_split_over_runs);
    RUN(probe_02_a_tag_with_proofing_and_bookmarks_inside);
    RUN(probe_03_every_character_its_own_run);
    RUN(probe_04_a_tag_over_two_paragraphs_is_a_mistake_with_its_place);
    RUN(probe_05_a_loop_over_paragraphs);
    RUN(probe_06_a_loop_leaves_no_blank_paragraphs);
    RUN(probe_07_a_loop_inside_one_run);
    RUN(probe_08_a_loop_over_a_row);
    RUN(probe_09_loops_in_loops_and_in_cells);
    RUN(probe_10_no_rows_leave_no_table);
    RUN(probe_11_an_emptied_cell_keeps_a_paragraph);
    RUN(probe_12_a_condition_and_its_else);
    RUN(probe_13_a_false_condition_leaves_no_blank_line);
    RUN(probe_14_bold_and_italic_inside_a_value);
    RUN(probe_15_headers_and_footers);
    RUN(probe_16_headers_of_every_section);
    RUN(probe_17_tags_in_footnotes_and_endnotes);
    RUN(probe_18_a_new_footnote_from_plain_text);
    RUN(probe_19_text_boxes_of_both_kinds);
    RUN(probe_20_content_controls_of_all_kinds);
    RUN(probe_21_tracked_changes_smart_tags_and_links);
    RUN(probe_22_signs_of_xml_in_a_value);
    RUN(probe_23_a_control_character_in_a_value);
    RUN(probe_24_a_line_break_in_a_value_with_text_behind_the_tag);
    RUN(probe_25_a_tab_in_a_value);
    RUN(probe_26_a_value_with_tags_is_not_read_again);
    RUN(probe_27_a_missing_value_is_named);
    RUN(probe_28_names_with_spaces_and_diacritics);
    RUN(probe_29_a_decomposed_name);
    RUN(probe_30_braces_that_are_no_tag);
    RUN(probe_31_an_unclosed_tag_also_in_a_footer);
    RUN(probe_32_an_unopened_tag);
    RUN(probe_33_an_unclosed_loop);
    RUN(probe_34_a_stray_end);
    RUN(probe_35_crossed_loops);
    RUN(probe_36_a_loop_that_leaves_its_cell);
    RUN(probe_37_all_mistakes_at_once_each_with_its_place);
    RUN(probe_38_parts_without_tags_keep_their_bytes);
    RUN(a_note_in_a_loop_is_one_of_each_turn);
    RUN(a_note_of_a_part_left_out_goes_too);
    RUN(an_item_in_a_note_outside_of_loops_is_a_mistake);
    RUN(parts_of_an_item);
    RUN(identifiers_stay_unique_in_a_loop);
    RUN(a_list_within_a_turn_begins_anew_with_each);
    RUN(a_list_whose_items_are_the_turns_goes_on);
    RUN(a_section_left_out_does_not_take_the_page_of_what_is_before_it);
    RUN(tables_do_not_grow_together_when_what_was_between_goes);
    RUN(tags_where_no_paragraph_is);
    RUN(tags_in_attributes);
    RUN(field_instructions_are_left_alone);
    RUN(appendices_without_place_or_form_are_warned_of);
    RUN(a_section_with_a_name_nearly_known_is_warned_of);
    diag_free(diag);
    help_end();
    return CHECK_RESULT();
}
