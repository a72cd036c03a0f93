/* What a metafile clips away is not seen. */
#include "metafile_help.h"

/* The left half of the picture, filled. */
static void put_area(void) {
    ORDER(43, 0, 0, 127, 254);
}

static const struct clip *clip_of(size_t n) {
    return nth_draw(0, DRAW_CLIP, n)->as.clip.clip;
}

static size_t depth_of(const struct clip *clip) {
    size_t n = 0;
    for (; clip; clip = clip->outer)
        n++;
    return n;
}

/* Whether a point of the picture, in device units of which it has 254, is within all outlines: by
 * parity, which is how corners alone can be counted. */
static bool is_seen(const struct clip *clip, int x, int y) {
    int64_t at[2] = {(int64_t)x * 72000 / 254, (int64_t)y * 72000 / 254};
    for (; clip; clip = clip->outer) {
        const struct path *p = clip->path;
        int crossings = 0;
        for (size_t i = 0, from = 0; i < p->n; i++) {
            if (p->steps[i].verb == PATH_MOVE)
                from = i;
            bool closes = p->steps[i].verb == PATH_CLOSE;
            if (p->steps[i].verb != PATH_LINE && !closes)
                continue;
            const struct path_step *a = &p->steps[i - 1],
                                   *b = closes ? &p->steps[from] : &p->steps[i];
            if ((a->y[0] <= at[1]) == (b->y[0] <= at[1]))
                continue;
            int64_t cut =
                a->x[0] + (int64_t)(b->x[0] - a->x[0]) * (at[1] - a->y[0]) / (b->y[0] - a->y[0]);
            crossings += cut > at[0];
        }
        if (crossings % 2 == 0)
            return false;
    }
    return true;
}

static void a_box_is_clipped_to_until_its_state_is_restored(void) {
    emf_begin();
    order(33, NULL, 0);
    ORDER(30, 20, 20, 100, 100); /* IntersectClipRect */
    ORDER(30, 50, 0, 254, 254);
    put_area();
    ORDER(34, -1);
    put_area();
    print_emf();
    CHECK(quiet());
    CHECK_INT(draws_of(0, DRAW_CLIP), 2); /* the area's fill, and its line */
    CHECK_INT(depth_of(clip_of(0)), 1);
    CHECK(is_seen(clip_of(0), 60, 60));
    CHECK(!is_seen(clip_of(0), 40, 60));
    CHECK(!is_seen(clip_of(0), 110, 60));
    CHECK_INT(draws_of(0, DRAW_PATH), 4);
    CHECK_INT(nth_draw(0, DRAW_CLIP, 0)->as.clip.x, TEXT_LEFT);
}

static void a_box_that_is_excluded_leaves_a_hole(void) {
    emf_begin();
    ORDER(29, 20, 20, 100, 100);
    put_area();
    print_emf();
    CHECK(quiet());
    CHECK(!is_seen(clip_of(0), 60, 60));
    CHECK(is_seen(clip_of(0), 10, 10));
    CHECK(is_seen(clip_of(0), 200, 60));
}

/* ExtSelectClipRgn with boxes of the device. */
static void region(uint32_t mode, const int32_t (*boxes)[4], size_t n) {
    u32(75);
    u32((uint32_t)(8 + 8 + 32 + 16 * n));
    u32((uint32_t)(32 + 16 * n));
    u32(mode);
    u32(32);
    u32(1);
    u32((uint32_t)n);
    u32((uint32_t)(16 * n));
    for (int i = 0; i < 4; i++)
        u32(0);
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < 4; k++)
            u32((uint32_t)boxes[i][k]);
}

static const int32_t left[1][4] = {{0, 0, 80, 80}}, middle[1][4] = {{40, 40, 120, 120}};

static void regions_are_combined_in_all_ways(void) {
    static const struct {
        uint32_t mode;
        bool left, both, middle, none;
    } cases[] = {{1, false, true, false, false}, /* RGN_AND */
                 {2, true, true, true, false},   /* RGN_OR */
                 {3, true, false, true, false},  /* RGN_XOR */
                 {4, true, false, false, false}, /* RGN_DIFF */
                 {5, false, true, true, false}}; /* RGN_COPY */
    for (size_t i = 0; i < 5; i++) {
        emf_begin();
        region(5, left, 1);
        region(cases[i].mode, middle, 1);
        put_area();
        print_emf();
        CHECK(quiet());
        CHECK_INT(is_seen(clip_of(0), 20, 20), cases[i].left);
        CHECK_INT(is_seen(clip_of(0), 60, 60), cases[i].both);
        CHECK_INT(is_seen(clip_of(0), 100, 100), cases[i].middle);
        CHECK_INT(is_seen(clip_of(0), 200, 200), cases[i].none);
    }
}

static void a_region_is_boxes_of_the_device_whatever_the_window(void) {
    emf_begin();
    ORDER(17, 8);
    ORDER(9, 1000, 1000);
    ORDER(11, 254, 254);
    region(5, middle, 1);
    ORDER(43, 0, 0, 1000, 1000);
    print_emf();
    CHECK(is_seen(clip_of(0), 60, 60));
    CHECK(!is_seen(clip_of(0), 130, 60));
}

static void a_copy_of_no_region_takes_the_clip_away(void) {
    emf_begin();
    region(5, left, 1);
    ORDER(75, 0, 5);
    put_area();
    print_emf();
    CHECK(quiet());
    CHECK_INT(draws_of(0, DRAW_CLIP), 0);
}

static void triangle(void) {
    order(59, NULL, 0);
    ORDER(27, 0, 0);
    ORDER(54, 200, 0);
    ORDER(54, 0, 200);
    order(61, NULL, 0);
    order(60, NULL, 0);
}

static void a_path_is_clipped_to_in_all_ways(void) {
    emf_begin();
    triangle();
    ORDER(67, 5);
    put_area();
    print_emf();
    CHECK(quiet());
    CHECK(is_seen(clip_of(0), 30, 30));
    CHECK(!is_seen(clip_of(0), 150, 150));
    emf_begin();
    triangle();
    ORDER(67, 4); /* all but it */
    put_area();
    print_emf();
    CHECK(!is_seen(clip_of(0), 30, 30));
    CHECK(is_seen(clip_of(0), 150, 150));
    emf_begin();
    region(5, middle, 1);
    triangle();
    ORDER(67, 1); /* what both have */
    put_area();
    print_emf();
    CHECK_INT(depth_of(clip_of(0)), 2);
    CHECK(is_seen(clip_of(0), 50, 50));
    CHECK(!is_seen(clip_of(0), 30, 30));
    CHECK(!is_seen(clip_of(0), 110, 110));
    emf_begin();
    region(5, middle, 1);
    triangle();
    ORDER(67, 3); /* what one has */
    put_area();
    print_emf();
    CHECK(quiet());
    CHECK(!is_seen(clip_of(0), 50, 50));
    CHECK(is_seen(clip_of(0), 30, 30));
    CHECK(is_seen(clip_of(0), 110, 110));
}

static void a_union_with_a_path_is_named(void) {
    emf_begin();
    region(5, middle, 1);
    triangle();
    ORDER(67, 2);
    put_area();
    print_emf();
    CHECK(said("EMF (RGN_OR)"));
}

static void a_clip_is_moved_as_it_is(void) {
    emf_begin();
    region(5, left, 1);
    ORDER(26, 100, 0); /* OffsetClipRgn */
    put_area();
    print_emf();
    CHECK(quiet());
    CHECK(!is_seen(clip_of(0), 60, 60));
    CHECK(is_seen(clip_of(0), 120, 60));
    CHECK(!is_seen(clip_of(0), 190, 60));
}

static void a_meta_region_stays_when_another_is_selected(void) {
    emf_begin();
    region(5, left, 1);
    order(28, NULL, 0); /* SetMetaRgn */
    region(5, middle, 1);
    put_area();
    print_emf();
    CHECK(quiet());
    CHECK(is_seen(clip_of(0), 60, 60));
    CHECK(!is_seen(clip_of(0), 20, 20));
    CHECK(!is_seen(clip_of(0), 100, 100));
}

static void what_nothing_is_left_of_is_not_drawn(void) {
    emf_begin();
    put_area();
    ORDER(30, 0, 0, 50, 50);
    ORDER(30, 60, 60, 90, 90);
    put_area();
    ORDER(27, 0, 0);
    ORDER(54, 100, 100);
    print_emf();
    CHECK(quiet());
    CHECK_INT(draws_of(0, DRAW_PATH), 2);
}

/* Lines of one pen become one shape, but not across a change of what is seen. */
static void lines_are_seen_within_what_was_set_when_they_were_drawn(void) {
    emf_begin();
    ORDER(27, 0, 0);
    ORDER(54, 100, 100);
    ORDER(30, 0, 0, 50, 50);
    ORDER(54, 200, 100);
    ORDER(54, 250, 100);
    print_emf();
    CHECK_INT(draws_of(0, DRAW_PATH), 3);
    CHECK_INT(draws_of(0, DRAW_CLIP), 1);
    CHECK_INT(nth_draw(0, DRAW_PATH, 0)->as.path.path->n, 2);
}

static void old_metafiles_clip_too(void) {
    wmf_begin();
    RECORD(0x001E, 0);
    RECORD(0x0416, 500, 400, 100, 0); /* bottom, right, top, left */
    RECORD(0x0415, 300, 200, 200, 100);
    RECORD(0x0220, 0, 100); /* down, across */
    RECORD(0x041B, 1000, 1000, 0, 0);
    RECORD(0x0127, -1);
    RECORD(0x041B, 1000, 1000, 0, 0);
    print_wmf();
    CHECK(quiet());
    CHECK_INT(draws_of(0, DRAW_CLIP), 2);
    CHECK(is_seen(clip_of(0), 90, 90));  /* 354 354 */
    CHECK(!is_seen(clip_of(0), 10, 90)); /* 39: moved away from */
    CHECK(!is_seen(clip_of(0), 64, 64)); /* 252 252: the hole */
    CHECK(!is_seen(clip_of(0), 140, 90));
}

static void regions_of_old_metafiles_are_selected(void) {
    wmf_begin();
    RECORD(0x06FF, 0, 6, 0, 0, 0, 2, 4, 0, 0, 1000, 1000, /* two scans */
           2, 0, 500, 0, 250, 2,                          /* from 0 to 500: 0 to 250 */
           4, 500, 1000, 0, 100, 900, 1000, 4);           /* then two pieces */
    RECORD(0x012C, 0);
    RECORD(0x041B, 1000, 1000, 0, 0);
    print_wmf();
    CHECK(quiet());
    CHECK(is_seen(clip_of(0), 50, 50));
    CHECK(!is_seen(clip_of(0), 90, 50));
    CHECK(is_seen(clip_of(0), 10, 200));
    CHECK(!is_seen(clip_of(0), 50, 200));
    CHECK(is_seen(clip_of(0), 240, 200));
}

/* The first quarter of a picture: a quarter of it fills the box, and the rest is not seen. */
static void a_cropped_metafile_shows_a_part_of_itself(void) {
    emf_begin();
    ORDER(43, 0, 0, 127, 127);
    ORDER(14, 0, 16, 20);
    print_picture("word/media/image2.emf",
                  P("<w:r><w:drawing><wp:inline><wp:extent cx=\"914400\" cy=\"914400\"/>"
                    "<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed=\"p2\"/>"
                    "<a:srcRect r=\"50000\" b=\"50000\"/></pic:blipFill><pic:spPr/></pic:pic>"
                    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>") SECT(""));
    CHECK(quiet());
    const struct path *path = nth_draw(0, DRAW_PATH, 0)->as.path.path;
    CHECK_NEAR(path->steps[2].x[0], 72000, 10);
    CHECK_NEAR(clip_of(0)->path->steps[2].x[0], 72000, 10);
}

/* A picture in the shape of an ellipse (a:prstGeom): of a plain one, and of a metafile. */
static void a_picture_is_seen_within_its_outline(void) {
    emf_begin();
    put_area();
    ORDER(14, 0, 16, 20);
    print_picture("word/media/image2.emf",
                  P("<w:r><w:drawing><wp:inline><wp:extent cx=\"914400\" cy=\"914400\"/>"
                    "<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed=\"p2\"/>"
                    "</pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>"
                    "<a:ext cx=\"914400\" cy=\"914400\"/></a:xfrm>"
                    "<a:prstGeom prst=\"ellipse\"/>"
                    "<a:ln w=\"12700\"><a:solidFill><a:srgbClr val=\"FF0000\"/></a:solidFill>"
                    "</a:ln></pic:spPr></pic:pic>"
                    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>") SECT(""));
    CHECK(quiet());
    CHECK(clip_of(0)->path->n > 4);
    size_t n = draws_of(0, DRAW_PATH);
    CHECK_INT(nth_draw(0, DRAW_PATH, n - 1)->as.path.color, 0xFF0000); /* and has its line */
}

/* a:blipFill of a shape: under its line, within its outline, and no picture of the PDF. */
static void a_shape_may_be_filled_with_a_metafile(void) {
    emf_begin();
    put_area();
    ORDER(14, 0, 16, 20);
    print_picture(
        "word/media/image2.emf",
        P("<w:r><w:drawing><wp:inline><wp:extent cx=\"914400\" cy=\"914400\"/><a:graphic>"
          "<a:graphicData><wps:wsp><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>"
          "<a:ext cx=\"914400\" cy=\"914400\"/></a:xfrm><a:prstGeom prst=\"ellipse\"/>"
          "<a:blipFill><a:blip r:embed=\"p2\"/><a:stretch><a:fillRect/></a:stretch></a:blipFill>"
          "<a:ln w=\"12700\"><a:solidFill><a:srgbClr val=\"FF0000\"/></a:solidFill></a:ln>"
          "</wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>")
            SECT(""));
    CHECK(quiet());
    CHECK_INT(draws_of(0, DRAW_PICTURE), 0);
    CHECK(clip_of(0)->path->n > 4);
    CHECK_INT(nth_draw(0, DRAW_PATH, 0)->as.path.fill, 0xFFFFFF);
    size_t n = draws_of(0, DRAW_PATH);
    CHECK_INT(nth_draw(0, DRAW_PATH, n - 1)->as.path.color, 0xFF0000);
}

static void many_clips_end(void) {
    emf_begin();
    for (int i = 0; i < 200; i++) {
        triangle();
        ORDER(67, 1);
    }
    put_area();
    print_emf();
    CHECK(said("EMF (clip)"));
    CHECK(depth_of(clip_of(0)) <= 32);
    emf_begin();
    u32(75);
    u32(8 + 8 + 32);
    u32(48);
    u32(2);
    u32(32);
    u32(1);
    u32(0x7FFFFFFF); /* boxes that are not there */
    for (int i = 0; i < 5; i++)
        u32(0);
    put_area();
    print_emf();
    CHECK(pages != NULL);
}

int main(void) {
    page_tests_begin();
    RUN(a_box_is_clipped_to_until_its_state_is_restored);
    RUN(a_box_that_is_excluded_leaves_a_hole);
    RUN(regions_are_combined_in_all_ways);
    RUN(a_region_is_boxes_of_the_device_whatever_the_window);
    RUN(a_copy_of_no_region_takes_the_clip_away);
    RUN(a_path_is_clipped_to_in_all_ways);
    RUN(a_union_with_a_path_is_named);
    RUN(a_clip_is_moved_as_it_is);
    RUN(a_meta_region_stays_when_another_is_selected);
    RUN(what_nothing_is_left_of_is_not_drawn);
    RUN(lines_are_seen_within_what_was_set_when_they_were_drawn);
    RUN(old_metafiles_clip_too);
    RUN(regions_of_old_metafiles_are_selected);
    RUN(a_cropped_metafile_shows_a_part_of_itself);
    RUN(a_picture_is_seen_within_its_outline);
    RUN(a_shape_may_be_filled_with_a_metafile);
    RUN(many_clips_end);
    buf_free(&file);
    page_tests_end();
    return CHECK_RESULT();
}
