/* Text frames from the file to the page: drop caps, frames as large as their text, text around; and
 * text boxes that share a story. */
#include "page_help.h"

#define FRAMED(attributes, ppr, inner) PP("<w:framePr " attributes "/>" ppr, inner)
#define AT_TEXT "w:vAnchor=\"text\" w:hAnchor=\"text\" "
#define WORDS                                                                                                                 \
    "Thông báo lịch làm việc của Ủy ban nhân dân xã trong tháng 12 và đề nghị các đơn vị biết, "  \
    "phối hợp thực hiện theo đúng thời gian đã định. Thông báo lịch làm việc của xã trong tháng " \
    "này và đề nghị các đơn vị biết, phối hợp thực hiện theo đúng thời gian đã định từ trước."
#define BIG(letter) "<w:r><w:rPr><w:sz w:val=\"116\"/></w:rPr><w:t>" letter "</w:t></w:r>"
#define THREE_LINES "<w:spacing w:line=\"966\" w:lineRule=\"exact\"/>"

/* Left ends of the text draws after the first `skip`, in order, as long as one line each. */
static mpt left_of_line(size_t n) {
    mpt y = -1;
    const struct draw *d;
    VEC_EACH (d, &pages->at.at[0].draws) {
        if (d->kind != DRAW_TEXT || d->as.text.size != 14000 || d->as.text.y == y)
            continue;
        y = d->as.text.y;
        if (n-- == 0)
            return d->as.text.x;
    }
    CHECK(!"the line is there");
    return 0;
}

static void a_drop_cap_stands_in_its_lines(void) {
    print_body(FRAMED("w:dropCap=\"drop\" w:lines=\"3\" w:wrap=\"around\" " AT_TEXT, THREE_LINES,
                      BIG("Q")) P(T(WORDS)) SECT(""));
    CHECK(quiet());
    CHECK_NEAR(printed("Q")->x, TEXT_LEFT, 0);
    CHECK_INT(printed("Q")->size, 58000);
    for (size_t i = 0; i < 3; i++)
        CHECK_NEAR(left_of_line(i), TEXT_LEFT + 41889, 100); /* the letter's advance */
    CHECK_NEAR(left_of_line(3), TEXT_LEFT, 0);
}

static void a_drop_cap_may_stand_in_the_margin(void) {
    print_body(FRAMED("w:dropCap=\"margin\" w:lines=\"3\" w:wrap=\"around\" w:vAnchor=\"text\" "
                      "w:hAnchor=\"page\"",
                      THREE_LINES, BIG("Q")) P(T(WORDS)) SECT(""));
    CHECK(quiet());
    CHECK_NEAR(printed("Q")->x, TEXT_LEFT - 41889, 100);
    CHECK_NEAR(left_of_line(0), TEXT_LEFT, 0);
}

static void a_frame_without_a_width_is_as_wide_as_its_text(void) {
    print_body(FRAMED("w:wrap=\"around\" w:vAnchor=\"text\" w:hAnchor=\"margin\" "
                      "w:xAlign=\"right\" w:y=\"1\"",
                      "", T("khung")) P(T(WORDS)) SECT(""));
    const struct draw_text *frame = printed("khung"), *text = printed("Thông");
    CHECK(frame->x > TEXT_RIGHT - 40000 && frame->x < TEXT_RIGHT - 30000);
    CHECK(frame->y - text->y < 1000); /* beside it */
    CHECK(text->glyphs[text->n - 1].x + text->x < frame->x);
}

static void a_frame_grows_with_its_text_unless_it_is_exact(void) {
#define TALL(rule)                                                                                 \
    FRAMED("w:w=\"3000\" w:h=\"400\" w:hRule=\"" rule "\" w:wrap=\"notBeside\" " AT_TEXT           \
           "w:xAlign=\"left\" w:y=\"1\"",                                                          \
           "", T("khung"))                                                                         \
    FRAMED("w:w=\"3000\" w:h=\"400\" w:hRule=\"" rule "\" w:wrap=\"notBeside\" " AT_TEXT           \
           "w:xAlign=\"left\" w:y=\"1\"",                                                          \
           "", T("hai"))                                                                           \
    P(T("sau")) SECT("")
    print_body(TALL("atLeast"));
    CHECK_NEAR(printed("sau")->y - printed("khung")->y, 2 * 16100, 200);
    print_body(TALL("exact"));
    CHECK_NEAR(printed("sau")->y - printed("khung")->y, 20000, 200);
}

static void a_place_down_without_an_anchor_is_in_the_margins(void) {
    static const char frame[] = PP("<w:framePr w:w=\"3000\" w:wrap=\"around\" %s/>", T("khung"));
    static const char body[] = P(T("x")) P(T("y")) "%s" P(T("sau")) SECT("");
    static const struct {
        const char *said;
        mpt y;
    } cases[] = {{"w:y=\"400\"", TEXT_TOP + 20000 + 13070},
                 {"w:yAlign=\"bottom\"", 841900 - 56700 - 16100 + 13070},
                 {"", TEXT_TOP + 2 * 16100 + 13070}};
    for (size_t i = 0; i < 3; i++) {
        print_body(pool_printf(pool, body, pool_printf(pool, frame, cases[i].said)));
        CHECK_NEAR(printed("khung")->y, cases[i].y, 100);
    }
}

static void a_style_may_make_frames_and_a_paragraph_change_them(void) {
    begin(PP("<w:pStyle w:val=\"F\"/><w:framePr w:x=\"2000\"/>", T("một")) PP(
        "<w:pStyle w:val=\"F\"/><w:framePr w:x=\"4000\"/>", T("hai")) P(T("sau")) SECT(""));
    docx_part(package, "word/styles.xml", "w:styles",
              STYLES("<w:style w:type=\"paragraph\" w:styleId=\"B\"><w:name w:val=\"b\"/><w:pPr>"
                     "<w:framePr w:w=\"2000\" w:hAnchor=\"page\" w:xAlign=\"left\" "
                     "w:yAlign=\"top\"/></w:pPr></w:style>"
                     "<w:style w:type=\"paragraph\" w:styleId=\"F\"><w:name w:val=\"f\"/>"
                     "<w:basedOn w:val=\"B\"/><w:pPr><w:framePr w:vAnchor=\"page\" w:y=\"6000\"/>"
                     "</w:pPr></w:style>"));
    print_package();
    CHECK_NEAR(printed("một")->x, 100000, 100);
    CHECK_NEAR(printed("một")->y, 300000 + 13070, 100);
    CHECK_NEAR(printed("hai")->x, 200000, 100);
    CHECK_NEAR(printed("hai")->y, 300000 + 13070, 100);
    CHECK_NEAR(printed("sau")->y, TEXT_TOP + 13070, 100);
}

static void lines_of_a_frame_may_run_up_or_down(void) {
#define UPRIGHT(size, direction)                                                                   \
    FRAMED(size                                                                                    \
           " w:wrap=\"around\" w:hAnchor=\"page\" w:x=\"2000\" w:vAnchor=\"page\" w:y=\"2000\"",   \
           "<w:textDirection w:val=\"" direction "\"/>", T("dọc"))                                 \
    P(T("sau")) SECT("")
    print_body(UPRIGHT("w:w=\"800\" w:h=\"6000\"", "btLr"));
    CHECK(quiet());
    const struct draw *d;
    int turns = 0;
    VEC_EACH (d, &pages->at.at[0].draws) {
        if (d->kind != DRAW_TURN)
            continue;
        turns++;
        CHECK(d->as.turn.m[0] == 0 && d->as.turn.m[1] < 0); /* to the left */
    }
    CHECK_INT(turns, 1);
    print_body(UPRIGHT("w:w=\"800\"", "btLr"));
    CHECK(said("w:textDirection"));
}

static void paragraphs_of_cells_are_no_frames(void) {
#define PLACED                                                                                     \
    FRAMED("w:hSpace=\"141\" w:vAnchor=\"page\" w:hAnchor=\"margin\" w:y=\"9000\"", "", T("ô"))
    print_body(
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"3000\"/></w:tblGrid><w:tr><w:tc>" PLACED P(
            T("sau")) "</w:tc></w:tr></w:tbl>" P("") SECT(""));
    CHECK_NEAR(printed("ô")->y, TEXT_TOP + 13070, 100);
    CHECK_NEAR(printed("sau")->y, TEXT_TOP + 16100 + 13070, 100);
}

static void a_frame_at_the_end_keeps_its_place(void) {
    print_body(P(T("x")) FRAMED("w:w=\"2000\" w:hAnchor=\"page\" w:x=\"2000\" w:vAnchor=\"page\" "
                                "w:y=\"6000\"",
                                "", T("khung")) SECT(""));
    CHECK_NEAR(printed("khung")->x, 100000, 100);
    CHECK_NEAR(printed("khung")->y, 300000 + 13070, 100);
}

static void text_runs_through_frames_that_it_is_not_to_wrap_around(void) {
#define OVER(wrap)                                                                                 \
    FRAMED("w:w=\"3000\" w:h=\"1000\" w:hRule=\"exact\" w:wrap=\"" wrap                            \
           "\" w:vAnchor=\"page\" w:hAnchor=\"page\" w:x=\"1800\" w:y=\"1134\"",                   \
           "", T("khung"))                                                                         \
    P(T("than")) SECT("")
    static const char *const through[] = {OVER("none"), OVER("through")};
    for (int i = 0; i < 2; i++) {
        print_body(through[i]);
        CHECK_NEAR(printed("than")->y, TEXT_TOP + 13070, 20);
        CHECK_INT(printed("than")->x, TEXT_LEFT);
    }
    print_body(OVER("notBeside"));
    CHECK_NEAR(printed("than")->y, TEXT_TOP + 50000 + 13070, 300);
}

static void frames_of_a_header_move_its_text_only_sideways(void) {
    begin(P(T("than")) SECT("<w:headerReference w:type=\"default\" r:id=\"h1\"/>"));
    docx_part(package, "word/styles.xml", "w:styles", STYLES(""));
    docx_part(package, "word/header1.xml", "w:hdr",
              FRAMED("w:wrap=\"around\" w:vAnchor=\"text\" w:hAnchor=\"margin\" "
                     "w:xAlign=\"center\" w:y=\"1\"",
                     "", FIELD(" PAGE ", T("9"))) P(""));
    print_package();
    CHECK_NEAR(printed("1")->x + 3500, (TEXT_LEFT + TEXT_RIGHT) / 2, 50);
    CHECK_NEAR(printed("than")->y, TEXT_TOP + 13070, 20);
}

/* 36 pt high: two lines; `x` in EMU from the column. */
#define BOX(x, story)                                                                              \
    P("<w:r><w:drawing><wp:anchor><wp:positionH relativeFrom=\"column\"><wp:posOffset>" x          \
      "</wp:posOffset></wp:positionH><wp:positionV relativeFrom=\"page\"><wp:posOffset>2540000"    \
      "</wp:posOffset></wp:positionV><wp:extent cx=\"1016000\" cy=\"457200\"/><a:graphic>"         \
      "<a:graphicData><wps:wsp><wps:spPr><a:prstGeom prst=\"rect\"/></wps:spPr>" story             \
      "<wps:bodyPr lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\"/></wps:wsp></a:graphicData>"        \
      "</a:graphic></wp:anchor></w:drawing></w:r>")
#define FIRST(id, lines)                                                                           \
    "<wps:txbx id=\"" id "\"><w:txbxContent>" lines "</w:txbxContent></wps:txbx>"
#define MORE(id, seq) "<wps:linkedTxbx id=\"" id "\" seq=\"" seq "\"/>"

static void boxes_share_a_story_in_its_order_wherever_they_come_in_the_document(void) {
    print_body(BOX("2540000", MORE("3", "2")) BOX("1270000", MORE("3", "1")) BOX(
        "0", FIRST("3", P(T("mot")) P(T("hai")) P(T("ba")) P(T("bon")) P(T("nam")))) SECT(""));
    CHECK_INT(printed("mot")->x, TEXT_LEFT);
    CHECK_INT(printed("hai")->x, TEXT_LEFT);
    CHECK_INT(printed("ba")->x, TEXT_LEFT + 100000);
    CHECK_INT(printed("ba")->y, printed("mot")->y);
    CHECK_INT(printed("bon")->x, TEXT_LEFT + 100000);
    CHECK_INT(printed("nam")->x, TEXT_LEFT + 200000);
    CHECK_INT(printed("nam")->y, printed("mot")->y);
    CHECK(quiet());
}

static void a_box_that_no_story_comes_to_is_named(void) {
    print_body(BOX("0", MORE("3", "1")) BOX("1270000", FIRST("4", P(T("mot")))) SECT(""));
    CHECK(said("linkedTxbx"));
    CHECK_INT(printed("mot")->x, TEXT_LEFT + 100000);
}

/* It would have to be open before it is. */
static void a_box_in_its_own_story_ends(void) {
    print_body(BOX("0", FIRST("3", BOX("1270000", MORE("3", "1")) P(T("hai")) P(T("ba"))))
                   SECT(""));
    CHECK_INT(printed("hai")->x, TEXT_LEFT);
}

int main(void) {
    page_tests_begin();
    RUN(a_drop_cap_stands_in_its_lines);
    RUN(a_drop_cap_may_stand_in_the_margin);
    RUN(a_frame_without_a_width_is_as_wide_as_its_text);
    RUN(a_frame_grows_with_its_text_unless_it_is_exact);
    RUN(a_place_down_without_an_anchor_is_in_the_margins);
    RUN(a_style_may_make_frames_and_a_paragraph_change_them);
    RUN(lines_of_a_frame_may_run_up_or_down);
    RUN(paragraphs_of_cells_are_no_frames);
    RUN(a_frame_at_the_end_keeps_its_place);
    RUN(text_runs_through_frames_that_it_is_not_to_wrap_around);
    RUN(frames_of_a_header_move_its_text_only_sideways);
    RUN(boxes_share_a_story_in_its_order_wherever_they_come_in_the_document);
    RUN(a_box_that_no_story_comes_to_is_named);
    RUN(a_box_in_its_own_story_ends);
    page_tests_end();
    return CHECK_RESULT();
}
