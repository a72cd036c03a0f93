/* Metafiles become the shapes their orders draw. */
#include "metafile_help.h"

static void filled_and_drawn_outlines_are_paths(void) {
    emf_begin();
    ORDER(39, 1, 0, RED, 0);      /* a solid brush */
    ORDER(38, 2, 0, 10, 0, BLUE); /* a pen 10 wide */
    ORDER(37, 1);
    ORDER(37, 2);
    ORDER(43, 0, 0, 127, 254); /* the left half */
    ORDER(27, 0, 127);
    ORDER(54, 254, 127); /* a line across */
    print_emf();
    CHECK(quiet());
    const struct draw_path *area = &nth_draw(0, DRAW_PATH, 0)->as.path;
    CHECK_INT(area->fill, 0xFF0000);
    CHECK_INT(area->x, TEXT_LEFT);
    CHECK_NEAR(area->path->steps[2].x[0], 36000, 10);
    CHECK_NEAR(area->path->steps[2].y[0], 72000, 10);
    const struct draw_path *line = &nth_draw(0, DRAW_PATH, 2)->as.path;
    CHECK_INT(line->fill, -1);
    CHECK_INT(line->color, 0x0000FF);
    CHECK_NEAR(line->stroke, 2835, 20);
    CHECK_NEAR(line->path->steps[1].x[0], 72000, 10);
    CHECK_NEAR(line->path->steps[1].y[0], 36000, 10);
    CHECK_NEAR(printed("sau")->x, TEXT_LEFT + 72000, 10); /* the line keeps its room */
}

static void windows_and_saved_states_scale_what_follows(void) {
    emf_begin();
    order(33, NULL, 0);   /* SaveDC */
    ORDER(9, 5, 5);       /* says nothing where units are the device's */
    ORDER(17, 8);         /* MM_ANISOTROPIC */
    ORDER(9, 1000, 1000); /* window of 1000 */
    ORDER(11, 254, 254);  /* on the whole picture */
    ORDER(10, 100, 0);    /* which begins at 100 */
    ORDER(27, 100, 0);
    ORDER(54, 600, 500);
    ORDER(34, -1);
    ORDER(27, 0, 0);
    ORDER(54, 127, 127);
    print_emf();
    for (size_t i = 0; i < 2; i++) {
        const struct path_step *end = &nth_draw(0, DRAW_PATH, i)->as.path.path->steps[1];
        CHECK_NEAR(end->x[0], 36000, 10);
        CHECK_NEAR(end->y[0], 36000, 10);
    }
}

static void polygons_curves_and_brackets_are_drawn(void) {
    emf_begin();
    ORDER(86, 0, 0, 0, 0, 3, 0, 127, 127 << 16); /* 16 bits a coordinate: (0,0) (127,0) (0,127) */
    order(59, NULL, 0);                          /* a path bracket: one outline */
    ORDER(27, 0, 0);
    ORDER(5, 0, 0, 0, 0, 3, 10, 10, 20, 20, 30, 30);
    order(61, NULL, 0);
    order(60, NULL, 0);
    ORDER(63, 0, 0, 0, 0);
    print_emf();
    const struct path *triangle = nth_draw(0, DRAW_PATH, 0)->as.path.path;
    CHECK_INT(triangle->n, 4);
    CHECK_INT(triangle->steps[3].verb, PATH_CLOSE);
    CHECK_NEAR(triangle->steps[1].x[0], 36000, 10);
    const struct path *curve = nth_draw(0, DRAW_PATH, 2)->as.path.path;
    CHECK_INT(curve->n, 3);
    CHECK_INT(curve->steps[1].verb, PATH_CURVE);
}

static void check_step(const struct path *path, size_t i, enum path_verb verb, mpt x, mpt y) {
    int end = verb == PATH_CURVE ? 2 : 0;
    CHECK(i < path->n);
    CHECK_INT(path->steps[i].verb, verb);
    CHECK_NEAR(path->steps[i].x[end], x, 300);
    CHECK_NEAR(path->steps[i].y[end], y, 300);
}

/* From the right of a circle to its top: against the clock a quarter, with it three. */
static void arcs_go_from_ray_to_ray(void) {
    emf_begin();
    ORDER(45, 0, 0, 254, 254, 1000, 127, 127, -500);
    print_emf();
    CHECK(quiet());
    const struct path *arc = nth_draw(0, DRAW_PATH, 0)->as.path.path;
    check_step(arc, 0, PATH_MOVE, 72000, 36000);
    check_step(arc, 1, PATH_CURVE, 36000, 0);
    CHECK_NEAR(arc->steps[1].y[0], 36000 - 19880, 300);
    CHECK_INT(arc->n, 2);
    emf_begin();
    ORDER(57, 2);
    ORDER(47, 0, 0, 254, 254, 1000, 127, 127, -500);
    print_emf();
    const struct path *pie = nth_draw(0, DRAW_PATH, 0)->as.path.path;
    check_step(pie, 1, PATH_CURVE, 36000, 72000);
    check_step(pie, 3, PATH_CURVE, 36000, 0);
    check_step(pie, 4, PATH_LINE, 36000, 36000);
    CHECK_INT(pie->steps[5].verb, PATH_CLOSE);
    emf_begin();
    ORDER(46, 0, 0, 254, 254, 1000, 127, 127, -500);
    print_emf();
    const struct path *chord = nth_draw(0, DRAW_PATH, 0)->as.path.path;
    CHECK_INT(chord->n, 3);
    CHECK_INT(chord->steps[2].verb, PATH_CLOSE);
}

/* The angles of AngleArc are in degrees, as numbers of IEEE 754: 90 and -90. */
static void arcs_by_angles_are_led_to_by_a_line(void) {
    emf_begin();
    ORDER(27, 0, 0);
    ORDER(41, 127, 127, 127, 0x42B40000, (int32_t)0xC2B40000);
    print_emf();
    CHECK(quiet());
    const struct path *arc = nth_draw(0, DRAW_PATH, 0)->as.path.path;
    check_step(arc, 0, PATH_MOVE, 0, 0);
    check_step(arc, 1, PATH_LINE, 36000, 0);
    check_step(arc, 2, PATH_CURVE, 72000, 36000);
}

static void text_of_a_metafile_is_printed(void) {
    emf_begin();
    ORDER(24, RED);
    ORDER(22, 24); /* on its baseline */
    u32(84);
    u32(8 + 28 + 40 + 8);
    for (int i = 0; i < 7; i++)
        u32(0);
    u32(127); /* where */
    u32(127);
    u32(3); /* characters, and where they are */
    u32(76);
    for (int i = 0; i < 6; i++)
        u32(0);
    u16('X');
    u16(0xE3);
    u16('!');
    u16(0);
    print_emf();
    CHECK(quiet());
    CHECK_INT(printed("Xã!")->color, 0xFF0000);
    CHECK_NEAR(printed("Xã!")->x, TEXT_LEFT + 36000, 20);
}

/* BITBLT without a bitmap. */
static void area(uint32_t operation) {
    ORDER(76, 0, 0, 0, 0, 0, 0, 254, 254, (int32_t)operation, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
          0);
}

/* Office ends its metafiles with an operation on the whole that leaves it as it is. */
static void an_area_is_painted_as_its_operation_says(void) {
    emf_begin();
    ORDER(39, 1, 0, RED, 0);
    ORDER(37, 1);
    area(0xAA0029);
    area(0xFF0062);
    area(0xF00021);
    print_emf();
    CHECK(quiet());
    CHECK_INT(draws_of(0, DRAW_PATH), 2);
    CHECK_INT(nth_draw(0, DRAW_PATH, 0)->as.path.fill, 0xFFFFFF);
    CHECK_INT(nth_draw(0, DRAW_PATH, 1)->as.path.fill, 0xFF0000);
    emf_begin();
    area(0x550009); /* inverts what is there */
    ORDER(27, 0, 0);
    ORDER(54, 127, 127);
    print_emf();
    CHECK_INT(draws_of(0, DRAW_PATH), 1);
    CHECK(diag_has(diag, UNSUPPORTED_ELEMENT));
}

/* A scale set for one line and taken back before the next one is drawn. */
static void a_pen_is_as_wide_as_when_it_draws(void) {
    emf_begin();
    ORDER(38, 2, 0, 100, 0, BLUE);
    ORDER(37, 2);
    ORDER(36, 0x3DCCCCCD, 0, 0, 0x3DCCCCCD, 0, 0, 2); /* by a tenth */
    ORDER(27, 0, 1270);
    ORDER(54, 2540, 1270);
    ORDER(36, 0, 0, 0, 0, 0, 0, 1);
    print_emf();
    CHECK(quiet());
    CHECK_NEAR(nth_draw(0, DRAW_PATH, 0)->as.path.stroke, 2835, 20);
}

static void a_bitmap_in_a_metafile_is_a_picture(void) {
    emf_begin();
    u32(81);
    u32(80 + 40 + 16);
    static const uint32_t fields[] = {0, 0,  0,  0,   0,  0, 0,        0,   2,
                                      2, 80, 40, 120, 16, 0, 0xCC0020, 254, 254};
    for (size_t i = 0; i < 18; i++)
        u32(fields[i]);
    static const uint32_t header[] = {40, 2, 2, 0x180001, 0, 16, 0, 0, 0, 0};
    for (size_t i = 0; i < 10; i++)
        u32(header[i]);
    for (int i = 0; i < 4; i++)
        u32(0xFF);
    print_emf();
    CHECK(quiet());
    const struct draw_picture *d = &nth_draw(0, DRAW_PICTURE, 0)->as.picture;
    CHECK_INT(d->picture->len, 14 + 40 + 16);
    CHECK(memcmp(d->picture->bytes, "BM", 2) == 0);
    CHECK_NEAR(d->width, 72000, 10);
    CHECK_INT(d->picture->crop[EDGE_LEFT], 0);
}

static void what_cannot_be_drawn_is_named_and_framed(void) {
    emf_begin();
    ORDER(118, 0, 0, 10, 10, 0, 0, 2); /* triangles */
    print_emf();
    CHECK(said("EMF (GRADIENTFILL)"));
    CHECK(said("word/media/image2.emf"));
    CHECK_INT(draws_of(0, DRAW_PATH), 0);
    emf_begin();
    file.len -= 10; /* torn */
    print_emf();
    CHECK(said("word/media/image2.emf"));
}

/* ---- WMF ---- */

static void old_metafiles_are_drawn_too(void) {
    static const char text[] = "chu";
    buf_clear(&file);
    for (int i = 0; i < 9; i++)
        u16((unsigned[]){1, 9, 0x300, 0, 0, 4, 0, 0, 0}[i]);
    RECORD(0x020B, 0, 0);
    RECORD(0x020C, 1000, 2000);                    /* height, width */
    RECORD(0x02FC, 0, RED & 0xFFFF, RED >> 16, 0); /* brush 0 */
    RECORD(0x02FA, 5, 0, 0, 0, 0);                 /* pen 1: none */
    RECORD(0x012D, 0);
    RECORD(0x012D, 1);
    RECORD(0x0324, 3, 0, 0, 1000, 0, 0, 500);
    u32(3 + 1 + 2 + 2); /* TextOut: count, the letters, y, x */
    u16(0x0521);
    u16(3);
    buf_append(&file, text, 4);
    u16(500);
    u16(1000);
    RECORD(0x0000, 0);
    print_picture("word/media/image2.emf", P(INLINE_PICTURE_OF("p2")) SECT(""));
    CHECK(quiet());
    const struct draw_path *area = &nth_draw(0, DRAW_PATH, 0)->as.path;
    CHECK_INT(area->fill, 0xFF0000);
    CHECK_NEAR(area->path->steps[1].x[0], 36000, 10);
    CHECK_NEAR(area->path->steps[2].y[0], 36000, 10);
    CHECK_INT(draws_of(0, DRAW_PATH), 1); /* no pen: filled alone */
    CHECK_NEAR(printed("chu")->x, TEXT_LEFT + 36000, 20);
}

static void arcs_of_old_metafiles_are_drawn(void) {
    buf_clear(&file);
    for (int i = 0; i < 9; i++)
        u16((unsigned[]){1, 9, 0x300, 0, 0, 4, 0, 0, 0}[i]);
    RECORD(0x020C, 1000, 1000);
    RECORD(0x081A, 0, 500, 500, 1000, 1000, 1000, 0, 0); /* ends, then bottom right top left */
    RECORD(0x0000, 0);
    print_picture("word/media/image2.emf", P(INLINE_PICTURE_OF("p2")) SECT(""));
    CHECK(quiet());
    const struct path *pie = nth_draw(0, DRAW_PATH, 0)->as.path.path;
    check_step(pie, 0, PATH_MOVE, 72000, 36000);
    check_step(pie, 1, PATH_CURVE, 36000, 0);
    check_step(pie, 2, PATH_LINE, 36000, 36000);
}

static void hostile_metafiles_end(void) {
    buf_clear(&file);
    for (size_t i = 0; i < 22; i++) /* all that is no name is as large as can be */
        u32(i == 0             ? 1
            : i == 1           ? 88
            : i == 10          ? 0x464D4520
            : i == 6 || i == 7 ? 0x80000000
                               : 0x7FFFFFFF);
    ORDER(43, 0, 0, 100, 100);
    print_emf();
    CHECK(pages != NULL);
    emf_begin();
    ORDER(8, 0, 0, 0, 0, 0x7FFFFFFF, 0x7FFFFFFF, 5);
    ORDER(4, 0, 0, 0, 0, 0x7FFFFFFF, 1, 2);
    ORDER(81, 0);
    ORDER(37, 0x7FFFFFF0);
    ORDER(34, -2147483647);
    ORDER(9, 0, 0);
    ORDER(54, 2147483647, -2147483647);
    print_emf();
    CHECK(pages != NULL);
}

int main(void) {
    page_tests_begin();
    RUN(filled_and_drawn_outlines_are_paths);
    RUN(windows_and_saved_states_scale_what_follows);
    RUN(polygons_curves_and_brackets_are_drawn);
    RUN(arcs_go_from_ray_to_ray);
    RUN(arcs_by_angles_are_led_to_by_a_line);
    RUN(text_of_a_metafile_is_printed);
    RUN(an_area_is_painted_as_its_operation_says);
    RUN(a_pen_is_as_wide_as_when_it_draws);
    RUN(a_bitmap_in_a_metafile_is_a_picture);
    RUN(what_cannot_be_drawn_is_named_and_framed);
    RUN(old_metafiles_are_drawn_too);
    RUN(arcs_of_old_metafiles_are_drawn);
    RUN(hostile_metafiles_end);
    buf_free(&file);
    page_tests_end();
    return CHECK_RESULT();
}
