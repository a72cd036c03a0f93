/* WordArt from the document to the page: words bent between guides or along one are areas, and stay
 * words that are found. */
#include "page_help.h"

/* A text box of 200 by 60 pt without insets, at the page's corner + 100 pt, bent. */
#define ART(prst, body)                                                                            \
    "<w:r><w:drawing><wp:anchor><wp:positionH relativeFrom=\"page\"><wp:posOffset>1270000"         \
    "</wp:posOffset></wp:positionH><wp:positionV relativeFrom=\"page\"><wp:posOffset>1270000"      \
    "</wp:posOffset></wp:positionV><wp:extent cx=\"2540000\" cy=\"762000\"/><a:graphic>"           \
    "<a:graphicData><wps:wsp><wps:spPr><a:prstGeom prst=\"rect\"/></wps:spPr><wps:txbx>"           \
    "<w:txbxContent>" body "</w:txbxContent></wps:txbx><wps:bodyPr lIns=\"0\" tIns=\"0\" "         \
    "rIns=\"0\" bIns=\"0\"><a:prstTxWarp prst=\"" prst "\"/></wps:bodyPr></wps:wsp>"               \
    "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
#define WORDS P(T("Chào mừng"))
#define CENTERED(text) PP("<w:jc w:val=\"center\"/>", T(text))
enum { LEFT = 100000, TOP = 100000, WIDE = 200000, HIGH = 60000 };

struct extent {
    int64_t low[2], high[2];
    size_t points;
};

/* Of the end points of all areas' steps between two x of the page. */
static struct extent extent_between(int64_t from, int64_t to) {
    struct extent e = {{INT64_MAX, INT64_MAX}, {INT64_MIN, INT64_MIN}, 0};
    const struct draw *d;
    VEC_EACH (d, &pages->at.at[0].draws)
        for (size_t i = 0; d->kind == DRAW_PATH && i < d->as.path.path->n; i++) {
            const struct path_step *step = &d->as.path.path->steps[i];
            int last = step->verb == PATH_CURVE ? 2 : 0;
            const int64_t p[2] = {(int64_t)d->as.path.x + step->x[last],
                                  (int64_t)d->as.path.y + step->y[last]};
            if (step->verb == PATH_CLOSE || p[0] < from || p[0] > to)
                continue;
            e.points++;
            for (int k = 0; k < 2; k++) {
                e.low[k] = p[k] < e.low[k] ? p[k] : e.low[k];
                e.high[k] = p[k] > e.high[k] ? p[k] : e.high[k];
            }
        }
    return e;
}

static struct extent whole_extent(void) {
    return extent_between(INT64_MIN, INT64_MAX);
}

static void plain_art_fills_its_box_from_edge_to_edge(void) {
    print_body(P(ART("textPlain", WORDS)));
    struct extent e = whole_extent();
    CHECK(quiet() && e.points > 100);
    CHECK_NEAR(e.low[0], LEFT, 300);
    CHECK_NEAR(e.high[0], LEFT + WIDE, 300);
    CHECK_NEAR(e.low[1], TOP, 300);
    CHECK_NEAR(e.high[1], TOP + HIGH, 300);
}

static void bent_words_are_found_where_they_are_seen(void) {
    print_body(P(ART("textWave1", WORDS) T("sau")));
    CHECK_STR(page_text(0), "sau|Chào mừng");
    const struct draw_text *words = printed("Chào");
    CHECK(words->unseen && !printed("sau")->unseen);
    CHECK_INT(draws_of(0, DRAW_PATH), 1);
    const struct draw *path = nth_draw(0, DRAW_PATH, 0);
    CHECK(path->as.path.path->winding && path->as.path.fill == 0 && path->tag == 0);
    const struct draw_turn *turn = &nth_draw(0, DRAW_TURN, 0)->as.turn;
    CHECK_INT(turn->x, LEFT + WIDE / 2);
    CHECK_INT(turn->y, TOP + HIGH / 2);
    VEC_EACH (path, &pages->at.at[0].draws)
        if (path->kind == DRAW_TEXT && path->as.text.unseen)
            CHECK(path->tag != 0);
}

static void letters_are_painted_in_their_own_colours(void) {
    print_body(P(ART("textInflate", P("<w:r><w:rPr><w:color w:val=\"FF0000\"/></w:rPr><w:t>A</w:t>"
                                      "</w:r><w:r><w:rPr><w:u w:val=\"single\"/></w:rPr><w:t>B"
                                      "</w:t></w:r>"))));
    CHECK_INT(draws_of(0, DRAW_PATH), 3); /* A, B and the line under it */
    CHECK_INT(nth_draw(0, DRAW_PATH, 0)->as.path.fill, 0xFF0000);
    CHECK_INT(nth_draw(0, DRAW_PATH, 1)->as.path.fill, 0);
    CHECK_INT(draws_of(0, DRAW_LINE), 0);
}

static void a_triangle_is_high_in_its_middle(void) {
    print_body(P(ART("textTriangle", P(T("HHHHHHHHH")))));
    struct extent side = extent_between(LEFT, LEFT + WIDE / 8);
    struct extent middle = extent_between(LEFT + WIDE * 7 / 16, LEFT + WIDE * 9 / 16);
    CHECK_NEAR(middle.low[1], TOP, 4000);
    CHECK(side.low[1] > TOP + HIGH * 3 / 8);
    CHECK_NEAR(side.high[1], TOP + HIGH, 300);
    CHECK_NEAR(middle.high[1], TOP + HIGH, 300);
}

/* Every name of 20.1.10.76 bends, and stays near the box: letters stand on a circle's outside. */
static void every_preset_bends_its_words(void) {
    static const char *const names[] = {"textPlain",          "textStop",
                                        "textTriangle",       "textTriangleInverted",
                                        "textChevron",        "textChevronInverted",
                                        "textRingInside",     "textRingOutside",
                                        "textArchUp",         "textArchDown",
                                        "textCircle",         "textButton",
                                        "textArchUpPour",     "textArchDownPour",
                                        "textCirclePour",     "textButtonPour",
                                        "textCurveUp",        "textCurveDown",
                                        "textCanUp",          "textCanDown",
                                        "textWave1",          "textWave2",
                                        "textDoubleWave1",    "textWave4",
                                        "textInflate",        "textDeflate",
                                        "textInflateBottom",  "textDeflateBottom",
                                        "textInflateTop",     "textDeflateTop",
                                        "textDeflateInflate", "textDeflateInflateDeflate",
                                        "textFadeRight",      "textFadeLeft",
                                        "textFadeUp",         "textFadeDown",
                                        "textSlantUp",        "textSlantDown",
                                        "textCascadeUp",      "textCascadeDown"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char body[2048], format[] = P(ART("%s", CENTERED("Một") CENTERED("hai") CENTERED("ba")));
        snprintf(body, sizeof body, format, names[i]);
        print_body(body);
        struct extent e = whole_extent();
        bool near = e.points > 100 && e.low[0] > LEFT - 60000 && e.low[1] > TOP - 60000 &&
                    e.high[0] < LEFT + WIDE + 60000 && e.high[1] < TOP + HIGH + 60000;
        bool wide = e.high[0] - e.low[0] > 20000 && e.high[1] - e.low[1] > 15000;
        if (!near || !wide || !quiet())
            printf("# %s: %lld..%lld %lld..%lld\n", names[i], (long long)e.low[0],
                   (long long)e.high[0], (long long)e.low[1], (long long)e.high[1]);
        CHECK(near && wide && quiet());
    }
}

/* As measured in PowerPoint: the natural width, from the paragraph's side, on the ellipse. */
static void words_along_an_arch_keep_their_size(void) {
    print_body(P(ART("textArchUp", CENTERED("lll"))));
    struct extent e = whole_extent();
    CHECK_NEAR(e.low[0] + e.high[0], 2 * LEFT + WIDE, 600);
    CHECK(e.high[0] - e.low[0] < 14000); /* three thin letters of 14 pt */
    CHECK_NEAR(e.high[1], TOP, 500);     /* on top of it */
    CHECK(e.low[1] < TOP - 8000);
    print_body(P(ART("textArchDown", CENTERED("lll"))));
    e = whole_extent();
    CHECK_NEAR(e.high[1], TOP + HIGH, 500);
    CHECK(e.low[1] > TOP + HIGH - 12000);
    print_body(P(ART("textArchUp", P(T("lll")))));
    CHECK_NEAR(whole_extent().high[1], TOP + HIGH / 2, 1500); /* it begins at the left */
}

static void words_longer_than_their_arch_are_made_smaller(void) {
    print_body(P(ART("textArchUp", CENTERED("ooooooooooooooooooooooooooooooooooooooooooooooo"))));
    struct extent e = whole_extent();
    CHECK(e.low[0] < LEFT + 3000 && e.high[0] > LEFT + WIDE - 3000);
    CHECK(e.high[1] < TOP + HIGH / 2 + 3000);
}

static void the_last_of_several_lines_stands_on_an_arch_the_first_on_a_bowl(void) {
    print_body(P(ART("textArchUp", CENTERED("ll") CENTERED("ll"))));
    struct extent e = whole_extent();
    CHECK_NEAR(e.high[1], TOP, 500);
    CHECK(e.low[1] < TOP - 20000);
    print_body(P(ART("textArchDown", CENTERED("ll") CENTERED("ll"))));
    e = whole_extent();
    CHECK(e.low[1] > TOP + HIGH - 12000 && e.high[1] > TOP + HIGH + 12000);
}

static void lines_share_the_bands_among_them(void) {
    print_body(P(ART("textDeflateInflate", CENTERED("HHH") CENTERED("H"))));
    const struct draw_path *first = &nth_draw(0, DRAW_PATH, 0)->as.path;
    const struct draw_path *second = &nth_draw(0, DRAW_PATH, 1)->as.path;
    int64_t widest = 0;
    for (size_t i = 0; i < first->path->n; i++)
        CHECK(first->path->steps[i].y[0] <= HIGH * 46 / 100);
    for (size_t i = 0; i < second->path->n; i++) {
        CHECK(second->path->steps[i].verb == PATH_CLOSE ||
              second->path->steps[i].y[0] >= HIGH * 44 / 100);
        widest = second->path->steps[i].x[0] > widest ? second->path->steps[i].x[0] : widest;
    }
    CHECK_NEAR(widest, WIDE, 300); /* each line fills its band */
}

static void what_is_no_word_is_not_bent(void) {
    print_body(P(ART("textWave1", P("<w:r><w:pict><v:rect style=\"width:9pt;height:9pt\"/></w:pict>"
                                    "</w:r>" T("chữ")))));
    CHECK(said("a:prstTxWarp") && !printed("chữ")->unseen);
    print_body(P(ART("textNoShape", P(T("chữ")))));
    CHECK(quiet() && !printed("chữ")->unseen);
}

/* ---- VML ---- */

#define VML_ART(type, attributes, inner, string)                                                   \
    "<w:r><w:pict>" type "<v:shape type=\"#_x0000_t999\" style=\"position:absolute;margin-left:"   \
    "100pt;margin-top:100pt;width:200pt;height:60pt;mso-position-horizontal-relative:page;"        \
    "mso-position-vertical-relative:page\" " attributes ">" inner "<v:textpath "                   \
    "style=\"font-family:&quot;Times New Roman&quot;\" string=\"" string "\"/></v:shape>"          \
    "</w:pict></w:r>"
#define TYPE(spt, path, text)                                                                      \
    "<v:shapetype id=\"_x0000_t999\" coordsize=\"21600,21600\" o:spt=\"" spt "\" path=\"" path     \
    "\"><v:textpath on=\"t\" " text "/></v:shapetype>"

static void the_guides_of_vml_are_those_of_its_type(void) {
    print_body(P(VML_ART(TYPE("172", "m,10800l21600,m,21600l21600,10800e", "fitshape=\"t\""),
                         "fillcolor=\"red\" stroked=\"f\"", "", "HHHHHHHHH")));
    struct extent left = extent_between(LEFT, LEFT + 20000);
    struct extent right = extent_between(LEFT + WIDE - 20000, LEFT + WIDE);
    CHECK(quiet());
    CHECK_NEAR(left.high[1], TOP + HIGH, 1000);
    CHECK(left.low[1] > TOP + HIGH * 4 / 10);
    CHECK_NEAR(right.low[1], TOP, 1000);
    CHECK(right.high[1] < TOP + HIGH * 6 / 10);
    CHECK_INT(nth_draw(0, DRAW_PATH, 0)->as.path.fill, 0xFF0000);
    CHECK(printed("HHH")->unseen);
}

static void words_that_fit_a_path_are_as_long_as_it(void) {
    print_body(P(VML_ART(TYPE("144", "m,21600l21600,21600e", "fitpath=\"t\""),
                         "fillcolor=\"red\" stroked=\"f\"", "", "HHHHHHHHHHHHHHHHHHHH")));
    struct extent e = whole_extent();
    CHECK_NEAR(e.low[0], LEFT, 400);
    CHECK_NEAR(e.high[0], LEFT + WIDE, 400);
    CHECK_NEAR(e.high[1], TOP + HIGH, 400);
    CHECK(e.low[1] > TOP + HIGH / 2);
}

static void letters_of_vml_have_its_line_and_its_shadow(void) {
    print_body(P(VML_ART(TYPE("136", "m,l21600,m,21600l21600,21600e", "fitshape=\"t\""),
                         "fillcolor=\"red\" strokecolor=\"blue\" strokeweight=\"2pt\"",
                         "<v:shadow on=\"t\" color=\"#112233\" offset=\"3pt,4pt\"/>", "H&#xa;HH")));
    CHECK(quiet());
    const struct draw_path *shadow = &nth_draw(0, DRAW_PATH, 0)->as.path;
    const struct draw_path *letters = &nth_draw(0, DRAW_PATH, 1)->as.path;
    CHECK(shadow->fill == 0x112233 && letters->fill == 0xFF0000);
    CHECK_INT(shadow->x - letters->x, 3000);
    CHECK_INT(shadow->y - letters->y, 4000);
    CHECK(letters->stroke == 2000 && letters->color == 0x0000FF);
    CHECK_STR(page_text(0), "H|HH");
}

static void slanted_sides_are_bent_like_any(void) {
    print_body(P(VML_ART(TYPE("136", "m0,l21600,m@0,21600l21600,21600e", "fitshape=\"t\""),
                         "adj=\"12000\" fillcolor=\"silver\" stroked=\"f\"", "", "H")));
    CHECK(quiet() && draws_of(0, DRAW_PATH) == 1);
}

static void a_plain_watermark_stays_text(void) {
    print_body(P(VML_ART(TYPE("136", "m,l21600,m,21600l21600,21600e", "fitshape=\"t\""),
                         "fillcolor=\"silver\" stroked=\"f\"", "", "DỰ THẢO")));
    CHECK(quiet() && draws_of(0, DRAW_PATH) == 0 && !printed("DỰ")->unseen);
    CHECK_INT(printed("DỰ")->color, 0xC0C0C0);
}

int main(void) {
    page_tests_begin();
    RUN(plain_art_fills_its_box_from_edge_to_edge);
    RUN(bent_words_are_found_where_they_are_seen);
    RUN(letters_are_painted_in_their_own_colours);
    RUN(a_triangle_is_high_in_its_middle);
    RUN(every_preset_bends_its_words);
    RUN(words_along_an_arch_keep_their_size);
    RUN(words_longer_than_their_arch_are_made_smaller);
    RUN(the_last_of_several_lines_stands_on_an_arch_the_first_on_a_bowl);
    RUN(lines_share_the_bands_among_them);
    RUN(what_is_no_word_is_not_bent);
    RUN(the_guides_of_vml_are_those_of_its_type);
    RUN(words_that_fit_a_path_are_as_long_as_it);
    RUN(letters_of_vml_have_its_line_and_its_shadow);
    RUN(slanted_sides_are_bent_like_any);
    RUN(a_plain_watermark_stays_text);
    page_tests_end();
    return CHECK_RESULT();
}
