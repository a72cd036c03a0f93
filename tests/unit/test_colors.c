/* Colours of a theme on the page: tints and shades of text, borders and fills, and text in shapes.
 */
#include "page_help.h"

#define COLORED(color, text) "<w:r><w:rPr><w:color " color "/></w:rPr><w:t>" text "</w:t></w:r>"

static void print_themed(const char *body) {
    begin(body);
    docx_part(package, "word/styles.xml", "w:styles", STYLES(""));
    docx_part(package, "word/theme/theme1.xml", "a:theme",
              "<a:themeElements><a:clrScheme name=\"x\"><a:dk1><a:srgbClr val=\"000000\"/></a:dk1>"
              "<a:lt1><a:srgbClr val=\"FFFFFF\"/></a:lt1><a:accent1><a:srgbClr val=\"4472C4\"/>"
              "</a:accent1></a:clrScheme><a:fmtScheme "
              "name=\"x\"><a:fillStyleLst><a:solidFill><a:schemeClr "
              "val=\"phClr\"/></a:solidFill><a:gradFill><a:gsLst><a:gs pos=\"0\"><a:schemeClr "
              "val=\"phClr\"><a:tint val=\"50000\"/></a:schemeClr></a:gs><a:gs pos=\"100000\">"
              "<a:schemeClr val=\"phClr\"/></a:gs></a:gsLst><a:lin ang=\"5400000\"/></a:gradFill>"
              "<a:noFill/></a:fillStyleLst><a:effectStyleLst><a:effectStyle><a:effectLst/>"
              "</a:effectStyle><a:effectStyle><a:effectLst><a:outerShdw/></a:effectLst>"
              "</a:effectStyle></a:effectStyleLst><a:bgFillStyleLst><a:solidFill><a:schemeClr "
              "val=\"phClr\"><a:shade val=\"50000\"/></a:schemeClr></a:solidFill>"
              "</a:bgFillStyleLst></a:fmtScheme></a:themeElements>");
    print_package();
}

/* The values are those Word writes beside these attributes. */
static void tints_and_shades_of_the_theme_colour_text(void) {
    print_themed(P(COLORED("w:themeColor=\"accent1\" w:themeShade=\"BF\"", "dam")
                       COLORED("w:themeColor=\"accent1\" w:themeTint=\"99\"", "nhat")
                           COLORED("w:val=\"123456\" w:themeColor=\"accent1\"", "ghi")
                               COLORED("w:themeColor=\"text1\" w:themeTint=\"80\"", "xam")));
    CHECK_INT(printed("dam")->color, 0x2F5496);
    CHECK_INT(printed("nhat")->color, 0x8EAADB);
    CHECK_INT(printed("ghi")->color, 0x123456);
    CHECK_INT(printed("xam")->color, 0x7F7F7F);
}

static void tints_and_shades_colour_fills_and_borders(void) {
    print_themed(PP("<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:color=\"auto\" "
                    "w:themeColor=\"accent1\" w:themeShade=\"BF\"/></w:pBdr><w:shd w:val=\"clear\" "
                    "w:fill=\"auto\" w:themeFill=\"accent1\" w:themeFillTint=\"33\"/>",
                    T("a")));
    CHECK_INT(nth_draw(0, DRAW_RECT, 0)->as.rect.color, 0xD9E2F3);
    CHECK_INT(nth_draw(0, DRAW_LINE, 0)->as.line.color, 0x2F5496);
}

static void print_box(const char *run, const char *style) {
    struct buf body = {0};
    buf_printf(&body,
               P("<w:r><w:drawing><wp:anchor><wp:positionH relativeFrom=\"column\"><wp:posOffset>0"
                 "</wp:posOffset></wp:positionH><wp:positionV relativeFrom=\"paragraph\">"
                 "<wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx=\"1270000\" "
                 "cy=\"635000\"/><a:graphic><a:graphicData><wps:wsp><wps:spPr><a:xfrm/>"
                 "<a:prstGeom prst=\"rect\"/><a:solidFill><a:srgbClr val=\"FFC000\"/>"
                 "</a:solidFill></wps:spPr><wps:style>%s</wps:style><wps:txbx><w:txbxContent>%s"
                 "</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
                 "</wp:anchor></w:drawing></w:r>" T("ngoai")),
               style, run);
    print_themed(buf_text(&body));
    buf_free(&body);
}

static void text_in_a_shape_has_the_colour_of_its_style(void) {
#define LIGHT "<a:fontRef idx=\"minor\"><a:schemeClr val=\"lt1\"/></a:fontRef>"
    print_box(P(T("trong")), LIGHT);
    CHECK_INT(printed("trong")->color, 0xFFFFFF);
    CHECK_INT(printed("ngoai")->color, 0);
    print_box(P(COLORED("w:val=\"FF0000\"", "trong")), LIGHT);
    CHECK_INT(printed("trong")->color, 0xFF0000);
    print_box(P(T("trong")), "");
    CHECK_INT(printed("trong")->color, 0);
}

/* A shape without a fill of its own, of a style. */
static const struct shape *styled(const char *style) {
    struct buf body = {0};
    buf_printf(&body,
               P("<w:r><w:drawing><wp:anchor><wp:extent cx=\"1270000\" cy=\"635000\"/><a:graphic>"
                 "<a:graphicData><wps:wsp><wps:spPr><a:xfrm/><a:prstGeom prst=\"rect\"/></wps:spPr>"
                 "<wps:style>%s</wps:style></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
                 "</w:drawing></w:r>"),
               style);
    print_themed(buf_text(&body));
    buf_free(&body);
    const struct document *document = reread();
    return document->sections->blocks->para->items[0].shape;
}
#define FILL(idx) "<a:fillRef idx=\"" idx "\"><a:schemeClr val=\"accent1\"/></a:fillRef>"

/* 20.1.4.2.10: the theme's fill of that number, in the colour beside it. */
static void a_style_s_fill_is_the_theme_s(void) {
    const struct shape *s = styled(FILL("1"));
    CHECK(s->fill == 0x4472C4 && !s->texture);
    s = styled(FILL("2"));
    CHECK(s->texture && s->texture->stop_count == 2);
    if (s->texture) {
        CHECK_INT(s->texture->stops[1].color, 0x4472C4);
        CHECK(s->texture->stops[0].color != 0x4472C4);
    }
    CHECK_INT(styled(FILL("3"))->fill, -1);
    s = styled(FILL("1001"));
    CHECK(s->fill >= 0 && s->fill != 0x4472C4);
    CHECK_INT(styled(FILL("9"))->fill, 0x4472C4); /* the theme has none */
    CHECK_INT(styled("")->fill, -1);
    CHECK(quiet());
}

static void a_shadow_of_the_theme_s_is_drawn_where_something_throws_it(void) {
    CHECK(!styled(FILL("1") "<a:effectRef idx=\"1\"/>")->shadow && quiet());
    CHECK(styled(FILL("1") "<a:effectRef idx=\"2\"/>")->shadow && quiet());
    CHECK(!styled("<a:effectRef idx=\"2\"/>")->shadow);
    CHECK(diag_has(diag, UNSUPPORTED_ELEMENT));
}

int main(void) {
    page_tests_begin();
    RUN(tints_and_shades_of_the_theme_colour_text);
    RUN(tints_and_shades_colour_fills_and_borders);
    RUN(text_in_a_shape_has_the_colour_of_its_style);
    RUN(a_style_s_fill_is_the_theme_s);
    RUN(a_shadow_of_the_theme_s_is_drawn_where_something_throws_it);
    page_tests_end();
    return CHECK_RESULT();
}
