/* What Word embeds with a picture of it: drawings in SVG, ink, OLE objects, canvases, groups in
 * groups, and alternatives of which one is drawn. */
#include "page_help.h"

#define GRAPHIC(uri, inner)                                                                        \
    "<a:graphic><a:graphicData uri=\"" uri "\">" inner "</a:graphicData></a:graphic>"
#define INLINE(cx, cy, inner)                                                                      \
    "<w:drawing><wp:inline><wp:extent cx=\"" cx "\" cy=\"" cy "\"/><wp:docPr id=\"1\" "            \
    "name=\"x\"/>" inner "</wp:inline></w:drawing>"
#define PIC(blip)                                                                                  \
    GRAPHIC("pic", "<pic:pic><pic:blipFill>" blip "</pic:blipFill><pic:spPr/></pic:pic>")
#define RUN_OF(inner) "<w:r>" inner "</w:r>"
#define SHAPE(x, y, cx, cy, more, color)                                                           \
    "<wps:wsp><wps:spPr><a:xfrm " more "><a:off x=\"" x "\" y=\"" y "\"/><a:ext cx=\"" cx          \
    "\" cy=\"" cy "\"/></a:xfrm><a:prstGeom prst=\"rect\"/><a:solidFill><a:srgbClr val=\"" color   \
    "\"/></a:solidFill></wps:spPr><wps:bodyPr/></wps:wsp>"
#define CHOICE(of, inner) "<mc:Choice Requires=\"" of "\">" inner "</mc:Choice>"
#define ALTERNATIVES(inner) "<mc:AlternateContent>" inner "</mc:AlternateContent>"

static void print_with_picture(const char *body) {
    begin(body);
    docx_part(package, "word/styles.xml", "w:styles", STYLES(""));
    package_set(package, "word/media/image1.png", "\x89PNG\r\n\x1A\n....", 12);
    print_package();
}

static void check_one_picture(void) {
    CHECK(quiet());
    CHECK_INT(draws_of(0, DRAW_PICTURE), 1);
    CHECK_STR(nth_draw(0, DRAW_PICTURE, 0)->as.picture.picture->part, "word/media/image1.png");
}

static void a_picture_in_svg_is_drawn_as_the_one_beside_it(void) {
    print_with_picture(P(RUN_OF(
        INLINE("914400", "914400",
               PIC("<a:blip r:embed=\"p1\"><a:extLst><a:ext "
                   "uri=\"{96DAC541-7B7A-43D3-8B79-37D633B846F1}\">"
                   "<asvg:svgBlip "
                   "xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" "
                   "r:embed=\"p9\"/></a:ext></a:extLst></a:blip>")))) SECT(""));
    check_one_picture();
}

static void a_picture_that_fills_a_shape_may_be_seen_through(void) {
    print_with_picture(P(
        RUN_OF(INLINE("914400", "914400",
                      GRAPHIC("wps", "<wps:wsp><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext "
                                     "cx=\"914400\" cy=\"914400\"/></a:xfrm><a:prstGeom "
                                     "prst=\"rect\"/><a:blipFill><a:blip r:embed=\"p1\">"
                                     "<a:alphaModFix amt=\"40000\"/></a:blip><a:tile/></a:blipFill>"
                                     "</wps:spPr><wps:bodyPr/></wps:wsp>")))) SECT(""));
    CHECK(quiet());
    CHECK_INT(nth_draw(0, DRAW_TURN, 0)->as.turn.clear, 600);
}

static void ink_is_drawn_as_its_fallback(void) {
    print_with_picture(P(RUN_OF(ALTERNATIVES(CHOICE(
        "wpi",
        INLINE(
            "914400", "914400",
            GRAPHIC("ink",
                    "<w14:contentPart r:id=\"p9\"/>"))) "<mc:Fallback>" INLINE("914400", "914400",
                                                                               PIC("<a:blip "
                                                                                   "r:embed=\"p1\"/"
                                                                                   ">")) "</"
                                                                                         "mc:"
                                                                                         "Fallback"
                                                                                         ">")))
                           SECT(""));
    check_one_picture();
}

static void an_object_is_drawn_as_its_picture_where_it_stands(void) {
#define OBJECT(style)                                                                              \
    P(RUN_OF("<w:object><v:shape style=\"" style "width:72pt;height:36pt\" o:ole=\"\">"            \
             "<v:imagedata r:id=\"p1\"/></v:shape><o:OLEObject Type=\"Embed\" "                    \
             "ProgID=\"Equation.3\" r:id=\"p9\"/></w:object>"))
    print_with_picture(OBJECT("") SECT(""));
    check_one_picture();
    CHECK_NEAR(nth_draw(0, DRAW_PICTURE, 0)->as.picture.x, TEXT_LEFT, 10);
    print_with_picture(OBJECT("position:absolute;margin-left:100pt;margin-top:20pt;") SECT(""));
    check_one_picture();
    CHECK_NEAR(nth_draw(0, DRAW_PICTURE, 0)->as.picture.x, TEXT_LEFT + 100000, 10);
    CHECK_NEAR(nth_draw(0, DRAW_PICTURE, 0)->as.picture.y, TEXT_TOP + 20000, 10);
}

static void the_first_choice_that_is_understood_is_drawn(void) {
    print_with_picture(P(RUN_OF(ALTERNATIVES(CHOICE("am3d", "<w:t>WRONG</w:t>") CHOICE(
        "wps",
        INLINE("914400", "914400",
               GRAPHIC("wps", SHAPE("0", "0", "914400", "914400", "",
                                    "FF0000")))) "<mc:Fallback><w:t>WRONG</w:t></mc:Fallback>")))
                           SECT(""));
    CHECK(quiet());
    CHECK_INT(nth_draw(0, DRAW_RECT, 0)->as.rect.color, 0xFF0000);
    CHECK(strstr(page_text(0), "WRONG") == NULL);
}

/* The outer group halves its members, the inner one makes a point of a hundred units and is
 * mirrored: what stands at its left is drawn at its right. */
static void members_of_groups_in_groups_are_scaled_and_mirrored(void) {
    print_with_picture(P(RUN_OF(INLINE(
        "1828800", "914400",
        GRAPHIC("wpg",
                "<wpg:wgp><wpg:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"1828800\" "
                "cy=\"914400\"/><a:chOff x=\"1000\" y=\"1000\"/><a:chExt cx=\"3657600\" "
                "cy=\"1828800\"/></a:xfrm></wpg:grpSpPr>"
                "<wpg:grpSp><wpg:grpSpPr><a:xfrm flipH=\"1\"><a:off x=\"1829800\" y=\"1000\"/>"
                "<a:ext cx=\"1828800\" cy=\"1828800\"/><a:chOff x=\"0\" y=\"0\"/>"
                "<a:chExt cx=\"200\" cy=\"200\"/></a:xfrm></wpg:grpSpPr>" SHAPE(
                    "0", "0", "50", "100", "", "0000FF") "</wpg:grpSp></wpg:wgp>")))) SECT(""));
    CHECK(quiet());
    const struct draw_rect *rect = &nth_draw(0, DRAW_RECT, 0)->as.rect;
    CHECK_INT(rect->color, 0x0000FF);
    CHECK_NEAR(rect->x, TEXT_LEFT + 144000 - 18000, 30);
    CHECK_NEAR(rect->width, 18000, 30);
    CHECK_NEAR(rect->height, 36000, 30);
}

static void shapes_of_a_canvas_stand_where_they_are_put(void) {
    print_with_picture(P(RUN_OF(INLINE(
        "1828800", "914400",
        GRAPHIC("wpc", "<wpc:wpc "
                       "xmlns:wpc=\"http://schemas.microsoft.com/office/word/2010/"
                       "wordprocessingCanvas\"><wpc:bg/><wpc:whole/>" SHAPE(
                           "914400", "457200", "457200", "228600", "", "00FF00") "</wpc:wpc>"))))
                           SECT(""));
    CHECK(quiet());
    const struct draw_rect *rect = &nth_draw(0, DRAW_RECT, 0)->as.rect;
    CHECK_NEAR(rect->x, TEXT_LEFT + 72000, 30);
    CHECK_NEAR(rect->y, TEXT_TOP + 36000, 30);
    CHECK_NEAR(rect->width, 36000, 30);
}

int main(void) {
    reader_tests_begin();
    RUN(a_picture_in_svg_is_drawn_as_the_one_beside_it);
    RUN(a_picture_that_fills_a_shape_may_be_seen_through);
    RUN(ink_is_drawn_as_its_fallback);
    RUN(an_object_is_drawn_as_its_picture_where_it_stands);
    RUN(the_first_choice_that_is_understood_is_drawn);
    RUN(members_of_groups_in_groups_are_scaled_and_mirrored);
    RUN(shapes_of_a_canvas_stand_where_they_are_put);
    fonts_free(fonts);
    reader_tests_end();
    return CHECK_RESULT();
}
