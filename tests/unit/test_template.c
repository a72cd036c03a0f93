/* Templates compiled and merged: what each arrangement of tags repeats, and what is refused. */
#include "template_help.h"

/* ---- values ---- */

static void a_tag_may_be_split_over_any_runs(void) {
    CHECK_STR(merged("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Số: {</w:t></w:r><w:proofErr/>"
                     "<w:r><w:t>{s</w:t></w:r><w:bookmarkStart/><w:r><w:t>ố</w:t></w:r>"
                     "<w:ins><w:r><w:t>}</w:t></w:r></w:ins><w:r><w:t>}/x</w:t></w:r></w:p>"),
              "[*Số: *07/x]");
}

static void every_character_may_be_a_run(void) {
    struct buf body = {0};
    buf_puts(&body, "<w:p>");
    for (const char *p = "a{{so}}b{{rieng.ma}}c"; *p; p++)
        buf_printf(&body, "<w:r><w:t>%c</w:t></w:r>", *p);
    buf_puts(&body, "</w:p>");
    CHECK_STR(merged(buf_text(&body)), "[a07bX1c]");
    buf_free(&body);
}

static void names_fold_and_may_be_nfd(void) {
    CHECK_STR(merged(P("{{DIA_DANH}} {{ địa-danh }} {{so\xCC\x82\xCC\x81}}")),
              "[Sông Lam Sông Lam 07]");
}

static void a_value_keeps_breaks_and_is_escaped(void) {
    CHECK_STR(merged(P("{{cơ quan}}!")), "[SỞ XÂY DỰNG/TỈNH SÔNG LAM!]");
    CHECK_STR(merged(P("{{kính gửi}}")), "[Phòng A;/Phòng B & <C>.]");
}

static void braces_that_are_no_tag_stay(void) {
    CHECK_STR(merged(P("{\"a\": 1} {{so}} { }")), "[{\"a\": 1} 07 { }]");
}

static void several_tags_in_one_text_keep_their_order(void) {
    CHECK_STR(merged(P("{{ngày}}.{{tháng}}.{{năm}}")), "[03.02.2026]");
}

/* ---- sections ---- */

static void a_section_over_a_whole_paragraph_repeats_the_paragraph(void) {
    CHECK_STR(merged(P("{{#kính gửi}}- {{.}}{{/kính gửi}}")), "[- Phòng A;][- Phòng B & <C>.]");
    CHECK_STR(merged(P("x") P("{{#chủ quản}}{{.}}{{/chủ quản}}") P("y")), "[x][y]");
    CHECK_STR(merged(P("{{^chủ quản}}không{{/chủ quản}}")), "[không]");
}

static void a_section_between_text_repeats_runs(void) {
    CHECK_STR(merged(P("a {{#kính gửi}}{{.}} {{/kính gửi}}z")), "[a Phòng A; Phòng B & <C>. z]");
}

static void tags_alone_in_paragraphs_vanish(void) {
    CHECK_STR(merged(P("{{#nhiều kính gửi}}") P("hai") P("{{/nhiều kính gửi}}") P("z")),
              "[hai][z]");
    CHECK_STR(merged(P("{{#một kính gửi}}") P("một") P("{{/một kính gửi}}") P("z")), "[z]");
    CHECK_STR(merged(P("{{#kính gửi}}") P("{{.}}") P("--") P("{{/kính gửi}}")),
              "[Phòng A;][--][Phòng B & <C>.][--]");
}

static void tags_at_the_ends_of_paragraphs_repeat_them(void) {
    CHECK_STR(merged(P("{{#kính gửi}}a{{.}}") P("b{{/kính gửi}}")),
              "[aPhòng A;][b][aPhòng B & <C>.][b]");
}

static void sections_nest_in_one_paragraph(void) {
    CHECK_STR(merged(P("{{#nhiều kính gửi}}{{#kính gửi}}{{.}}{{/kính gửi}}{{/nhiều kính gửi}}")),
              "[Phòng A;][Phòng B & <C>.]");
    CHECK_STR(merged(P("{{#một kính gửi}}{{#kính gửi}}{{.}}{{/kính gửi}}{{/một kính gửi}}") P("z")),
              "[z]");
}

static void adjacent_section_tags_share_a_paragraph(void) {
    CHECK_STR(merged(P("{{#một kính gửi}}") P("1") P("{{/một kính gửi}}{{#nhiều kính gửi}}") P("2")
                         P("{{/nhiều kính gửi}}")),
              "[2]");
}

static void two_cells_of_a_row_repeat_the_row(void) {
    CHECK_STR(merged("<w:tbl><w:tr>" TC(P("đầu")) TC(P("")) "</w:tr><w:tr>" TC(P("{{#kính gửi}}n"))
                         TC(P("{{.}}{{/kính gửi}}")) "</w:tr></w:tbl>"),
              "{([đầu])([])}{([n])([Phòng A;])}{([n])([Phòng B & <C>.])}");
}

static void rows_with_nothing_but_tags_vanish(void) {
    CHECK_STR(merged("<w:tbl><w:tr>" TC(P("{{#kính gửi}}")) "</w:tr><w:tr>" TC(
                  P("{{.}}")) "</w:tr><w:tr>" TC(P("{{/kính gửi}}")) "</w:tr></w:tbl>"),
              "{([Phòng A;])}{([Phòng B & <C>.])}");
}

static void a_table_without_rows_goes(void) {
    CHECK_STR(merged(P("a") "<w:tbl><w:tblPr/><w:tr>" TC(P("{{#chủ quản}}"))
                         TC(P("{{/chủ quản}}")) "</w:tr></w:tbl>" P("z")),
              "[a][z]");
}

static void an_emptied_cell_keeps_a_paragraph(void) {
    CHECK_STR(
        merged("<w:tbl><w:tr>" TC(P("{{#chủ quản}}x{{/chủ quản}}")) TC(P("y")) "</w:tr></w:tbl>"),
        "{([])([y])}");
}

static void a_header_takes_tags_and_stays_valid(void) {
    save_template(P("x"), P("{{#chủ quản}}{{.}}{{/chủ quản}}"));
    struct diag *d = diag_new(LANG_EN);
    CHECK_STR(merge_part("word/header1.xml", d), "[]");
    diag_free(d);
    save_template(P("x"), P("Số {{số}}"));
    d = diag_new(LANG_EN);
    CHECK_STR(merge_part("word/header1.xml", d), "[Số 07]");
    diag_free(d);
}

/* ---- the body ---- */

static void the_body_becomes_paragraphs_tables_and_notes(void) {
    save("a.md", "Một **đậm**.[^1]\n\n| A | B |\n|---|--:|\n| 1 | 2 |\n\nHết./.\n\n[^1]: Chú.\n");
    CHECK_STR(merged(P("{{nội dung}}") P("z")),
              "[Một *đậm.^]{([*A])([*B])}{([1])([2])}[Hết./.][z]");
    struct diag *d = diag_new(LANG_EN);
    CHECK_STR(merge_part("word/footnotes.xml", d), "[][][ Chú.]");
    diag_free(d);
    save("a.md", "Nội dung./.\n");
}

static void the_last_paragraph_of_the_body_is_kept_with_the_signature(void) {
    save_template(P("{{nội dung}}") P("ký"), NULL);
    struct diag *d = diag_new(LANG_EN);
    struct template *t = template_open(in_folder("T.docx"), d);
    struct dispatch *dispatch = dispatch_read(pool, in_folder("a.ini"), d);
    struct package *package =
        merge(pool, t, dispatch, "a.docx", &(struct merge_options){.fonts = fonts}, d);
    struct xml_node *body = merged_part(package, "word/document.xml")->first;
    CHECK(xml_child(xml_child(body->first, w_pPr), w_keepNext) != NULL);
    package_close(package);
    template_close(t);
    diag_free(d);
}

static void merging_twice_gives_the_same_bytes(void) {
    save_template(P("{{số}}") P("{{nội dung}}") P("{{cơ quan}}"), NULL);
    struct buf out[2] = {{0}, {0}};
    for (int i = 0; i < 2; i++) {
        struct diag *d = diag_new(LANG_EN);
        struct template *t = template_open(in_folder("T.docx"), d);
        struct dispatch *dispatch = dispatch_read(pool, in_folder("a.ini"), d);
        struct package *package =
            merge(pool, t, dispatch, "a.docx", &(struct merge_options){.fonts = fonts}, d);
        CHECK(package && package_write(package, &out[i], d));
        package_close(package);
        template_close(t);
        diag_free(d);
        setenv("TZ", "Asia/Ho_Chi_Minh", 1);
    }
    CHECK(out[0].len == out[1].len && memcmp(out[0].data, out[1].data, out[0].len) == 0);
    buf_free(&out[0]);
    buf_free(&out[1]);
}

/* ---- rules ---- */

#define RULE(text)                                                                                 \
    "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:anchor>"            \
    "<wp:positionH relativeFrom=\"column\"><wp:posOffset>1</wp:posOffset></wp:positionH>"          \
    "<wp:extent cx=\"1\" cy=\"0\"/><wp:docPr id=\"1\" name=\"x\" descr=\"" text "\"/>"             \
    "<a:graphic><a:xfrm><a:ext cx=\"1\" cy=\"0\"/></a:xfrm></a:graphic></wp:anchor></w:drawing>"   \
    "</mc:Choice><mc:Fallback><w:pict><v:line from=\"1pt,2pt\" to=\"5pt,2pt\"/></w:pict>"          \
    "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
#define NARROW(content)                                                                            \
    "<w:tbl><w:tblPr><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" "          \
    "w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tr><w:tc><w:tcPr><w:tcW w:w=\"4000\" "            \
    "w:type=\"dxa\"/></w:tcPr>" content "</w:tc></w:tr></w:tbl>"

static const struct xml_node *find(const struct xml_node *node, enum xml_name name) {
    if (node->name == name)
        return node;
    struct xml_node *child;
    const struct xml_node *found = NULL;
    XML_EACH_CHILD (child, node)
        if (!found)
            found = find(child, name);
    return found;
}

static void rules_get_their_share_of_the_text_above(void) {
    save_template(NARROW("<w:p><w:r><w:rPr><w:rFonts w:ascii=\"Times New Roman\"/><w:sz "
                         "w:val=\"40\"/></w:rPr><w:t>dài dài dài dài</w:t><w:br/><w:t>1111</w:t>"
                         "</w:r></w:p>" P("") RULE("{{kẻ 50%}}")),
                  NULL);
    struct diag *d = diag_new(LANG_EN);
    struct template *t = template_open(in_folder("T.docx"), d);
    struct dispatch *dispatch = dispatch_read(pool, in_folder("a.ini"), d);
    struct package *package =
        merge(pool, t, dispatch, "a.docx", &(struct merge_options){.fonts = fonts}, d);
    CHECK_INT(diag_count(d, DIAG_ERROR), 0);
    CHECK(package != NULL);
    if (package) {
        const struct xml_node *root = merged_part(package, "word/document.xml");
        /* four digits of 0.5 em at 20 pt: 40 pt; half of it 20 pt; column 200 pt */
        CHECK_STR(xml_get(find(root, wp_extent), wp_cx), "254000");
        CHECK_STR(find(root, wp_posOffset)->first->text, "1143000");
        CHECK_STR(xml_get(find(root, v_line), v_from), "90pt,2pt");
        CHECK_STR(xml_get(find(root, v_line), v_to), "110pt,2pt");
        CHECK_STR(xml_get(find(root, wp_docPr), wp_descr), "Đường kẻ");
        package_close(package);
    }
    template_close(t);
    diag_free(d);
}

/* ---- pictures ---- */

#define PLACE(text)                                                                                \
    "<w:p><w:r><w:drawing><wp:anchor>"                                                             \
    "<wp:positionH relativeFrom=\"column\"><wp:posOffset>100</wp:posOffset></wp:positionH>"        \
    "<wp:extent cx=\"8000\" cy=\"8000\"/><wp:docPr id=\"1\" name=\"x\" descr=\"" text "\"/>"       \
    "<a:graphic><a:blip/><a:xfrm><a:ext cx=\"1\" cy=\"1\"/></a:xfrm></a:graphic>"                  \
    "</wp:anchor></w:drawing></w:r></w:p>"

static void a_picture_goes_where_the_template_keeps_its_place(void) {
    save_template(PLACE("{{chữ ký}}") PLACE("{{con dấu}}"), NULL);
    struct diag *d = diag_new(LANG_EN);
    struct template *t = template_open(in_folder("T.docx"), d);
    struct dispatch *dispatch = dispatch_read(pool, in_folder("a.ini"), d);
    struct package *package =
        merge(pool, t, dispatch, "a.docx", &(struct merge_options){.fonts = fonts}, d);
    CHECK(package != NULL);
    if (package) {
        const struct xml_node *root = merged_part(package, "word/document.xml");
        /* 4 by 2 pixels in a place of 8000 by 8000: as wide as it, half as high */
        CHECK_STR(xml_get(find(root, wp_extent), wp_cx), "8000");
        CHECK_STR(xml_get(find(root, wp_extent), wp_cy), "4000");
        CHECK_STR(xml_get(find(root, a_ext), a_cy), "4000");
        CHECK_STR(find(root, wp_posOffset)->first->text, "100");
        CHECK_STR(xml_get(find(root, a_blip), r_embed), "rIdCongvan-chu-ky");
        const char *target =
            package_target(pool, package, "word/document.xml", "rIdCongvan-chu-ky", d);
        CHECK_STR(target, "word/media/congvan-chu-ky.png");
        CHECK(target && package_has(package, target));
        /* the seal was not given: its place is gone */
        CHECK(find(root->first->first->next, w_drawing) == NULL);
        package_close(package);
    }
    template_close(t);
    diag_free(d);
}

/* ---- what is refused ---- */

static void refused(const char *body, enum diag_code code) {
    save_template(body, NULL);
    struct diag *d = diag_new(LANG_EN);
    const char *result = merge_part("word/document.xml", d);
    CHECK(result[0] == '(');
    if (!diag_has(d, code)) {
        printf("# no %s for %s\n", diag_name(code), body);
        diag_write(d, stdout);
        CHECK(false);
    }
    diag_free(d);
}

static void faulty_tags_are_refused_with_their_place(void) {
    refused(P("a {{số b"), TEMPLATE_TAG_OPEN);
    refused(P("a {{số {{x}}"), TEMPLATE_TAG_OPEN);
    refused("<w:p><w:r><w:t>{{s</w:t><w:tab/><w:t>ố}}</w:t></w:r></w:p>", TEMPLATE_TAG_OPEN);
    refused(P("a số}} b"), TEMPLATE_TAG_CLOSE);
    refused(P("a {{}} b"), TEMPLATE_TAG_EMPTY);
    refused(P("{{#kính gửi}}") P("x"), TEMPLATE_SECTION_UNCLOSED);
    refused(P("{{/kính gửi}}") P("x"), TEMPLATE_SECTION_STRAY);
    refused(P("{{#kính gửi}}x{{/nơi nhận}}"), TEMPLATE_SECTION_MISMATCH);
    refused(P("{{.}}"), TEMPLATE_ITEM_OUTSIDE);
    refused(P("a {{nội dung}}"), TEMPLATE_BODY_NOT_ALONE);
    refused(P("a {{#kính gửi}}") P("b") P("{{/kính gửi}}"), TEMPLATE_SECTION_PLACE);
    refused(P("{{#kính gửi}}") "<w:tbl><w:tr>" TC(P("{{/kính gửi}}")) "</w:tr></w:tbl>",
            TEMPLATE_SECTION_CROSSED);
    refused(RULE("{{kẻ x%}}"), TEMPLATE_RULE_BAD);
}

static void pictures_that_cannot_be_placed_are_refused(void) {
    refused(P("{{số}}") "<w:p><w:r><w:drawing><wp:inline><wp:docPr descr=\"{{chữ ký}}\"/>"
                        "</wp:inline></w:drawing></w:r></w:p>",
            TEMPLATE_PICTURE_BAD);
    save("ky.png", "GIF89a");
    refused(PLACE("{{chữ ký}}"), MERGE_PICTURE_KIND);
    save_picture();
}

static void too_deep_nesting_is_refused(void) {
    struct buf body = {0};
    for (int i = 0; i < 40; i++)
        buf_puts(&body, P("{{#kính gửi}}"));
    for (int i = 0; i < 40; i++)
        buf_puts(&body, P("{{/kính gửi}}"));
    refused(buf_text(&body), TEMPLATE_SECTION_DEEP);
    buf_free(&body);
}

static void a_missing_value_names_tag_page_words_and_what_was_meant(void) {
    refused(P("{{số điện thoại riêng}}"), TEMPLATE_VALUE_MISSING);
    save_template(P("x") "<w:p><w:r><w:br w:type=\"page\"/><w:t>Người ký {{hụ tên}}</w:t></w:r>"
                         "</w:p>",
                  NULL);
    struct diag *d = diag_new(LANG_EN);
    merge_part("word/document.xml", d);
    CHECK(diag_has(d, TEMPLATE_VALUE_MISSING_NEAR));
    struct buf json = {0};
    diag_write_json(d, &json);
    CHECK(strstr(buf_text(&json), "page 2") != NULL);
    CHECK(strstr(buf_text(&json), "Người ký {{hụ tên}}") != NULL);
    CHECK(strstr(buf_text(&json), "word/document.xml") != NULL);
    buf_free(&json);
    diag_free(d);
}

static void all_mistakes_are_reported_at_once(void) {
    save_template(P("a {{}}") P("{{#x}}") P("b}}"), NULL);
    struct diag *d = diag_new(LANG_EN);
    merge_part("word/document.xml", d);
    CHECK_INT(diag_count(d, DIAG_ERROR), 3);
    diag_free(d);
}

static void keys_that_no_tag_uses_are_noted(void) {
    save_template(P("{{số}}"), NULL);
    struct diag *d = diag_new(LANG_EN);
    merge_part("word/document.xml", d);
    CHECK(diag_has(d, MERGE_KEY_UNUSED));
    struct buf json = {0};
    diag_write_json(d, &json);
    CHECK(strstr(buf_text(&json), "“mã”") != NULL);
    CHECK(strstr(buf_text(&json), "“số”") == NULL);
    buf_free(&json);
    diag_free(d);
}

static void hostile_text_gives_a_part_that_parses(void) {
    save("a.md", "a\xEF\xBF\xBE"
                 "b \001 ]]> <w:p> & \"{{số}}\" \xFF \xED\xA0\x80\n");
    save_template(P("{{nội dung}}"), NULL);
    struct diag *d = diag_new(LANG_EN);
    CHECK(strstr(merge_part("word/document.xml", d), "]]> <w:p> & \"{{số}}\"") != NULL);
    diag_free(d);
    save("a.md", "Nội dung./.\n");
}

static void the_dump_shows_the_program(void) {
    save_template(P("{{#kính gửi}}- {{.}}{{/kính gửi}}"), NULL);
    struct diag *d = diag_new(LANG_EN);
    struct template *t = template_open(in_folder("T.docx"), d);
    struct buf out = {0};
    template_dump(t, &out);
    CHECK(strstr(buf_text(&out), "each kinh gui -> ") != NULL);
    CHECK(strstr(buf_text(&out), "value .") != NULL);
    CHECK_INT(template_tag_count(t), 3);
    buf_free(&out);
    template_close(t);
    diag_free(d);
}

int main(void) {
    help_begin();
    RUN(a_tag_may_be_split_over_any_runs);
    RUN(every_character_may_be_a_run);
    RUN(names_fold_and_may_be_nfd);
    RUN(a_value_keeps_breaks_and_is_escaped);
    RUN(braces_that_are_no_tag_stay);
    RUN(several_tags_in_one_text_keep_their_order);
    RUN(a_section_over_a_whole_paragraph_repeats_the_paragraph);
    RUN(a_section_between_text_repeats_runs);
    RUN(tags_alone_in_paragraphs_vanish);
    RUN(tags_at_the_ends_of_paragraphs_repeat_them);
    RUN(sections_nest_in_one_paragraph);
    RUN(adjacent_section_tags_share_a_paragraph);
    RUN(two_cells_of_a_row_repeat_the_row);
    RUN(rows_with_nothing_but_tags_vanish);
    RUN(a_table_without_rows_goes);
    RUN(an_emptied_cell_keeps_a_paragraph);
    RUN(a_header_takes_tags_and_stays_valid);
    RUN(the_body_becomes_paragraphs_tables_and_notes);
    RUN(the_last_paragraph_of_the_body_is_kept_with_the_signature);
    RUN(merging_twice_gives_the_same_bytes);
    RUN(rules_get_their_share_of_the_text_above);
    RUN(a_picture_goes_where_the_template_keeps_its_place);
    RUN(pictures_that_cannot_be_placed_are_refused);
    RUN(faulty_tags_are_refused_with_their_place);
    RUN(too_deep_nesting_is_refused);
    RUN(a_missing_value_names_tag_page_words_and_what_was_meant);
    RUN(all_mistakes_are_reported_at_once);
    RUN(keys_that_no_tag_uses_are_noted);
    RUN(hostile_text_gives_a_part_that_parses);
    RUN(the_dump_shows_the_program);
    help_end();
    return CHECK_RESULT();
}
