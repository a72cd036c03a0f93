/* Gradients, patterns and pictures that fill areas, as poppler shows them. */
#include "pdf_tools.h"

enum { SIDE = 100 }; /* of the page and of the area, in points */

static struct bench b;

/* A page that is one square filled with the texture. */
static const unsigned char *shown(const struct texture *texture) {
    static const struct path_step steps[] = {{PATH_MOVE, {0}, {0}},
                                             {PATH_LINE, {SIDE * 1000}, {0}},
                                             {PATH_LINE, {SIDE * 1000}, {SIDE * 1000}},
                                             {PATH_LINE, {0}, {SIDE * 1000}},
                                             {PATH_CLOSE, {0}, {0}}};
    static const struct path square = {.steps = steps, .n = 5, .filled = true};
    memset(&b.pages, 0, sizeof b.pages);
    struct page *page = add_page(&b);
    page->width = page->height = SIDE * 1000;
    add_draw(&b, page, DRAW_PATH)->as.path =
        (struct draw_path){.path = &square,
                           .fill = 0x808080,
                           .texture = texture,
                           .box = {0, 0, SIDE * 1000, SIDE * 1000}};
    CHECK(write_pdf(&b));
    return pixels_of(&b, SIDE);
}

static bool near(const unsigned char *pixels, int x, int y, uint32_t rgb) {
    const unsigned char *p = pixels + 3 * (y * SIDE + x);
    bool same = true;
    for (int i = 0; i < 3; i++)
        same = same && abs(p[i] - (int)(rgb >> (16 - 8 * i) & 255)) < 12;
    if (!same)
        printf("# (%d, %d) is %02X%02X%02X, not %06X\n", x, y, p[0], p[1], p[2], (unsigned)rgb);
    return same;
}

static struct gradient_stop stops[] = {{0, 0xFF0000}, {50000, 0xFFFF00}, {100000, 0x0000FF}};

static void a_gradient_goes_through_all_its_colours(void) {
    const struct texture t = {.kind = TEXTURE_LINEAR, .stops = stops, .stop_count = 3};
    const unsigned char *pixels = shown(&t);
    CHECK(near(pixels, 1, 50, 0xFF0500) && near(pixels, 50, 10, 0xFFFF00));
    CHECK(near(pixels, 75, 90, 0x7F7F7F) && near(pixels, 98, 50, 0x0505FA));
}

static void its_direction_turns_with_the_clock(void) {
    struct texture t = {
        .kind = TEXTURE_LINEAR, .stops = stops, .stop_count = 3, .angle = 90 * 60000};
    const unsigned char *pixels = shown(&t);
    CHECK(near(pixels, 50, 1, 0xFF0500) && near(pixels, 50, 98, 0x0505FA));
    t.angle = 45 * 60000;
    pixels = shown(&t);
    CHECK(near(pixels, 1, 1, 0xFF0500) && near(pixels, 98, 98, 0x0505FA));
    CHECK(near(pixels, 98, 1, 0xFFFF00) && near(pixels, 1, 98, 0xFFFF00));
}

static void a_radial_one_begins_at_its_centre(void) {
    const struct texture t = {.kind = TEXTURE_RADIAL,
                              .stops = stops,
                              .stop_count = 3,
                              .center = {50000, 50000, 50000, 50000}};
    const unsigned char *pixels = shown(&t);
    CHECK(near(pixels, 50, 50, 0xFF0500) && near(pixels, 1, 1, 0x0505FA));
}

static void a_pattern_has_two_colours_row_by_row(void) {
    const struct texture t = {.kind = TEXTURE_PATTERN,
                              .rows = {0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0},
                              .fore = 0xFF0000,
                              .back = 0x00FF00};
    const unsigned char *pixels = shown(&t);
    int red = 0, green = 0;
    for (int y = 0; y < SIDE; y++) {
        const unsigned char *p = pixels + 3 * (y * SIDE + 30);
        red += p[0] > 200 && p[1] < 50;
        green += p[1] > 200 && p[0] < 50;
    }
    CHECK(red > 25 && green > 35);
}

/* 2 by 1 pixels, red and blue. */
static const char two[] =
    "BM\x3E\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x02\0\0\0\x01\0\0\0\x01\0\x18\0\0\0\0\0\x08\0\0\0"
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xFF\xFF\0\0\0\0";

static void a_picture_is_stretched_over_the_area(void) {
    struct picture picture = {.bytes = two, .len = sizeof two - 1, .part = "word/media/a.bmp"};
    const struct texture t = {.kind = TEXTURE_PICTURE, .picture = &picture};
    const unsigned char *pixels = shown(&t);
    CHECK(near(pixels, 10, 10, 0xFF0000) && near(pixels, 90, 90, 0x0000FF));
    picture.crop[EDGE_LEFT] = -100000; /* in the right half only */
    pixels = shown(&t);
    CHECK(near(pixels, 10, 10, 0xFFFFFF) && near(pixels, 60, 10, 0xFF0000));
}

static const struct path_step middle[] = {{PATH_MOVE, {30000}, {30000}},
                                          {PATH_LINE, {70000}, {30000}},
                                          {PATH_LINE, {70000}, {70000}},
                                          {PATH_LINE, {30000}, {70000}},
                                          {PATH_CLOSE, {0}, {0}}};

static void a_washed_out_area_is_seen_through_a_mask_that_equal_ones_share(void) {
    static const struct path square = {.steps = middle, .n = 5, .filled = true};
    memset(&b.pages, 0, sizeof b.pages);
    for (int i = 0; i < 2; i++) {
        struct page *page = add_page(&b);
        page->width = page->height = SIDE * 1000;
        for (int k = 0; k < 2 - i; k++)
            add_draw(&b, page, DRAW_PATH)->as.path = (struct draw_path){
                .path = &square, .fill = 0xFF0000, .color = 0xFF0000, .blur = 9000 - 3000 * k};
    }
    b.pages.at.at[0].draws.n = 1;
    CHECK(write_pdf(&b));
    const unsigned char *pixels = pixels_of(&b, SIDE);
    CHECK(near(pixels, 50, 50, 0xFF0000) && near(pixels, 15, 50, 0xFFFFFF));
    CHECK(near(pixels, 26, 50, 0xFFE6E6)); /* a third and more of the blur outside */
    CHECK_INT(count(unpacked(&b), "/SMask"), 1);
}

static void unseen_words_are_only_found(void) {
    memset(&b.pages, 0, sizeof b.pages);
    struct page *page = add_page(&b);
    page->width = page->height = SIDE * 1000;
    add_text(&b, page, face_of(&b, false, false), 30000, 10000, 60000, "Chữ", 0)->unseen = true;
    add_text(&b, page, face_of(&b, false, false), 10000, 10000, 90000, "sau", 0);
    CHECK(write_pdf(&b));
    const unsigned char *pixels = pixels_of(&b, SIDE);
    bool any = false;
    for (int i = 0; i < SIDE * 75 * 3; i++)
        any |= pixels[i] != 255;
    CHECK(!any);
    for (int i = SIDE * 75 * 3; i < SIDE * SIDE * 3; i++)
        any |= pixels[i] != 255;
    CHECK(any); /* and what comes after them is seen again */
    CHECK(strstr(ask(&b, "pdftotext %s -"), "Chữ") != NULL);
}

static void letters_are_filled_by_their_winding(void) {
    static const struct path_step twice[] = {
        {PATH_MOVE, {20000}, {20000}}, {PATH_LINE, {80000}, {20000}}, {PATH_LINE, {80000}, {80000}},
        {PATH_LINE, {20000}, {80000}}, {PATH_CLOSE, {0}, {0}},        {PATH_MOVE, {40000}, {40000}},
        {PATH_LINE, {60000}, {40000}}, {PATH_LINE, {60000}, {60000}}, {PATH_LINE, {40000}, {60000}},
        {PATH_CLOSE, {0}, {0}}};
    for (int winding = 0; winding < 2; winding++)
        for (int stroke = 0; stroke < 2; stroke++) {
            struct path path = {.steps = twice, .n = 10, .filled = true, .winding = winding};
            memset(&b.pages, 0, sizeof b.pages);
            struct page *page = add_page(&b);
            page->width = page->height = SIDE * 1000;
            add_draw(&b, page, DRAW_PATH)->as.path =
                (struct draw_path){.path = &path, .fill = 0x0000FF, .stroke = stroke * 1000};
            CHECK(write_pdf(&b));
            CHECK(near(pixels_of(&b, SIDE), 50, 50, winding ? 0x0000FF : 0xFFFFFF));
        }
}

int main(void) {
    bench_open(&b);
    RUN(a_gradient_goes_through_all_its_colours);
    RUN(its_direction_turns_with_the_clock);
    RUN(a_radial_one_begins_at_its_centre);
    RUN(a_pattern_has_two_colours_row_by_row);
    RUN(a_picture_is_stretched_over_the_area);
    RUN(a_washed_out_area_is_seen_through_a_mask_that_equal_ones_share);
    RUN(unseen_words_are_only_found);
    RUN(letters_are_filled_by_their_winding);
    bench_close(&b);
    return CHECK_RESULT();
}
