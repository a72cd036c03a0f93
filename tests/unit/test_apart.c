/* Objects that may not overlap others, from the file to the page. */
#include "page_help.h"

/* Red, `size` EMU wide, 50 pt high, 20 pt below the first paragraph's top, `x` EMU from the column.
 */
#define DRAWING(attributes, x, size, wrap, inner)                                                  \
    "<w:r><w:drawing><wp:anchor " attributes "><wp:positionH relativeFrom=\"column\">"             \
    "<wp:posOffset>" x "</wp:posOffset></wp:positionH><wp:positionV relativeFrom=\"paragraph\">"   \
    "<wp:posOffset>254000</wp:posOffset></wp:positionV><wp:extent cx=\"" size "\" cy=\"635000\"/>" \
    "<wp:wrap" wrap "/><a:graphic><a:graphicData>" inner "</a:graphicData></a:graphic>"            \
    "</wp:anchor></w:drawing></w:r>"
#define RED                                                                                        \
    "<wps:wsp><wps:spPr><a:prstGeom prst=\"rect\"/><a:solidFill><a:srgbClr val=\"FF0000\"/>"       \
    "</a:solidFill></wps:spPr></wps:wsp>"
#define SQUARE "Square wrapText=\"bothSides\""
#define NARROW "1270000" /* 100 pt */
#define WIDE "3810000"   /* 300 pt */
#define WORDS                                                                                      \
    "a b c d e f g h i k l m n o p q r s t u v x y a b c d e f g h i k l m n o p q r s t u v x y " \
    "a b c d e f g h i k l m n o p q r s t u v x y a b c d e f g h i k l m n o p q r s t u v x y "

enum { DOWN = 20000, HIGH = 50000 };

static void stands(size_t n, mpt x, mpt y) {
    const struct draw_rect *r = &nth_draw(0, DRAW_RECT, n)->as.rect;
    CHECK_NEAR(r->x, TEXT_LEFT + x, 50);
    CHECK_NEAR(r->y, TEXT_TOP + y, 50);
}

static void the_later_one_moves_to_the_right(void) {
    print_body(P(DRAWING("", "0", NARROW, SQUARE, RED)
                     DRAWING("allowOverlap=\"0\"", "635000", NARROW, SQUARE, RED)) SECT(""));
    stands(0, 0, DOWN);
    stands(1, 100000, DOWN);
    /* also where the first one is it that says so */
    print_body(P(DRAWING("allowOverlap=\"false\"", "0", NARROW, SQUARE, RED)
                     DRAWING("allowOverlap=\"1\"", "635000", NARROW, SQUARE, RED)) SECT(""));
    stands(1, 100000, DOWN);
}

static void it_goes_below_where_there_is_no_room(void) {
    print_body(P(DRAWING("", "0", WIDE, SQUARE, RED)
                     DRAWING("allowOverlap=\"0\"", "635000", WIDE, SQUARE, RED)) SECT(""));
    stands(1, 50000, DOWN + HIGH);
    print_body(P(DRAWING("", "0", NARROW, SQUARE, RED) DRAWING("", NARROW, WIDE, SQUARE, RED)
                     DRAWING("allowOverlap=\"0\"", "635000", NARROW, SQUARE, RED)) SECT(""));
    stands(2, 50000, DOWN + HIGH);
}

static void those_that_may_and_those_text_runs_over_stay(void) {
    print_body(P(DRAWING("allowOverlap=\"1\"", "0", NARROW, SQUARE, RED)
                     DRAWING("", "635000", NARROW, SQUARE, RED)) SECT(""));
    stands(1, 50000, DOWN);
    print_body(P(DRAWING("allowOverlap=\"0\"", "0", NARROW, "None", RED)
                     DRAWING("allowOverlap=\"0\"", "635000", NARROW, SQUARE, RED)
                         DRAWING("allowOverlap=\"0\"", "635000", NARROW, "None", RED)) SECT(""));
    stands(1, 50000, DOWN);
    stands(2, 50000, DOWN);
}

static void text_goes_around_where_it_moved_to(void) {
    print_body(P(DRAWING("", "0", NARROW, SQUARE, RED) DRAWING(
        "allowOverlap=\"0\"", "0", NARROW, SQUARE, RED) T(WORDS) T(WORDS) T(WORDS)) SECT(""));
    stands(1, 100000, DOWN);
    size_t beside = 0;
    const struct draw *d;
    VEC_EACH (d, &pages->at.at[0].draws) {
        bool low = d->kind == DRAW_TEXT && d->as.text.y - 13100 < TEXT_TOP + DOWN + HIGH &&
                   d->as.text.y + 3000 > TEXT_TOP + DOWN;
        CHECK(!low || d->as.text.x >= TEXT_LEFT + 200000);
        beside += low;
    }
    CHECK_INT(beside, 4);
}

#define MEMBER(x)                                                                                  \
    "<wps:wsp><wps:spPr><a:xfrm><a:off x=\"" x "\" y=\"0\"/><a:ext cx=\"254000\" cy=\"254000\"/>"  \
    "</a:xfrm><a:prstGeom prst=\"rect\"/><a:solidFill><a:srgbClr val=\"00FF00\"/></a:solidFill>"   \
    "</wps:spPr></wps:wsp>"
#define GROUP                                                                                      \
    "<wpg:wgp><wpg:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"1270000\" cy=\"635000\"/>"  \
    "<a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"1270000\" "                                           \
    "cy=\"635000\"/></a:xfrm></wpg:grpSpPr>" MEMBER("0") MEMBER("1016000") "</wpg:wgp>"

static void a_group_moves_as_a_whole(void) {
    print_body(P(DRAWING("", "0", NARROW, SQUARE, RED)
                     DRAWING("allowOverlap=\"0\"", "635000", NARROW, SQUARE, GROUP)) SECT(""));
    stands(1, 100000, DOWN);
    stands(2, 180000, DOWN);
}

#define VML(attributes, left)                                                                      \
    "<w:r><w:pict><v:rect style=\"position:absolute;margin-left:" left ";margin-top:20pt;"         \
    "width:100pt;height:50pt\" fillcolor=\"red\" stroked=\"f\" " attributes                        \
    "><w10:wrap type=\"square\"/></v:rect></w:pict></w:r>"

static void vml_says_it_too(void) {
    print_body(P(VML("", "0") VML("o:allowoverlap=\"f\"", "50pt")) SECT(""));
    stands(1, 100000, DOWN);
}

/* 100 pt wide, at the left margin and 20 pt below the upper one. */
#define FLOATING(more, text)                                                                       \
    "<w:tbl><w:tblPr><w:tblpPr w:vertAnchor=\"margin\" w:horzAnchor=\"margin\" w:tblpX=\"1\" "     \
    "w:tblpY=\"400\"/>" more "<w:tblW w:w=\"2000\" w:type=\"dxa\"/><w:tblLayout "                  \
    "w:type=\"fixed\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"2000\"/></w:tblGrid><w:tr><w:tc>"     \
    "<w:tcPr><w:tcW w:w=\"2000\" w:type=\"dxa\"/></w:tcPr><w:p><w:r><w:t>" text                    \
    "</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
#define NEVER "<w:tblOverlap w:val=\"never\"/>"

static void tables_keep_away_from_tables_alone(void) {
    print_body(FLOATING("", "mot") FLOATING("", "hai") P(T("sau")) SECT(""));
    CHECK_INT(printed("hai")->x, printed("mot")->x);
    CHECK_INT(printed("hai")->y, printed("mot")->y);
    print_body(FLOATING("", "mot") FLOATING(NEVER, "hai") P(T("sau")) SECT(""));
    CHECK_NEAR(printed("hai")->x, printed("mot")->x + 100000, 50);
    CHECK_INT(printed("hai")->y, printed("mot")->y);
    print_body(P(DRAWING("", "0", WIDE, SQUARE, RED)) FLOATING(NEVER, "hai") P(T("sau")) SECT(""));
    CHECK_NEAR(printed("hai")->x, TEXT_LEFT, 100);
}

static void any_number_of_them_ends(void) {
    struct buf body = {0};
    buf_puts(&body, "<w:p>");
    for (int i = 0; i < 300; i++)
        buf_puts(&body, DRAWING("allowOverlap=\"0\"", "0", NARROW, SQUARE, RED));
    buf_puts(&body, T("het") "</w:p>" SECT(""));
    print_body(buf_text(&body));
    buf_free(&body);
    CHECK(strstr(page_text(pages->at.n - 1), "het"));
}

int main(void) {
    page_tests_begin();
    RUN(the_later_one_moves_to_the_right);
    RUN(it_goes_below_where_there_is_no_room);
    RUN(those_that_may_and_those_text_runs_over_stay);
    RUN(text_goes_around_where_it_moved_to);
    RUN(a_group_moves_as_a_whole);
    RUN(vml_says_it_too);
    RUN(tables_keep_away_from_tables_alone);
    RUN(any_number_of_them_ends);
    page_tests_end();
    return CHECK_RESULT();
}
