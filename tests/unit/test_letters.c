/* Letters with more than a colour, from Word's own properties to the page and its picture: fills,
 * outlines, shadows, glows, relief. */
#include "page_help.h"
#include "pdf_tools.h"

#define W14 "xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\""
#define LETTERS(props, text)                                                                       \
    "<w:r " W14 "><w:rPr>" props "</w:rPr><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define SOLID(rgb) "<w14:solidFill><w14:srgbClr w14:val=\"" rgb "\"/></w14:solidFill>"
#define OUTLINE(width, rgb) "<w14:textOutline w14:w=\"" width "\">" SOLID(rgb) "</w14:textOutline>"
#define GRADIENT                                                                                   \
    "<w14:textFill><w14:gradFill><w14:gsLst><w14:gs w14:pos=\"100000\"><w14:srgbClr "              \
    "w14:val=\"0000FF\"/></w14:gs><w14:gs w14:pos=\"0\"><w14:srgbClr w14:val=\"FF0000\"/>"         \
    "</w14:gs></w14:gsLst><w14:lin w14:ang=\"0\"/></w14:gradFill></w14:textFill>"
#define SHADOW(attributes)                                                                         \
    "<w14:shadow " attributes "><w14:srgbClr w14:val=\"808080\"><w14:alpha w14:val=\"60000\"/>"    \
    "</w14:srgbClr></w14:shadow>"

static const struct draw *text_draw(size_t n) {
    return nth_draw(0, DRAW_TEXT, n);
}

static void raised_letters_stand_over_a_grey_copy(void) {
    print_body(P(LETTERS("<w:emboss/>", "nổi") LETTERS("<w:imprint/>", "chìm") T("thường")));
    CHECK(quiet());
    const struct draw *raised = text_draw(0), *sunken = text_draw(1), *above = text_draw(2);
    CHECK(raised->tag == 0 && above->tag != 0 && raised->as.text.copy);
    CHECK(raised->as.text.color == 0x808080 && above->as.text.color == 0xFFFFFF);
    CHECK_NEAR(raised->as.text.x - above->as.text.x, 608, 1);
    CHECK_NEAR(raised->as.text.y - above->as.text.y, 608, 1);
    CHECK_NEAR(sunken->as.text.x - printed("chìm")->x, 0, 610);
    CHECK(sunken->as.text.y < above->as.text.y);
    CHECK_INT(printed("thường")->color, 0);
    print_body(P(LETTERS("<w:emboss/><w:color w:val=\"C00000\"/>", "đỏ")));
    CHECK_INT(text_draw(1)->as.text.color, 0xC00000);
}

static void an_outline_has_its_own_colour(void) {
    print_body(P(LETTERS(OUTLINE("12700", "0000FF"), "a") LETTERS(OUTLINE("12700", "0000FF"), "b")
                     LETTERS(OUTLINE("6350", "0000FF"), "c")));
    const struct text_look *look = text_draw(0)->as.text.look;
    CHECK(quiet() && look && look->line && look->line->width == 1000);
    CHECK_INT(look->line->color, 0x0000FF);
    CHECK_STR(page_text(0), "ab|c"); /* equal looks are one text */
}

static void a_look_laid_over_a_style_s_takes_its_place(void) {
    begin(P(LETTERS("<w:rStyle w:val=\"Vien\"/>", "a") LETTERS(
        "<w:rStyle w:val=\"Vien\"/><w14:textOutline><w14:noFill/></w14:textOutline>", "b")));
    docx_part(package, "word/styles.xml", "w:styles",
              STYLES("<w:style w:type=\"character\" w:styleId=\"Vien\"><w:rPr " W14 ">" OUTLINE(
                  "12700", "0000FF") SHADOW("w14:dist=\"12700\"") "</w:rPr></w:style>"));
    print_package();
    CHECK(quiet());
    CHECK(printed("a")->look->line && printed("a")->look->shadow);
    CHECK(!printed("b")->look->line && printed("b")->look->shadow);
}

static void a_shadow_of_letters_is_washed_out_beneath_them(void) {
    print_body(P(LETTERS(SHADOW("w14:blurRad=\"50800\" w14:dist=\"38100\" w14:dir=\"5400000\""),
                         "bóng") T(" thường")));
    const struct draw *path = nth_draw(0, DRAW_PATH, 0);
    CHECK(quiet() && path < text_draw(0) && path->tag == 0);
    CHECK_INT(path->as.path.blur, 4000);
    CHECK_INT(nth_draw(0, DRAW_TURN, 0)->as.turn.clear, 600); /* 60 % are let through */
    CHECK_INT(path->as.path.x, text_draw(0)->as.text.x);
    int64_t baseline = text_draw(0)->as.text.y, low = INT64_MIN;
    for (size_t i = 0; i < path->as.path.path->n; i++) {
        int64_t y = (int64_t)path->as.path.y + path->as.path.path->steps[i].y[0];
        low = y > low ? y : low;
    }
    CHECK(low > baseline + 3000 && low < baseline + 3000 + 4000); /* the foot of g, 3 pt lower */
    CHECK_STR(page_text(0), "bóng| thường");
}

static void letters_glow_as_far_as_they_are_said_to(void) {
    print_body(P(LETTERS("<w14:glow w14:rad=\"50800\"><w14:srgbClr w14:val=\"FFC000\"/></w14:glow>",
                         "sáng")));
    const struct draw_path *glow = &nth_draw(0, DRAW_PATH, 0)->as.path;
    CHECK(quiet() && glow->fill == 0xFFC000 && glow->stroke == 4000 && glow->blur == 2000);
}

static void bent_letters_keep_their_look_and_words_are_found_once(void) {
    print_body(
        P("<w:r><w:drawing><wp:anchor><wp:extent cx=\"2540000\" cy=\"762000\"/><a:graphic>"
          "<a:graphicData><wps:wsp><wps:spPr><a:prstGeom prst=\"rect\"/></wps:spPr><wps:txbx>"
          "<w:txbxContent>" P(LETTERS(GRADIENT OUTLINE("6350", "0000FF")
                                          SHADOW("w14:dist=\"12700\"") "<w:shadow/>",
                                      "Chào")) "</w:txbxContent></wps:txbx><wps:bodyPr>"
                                               "<a:prstTxWarp prst=\"textWave1\"/></wps:bodyPr>"
                                               "</wps:wsp></a:graphicData></a:graphic></wp:anchor>"
                                               "</w:drawing></w:r>"));
    CHECK(quiet());
    CHECK_STR(page_text(0), "Chào");
    size_t n = draws_of(0, DRAW_PATH);
    const struct draw_path *letters = &nth_draw(0, DRAW_PATH, n - 1)->as.path;
    CHECK(n >= 3 && letters->texture && letters->stroke == 500 && letters->color == 0x0000FF);
    CHECK_INT(nth_draw(0, DRAW_PATH, 0)->as.path.fill, 0x808080);
}

/* ---- as poppler shows them ---- */

enum { SIDE = 100 };

static struct bench b;

static const unsigned char *pictured(const struct text_look *look) {
    memset(&b.pages, 0, sizeof b.pages);
    struct page *page = add_page(&b);
    page->width = page->height = SIDE * 1000;
    struct draw_text *text =
        add_text(&b, page, face_of(&b, true, false), 60000, 5000, 70000, "HH", 0);
    text->look = look;
    text->color = 0x00FF00;
    add_text(&b, page, face_of(&b, true, false), 60000, 5000, 130000, "H", 0); /* goes on as ever */
    CHECK(write_pdf(&b));
    CHECK(strstr(ask(&b, "pdftotext %s -"), "HH") != NULL);
    return pixels_of(&b, SIDE);
}

/* How many pixels are about of this colour in the columns [from, to). */
static int colored(const unsigned char *pixels, uint32_t rgb, int from, int to) {
    int n = 0;
    for (int y = 0; y < SIDE * 3 / 4; y++)
        for (int x = from; x < to; x++) {
            bool same = true;
            for (int i = 0; i < 3; i++)
                same &= abs(pixels[3 * (y * SIDE + x) + i] - (int)(rgb >> (16 - 8 * i) & 255)) < 40;
            n += same;
        }
    return n;
}

static void a_gradient_is_seen_through_the_letters(void) {
    struct gradient_stop stops[] = {{0, 0xFF0000}, {100000, 0x0000FF}};
    struct texture texture = {.kind = TEXTURE_LINEAR, .stops = stops, .stop_count = 2};
    struct letter_fill fill = {.color = 0x800080, .texture = &texture};
    struct letter_line line = {2000, 0x00FFFF};
    struct text_look look = {.fill = &fill};
    const unsigned char *pixels = pictured(&look);
    CHECK(colored(pixels, 0xFF0000, 0, 25) > 60 && colored(pixels, 0x0000FF, 75, 100) > 60);
    CHECK(colored(pixels, 0x0000FF, 0, 50) == 0 && colored(pixels, 0x00FF00, 0, 100) == 0);
    CHECK(colored(pixels, 0xFFFFFF, 0, 100) > 3000);
    look.line = &line;
    pixels = pictured(&look);
    CHECK(colored(pixels, 0x00FFFF, 0, 100) > 60 && colored(pixels, 0xFF0000, 0, 25) > 20);
}

static void letters_without_a_fill_are_their_line(void) {
    struct letter_fill fill = {.clear = OPAQUE};
    struct letter_line line = {2000, 0xFF0000};
    struct text_look look = {.fill = &fill, .line = &line};
    const unsigned char *pixels = pictured(&look);
    CHECK(colored(pixels, 0xFF0000, 0, 100) > 100 && colored(pixels, 0x00FF00, 0, 100) == 0);
    look.fill = NULL;
    pixels = pictured(&look);
    CHECK(colored(pixels, 0xFF0000, 0, 100) > 100 && colored(pixels, 0x00FF00, 0, 100) > 100);
    look.line = NULL;
    look.fill = &fill;
    CHECK_INT(colored(pictured(&look), 0xFFFFFF, 0, 100), SIDE * SIDE * 3 / 4);
}

static void clear_letters_let_the_paper_through(void) {
    struct letter_fill fill = {.color = 0xFF0000, .clear = 500};
    struct text_look look = {.fill = &fill};
    CHECK(colored(pictured(&look), 0xFF8080, 0, 100) > 200);
}

int main(void) {
    page_tests_begin();
    RUN(raised_letters_stand_over_a_grey_copy);
    RUN(an_outline_has_its_own_colour);
    RUN(a_look_laid_over_a_style_s_takes_its_place);
    RUN(a_shadow_of_letters_is_washed_out_beneath_them);
    RUN(letters_glow_as_far_as_they_are_said_to);
    RUN(bent_letters_keep_their_look_and_words_are_found_once);
    bench_open(&b);
    RUN(a_gradient_is_seen_through_the_letters);
    RUN(letters_without_a_fill_are_their_line);
    RUN(clear_letters_let_the_paper_through);
    bench_close(&b);
    page_tests_end();
    return CHECK_RESULT();
}
