/* Outlines: angles, guides, presets, and paths of both languages. */
#include "docx/geometry.h"

#include "base/angle.h"
#include "reader_help.h"

#include <stdlib.h>

#define CHECK_NEAR(got, want, by) CHECK(llabs((long long)(got) - (long long)(want)) <= (by))

static void sines_are_right_to_a_millionth(void) {
    CHECK_INT(angle_sin(0), 0);
    CHECK_INT(angle_sin(30 * ANGLE_DEGREE), 500000);
    CHECK_INT(angle_sin(90 * ANGLE_DEGREE), 1000000);
    CHECK_INT(angle_sin(-90 * ANGLE_DEGREE), -1000000);
    CHECK_INT(angle_cos(60 * ANGLE_DEGREE), 500000);
    CHECK_INT(angle_cos(180 * ANGLE_DEGREE), -1000000);
    CHECK_NEAR(angle_sin(45 * ANGLE_DEGREE), 707107, 1);
    CHECK_INT(angle_sin(1000000 * (int64_t)ANGLE_TURN + 30 * ANGLE_DEGREE), 500000);
}

static void the_angle_of_a_point_is_found_in_every_quarter(void) {
    CHECK_INT(angle_of(0, 0), 0);
    CHECK_INT(angle_of(5, 0), 0);
    CHECK_NEAR(angle_of(1, 1), 45 * ANGLE_DEGREE, 60);
    CHECK_NEAR(angle_of(0, 7), 90 * ANGLE_DEGREE, 60);
    CHECK_NEAR(angle_of(-3, 3), 135 * ANGLE_DEGREE, 60);
    CHECK_NEAR(angle_of(-1, 0), 180 * ANGLE_DEGREE, 60);
    CHECK_NEAR(angle_of(-2, -2), 225 * ANGLE_DEGREE, 60);
    CHECK_NEAR(angle_of(1, -1), 315 * ANGLE_DEGREE, 60);
}

static void roots_are_whole(void) {
    CHECK_INT(square_root(0), 0);
    CHECK_INT(square_root(15), 3);
    CHECK_INT(square_root(16), 4);
    CHECK_INT(square_root(UINT64_MAX), UINT32_MAX);
}

static void guides_are_computed_from_guides(void) {
    static const struct {
        const char *formula;
        int64_t want;
    } cases[] = {{"*/ w 1 4", 250},     {"+- w 10 h", 510},     {"+/ w h 3", 500},
                 {"?: w 1 2", 1},       {"?: l 1 2", 2},        {"abs -7", 7},
                 {"max 3 4", 4},        {"min 3 4", 3},         {"mod 3 4 0", 5},
                 {"pin 10 5 20", 10},   {"pin 10 25 20", 20},   {"sqrt 81", 9},
                 {"val 12", 12},        {"sin 1000 cd4", 1000}, {"cos 1000 cd2", -1000},
                 {"tan 1000 cd8", 999}, {"cat2 1000 0 9", 0},   {"sat2 1000 0 9", 1000},
                 {"*/ w 1 0", 0},       {"val nowhere", 0}};
    struct geometry *g = geometry_new(pool, 1000, 500);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        geometry_guide(g, "x", cases[i].formula);
        CHECK_NEAR(geometry_value(g, "x"), cases[i].want, 1);
    }
}

static void huge_numbers_are_survived(void) {
    struct geometry *g = geometry_new(pool, INT64_MAX, INT64_MAX);
    geometry_guide(g, "x", "*/ 99999999999999999999 99999999999999999999 1");
    geometry_guide(g, "y", "mod x x x");
    CHECK(geometry_value(g, "x") <= MAX_COORDINATE && geometry_value(g, "y") <= MAX_COORDINATE);
}

#define PRESET(name, adjusts, guides, text, paths) name,
static const char *const names[] = {
#include "docx/presets.def"
};
#undef PRESET

/* Every point of every preset lies near the box, and each path begins by moving. */
static void presets_fill_their_box(void) {
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct outline out = {0};
        struct geometry *g = geometry_new(pool, 1270000, 635000); /* 100 pt by 50 pt */
        CHECK(geometry_preset(g, names[i], &out) && out.n > 0);
        bool callout = strstr(names[i], "allout") != NULL;
        mpt left = 100000, right = 0, top = 50000, bottom = 0;
        for (size_t p = 0; p < out.n; p++) {
            CHECK_INT(out.paths[p].steps[0].verb, PATH_MOVE);
            for (size_t s = 0; s < out.paths[p].n; s++) {
                const struct path_step *step = &out.paths[p].steps[s];
                int k = step->verb == PATH_CURVE ? 2 : 0;
                if (step->verb == PATH_CLOSE)
                    continue;
                left = step->x[k] < left ? step->x[k] : left;
                right = step->x[k] > right ? step->x[k] : right;
                top = step->y[k] < top ? step->y[k] : top;
                bottom = step->y[k] > bottom ? step->y[k] : bottom;
            }
        }
        if (!callout && !(left >= -3000 && right <= 103000 && top >= -3000 && bottom <= 53000))
            printf("# %s: %d..%d, %d..%d\n", names[i], left, right, top, bottom);
        CHECK(callout || (left >= -3000 && right <= 103000 && top >= -3000 && bottom <= 53000));
        CHECK(right - left >= 20000 || bottom - top >= 20000);
        CHECK(out.text.left >= 0 && out.text.right <= 100001 && out.text.left < out.text.right);
    }
    struct outline none;
    CHECK(!geometry_preset(geometry_new(pool, 1, 1), "noSuchShape", &none));
}

static void adjust_values_of_the_document_stand_over_the_presets(void) {
    struct geometry *g = geometry_new(pool, 1270000, 1270000);
    struct outline out;
    geometry_adjust(g, "adj", "val 50000");
    CHECK(geometry_preset(g, "roundRect", &out));
    CHECK_NEAR(out.paths[0].steps[0].y[0], 50000, 2);
}

static void an_ellipse_is_four_curves(void) {
    struct outline out;
    CHECK(geometry_preset(geometry_new(pool, 1270000, 635000), "ellipse", &out));
    CHECK_INT(out.n, 1);
    CHECK_INT(out.paths[0].n, 6); /* move, four curves, close */
    const struct path_step *top = &out.paths[0].steps[1];
    CHECK_NEAR(top->x[2], 50000, 2);
    CHECK_NEAR(top->y[2], 0, 2);
    CHECK_NEAR(top->y[0], 25000 - 13807, 5); /* the usual 0.5523 */
}

/* ---- read from documents ---- */

#define XFRM(attrs)                                                                                \
    "<a:xfrm" attrs "><a:off x=\"0\" y=\"0\"/><a:ext cx=\"1270000\" cy=\"635000\"/></a:xfrm>"
#define SHAPE(xfrm, geometry, rest, body)                                                          \
    P("<w:r><w:drawing><wp:anchor relativeHeight=\"7\"><wp:positionH relativeFrom=\"column\">"     \
      "<wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom=\"paragraph\">"     \
      "<wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx=\"1270000\" cy=\"635000\"/>"     \
      "<a:graphic><a:graphicData><wps:wsp><wps:spPr>" xfrm geometry rest "</wps:spPr>" body        \
      "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>")
#define PREST(name) "<a:prstGeom prst=\"" name "\"><a:avLst/></a:prstGeom>"
#define RED "<a:solidFill><a:srgbClr val=\"FF0000\"/></a:solidFill>"

static const struct shape *shape_of(const char *body) {
    const struct document *document = read_body(body);
    const struct para *para = document->sections->blocks->para;
    for (size_t i = 0; i < para->item_count; i++)
        if (para->items[i].kind == INLINE_SHAPE)
            return para->items[i].shape;
    CHECK(!"a shape");
    return NULL;
}

static void custom_geometry_is_scaled_to_its_shape(void) {
    const struct shape *s = shape_of(SHAPE(
        XFRM(""),
        "<a:custGeom><a:avLst/><a:gdLst><a:gd name=\"m\" fmla=\"*/ 100 1 2\"/></a:gdLst>"
        "<a:pathLst><a:path w=\"100\" h=\"200\"><a:moveTo><a:pt x=\"0\" y=\"0\"/></a:moveTo>"
        "<a:lnTo><a:pt x=\"m\" y=\"200\"/></a:lnTo><a:close/></a:path></a:pathLst></a:custGeom>",
        RED, ""));
    CHECK_INT(s->path_count, 1);
    CHECK_INT(s->paths[0].n, 3);
    CHECK_INT(s->paths[0].steps[1].x[0], 50000);
    CHECK_INT(s->paths[0].steps[1].y[0], 50000);
    CHECK_INT(s->fill, 0xFF0000);
    CHECK(quiet());
}

static void turns_and_mirrors_are_kept(void) {
    const struct shape *s =
        shape_of(SHAPE(XFRM(" rot=\"2700000\" flipH=\"1\""), PREST("rightArrow"), RED, ""));
    CHECK_INT(s->angle, 45 * ANGLE_DEGREE);
    CHECK(s->flip_x && !s->flip_y);
    CHECK_INT(s->z, 7);
    s = shape_of(P("<w:r><w:pict><v:rect style=\"position:absolute;width:100pt;height:50pt;"
                   "rotation:-90;flip:y;z-index:9\"/></w:pict></w:r>"));
    CHECK_INT(s->angle, 270 * ANGLE_DEGREE);
    CHECK(!s->flip_x && s->flip_y);
    CHECK_INT(s->z, 9);
}

static void unknown_shapes_are_drawn_as_their_box_and_named(void) {
    const struct shape *s = shape_of(SHAPE(XFRM(""), PREST("gear6"), RED, ""));
    CHECK_INT(s->kind, SHAPE_RECT);
    CHECK(said("gear6"));
}

static void ends_of_lines_are_drawn_and_the_line_ends_in_them(void) {
    const struct shape *s =
        shape_of(SHAPE(XFRM(""), PREST("straightConnector1"),
                       "<a:ln w=\"25400\">" RED "<a:tailEnd type=\"triangle\"/></a:ln>", ""));
    CHECK_INT(s->path_count, 2);
    CHECK(s->paths[1].tip);
    CHECK_NEAR(s->paths[1].steps[0].x[0], 100000, 2);
    CHECK(s->paths[0].steps[1].x[0] < 100000);
    s = shape_of(P("<w:r><w:pict><v:line style=\"position:absolute\" from=\"0,0\" to=\"50pt,0\">"
                   "<v:stroke startarrow=\"oval\" endarrow=\"open\"/></v:line></w:pict></w:r>"));
    CHECK_INT(s->path_count, 3);
    CHECK(s->paths[1].tip && !s->paths[2].tip && s->paths[2].stroked);
}

static void colours_are_changed_as_they_say(void) {
    static const struct {
        const char *change;
        int32_t want;
    } cases[] = {{"<a:lumMod val=\"50000\"/>", 0x000080},
                 {"<a:lumMod val=\"60000\"/><a:lumOff val=\"40000\"/>", 0x6666FF},
                 {"<a:tint val=\"50000\"/>", 0x8080FF},
                 {"<a:shade val=\"50000\"/>", 0x000080},
                 {"<a:satMod val=\"0\"/>", 0x808080},
                 {"<a:inv/>", 0xFFFF00}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf body = {0};
        buf_printf(&body,
                   SHAPE(XFRM(""), PREST("rect"),
                         "<a:solidFill><a:srgbClr val=\"0000FF\">%s</a:srgbClr></a:solidFill>", ""),
                   cases[i].change);
        int32_t fill = shape_of(buf_text(&body))->fill;
        for (int shift = 0; shift <= 16; shift += 8)
            CHECK_NEAR(fill >> shift & 255, cases[i].want >> shift & 255, 1);
        buf_free(&body);
    }
    CHECK_INT(shape_of(SHAPE(XFRM(""), PREST("rect"),
                             "<a:solidFill><a:srgbClr val=\"0000FF\"><a:alpha val=\"25000\"/>"
                             "</a:srgbClr></a:solidFill>",
                             ""))
                  ->clear,
              750);
}

static void gradients_keep_their_stops_and_have_a_mean(void) {
    const struct shape *s = shape_of(
        SHAPE(XFRM(""), PREST("rect"),
              "<a:gradFill><a:gsLst><a:gs pos=\"0\"><a:srgbClr val=\"000000\"/></a:gs>"
              "<a:gs pos=\"100000\"><a:srgbClr val=\"0000FE\"/></a:gs></a:gsLst></a:gradFill>",
              ""));
    CHECK_INT(s->fill, 0x00007F);
    CHECK(s->texture && s->texture->kind == TEXTURE_LINEAR && s->texture->stop_count == 2);
    CHECK_INT(s->texture->stops[1].color, 0x0000FE);
    CHECK(quiet());
}

static void text_keeps_to_the_rectangle_of_its_shape(void) {
    const struct shape *s = shape_of(SHAPE(
        XFRM(""), PREST("ellipse"), RED,
        "<wps:txbx><w:txbxContent><w:p/></w:txbxContent></wps:txbx>"
        "<wps:bodyPr anchor=\"ctr\" vert=\"vert270\" lIns=\"0\"><a:spAutoFit/></wps:bodyPr>"));
    CHECK_INT(s->kind, SHAPE_TEXT_BOX);
    CHECK_NEAR(s->inset[0], 14645, 5); /* (1 - 0.7071) / 2 of the width */
    CHECK(s->text_align == V_CENTER && s->text_turn == TURN_LEFT && s->grows);
}

/* How far from its left corner the top edge of a box of 200 by 100 pt begins. */
static mpt corner_of(const char *arc) {
    const struct shape *s = shape_of(pool_printf(
        pool,
        P("<w:r><w:pict><v:roundrect style=\"position:absolute;width:200pt;height:100pt\" "
          "%s/></w:pict></w:r>"),
        arc));
    mpt least = 200000;
    for (size_t i = 0; i < s->paths[0].n; i++) {
        const struct path_step *step = &s->paths[0].steps[i];
        int end = step->verb == PATH_CURVE ? 2 : 0;
        if (step->verb != PATH_CLOSE && step->y[end] == 0 && step->x[end] < least)
            least = step->x[end];
    }
    return least;
}

static void vml_says_how_round_corners_are(void) {
    CHECK_NEAR(corner_of("arcsize=\"10923f\""), 16667, 30);
    CHECK_NEAR(corner_of("arcsize=\".1\""), 10000, 30);
    CHECK_NEAR(corner_of("arcsize=\"10%\""), 10000, 30);
    CHECK_NEAR(corner_of(""), 20000, 30);
}

static void a_size_in_percent_is_of_the_page_unless_vml_says_of_what(void) {
#define PERCENT(of)                                                                                \
    P("<w:r><w:pict><v:rect style=\"position:absolute;width:9pt;height:9pt;mso-width-percent:500;" \
      "mso-height-percent:100" of "\"/></w:pict></w:r>")                                           \
    "<w:sectPr><w:pgSz w:w=\"12000\" w:h=\"16000\"/><w:pgMar w:left=\"1000\" w:right=\"1000\" "    \
    "w:top=\"1000\" w:bottom=\"1000\"/></w:sectPr>"
    const struct shape *s = shape_of(PERCENT(""));
    CHECK(s->width == 300000 && s->height == 80000);
    s = shape_of(PERCENT(";mso-width-relative:margin;mso-height-relative:margin"));
    CHECK(s->width == 250000 && s->height == 70000);
}

static void vml_paths_follow_their_formulas(void) {
    const struct shape *s = shape_of(
        P("<w:r><w:pict><v:shapetype id=\"_x0000_t13\" coordsize=\"21600,21600\" o:spt=\"13\" "
          "adj=\"16200,5400\" path=\"m@0,l@0@1,0@1,0@2@0@2@0,21600,21600,10800xe\"><v:formulas>"
          "<v:f eqn=\"val #0\"/><v:f eqn=\"val #1\"/><v:f eqn=\"sum height 0 #1\"/></v:formulas>"
          "</v:shapetype><v:shape type=\"#_x0000_t13\" adj=\"10800\" style=\"position:absolute;"
          "width:100pt;height:50pt\" fillcolor=\"red\"/></w:pict></w:r>"));
    CHECK_INT(s->path_count, 1);
    CHECK_INT(s->paths[0].n, 8);
    CHECK_INT(s->paths[0].steps[0].x[0], 50000); /* #0 of the shape */
    CHECK_INT(s->paths[0].steps[1].y[0], 12500); /* #1 of the type */
    CHECK_INT(s->paths[0].steps[3].x[0], 0);
    CHECK_INT(s->paths[0].steps[3].y[0], 37500);
    CHECK(quiet());
}

static void vml_without_a_type_in_the_file_is_drawn_by_its_number(void) {
    const struct shape *s =
        shape_of(P("<w:r><w:pict><v:shape type=\"#_x0000_t5\" style=\"position:absolute;"
                   "width:100pt;height:50pt\"/></w:pict></w:r>"));
    CHECK_INT(s->path_count, 1);
    CHECK_NEAR(s->paths[0].steps[1].x[0], 50000, 2);
    CHECK(quiet());
}

static void word_art_is_a_shape_of_text(void) {
    const struct shape *s = shape_of(
        P("<w:r><w:pict><v:shape type=\"#_x0000_t136\" style=\"position:absolute;width:400pt;"
          "height:100pt;rotation:315;z-index:-3;mso-position-horizontal:center;"
          "mso-position-horizontal-relative:margin\" fillcolor=\"silver\" stroked=\"f\">"
          "<v:fill opacity=\".5\"/><v:textpath style=\"font-family:&quot;Arial&quot;;"
          "font-weight:bold\" string=\"MẬT\"/></v:shape></w:pict></w:r>"));
    CHECK_INT(s->kind, SHAPE_WORD_ART);
    CHECK_STR(s->text, "MẬT");
    CHECK_STR(s->props->family, "Arial");
    CHECK(s->props->bold && s->behind);
    CHECK_INT(s->props->color, 0xC0C0C0);
    CHECK_INT(s->clear, 500);
    CHECK_INT(s->angle, 315 * ANGLE_DEGREE);
    CHECK(quiet());
}

static void shapes_in_the_line_stand_on_a_box(void) {
    const struct document *document = read_body(
        P(T("a") "<w:r><w:pict><v:rect style=\"width:40pt;height:20pt\"/></w:pict></w:r>" T("b")));
    const struct para *para = document->sections->blocks->para;
    CHECK_INT(para->item_count, 4);
    CHECK_INT(para->items[1].kind, INLINE_SHAPE);
    CHECK_INT(para->items[1].shape->y_base, BASE_BASELINE);
    CHECK_INT(para->items[1].shape->y, -20000);
    CHECK_INT(para->items[2].kind, INLINE_BOX);
    CHECK_INT(para->items[2].shape->width, 40000);
    CHECK(quiet());
}

static void broken_paths_are_survived(void) {
    static const char *const paths[] = {
        "",          "m",          "l,,,,",  "at1,2,3", "qx9",
        "@9@999999", "m-1--1l@-4", "xexexe", "c1,2,3",  "al0,0,0,0,9999999999,999999999999x"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct buf body = {0};
        buf_printf(&body,
                   P("<w:r><w:pict><v:shape path=\"%s\" coordsize=\"1,1\" adj=\",,,\" "
                     "style=\"position:absolute;width:9pt;height:9pt\"/></w:pict></w:r>"),
                   paths[i]);
        shape_of(buf_text(&body));
        buf_free(&body);
    }
}

int main(void) {
    reader_tests_begin();
    RUN(sines_are_right_to_a_millionth);
    RUN(the_angle_of_a_point_is_found_in_every_quarter);
    RUN(roots_are_whole);
    RUN(guides_are_computed_from_guides);
    RUN(huge_numbers_are_survived);
    RUN(presets_fill_their_box);
    RUN(adjust_values_of_the_document_stand_over_the_presets);
    RUN(an_ellipse_is_four_curves);
    RUN(custom_geometry_is_scaled_to_its_shape);
    RUN(turns_and_mirrors_are_kept);
    RUN(unknown_shapes_are_drawn_as_their_box_and_named);
    RUN(ends_of_lines_are_drawn_and_the_line_ends_in_them);
    RUN(colours_are_changed_as_they_say);
    RUN(gradients_keep_their_stops_and_have_a_mean);
    RUN(text_keeps_to_the_rectangle_of_its_shape);
    RUN(vml_says_how_round_corners_are);
    RUN(a_size_in_percent_is_of_the_page_unless_vml_says_of_what);
    RUN(vml_paths_follow_their_formulas);
    RUN(vml_without_a_type_in_the_file_is_drawn_by_its_number);
    RUN(word_art_is_a_shape_of_text);
    RUN(shapes_in_the_line_stand_on_a_box);
    RUN(broken_paths_are_survived);
    reader_tests_end();
    return CHECK_RESULT();
}
