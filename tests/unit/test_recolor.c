/* Pictures in other colours: what the document asks for, and what poppler shows. */
#include "pdf_tools.h"
#include "reader_help.h"

#define PICTURE(effects)                                                                           \
    P("<w:r><w:drawing><wp:inline><wp:extent cx=\"914400\" cy=\"914400\"/><a:graphic>"             \
      "<a:graphicData><pic:pic><pic:blipFill><a:blip r:embed=\"p1\">" effects                      \
      "</a:blip></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline>"      \
      "</w:drawing></w:r>")
#define VML_PICTURE(attributes)                                                                    \
    P("<w:r><w:pict><v:shape style=\"width:72pt;height:72pt\"><v:imagedata "                       \
      "r:id=\"p1\" " attributes "/></v:shape></w:pict></w:r>")

static const struct recolor *asked(const char *body) {
    begin(body);
    package_set(package, "word/media/image1.png", "\x89PNG\r\n\x1A\n....", 12);
    const struct para *para = nth(reread(), 0);
    CHECK(para && para->item_count && para->items[0].picture);
    return para->items[0].picture->recolor;
}

static void a_washed_out_picture_is_so_in_both_dialects(void) {
    const struct recolor *a = asked(PICTURE("<a:lum bright=\"70000\" contrast=\"-70000\"/>"));
    CHECK(a && quiet());
    CHECK_INT(a->gain, 300);
    CHECK_INT(recolored(a, 0x000000), 0xCDCDCD); /* 0.805, and white stays white */
    CHECK_INT(recolored(a, 0xFFFFFF), 0xFFFFFF);
    const struct recolor *b = asked(VML_PICTURE("gain=\"19661f\" blacklevel=\"22938f\""));
    CHECK(b && quiet());
    CHECK_INT(recolored(b, 0), 0xCDCDCD);
    CHECK_INT(recolored(asked(PICTURE("<a:lum bright=\"100%\"/>")), 0), 0xFFFFFF);
    CHECK_INT(recolored(asked(PICTURE("<a:lum contrast=\"100000\"/>")), 0x7F8081), 0x00FFFF);
}

static void effects_that_change_nothing_are_none(void) {
    CHECK(!asked(PICTURE("")));
    CHECK(!asked(PICTURE("<a:lum/>")));
    CHECK(!asked(VML_PICTURE("gain=\"65536f\" blacklevel=\"0\"")));
    CHECK(quiet());
}

static void grey_two_colours_and_between_two(void) {
    CHECK_INT(recolored(asked(PICTURE("<a:grayscl/>")), 0xFF0000), 0x4C4C4C);
    CHECK_INT(recolored(asked(VML_PICTURE("grayscale=\"t\"")), 0x00FF00), 0x959595);
    const struct recolor *two = asked(PICTURE("<a:biLevel thresh=\"75000\"/>"));
    CHECK_INT(recolored(two, 0xBEBEBE), 0x000000);
    CHECK_INT(recolored(two, 0xC0C0C0), 0xFFFFFF);
    const struct recolor *duotone = asked(
        PICTURE("<a:duotone><a:srgbClr val=\"102030\"/><a:prstClr val=\"white\"/></a:duotone>"));
    CHECK_INT(recolored(duotone, 0x000000), 0x102030);
    CHECK_INT(recolored(duotone, 0xFFFFFF), 0xFFFFFF);
    CHECK(quiet());
}

static void a_colour_becomes_another(void) {
    const struct recolor *r =
        asked(PICTURE("<a:clrChange><a:clrFrom><a:srgbClr val=\"FF0000\"/></a:clrFrom><a:clrTo>"
                      "<a:srgbClr val=\"00FF00\"/></a:clrTo></a:clrChange>"));
    CHECK_INT(recolored(r, 0xFF0000), 0x00FF00);
    CHECK_INT(recolored(r, 0xFE0000), 0xFE0000);
    CHECK(quiet());
}

static void what_is_not_done_to_colours_is_named(void) {
    asked(PICTURE("<a:clrChange><a:clrFrom><a:srgbClr val=\"FF0000\"/></a:clrFrom><a:clrTo>"
                  "<a:srgbClr val=\"00FF00\"><a:alpha val=\"50000\"/></a:srgbClr></a:clrTo>"
                  "</a:clrChange><a:blur rad=\"9\"/>"));
    CHECK(said("a:clrChange") && said("a:blur"));
    asked(VML_PICTURE("gamma=\".5\""));
    CHECK(said("v:imagedata gamma"));
}

/* ---- on the page ---- */

enum { SIDE = 60, DOT = 30 };
static struct bench b;

/* A BMP of red and green over blue and white. */
static const char dots[] =
    "BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\2\0\0\0\2\0\0\0\1\0\x18\0\0\0\0\0"
    "\x10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
    "\xFF\0\0\xFF\xFF\xFF\0\0\0\0\xFF\0\xFF\0\0\0";

/* The page at the middle of a dot, 0xRRGGBB. */
static uint32_t seen_at(const struct recolor *recolor, int x, int y) {
    static struct recolor copy;
    struct picture picture = {.bytes = dots, .len = sizeof dots - 1, .part = "a.bmp"};
    copy = recolor ? *recolor : copy;
    picture.recolor = recolor ? &copy : NULL;
    memset(&b.pages, 0, sizeof b.pages);
    struct page *page = add_page(&b);
    page->width = page->height = SIDE * 1000;
    add_picture(&b, page, &picture, 0, 0, SIDE * 1000, SIDE * 1000);
    CHECK(write_pdf(&b));
    const unsigned char *p =
        pixels_of(&b, SIDE) + 3 * ((y * DOT + DOT / 2) * SIDE + x * DOT + DOT / 2);
    return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

static void the_page_shows_the_colours_asked_for(void) {
    struct recolor grey = {.kind = COLORS_GREY, .gain = 1000, .unseen = -1};
    struct recolor unseen = {.gain = 1000, .unseen = 0xFF0000};
    struct recolor dark = {.gain = 500, .unseen = -1};
    CHECK_INT(seen_at(NULL, 1, 0), 0x00FF00);
    CHECK_INT(seen_at(&grey, 1, 0), 0x959595);
    CHECK_INT(seen_at(&grey, 0, 1), 0x1D1D1D);
    CHECK_INT(seen_at(&unseen, 0, 0), 0xFFFFFF); /* red is the paper now */
    CHECK_INT(seen_at(&unseen, 1, 0), 0x00FF00);
    CHECK_INT(seen_at(&dark, 0, 0), 0x800000);
}

int main(void) {
    reader_tests_begin();
    RUN(a_washed_out_picture_is_so_in_both_dialects);
    RUN(effects_that_change_nothing_are_none);
    RUN(grey_two_colours_and_between_two);
    RUN(a_colour_becomes_another);
    RUN(what_is_not_done_to_colours_is_named);
    bench_open(&b);
    RUN(the_page_shows_the_colours_asked_for);
    bench_close(&b);
    reader_tests_end();
    return CHECK_RESULT();
}
