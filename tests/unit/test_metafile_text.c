/* Text and bitmaps of metafiles stand where, and look as, their orders say. */
#include "metafile_help.h"

enum { DEVICE = 254, WIDE = 72000 };

static mpt device(int v) {
    return (mpt)((int64_t)v * WIDE / DEVICE);
}

static void font(uint32_t index, int32_t height, int32_t width, int32_t escapement,
                 unsigned charset, const char *family) {
    u32(82);
    u32(12 + 92);
    u32(index);
    u32((uint32_t)height);
    u32((uint32_t)width);
    u32((uint32_t)escapement);
    u32((uint32_t)escapement);
    u32(400);
    u32(0 | charset << 24);
    u32(0);
    for (size_t i = 0, n = strlen(family); i < 32; i++)
        u16(i < n ? (unsigned char)family[i] : 0);
    ORDER(37, (int32_t)index);
}

struct words {
    const char *text; /* ASCII */
    int x, y;
    uint32_t options;
    int box[4];
    const int32_t *steps; /* NULL: none; pairs where the options say so */
};

static void put_words(const struct words *w) {
    enum { PAIRS = 0x2000 };
    size_t n = strlen(w->text), even = n + n % 2, each = w->options & PAIRS ? 2 : 1;
    u32(84);
    u32((uint32_t)(76 + 2 * even + (w->steps ? 4 * n * each : 0)));
    for (int i = 0; i < 7; i++)
        u32(0);
    u32((uint32_t)w->x);
    u32((uint32_t)w->y);
    u32((uint32_t)n);
    u32(76);
    u32(w->options);
    for (int i = 0; i < 4; i++)
        u32((uint32_t)w->box[i]);
    u32(w->steps ? (uint32_t)(76 + 2 * even) : 0);
    for (size_t i = 0; i < even; i++)
        u16(i < n ? (unsigned char)w->text[i] : 0);
    for (size_t i = 0; w->steps && i < n * each; i++)
        u32((uint32_t)w->steps[i]);
}

static void see_through(void) { /* no ground behind the text */
    ORDER(18, 1);
}

static void letters_stand_where_their_steps_lead(void) {
    static const int32_t steps[] = {20, 40, 10};
    emf_begin();
    see_through();
    put_words(&(struct words){"abc", 50, 60, .steps = steps});
    print_emf();
    CHECK(quiet());
    const struct draw_text *t = printed("abc");
    CHECK_NEAR(t->x, TEXT_LEFT + device(50), 10);
    CHECK_NEAR(t->glyphs[1].x, device(20), 10);
    CHECK_NEAR(t->glyphs[2].x, device(60), 10);
}

static void steps_may_lead_down_too(void) {
    static const int32_t steps[] = {20, -30, 40, 0, 10, 0};
    emf_begin();
    see_through();
    ORDER(22, 24);
    put_words(&(struct words){"abc", 50, 60, 0x2000, .steps = steps});
    print_emf();
    CHECK(quiet());
    mpt line = printed("a")->y;
    CHECK_NEAR(printed("bc")->y, line + device(30), 10);
    CHECK_NEAR(printed("bc")->x, TEXT_LEFT + device(70), 10);
}

static void text_is_aligned_by_its_steps(void) {
    static const int32_t steps[] = {20, 20, 20};
    emf_begin();
    see_through();
    ORDER(22, 6); /* TA_CENTER */
    put_words(&(struct words){"abc", 130, 60, .steps = steps});
    ORDER(22, 2); /* TA_RIGHT */
    put_words(&(struct words){"xyz", 130, 60, .steps = steps});
    print_emf();
    CHECK_NEAR(printed("abc")->x, TEXT_LEFT + device(100), 10);
    CHECK_NEAR(printed("xyz")->x, TEXT_LEFT + device(70), 10);
}

static void text_goes_on_where_the_last_one_ended(void) {
    static const int32_t steps[] = {20, 20, 20};
    emf_begin();
    see_through();
    ORDER(22, 1); /* TA_UPDATECP */
    ORDER(27, 30, 60);
    put_words(&(struct words){"abc", 0, 0, .steps = steps});
    put_words(&(struct words){.text = "xyz", .x = 0, .y = 0}); /* as wide as it is */
    put_words(&(struct words){.text = "end", .x = 0, .y = 0});
    ORDER(54, 254, 254);
    print_emf();
    CHECK_NEAR(printed("abc")->x, TEXT_LEFT + device(30), 10);
    CHECK_NEAR(printed("xyz")->x, TEXT_LEFT + device(90), 10);
    const struct draw_text *x = printed("xyz");
    CHECK_NEAR(printed("end")->x, x->x + x->glyphs[2].x + x->size * 444 / 1000, 100);
    CHECK_NEAR(nth_draw(0, DRAW_PATH, 0)->as.path.path->steps[0].x[0], device(90), 10);
}

static void escapement_turns_the_line_about_its_point(void) {
    emf_begin();
    see_through();
    font(1, -20, 0, 900, 0, "Times New Roman");
    ORDER(22, 24);
    put_words(&(struct words){.text = "abc", .x = 100, .y = 200});
    print_emf();
    const struct draw_turn *t = &nth_draw(0, DRAW_TURN, 0)->as.turn;
    CHECK_INT(t->m[0], 0);
    CHECK_INT(t->m[1], -1000000); /* upwards */
    CHECK_NEAR(t->x, TEXT_LEFT + device(100), 10);
    CHECK_NEAR(printed("abc")->x, TEXT_LEFT + device(100), 10);
    CHECK_NEAR(printed("abc")->size, device(20), 10);
}

static void a_positive_height_is_from_ascent_to_descent(void) {
    emf_begin();
    see_through();
    font(1, 100, 0, 0, 0, "Times New Roman");
    put_words(&(struct words){.text = "abc", .x = 0, .y = 0});
    print_emf();
    CHECK_NEAR(printed("abc")->size, device(100) * 1000 / 1107, 50);
}

static void a_width_makes_letters_wide_on_the_mean(void) {
    emf_begin();
    see_through();
    font(1, -100, 80, 0, 0, "Times New Roman");
    put_words(&(struct words){.text = "abc", .x = 0, .y = 0});
    print_emf();
    CHECK_NEAR(printed("abc")->scale, 200, 12); /* of 0.4 em */
}

static void an_opaque_ground_is_behind_the_letters(void) {
    static const int32_t steps[] = {20, 20, 20};
    emf_begin();
    ORDER(25, BLUE);
    ORDER(18, 2);
    ORDER(22, 24);
    put_words(&(struct words){"abc", 50, 100, .steps = steps});
    see_through();
    put_words(
        &(struct words){"box", 50, 100, 2 | 4, {40, 80, 90, 110}, steps}); /* ETO_OPAQUE, CLIPPED */
    print_emf();
    CHECK(quiet());
    CHECK_INT(draws_of(0, DRAW_RECT), 1);
    const struct draw_rect *ground = &nth_draw(0, DRAW_RECT, 0)->as.rect;
    CHECK_INT(ground->color, 0xFF);
    CHECK_NEAR(ground->width, device(60), 10);
    CHECK(ground->y < printed("abc")->y && ground->y + ground->height > printed("abc")->y);
    const struct draw_path *box = &nth_draw(0, DRAW_PATH, 0)->as.path;
    CHECK_INT(box->fill, 0xFF);
    CHECK_NEAR(box->path->steps[0].x[0], device(40), 10);
    CHECK_NEAR(nth_draw(0, DRAW_CLIP, 0)->as.clip.clip->path->steps[0].x[0], device(40), 10);
}

/* A WMF text in the code its font tells. */
static void put_coded(unsigned charset, const char *family, const char *bytes) {
    size_t n = strlen(bytes), even = n + n % 2, face = strlen(family) + 1;
    face += face % 2;
    wmf_begin();
    RECORD(0x0102, 1);
    u32((uint32_t)(3 + 9 + face / 2));
    u16(0x02FB);
    for (int i = 0; i < 6; i++)
        u16((unsigned[]){(unsigned)-100, 0, 0, 0, 400, 0}[i]);
    u16(charset << 8);
    u16(0);
    u16(0);
    for (size_t i = 0; i < face; i++)
        buf_putc(&file, i < strlen(family) ? family[i] : '\0');
    RECORD(0x012D, 0);
    u32((uint32_t)(3 + 1 + even / 2 + 2));
    u16(0x0521);
    u16((unsigned)n);
    for (size_t i = 0; i < even; i++)
        buf_putc(&file, i < n ? bytes[i] : '\0');
    u16(500);
    u16(100);
    print_wmf();
}

static void bytes_are_read_in_the_code_of_the_font(void) {
    put_coded(163, "Arial", "\xD0\xFC\xFD"); /* Vietnamese: đ in capitals, ü, the mark of ơ and ư */
    CHECK(strstr(page_text(0), "Đ") != NULL);
    put_coded(204, "Arial", "\xC4\xE0"); /* Cyrillic */
    CHECK(strstr(page_text(0), "Да") != NULL);
    put_coded(2, "Symbol", "a\xB1");
    CHECK(strstr(page_text(0), "α±") != NULL);
    put_coded(0, ".VnTime", "C\xE9ng h\xDF a Vi\xD6t Nam");
    CHECK(strstr(page_text(0), "Việt") != NULL);
    put_coded(0, "VNI-Times",
              "Co\xE4ng ho\xF8"
              "a Vie\xE4t Nam");
    CHECK(strstr(page_text(0), "Việt") != NULL);
}

static void glyph_numbers_are_named(void) {
    emf_begin();
    put_words(&(struct words){.text = "abc", .options = 0x10});
    print_emf();
    CHECK(said("EMF (ETO_GLYPH_INDEX)"));
}

/* ---- bitmaps ---- */

/* STRETCHBLT of 2 by 2 pixels to the whole, 1 bit or 32 bits each. */
static void put_bits(uint32_t kind, uint32_t operation, unsigned bits, const uint32_t *pixels,
                     const int32_t from[4]) {
    size_t colors = bits == 1 ? 2 : 0, n = bits == 1 ? 2 : 4;
    u32(kind);
    u32((uint32_t)(108 + 40 + 4 * colors + 4 * n));
    for (int i = 0; i < 4; i++)
        u32(0);
    for (int i = 0; i < 4; i++)
        u32((uint32_t[]){0, 0, 254, 254}[i]);
    u32(operation);
    u32((uint32_t)from[0]);
    u32((uint32_t)from[1]);
    for (int i = 0; i < 8; i++)
        u32(0);
    u32(108);
    u32((uint32_t)(40 + 4 * colors));
    u32((uint32_t)(148 + 4 * colors));
    u32((uint32_t)(4 * n));
    u32((uint32_t)from[2]);
    u32((uint32_t)from[3]);
    u32(40);
    u32(2);
    u32(2);
    u32(1 | bits << 16);
    for (int i = 0; i < 6; i++)
        u32(0);
    for (size_t i = 0; i < colors; i++)
        u32(i ? 0xFFFFFF : 0);
    for (size_t i = 0; i < n; i++)
        u32(pixels[i]);
}

static const int32_t whole[4] = {0, 0, 2, 2};

static uint32_t pixel(const struct picture *p, size_t i) {
    const unsigned char *at = (const unsigned char *)p->bytes + 14 + 108 + 4 * i;
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* The mask's lower row is black, white; its upper one white, black. */
static void a_mask_and_what_is_drawn_through_it_are_one(void) {
    static const uint32_t mask[] = {0x40, 0x80},
                          colors[] = {0x111111, 0x222222, 0x333333, 0x444444};
    emf_begin();
    put_bits(77, 0x8800C6, 1, mask, whole);
    put_bits(77, 0x660046, 32, colors, whole);
    print_emf();
    CHECK(quiet());
    CHECK_INT(draws_of(0, DRAW_PICTURE), 1);
    const struct picture *p = nth_draw(0, DRAW_PICTURE, 0)->as.picture.picture;
    CHECK_INT(pixel(p, 0), 0); /* from the upper left on */
    CHECK_INT(pixel(p, 1), 0xFF444444);
    CHECK_INT(pixel(p, 2), 0xFF111111);
    CHECK_INT(pixel(p, 3), 0);
}

static void a_mask_alone_blackens(void) {
    static const uint32_t mask[] = {0x40, 0x80};
    emf_begin();
    put_bits(77, 0x8800C6, 1, mask, whole);
    print_emf();
    CHECK(quiet());
    const struct picture *p = nth_draw(0, DRAW_PICTURE, 0)->as.picture.picture;
    CHECK_INT(pixel(p, 0), 0);
    CHECK_INT(pixel(p, 1), 0xFF000000);
}

static void colours_are_parted_from_their_alpha(void) {
    static const uint32_t colors[] = {0x80400000, 0, 0xFF123456, 0};
    emf_begin();
    put_bits(114, 0x01FF0000, 32, colors, whole);
    put_bits(114, 0x007F0000, 32, colors, whole);
    print_emf();
    CHECK(quiet());
    const struct picture *p = nth_draw(0, DRAW_PICTURE, 0)->as.picture.picture;
    CHECK_INT(pixel(p, 2), 0x80800000);
    CHECK_INT(pixel(p, 0), 0xFF123456);
    CHECK_INT(nth_draw(0, DRAW_TURN, 0)->as.turn.clear, 1000 * 128 / 255);
}

static void a_colour_is_left_out(void) {
    static const uint32_t colors[] = {0x00FF00, 0x0000FF, 0, 0};
    emf_begin();
    put_bits(116, 0x00FF00, 32, colors, whole); /* TransparentBlt, green */
    print_emf();
    CHECK(quiet());
    const struct picture *p = nth_draw(0, DRAW_PICTURE, 0)->as.picture.picture;
    CHECK_INT(pixel(p, 2), 0);
    CHECK_INT(pixel(p, 3), 0xFF0000FF);
}

/* One pixel of it on the whole box: all of it reaches over, and is clipped. */
static void a_part_of_a_bitmap_fills_the_box(void) {
    static const uint32_t colors[] = {1, 2, 3, 4};
    static const int32_t corner[4] = {1, 0, 1, 1};
    emf_begin();
    put_bits(77, 0xCC0020, 32, colors, corner);
    print_emf();
    CHECK(quiet());
    const int32_t *crop = nth_draw(0, DRAW_PICTURE, 0)->as.picture.picture->crop;
    CHECK_INT(crop[EDGE_LEFT], 50000);
    CHECK_INT(crop[EDGE_RIGHT], 0);
    CHECK_INT(crop[EDGE_TOP], 0);
    CHECK_INT(crop[EDGE_BOTTOM], 50000);
    CHECK_INT(draws_of(0, DRAW_CLIP), 1);
}

static void a_bitmap_is_mirrored_where_its_box_is(void) {
    static const uint32_t colors[] = {1, 2, 3, 4};
    emf_begin();
    ORDER(17, 8);
    ORDER(9, 254, -254); /* upwards */
    ORDER(11, 254, 254);
    ORDER(10, 0, 254);
    put_bits(77, 0xCC0020, 32, colors, whole);
    print_emf();
    const struct picture *p = nth_draw(0, DRAW_PICTURE, 0)->as.picture.picture;
    CHECK_INT(pixel(p, 0) & 0xFFFFFF, 1); /* the lower row is above */
    CHECK_INT(pixel(p, 2) & 0xFFFFFF, 3);
}

static void operations_that_mix_are_named(void) {
    static const uint32_t colors[] = {1, 2, 3, 4};
    emf_begin();
    put_bits(77, 0x330008, 32, colors, whole); /* NOTSRCCOPY */
    print_emf();
    CHECK(said("EMF (raster operation)"));
    CHECK_INT(draws_of(0, DRAW_PICTURE), 1);
    emf_begin();
    ORDER(20, 7); /* R2_XORPEN */
    ORDER(43, 0, 0, 10, 10);
    print_emf();
    CHECK(said("EMF (SetROP2)"));
}

/* ---- fills and pens ---- */

static void fills_hatches_and_gradients_are_as_they_say(void) {
    emf_begin();
    ORDER(19, 2);            /* WINDING */
    ORDER(39, 1, 2, RED, 2); /* HS_FDIAGONAL */
    ORDER(37, 1);
    ORDER(43, 0, 0, 127, 127);
    ORDER(118, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0xFF00, 0, 254, 254, 0, 0xFF00, 0, 1);
    print_emf();
    CHECK(quiet());
    const struct draw_path *hatch = &nth_draw(0, DRAW_PATH, 0)->as.path;
    CHECK(hatch->path->winding);
    CHECK_INT(hatch->texture->kind, TEXTURE_PATTERN);
    CHECK_INT(hatch->texture->rows[3], 8);
    CHECK_INT(hatch->texture->fore, 0xFF0000);
    CHECK_INT(hatch->texture->back, 0xFFFFFF);
    const struct texture *t = nth_draw(0, DRAW_PATH, 2)->as.path.texture;
    CHECK_INT(t->kind, TEXTURE_LINEAR);
    CHECK_INT(t->stops[0].color, 0xFF0000);
    CHECK_INT(t->stops[1].color, 0x0000FF);
    CHECK_NEAR(t->stops[1].at, 100000, 50);
}

static void pens_have_the_ends_and_dashes_they_say(void) {
    emf_begin();
    ORDER(95, 1, 0, 0, 0, 0, 0x12201, 20, 0, RED, 0, 0); /* geometric, flat, mitred, dashed */
    ORDER(37, 1);
    ORDER(27, 0, 0);
    ORDER(54, 100, 100);
    ORDER(38, 2, 0, 10, 0, BLUE);
    ORDER(37, 2);
    ORDER(54, 200, 100);
    print_emf();
    CHECK(quiet());
    const struct line_style *first = &nth_draw(0, DRAW_PATH, 0)->as.path.line;
    CHECK_INT(first->dashes[0], 3);
    CHECK_INT(first->dashes[1], 1);
    CHECK_INT(first->cap, CAP_FLAT);
    CHECK(first->miter);
    CHECK_INT(nth_draw(0, DRAW_PATH, 1)->as.path.line.cap, CAP_ROUND);
}

/* ---- what is met and not drawn ---- */

static void every_record_that_is_not_drawn_is_named(void) {
    emf_begin();
    ORDER(53, 0, 0, 0, 0);                     /* ExtFloodFill */
    ORDER(79, 0);                              /* PlgBlt */
    ORDER(200, 0);                             /* none that is known */
    ORDER(98, 1);                              /* nothing to be seen */
    ORDER(70, 16, 0x2B464D45, 0x14001, 12, 0); /* EMF+ beside plain records */
    ORDER(43, 0, 0, 10, 10);
    print_emf();
    CHECK(said("EMF (EXTFLOODFILL)"));
    CHECK(said("EMF (PLGBLT)"));
    CHECK(said("EMF (record 200)"));
    CHECK_INT(diag_count(diag, DIAG_WARNING), 3);
    emf_begin();
    ORDER(70, 16, 0x2B464D45, 0x4001, 12, 0); /* EMF+ alone */
    print_emf();
    CHECK(said("EMF (EMF+)"));
    wmf_begin();
    RECORD(0x0548, 0, 0, 0, 0, 0);
    RECORD(0x0777, 0);
    RECORD(0x041B, 1000, 1000, 0, 0);
    print_wmf();
    CHECK(said("WMF (META_EXTFLOODFILL)"));
    CHECK(said("WMF (0x0777)"));
}

static void areas_of_old_metafiles_are_painted(void) {
    wmf_begin();
    RECORD(0x02FC, 0, RED & 0xFFFF, RED >> 16, 0);
    RECORD(0x012D, 0);
    RECORD(0x061D, 0x21, 0xF0, 500, 250, 0, 100); /* PATCOPY: height, width, y, x */
    print_wmf();
    CHECK(quiet());
    const struct draw_path *area = &nth_draw(0, DRAW_PATH, 0)->as.path;
    CHECK_INT(area->fill, 0xFF0000);
    CHECK_NEAR(area->path->steps[2].x[0], WIDE * 35 / 100, 10);
    CHECK_NEAR(area->path->steps[2].y[0], WIDE / 2, 10);
}

int main(void) {
    page_tests_begin();
    RUN(letters_stand_where_their_steps_lead);
    RUN(steps_may_lead_down_too);
    RUN(text_is_aligned_by_its_steps);
    RUN(text_goes_on_where_the_last_one_ended);
    RUN(escapement_turns_the_line_about_its_point);
    RUN(a_positive_height_is_from_ascent_to_descent);
    RUN(a_width_makes_letters_wide_on_the_mean);
    RUN(an_opaque_ground_is_behind_the_letters);
    RUN(bytes_are_read_in_the_code_of_the_font);
    RUN(glyph_numbers_are_named);
    RUN(a_mask_and_what_is_drawn_through_it_are_one);
    RUN(a_mask_alone_blackens);
    RUN(colours_are_parted_from_their_alpha);
    RUN(a_colour_is_left_out);
    RUN(a_part_of_a_bitmap_fills_the_box);
    RUN(a_bitmap_is_mirrored_where_its_box_is);
    RUN(operations_that_mix_are_named);
    RUN(fills_hatches_and_gradients_are_as_they_say);
    RUN(pens_have_the_ends_and_dashes_they_say);
    RUN(every_record_that_is_not_drawn_is_named);
    RUN(areas_of_old_metafiles_are_painted);
    buf_free(&file);
    page_tests_end();
    return CHECK_RESULT();
}
