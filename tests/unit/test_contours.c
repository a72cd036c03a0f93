/* Text along the outlines of drawings, from the file to the page. */
#include "page_help.h"

#define WORDS                                                                                      \
    "a b c d e f g h i k l m n o p q r s t u v x y a b c d e f g h i k l m n o p q r s t u v x y " \
    "a b c d e f g h i k l m n o p q r s t u v x y a b c d e f g h i k l m n o p q r s t u v x y "
#define LONG T(WORDS) T(WORDS) T(WORDS) T(WORDS) T(WORDS) T(WORDS)
#define START(x, y) "<wp:start x=\"" x "\" y=\"" y "\"/>"
#define TO(x, y) "<wp:lineTo x=\"" x "\" y=\"" y "\"/>"
#define POLYGON(points) "<wp:wrapPolygon edited=\"1\">" points "</wp:wrapPolygon>"
#define TIGHT(more, points) "<wp:wrapTight " more ">" POLYGON(points) "</wp:wrapTight>"
#define THROUGH(more, points) "<wp:wrapThrough " more ">" POLYGON(points) "</wp:wrapThrough>"

/* 200 pt high and wide, `x` EMU from the column; 9 pt beside it are kept free. */
#define DRAWN_AT(across, down, xfrm, wrap)                                                         \
    "<w:r><w:drawing><wp:anchor distT=\"0\" distB=\"0\" distL=\"114300\" distR=\"114300\">"        \
    "<wp:positionH relativeFrom=\"column\"><wp:posOffset>" across "</wp:posOffset>"                \
    "</wp:positionH><wp:positionV " down "</wp:posOffset></wp:positionV>"                          \
    "<wp:extent cx=\"2540000\" cy=\"2540000\"/>" wrap "<a:graphic><a:graphicData><wps:wsp>"        \
    "<wps:spPr>" xfrm "<a:prstGeom prst=\"rect\"/></wps:spPr></wps:wsp></a:graphicData>"           \
    "</a:graphic></wp:anchor></w:drawing></w:r>"
#define HERE "relativeFrom=\"paragraph\"><wp:posOffset>0"
#define DRAWING(x, wrap) DRAWN_AT(x, HERE, "", wrap)

enum { LINE = 16100, SIZE = 200000, APART = 9000 };

/* From the upper left corner down to the lower right one, and back along the bottom. */
#define SLOPE START("0", "0") TO("21600", "21600") TO("0", "21600") TO("0", "0")
#define BOX START("0", "0") TO("0", "21600") TO("21600", "21600") TO("21600", "0") TO("0", "0")
/* 40 pt of walls at the sides and the bottom. */
#define CUP                                                                                        \
    START("0", "0")                                                                                \
    TO("0", "21600")                                                                               \
    TO("21600", "21600")                                                                           \
    TO("21600", "0") TO("17280", "0") TO("17280", "17280") TO("4320", "17280") TO("4320", "0")

/* How many texts begin at `x`, to a tenth of a point. */
static size_t texts_at(mpt x) {
    size_t n = 0;
    const struct draw *d;
    VEC_EACH (d, &pages->at.at[0].draws)
        n += d->kind == DRAW_TEXT && d->as.text.x > x - 100 && d->as.text.x < x + 100;
    return n;
}

static const struct draw_text *nth_text(size_t n) {
    return &nth_draw(0, DRAW_TEXT, n)->as.text;
}

static mpt end_of(const struct draw_text *t) {
    return t->n ? t->x + t->glyphs[t->n - 1].x : t->x;
}

static void lines_follow_a_tight_outline_at_its_distance(void) {
    print_body(P(DRAWING("0", TIGHT("wrapText=\"bothSides\"", SLOPE)) LONG) SECT(""));
    for (size_t i = 0; i < 12; i++)
        CHECK_NEAR(nth_text(i)->x, TEXT_LEFT + (mpt)(i + 1) * LINE + APART, 50);
    CHECK_NEAR(nth_text(12)->x, TEXT_LEFT + SIZE + APART, 50);
    CHECK_NEAR(nth_text(13)->x, TEXT_LEFT, 0);
}

static const char *page_dump(void) {
    struct buf out = {0};
    pages_dump(pages, &out);
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

static void an_outline_that_is_the_box_changes_nothing(void) {
    print_body(P(DRAWING("0", "<wp:wrapSquare wrapText=\"bothSides\"/>") LONG) SECT(""));
    size_t n = texts_at(TEXT_LEFT + SIZE + APART);
    char *square = strdup(page_dump());
    CHECK_INT(n, 13);
    print_body(P(DRAWING("0", TIGHT("wrapText=\"bothSides\"", BOX)) LONG) SECT(""));
    CHECK_STR(page_dump(), square);
    print_body(P(DRAWING("0", THROUGH("", BOX)) LONG) SECT(""));
    CHECK_STR(page_dump(), square);
    print_body(P(DRAWING("0", "<wp:wrapTight wrapText=\"bothSides\"/>") LONG) SECT(""));
    CHECK_STR(page_dump(), square);
    free(square);
}

static void an_outline_turns_and_is_mirrored_with_its_drawing(void) {
    /* upside down: its right edge comes back to the left as lines go down */
    print_body(P(DRAWN_AT("0", HERE, "<a:xfrm rot=\"10800000\"/>",
                          TIGHT("wrapText=\"right\"", SLOPE)) LONG) SECT(""));
    CHECK_NEAR(nth_text(0)->x, TEXT_LEFT + SIZE + APART, 50);
    CHECK_NEAR(nth_text(5)->x, TEXT_LEFT + SIZE + APART, 50);
    print_body(P(DRAWN_AT("0", HERE, "<a:xfrm flipV=\"1\"/>", TIGHT("", SLOPE)) LONG) SECT(""));
    CHECK_NEAR(nth_text(0)->x, TEXT_LEFT + SIZE + APART, 50);
    CHECK_NEAR(nth_text(5)->x, TEXT_LEFT + SIZE - 5 * LINE + APART, 50);
    /* a quarter to the right: the slope goes from the upper right corner to the lower left */
    print_body(P(DRAWN_AT("0", HERE, "<a:xfrm rot=\"5400000\"/>", TIGHT("", SLOPE)) LONG) SECT(""));
    CHECK_NEAR(nth_text(0)->x, TEXT_LEFT + SIZE + APART, 50);
    CHECK_NEAR(nth_text(5)->x, TEXT_LEFT + SIZE - 5 * LINE + APART, 50);
}

static void text_goes_through_an_outline_but_not_when_it_is_tight(void) {
    mpt inside = TEXT_LEFT + 40000 + APART, beside = TEXT_LEFT + SIZE + APART;
    print_body(P(DRAWING("0", THROUGH("wrapText=\"bothSides\"", CUP)) LONG) SECT(""));
    CHECK_INT(texts_at(inside), 9); /* 160 pt are nine whole lines */
    CHECK_INT(texts_at(beside), 13);
    CHECK_INT(nth_text(0)->y, nth_text(1)->y);
    CHECK(end_of(nth_text(0)) <= TEXT_LEFT + 160000 - APART);
    print_body(P(DRAWING("0", TIGHT("wrapText=\"bothSides\"", CUP)) LONG) SECT(""));
    CHECK_INT(texts_at(inside), 0);
    CHECK_INT(texts_at(beside), 13);
    print_body(P(DRAWING("0", THROUGH("wrapText=\"right\"", CUP)) LONG) SECT(""));
    CHECK_INT(texts_at(inside), 0);
    CHECK_INT(texts_at(beside), 13);
}

static void text_stands_on_the_sides_it_is_told_to(void) {
    print_body(P(DRAWING("1270000", TIGHT("wrapText=\"bothSides\"", SLOPE)) LONG) SECT(""));
    CHECK_INT(nth_text(0)->y, nth_text(1)->y);
    CHECK(end_of(nth_text(0)) <= TEXT_LEFT + 100000 - APART);
    CHECK_NEAR(nth_text(1)->x, TEXT_LEFT + 100000 + LINE + APART, 50);
    print_body(P(DRAWING("1270000", TIGHT("wrapText=\"left\"", SLOPE)) LONG) SECT(""));
    CHECK(nth_text(0)->y < nth_text(1)->y);
    CHECK(end_of(nth_text(0)) <= TEXT_LEFT + 100000 - APART);
    print_body(P(DRAWING("1270000", TIGHT("wrapText=\"largest\"", SLOPE)) LONG) SECT(""));
    CHECK_NEAR(nth_text(0)->x, TEXT_LEFT + 100000 + LINE + APART, 50);
    CHECK_NEAR(nth_text(1)->x, TEXT_LEFT + 100000 + 2 * LINE + APART, 50);
}

static void an_outline_on_the_page_is_followed_too(void) {
    print_body(P(DRAWN_AT("0", "relativeFrom=\"margin\"><wp:posOffset>0", "", TIGHT("", SLOPE))
                     LONG) SECT(""));
    for (size_t i = 0; i < 6; i++)
        CHECK_NEAR(nth_text(i)->x, TEXT_LEFT + (mpt)(i + 1) * LINE + APART, 50);
}

static void an_outline_is_followed_in_columns_and_headers(void) {
    print_body(P(DRAWING("0", TIGHT("", START("0", "0") TO("5400", "21600") TO("0", "21600"))) LONG)
                   SECT("<w:cols w:num=\"2\" w:space=\"720\"/>"));
    CHECK_NEAR(nth_text(3)->x, TEXT_LEFT + LINE + APART, 50); /* a quarter of the height */
    begin(P(T("than")) SECT("<w:headerReference w:type=\"default\" r:id=\"h1\"/>"));
    docx_part(package, "word/styles.xml", "w:styles", STYLES(""));
    docx_part(package, "word/header1.xml", "w:hdr", P(DRAWING("0", TIGHT("", SLOPE)) LONG));
    print_package();
    CHECK_NEAR(nth_text(4)->x, TEXT_LEFT + 5 * LINE + APART, 50);
}

#define VML(attributes, type)                                                                      \
    "<w:r><w:pict><v:shape style=\"position:absolute;margin-left:0;margin-top:0;width:200pt;"      \
    "height:200pt\" " attributes "><w10:wrap type=\"" type "\"/></v:shape></w:pict></w:r>"

static void the_outline_of_a_vml_shape_is_followed(void) {
    print_body(P(VML("wrapcoords=\"0 0 21600 21600 0 21600 0 0\"", "tight") LONG) SECT(""));
    CHECK_NEAR(nth_text(4)->x, TEXT_LEFT + 5 * LINE + APART, 50);
    print_body(P(VML("coordsize=\"1000,500\" wrapcoords=\"0,0,1000,500,0,500\"", "through") LONG)
                   SECT(""));
    CHECK_NEAR(nth_text(4)->x, TEXT_LEFT + 5 * LINE + APART, 50);
    print_body(P(VML("wrapcoords=\"0 0 21600 21600 0 21600 0 0\"", "square") LONG) SECT(""));
    CHECK_NEAR(nth_text(4)->x, TEXT_LEFT + SIZE + APART, 50);
}

/* Two boxes of 20 pt at the ends of a group of 200. */
#define MEMBER(x)                                                                                  \
    "<wps:wsp><wps:spPr><a:xfrm><a:off x=\"" x "\" y=\"0\"/><a:ext cx=\"254000\" cy=\"254000\"/>"  \
    "</a:xfrm><a:prstGeom prst=\"rect\"/></wps:spPr></wps:wsp>"

static void text_keeps_clear_of_a_group_as_a_whole(void) {
    print_body(
        P("<w:r><w:drawing><wp:anchor><wp:positionH relativeFrom=\"column\"><wp:posOffset>0"
          "</wp:posOffset></wp:positionH><wp:positionV " HERE "</wp:posOffset></wp:positionV>"
          "<wp:extent cx=\"2540000\" cy=\"2540000\"/><wp:wrapSquare wrapText=\"bothSides\"/>"
          "<a:graphic><a:graphicData><wpg:wgp><wpg:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/>"
          "<a:ext cx=\"2540000\" cy=\"2540000\"/><a:chOff x=\"0\" y=\"0\"/>"
          "<a:chExt cx=\"2540000\" cy=\"2540000\"/></a:xfrm></wpg:grpSpPr>" MEMBER("0")
              MEMBER("2286000") "</wpg:wgp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
                                "</w:r>" LONG) SECT(""));
    CHECK_INT(texts_at(TEXT_LEFT + SIZE), 13);
    CHECK_NEAR(nth_text(0)->x, TEXT_LEFT + SIZE, 50);
}

static void impossible_outlines_end_and_lose_nothing(void) {
    struct buf body = {0};
    buf_puts(&body, "<w:p><w:r><w:drawing><wp:anchor><wp:positionH relativeFrom=\"column\">"
                    "<wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV " HERE
                    "</wp:posOffset></wp:positionV><wp:extent cx=\"2540000\" cy=\"2540000\"/>"
                    "<wp:wrapThrough><wp:wrapPolygon>" START("99999999999999999999", "-1"));
    for (int i = 0; i < 3000; i++)
        buf_printf(&body, "<wp:lineTo x=\"%d\" y=\"%d\"/>", i * 7919 % 90000 - 30000,
                   i * 104729 % 90000 - 30000);
    buf_puts(&body, "</wp:wrapPolygon></wp:wrapThrough><a:graphic><a:graphicData><wps:wsp>"
                    "<wps:spPr><a:prstGeom prst=\"rect\"/></wps:spPr></wps:wsp></a:graphicData>"
                    "</a:graphic></wp:anchor></w:drawing></w:r>" LONG T("het") "</w:p>" SECT(""));
    print_body(buf_text(&body));
    buf_free(&body);
    CHECK(pages->at.n > 0 && strstr(page_text(pages->at.n - 1), "het"));
    print_body(P(DRAWING("0", TIGHT("", START("0", "0") TO("0", "9"))) DRAWING(
        "0", TIGHT("", START("5", "5") TO("5", "5") TO("9", "5"))) T("het")) SECT(""));
    CHECK(strstr(page_text(0), "het"));
}

int main(void) {
    page_tests_begin();
    RUN(lines_follow_a_tight_outline_at_its_distance);
    RUN(an_outline_that_is_the_box_changes_nothing);
    RUN(an_outline_turns_and_is_mirrored_with_its_drawing);
    RUN(text_goes_through_an_outline_but_not_when_it_is_tight);
    RUN(text_stands_on_the_sides_it_is_told_to);
    RUN(an_outline_on_the_page_is_followed_too);
    RUN(an_outline_is_followed_in_columns_and_headers);
    RUN(the_outline_of_a_vml_shape_is_followed);
    RUN(text_keeps_clear_of_a_group_as_a_whole);
    RUN(impossible_outlines_end_and_lose_nothing);
    page_tests_end();
    return CHECK_RESULT();
}
