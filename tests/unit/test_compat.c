/* Settings of compatibility (17.15.3) that change where text stands, and what compatibilityMode
 * itself does, from the file to the page. */
#include "page_help.h"

static void print_compat(const char *body, const char *flags) {
    begin(body);
    docx_part(package, "word/styles.xml", "w:styles", STYLES(""));
    docx_part(package, "word/settings.xml", "w:settings",
              pool_printf(pool, "<w:compat>%s</w:compat>", flags));
    print_package();
}

static mpt pitch(void) {
    return printed("b")->y - printed("a")->y;
}

static void lines_without_leading_are_as_high_as_their_letters(void) {
    print_compat(P(T("a")) P(T("b")) SECT(""), "");
    CHECK_NEAR(pitch(), 16098, 10); /* (1825 + 443 + 87) / 2048 of 14 pt */
    print_compat(P(T("a")) P(T("b")) SECT(""), "<w:noLeading/>");
    CHECK(quiet());
    CHECK_NEAR(pitch(), 15503, 10); /* (1825 + 443) / 2048 */
    CHECK_NEAR(printed("a")->y - TEXT_TOP, 12475, 10);
}

#define AUTO(text)                                                                                 \
    PP("<w:spacing w:beforeAutospacing=\"1\" w:afterAutospacing=\"1\" w:before=\"300\"/>", T(text))

static void automatic_spacing_may_be_fixed(void) {
    print_compat(AUTO("a") AUTO("b") SECT(""), "");
    CHECK_NEAR(pitch(), 16098 + 14000, 10);
    CHECK_NEAR(printed("a")->y - TEXT_TOP, 13070, 10); /* none above the first, as in a browser */
    print_compat(AUTO("a") AUTO("b") SECT(""), "<w:doNotUseHTMLParagraphAutoSpacing/>");
    CHECK(quiet());
    CHECK_NEAR(pitch(), 16098 + 5000, 10);
    CHECK_NEAR(printed("a")->y - TEXT_TOP, 13070 + 5000, 10);
}

/* ---- what differs by compatibilityMode ---- */

static void print_mode(const char *body, int mode, const char *more) {
    print_compat(body,
                 pool_printf(pool, "<w:compatSetting w:name=\"compatibilityMode\" w:val=\"%d\"/>%s",
                             mode, more));
}

#define PAGE_BREAK "<w:r><w:br w:type=\"page\"/></w:r>"
#define SPACED(inner) PP("<w:spacing w:before=\"300\"/>", inner)
enum { ASCENT = 13070, SPACE = 15000 };

static mpt below_top(const char *text) {
    return printed(text)->y - TEXT_TOP - ASCENT;
}

static void spacing_before_after_a_page_break_is_dropped_from_mode_15_on(void) {
    static const char body[] = P(T("a") PAGE_BREAK) SPACED(T("b")) SECT("");
    print_mode(body, 14, "");
    CHECK_NEAR(below_top("b"), SPACE, 10);
    print_mode(body, 14, "<w:suppressSpBfAfterPgBrk/>");
    CHECK(quiet());
    CHECK_NEAR(below_top("b"), 0, 10);
    print_mode(body, 15, "");
    CHECK_NEAR(below_top("b"), 0, 10);
    print_mode(P(T("a")) PP("<w:pageBreakBefore/><w:spacing w:before=\"300\"/>", T("b")) SECT(""),
               15, "");
    CHECK_NEAR(below_top("b"), SPACE, 10);
}

static void a_paragraph_that_begins_with_a_page_break_begins_overleaf(void) {
    static const char body[] = P(T("a")) SPACED(PAGE_BREAK T("b")) SECT("");
    print_mode(body, 15, "");
    CHECK_NEAR(below_top("b"), SPACE, 10);
    print_mode(body, 14, "<w:suppressSpBfAfterPgBrk/>");
    CHECK_NEAR(below_top("b"), 0, 10);
    print_mode(P(T("a")) SPACED(T("x") PAGE_BREAK T("b")) SECT(""), 15, "");
    CHECK_NEAR(below_top("b"), 0, 10);
}

static void a_table_hangs_out_by_its_cell_margin_below_mode_15(void) {
    static const char body[] =
        TBL("<w:tblW w:w=\"3000\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>",
            TR(TC("<w:tcW w:w=\"3000\" w:type=\"dxa\"/>", P(T("a"))))) "<w:p/>" SECT("");
    static const int old[] = {11, 12, 14};
    for (size_t i = 0; i < sizeof old / sizeof old[0]; i++) {
        print_mode(body, old[i], "");
        CHECK_NEAR(printed("a")->x, TEXT_LEFT, 10);
    }
    print_mode(body, 15, "");
    CHECK_NEAR(printed("a")->x, TEXT_LEFT + 5400, 10);
}

#define TABLE_STYLES(normal)                                                                       \
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">" normal "</w:style>"      \
    "<w:style w:type=\"paragraph\" w:styleId=\"Con\"><w:basedOn w:val=\"Normal\"/></w:style>"      \
    "<w:style w:type=\"table\" w:styleId=\"Bang\"><w:pPr><w:jc w:val=\"right\"/></w:pPr><w:rPr>"   \
    "<w:sz w:val=\"40\"/></w:rPr></w:style>"
#define NORMAL(size)                                                                               \
    "<w:pPr><w:jc w:val=\"left\"/></w:pPr><w:rPr><w:sz w:val=\"" size "\"/></w:rPr>"

static const struct draw_text *in_styled_table(const char *styles, const char *para,
                                               const char *setting) {
    begin(pool_printf(pool,
                      TBL("<w:tblStyle w:val=\"Bang\"/><w:tblLayout w:type=\"fixed\"/>",
                          TR(TC("<w:tcW w:w=\"3000\" w:type=\"dxa\"/>", "%s"))) "<w:p/>" SECT(""),
                      para));
    docx_part(package, "word/styles.xml", "w:styles", styles);
    docx_part(package, "word/settings.xml", "w:settings", setting);
    print_package();
    return printed("a");
}

#define OVERRIDE                                                                                   \
    "<w:compat><w:compatSetting w:name=\"overrideTableStyleFontSizeAndJustification\" "            \
    "w:val=\"1\"/></w:compat>"

static void a_normal_style_of_12_pt_gives_way_to_a_table_style_in_old_documents(void) {
    static const char twelve[] = TABLE_STYLES(NORMAL("24")), other[] = TABLE_STYLES(NORMAL("22"));
    const struct draw_text *text = in_styled_table(twelve, P(T("a")), "");
    CHECK_INT(text->size, 20000);
    CHECK(text->x > TEXT_LEFT + 7000); /* set right */
    text = in_styled_table(twelve, PP("<w:pStyle w:val=\"Con\"/>", T("a")), "");
    CHECK_INT(text->size, 20000);
    text = in_styled_table(twelve, P(T("a")), OVERRIDE);
    CHECK_INT(text->size, 12000);
    CHECK_NEAR(text->x, TEXT_LEFT, 10);
    CHECK_INT(in_styled_table(other, P(T("a")), "")->size, 11000);
    CHECK_INT(in_styled_table(twelve,
                              PP("", "<w:r><w:rPr><w:sz w:val=\"24\"/></w:rPr><w:t>a</w:t>"
                                     "</w:r>"),
                              "")
                  ->size,
              12000);
}

/* ---- settings that move text ---- */

static void a_hanging_indent_may_be_no_tab_stop(void) {
    static const char body[] = PP("<w:ind w:left=\"1200\" w:hanging=\"1200\"/>",
                                  T("-") "<w:r><w:tab/></w:r>" T("b")) SECT("");
    print_compat(body, "");
    CHECK_NEAR(nth_draw(0, DRAW_TEXT, 0)->as.text.glyphs[2].x, 60000, 10);
    print_compat(body, "<w:noTabHangInd/>");
    CHECK_NEAR(nth_draw(0, DRAW_TEXT, 0)->as.text.glyphs[2].x, 36000, 10);
}

static void raised_letters_may_leave_the_line_as_it_is(void) {
    static const char body[] = P(T("a")) P("<w:r><w:rPr><w:position w:val=\"20\"/></w:rPr><w:t>x"
                                           "</w:t></w:r>" T("b")) SECT("");
    print_compat(body, "");
    CHECK_NEAR(pitch(), 16098 + 10000, 20);
    print_compat(body, "<w:noSpaceRaiseLower/>");
    CHECK_NEAR(pitch(), 16098, 10);
}

static void columns_may_be_left_unbalanced(void) {
    static const char body[] = P(T("a")) PP(SECT("<w:cols w:num=\"2\"/>"), T("b")) P(T("c"))
        SECT("<w:type w:val=\"continuous\"/>");
    print_compat(body, "");
    CHECK(printed("b")->y == printed("a")->y);
    print_compat(body, "<w:noColumnBalance/>");
    CHECK_NEAR(pitch(), 16098, 10);
}

static void lines_in_cells_snap_to_the_grid_only_on_demand(void) {
    static const char body[] =
        TBL("", TR(TC("", P(T("a")) P(T("b"))))) "<w:p/>" SECT("<w:docGrid w:type=\"lines\" "
                                                               "w:linePitch=\"500\"/>");
    print_compat(body, "");
    CHECK_NEAR(pitch(), 16098, 10);
    print_compat(body, "<w:adjustLineHeightInTable/>");
    CHECK_NEAR(pitch(), 25000, 10);
}

static void the_gutter_stands_where_the_document_binds(void) {
    static const char body[] = PP("<w:jc w:val=\"right\"/>", T("b"))
        P(T("a")) "<w:sectPr>%s<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" "
                  "w:right=\"1134\" w:bottom=\"1134\" w:left=\"1701\" w:gutter=\"400\"/>"
                  "</w:sectPr>";
    begin(pool_printf(pool, body, ""));
    print_package();
    CHECK_INT(printed("a")->x, TEXT_LEFT + 20000);
    mpt right = printed("b")->x, top = printed("b")->y;
    begin(pool_printf(pool, body, ""));
    docx_part(package, "word/settings.xml", "w:settings", "<w:gutterAtTop/>");
    print_package();
    CHECK(quiet());
    CHECK_INT(printed("a")->x, TEXT_LEFT);
    CHECK_INT(printed("b")->y, top + 20000);
    begin(pool_printf(pool, body, "<w:rtlGutter/>"));
    print_package();
    CHECK(quiet());
    CHECK_INT(printed("a")->x, TEXT_LEFT);
    CHECK_INT(printed("b")->x, right - 20000);
}

int main(void) {
    page_tests_begin();
    RUN(lines_without_leading_are_as_high_as_their_letters);
    RUN(automatic_spacing_may_be_fixed);
    RUN(spacing_before_after_a_page_break_is_dropped_from_mode_15_on);
    RUN(a_paragraph_that_begins_with_a_page_break_begins_overleaf);
    RUN(a_table_hangs_out_by_its_cell_margin_below_mode_15);
    RUN(a_normal_style_of_12_pt_gives_way_to_a_table_style_in_old_documents);
    RUN(a_hanging_indent_may_be_no_tab_stop);
    RUN(raised_letters_may_leave_the_line_as_it_is);
    RUN(columns_may_be_left_unbalanced);
    RUN(lines_in_cells_snap_to_the_grid_only_on_demand);
    RUN(the_gutter_stands_where_the_document_binds);
    page_tests_end();
    return CHECK_RESULT();
}
