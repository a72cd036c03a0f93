/* Shadows and glows: read, laid beneath what throws them, washed out, written. */
#include "page_help.h"
#include "pdf/blur.h"

#define RED "<a:solidFill><a:srgbClr val=\"FF0000\"/></a:solidFill>"
/* A shape of 100 by 50 pt at the page's corner + 100 pt. */
#define SHAPE(xfrm, prst, inner)                                                                   \
    "<w:r><w:drawing><wp:anchor><wp:positionH relativeFrom=\"page\"><wp:posOffset>1270000"         \
    "</wp:posOffset></wp:positionH><wp:positionV relativeFrom=\"page\"><wp:posOffset>1270000"      \
    "</wp:posOffset></wp:positionV><wp:extent cx=\"1270000\" cy=\"635000\"/><a:graphic>"           \
    "<a:graphicData><wps:wsp><wps:spPr><a:xfrm " xfrm "/><a:prstGeom prst=\"" prst "\"/>" inner    \
    "</wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
#define SHADOW(attributes, color)                                                                  \
    "<a:effectLst><a:outerShdw " attributes ">" color "</a:outerShdw></a:effectLst>"
#define GREY "<a:srgbClr val=\"808080\"/>"
enum { LEFT = 100000, TOP = 100000, WIDE = 100000, HIGH = 50000 };

static const struct draw_path *first_path(void) {
    return &nth_draw(0, DRAW_PATH, 0)->as.path;
}

static void a_sharp_shadow_is_the_shape_again_beneath_it(void) {
    print_body(P(SHAPE("", "rect", RED SHADOW("dist=\"127000\" dir=\"5400000\"", GREY))));
    const struct draw_path *shadow = first_path();
    const struct draw *rect = nth_draw(0, DRAW_RECT, 0);
    CHECK(quiet() && nth_draw(0, DRAW_PATH, 0) < rect);
    CHECK_INT(nth_draw(0, DRAW_PATH, 0)->tag, 0);
    CHECK(shadow->fill == 0x808080 && shadow->stroke == 0 && shadow->blur == 0);
    CHECK_INT(shadow->x, LEFT);
    CHECK_INT(shadow->y, TOP + 10000);
    CHECK_INT(shadow->path->steps[2].x[0], WIDE);
    CHECK_INT(shadow->path->steps[2].y[0], HIGH);
}

static void a_line_throws_the_shadow_of_a_line(void) {
    print_body(
        P(SHAPE("", "line", "<a:ln w=\"25400\">" RED "</a:ln>" SHADOW("dist=\"25400\"", GREY))));
    CHECK(first_path()->fill < 0 && first_path()->stroke == 2000);
    CHECK(first_path()->color == 0x808080 && first_path()->x == LEFT + 2000);
}

static void transparency_and_blur_are_told(void) {
    print_body(P(SHAPE("", "ellipse",
                       RED SHADOW("blurRad=\"50800\"", "<a:prstClr val=\"black\"><a:alpha "
                                                       "val=\"40000\"/></a:prstClr>"))));
    CHECK_INT(first_path()->blur, 4000);
    CHECK_INT(nth_draw(0, DRAW_TURN, 0)->as.turn.clear, 600);
    CHECK(draws_of(0, DRAW_TURN) == draws_of(0, DRAW_BACK));
}

static void a_shadow_turns_with_its_shape_or_keeps_to_the_page(void) {
    print_body(P(SHAPE("rot=\"5400000\"", "rect", RED SHADOW("dist=\"127000\" dir=\"0\"", GREY))));
    CHECK(first_path()->x == LEFT + 10000 && first_path()->y == TOP); /* in what is turned */
    print_body(P(SHAPE("rot=\"5400000\"", "rect",
                       RED SHADOW("dist=\"127000\" dir=\"0\" rotWithShape=\"0\"", GREY))));
    CHECK_NEAR(first_path()->x, LEFT, 10);
    CHECK_NEAR(first_path()->y, TOP - 10000, 10);
    print_body(P(SHAPE("flipH=\"1\"", "rect", RED SHADOW("dist=\"127000\" dir=\"0\"", GREY))));
    CHECK_INT(first_path()->x, LEFT - 10000); /* which the mirror makes + again */
}

static void a_slanted_shadow_keeps_its_foot(void) {
    print_body(P(SHAPE("", "rect", RED SHADOW("sy=\"50000\" kx=\"-2700000\" algn=\"bl\"", GREY))));
    const struct path_step *steps = first_path()->path->steps;
    CHECK_NEAR(steps[0].x[0], HIGH, 10); /* the top leans over by tan 45 */
    CHECK_INT(steps[0].y[0], HIGH / 2);
    CHECK(steps[3].x[0] == 0 && steps[3].y[0] == HIGH);
}

static void a_glow_reaches_as_far_as_it_is_said_to(void) {
    print_body(P(SHAPE("", "rect",
                       RED "<a:effectLst><a:glow rad=\"127000\">" GREY "</a:glow></a:effectLst>")));
    CHECK_INT(first_path()->stroke, 10000); /* half of it to either side, */
    CHECK_INT(first_path()->blur, 5000);    /* and so far again it fades */
}

static void what_has_neither_fill_nor_line_throws_none(void) {
    print_body(P(SHAPE("", "rect", "<a:noFill/>" SHADOW("dist=\"127000\"", GREY))));
    CHECK(said("a:outerShdw") && draws_of(0, DRAW_PATH) == 0);
}

#define VML(attributes, shadow)                                                                    \
    "<w:r><w:pict><v:rect style=\"position:absolute;margin-left:100pt;margin-top:100pt;width:"     \
    "100pt;height:50pt;mso-position-horizontal-relative:page;mso-position-vertical-relative:"      \
    "page\" " attributes "><v:shadow " shadow "/></v:rect></w:pict></w:r>"

static void a_shadow_of_vml_is_two_points_away_and_grey(void) {
    print_body(P(VML("fillcolor=\"red\" stroked=\"f\"", "on=\"t\"")));
    CHECK(quiet());
    CHECK(first_path()->x == LEFT + 2000 && first_path()->y == TOP + 2000);
    CHECK_INT(first_path()->fill, 0x808080);
    print_body(P(VML("fillcolor=\"red\" strokeweight=\"3pt\"",
                     "on=\"t\" color=\"#445566\" opacity=\".25\" offset=\"-6pt,4pt\"")));
    CHECK(first_path()->x == LEFT - 6000 && first_path()->y == TOP + 4000);
    CHECK(first_path()->fill == 0x445566 && first_path()->stroke == 3000);
    CHECK_INT(nth_draw(0, DRAW_TURN, 0)->as.turn.clear, 750);
}

static void a_shadow_of_vml_in_perspective_has_a_matrix(void) {
    print_body(P(VML("fillcolor=\"red\" stroked=\"f\"",
                     "on=\"t\" type=\"perspective\" origin=\",.5\" offset=\"0,0\" "
                     "matrix=\",32768f,,.5\"")));
    const struct path_step *steps = first_path()->path->steps;
    CHECK(first_path()->x == LEFT && first_path()->y == TOP);
    CHECK(steps[0].x[0] == -HIGH / 2 && steps[0].y[0] == HIGH / 2);
    CHECK(steps[3].x[0] == 0 && steps[3].y[0] == HIGH);
}

/* ---- washing out ---- */

static const struct path_step square[] = {{PATH_MOVE, {0}, {0}},
                                          {PATH_LINE, {60000}, {0}},
                                          {PATH_LINE, {60000}, {60000}},
                                          {PATH_LINE, {0}, {60000}},
                                          {PATH_CLOSE, {0}, {0}}};
static const struct path square_path = {.steps = square, .n = 5, .filled = true};

/* What the mask says at a point of the draw. */
static int covered(const struct draw_path *draw, mpt x, mpt y) {
    struct pool *scratch = pool_new();
    struct blurred place;
    int size[2];
    const unsigned char *mask = blur_mask(scratch, draw, &place, size);
    int64_t across = mask ? (x - place.x) * size[0] / place.side[0] : -1;
    int64_t down = mask ? (y - place.y) * size[1] / place.side[1] : -1;
    bool inside = across >= 0 && down >= 0 && across < size[0] && down < size[1];
    int value = inside ? mask[down * size[0] + across] : 0;
    pool_free(scratch);
    return value;
}

static void a_blurred_edge_fades_to_both_sides(void) {
    struct draw_path d = {.path = &square_path, .fill = 0, .blur = 6000};
    CHECK_INT(covered(&d, 30000, 30000), 255);
    CHECK_NEAR(covered(&d, 0, 30000), 128, 24);
    CHECK_NEAR(covered(&d, 30000, 60000), 128, 24);
    CHECK_NEAR(covered(&d, 60000, 60000), 64, 24);
    CHECK(covered(&d, 6000, 30000) > 250 && covered(&d, -6500, 30000) < 4);
    CHECK_NEAR(covered(&d, -2000, 30000), 40, 24); /* a deviation away: 16 % */
    CHECK_NEAR(covered(&d, 2000, 30000), 215, 24);
    int before = 256;
    for (mpt x = 3000; x >= -6000; x -= 1000) {
        int here = covered(&d, x, 30000);
        CHECK(here <= before);
        before = here;
    }
}

static void a_hole_stays_one_by_either_rule(void) {
    const struct path_step steps[] = {{PATH_MOVE, {0}, {0}},         {PATH_LINE, {60000}, {0}},
                                      {PATH_LINE, {60000}, {60000}}, {PATH_LINE, {0}, {60000}},
                                      {PATH_CLOSE, {0}, {0}},        {PATH_MOVE, {20000}, {20000}},
                                      {PATH_LINE, {20000}, {40000}}, {PATH_LINE, {40000}, {40000}},
                                      {PATH_LINE, {40000}, {20000}}, {PATH_CLOSE, {0}, {0}}};
    struct path path = {.steps = steps, .n = 10};
    struct draw_path d = {.path = &path, .fill = 0, .blur = 1500};
    for (int winding = 0; winding < 2; winding++) {
        path.winding = winding;
        CHECK_INT(covered(&d, 30000, 30000), 0);
        CHECK_INT(covered(&d, 10000, 30000), 255);
    }
}

static void a_line_is_washed_out_as_wide_as_it_is(void) {
    const struct path_step steps[] = {{PATH_MOVE, {0}, {0}},
                                      {PATH_CURVE, {0, 60000, 60000}, {60000, 60000, 0}}};
    const struct path path = {.steps = steps, .n = 2};
    struct draw_path d = {.path = &path, .fill = -1, .stroke = 10000, .blur = 1500};
    CHECK_INT(covered(&d, 30000, 45000), 255);
    CHECK(covered(&d, 30000, 48000) > 250 && covered(&d, 30000, 53000) < 4);
    CHECK_INT(covered(&d, 30000, 20000), 0);
}

static void a_line_may_have_parts_without_a_length(void) {
    const struct path_step steps[] = {
        {PATH_MOVE, {0}, {0}},         {PATH_MOVE, {5000}, {5000}},
        {PATH_CLOSE, {0}, {0}},        {PATH_MOVE, {20000}, {20000}},
        {PATH_LINE, {20000}, {20000}}, {PATH_CURVE, {20000, 20000, 20000}, {20000, 20000, 20000}},
        {PATH_CLOSE, {0}, {0}},        {PATH_MOVE, {0}, {40000}},
        {PATH_LINE, {60000}, {40000}}};
    const struct path path = {.steps = steps, .n = 9};
    struct draw_path d = {.path = &path, .fill = -1, .stroke = 6000, .blur = 900};
    CHECK_INT(covered(&d, 30000, 40000), 255);
    CHECK_INT(covered(&d, 30000, 20000), 0);
}

/* What hostile files say is bounded: neither time nor memory follows it. */
static void huge_and_empty_shadows_do_no_harm(void) {
    const struct path_step steps[] = {{PATH_MOVE, {INT32_MIN}, {INT32_MIN}},
                                      {PATH_LINE, {INT32_MAX}, {INT32_MAX}},
                                      {PATH_CURVE, {0, INT32_MAX, 5}, {INT32_MIN, 0, 5}}};
    struct path path = {.steps = steps, .n = 3};
    struct draw_path d = {.path = &path, .fill = 0, .stroke = 20000000, .blur = 1};
    CHECK(covered(&d, 0, 0) >= 0);
    d.blur = 20000000;
    CHECK(covered(&d, 0, 0) >= 0);
    path.n = 0;
    CHECK_INT(covered(&d, 0, 0), 0);
}

int main(void) {
    page_tests_begin();
    RUN(a_sharp_shadow_is_the_shape_again_beneath_it);
    RUN(a_line_throws_the_shadow_of_a_line);
    RUN(transparency_and_blur_are_told);
    RUN(a_shadow_turns_with_its_shape_or_keeps_to_the_page);
    RUN(a_slanted_shadow_keeps_its_foot);
    RUN(a_glow_reaches_as_far_as_it_is_said_to);
    RUN(what_has_neither_fill_nor_line_throws_none);
    RUN(a_shadow_of_vml_is_two_points_away_and_grey);
    RUN(a_shadow_of_vml_in_perspective_has_a_matrix);
    RUN(a_blurred_edge_fades_to_both_sides);
    RUN(a_hole_stays_one_by_either_rule);
    RUN(a_line_is_washed_out_as_wide_as_it_is);
    RUN(a_line_may_have_parts_without_a_length);
    RUN(huge_and_empty_shadows_do_no_harm);
    page_tests_end();
    return CHECK_RESULT();
}
