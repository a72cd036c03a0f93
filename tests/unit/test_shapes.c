/* Shapes on the page: where they stand, turned, stretched, and in which order. */
#include "base/angle.h"
#include "layout_help.h"

static struct shape *shape_in(struct para *p, enum shape_kind kind) {
    struct shape *s = POOL_NEW(t.pool, struct shape);
    *s = (struct shape){.kind = kind,
                        .x_base = BASE_PAGE,
                        .y_base = BASE_PAGE,
                        .x = 100000,
                        .y = 200000,
                        .width = 60000,
                        .height = 20000,
                        .fill = -1};
    item(p, INLINE_SHAPE)->shape = s;
    return s;
}

static int index_of(enum draw_kind kind, int nth_of_kind) {
    const struct page *page = &t.pages->at.at[0];
    for (size_t i = 0; i < page->draws.n; i++)
        if (page->draws.at[i].kind == kind && nth_of_kind-- == 0)
            return (int)i;
    return -1;
}

static void a_turned_shape_is_drawn_through_a_matrix_about_its_centre(void) {
    begin();
    struct shape *s = shape_in(para("a"), SHAPE_RECT);
    s->fill = 0xFF0000;
    s->angle = 90 * ANGLE_DEGREE;
    layout();
    const struct draw_turn *turn = &nth(0, DRAW_TURN, 0)->as.turn;
    CHECK_INT(turn->x, 130000);
    CHECK_INT(turn->y, 210000);
    CHECK_INT(turn->m[0], 0);
    CHECK_INT(turn->m[1], 1000000);
    CHECK_INT(turn->m[2], -1000000);
    CHECK_INT(index_of(DRAW_RECT, 0), index_of(DRAW_TURN, 0) + 1);
    CHECK_INT(index_of(DRAW_BACK, 0), index_of(DRAW_TURN, 0) + 2);
    finish();
}

static void a_turned_line_needs_no_matrix(void) {
    begin();
    struct shape *s = shape_in(para("a"), SHAPE_LINE);
    s->stroke = 750;
    s->height = 0;
    s->angle = 90 * ANGLE_DEGREE;
    layout();
    const struct draw_line *line = &nth(0, DRAW_LINE, 0)->as.line;
    CHECK_INT(line->x0, 130000);
    CHECK_INT(line->x1, 130000);
    CHECK_INT(line->y1 > line->y0 ? line->y0 : line->y1, 170000);
    finish();
}

/* A link in lines that run down is as wide as a line is high, and stands where its words do. */
static void links_in_turned_text_are_where_they_are_seen(void) {
    begin();
    struct block *inner = para_new("cổng");
    inner->para->items[0].link = "https://vi.example/";
    struct shape *s = shape_in(para("a"), SHAPE_TEXT_BOX);
    s->width = 40000;
    s->height = 90000;
    s->text_turn = TURN_RIGHT;
    s->blocks = inner;
    layout();
    CHECK_INT(t.pages->at.at[0].links.n, 1);
    const struct page_link *link = &t.pages->at.at[0].links.at[0];
    CHECK(link->height > link->width && link->width > 10000);
    CHECK(link->y >= 200000 && link->y < 201000);              /* it begins at the top */
    CHECK(link->x + link->width > 139000 && link->x > 120000); /* of the first line: at the right */
    finish();
}

static const struct draw_text *text_draw(const char *words) {
    static const struct draw_text none;
    const struct draw *d;
    VEC_EACH (d, &t.pages->at.at[0].draws)
        if (d->kind == DRAW_TEXT && strcmp(draw_string(d), words) == 0)
            return &d->as.text;
    CHECK(!"the words are drawn");
    return &none;
}

/* Three lines in boxes that have room for two and for many. */
static void a_story_goes_on_in_the_next_box(void) {
    begin();
    struct block *inner = para_new("một");
    inner->next = para_new("hai");
    inner->next->next = para_new("ba");
    struct para *anchor = para("a");
    struct shape *first = shape_in(anchor, SHAPE_TEXT_BOX), *second;
    first->height = 35000;
    first->blocks = inner;
    second = shape_in(anchor, SHAPE_TEXT_BOX);
    first->continued = second;
    second->goes_on = first;
    second->x = 300000;
    layout();
    const struct draw_text *mot = text_draw("một"), *hai = text_draw("hai"), *ba = text_draw("ba");
    CHECK_INT(mot->x, 100000);
    CHECK_INT(hai->x, 100000);
    CHECK_INT(ba->x, 300000);
    CHECK_INT(ba->y, mot->y); /* at the top of its box */
    finish();
}

static void lines_of_a_box_stand_in_columns(void) {
    begin();
    struct block *inner = para_new("một");
    inner->next = para_new("hai");
    inner->next->next = para_new("ba");
    struct shape *s = shape_in(para("a"), SHAPE_TEXT_BOX);
    s->width = 90000;
    s->height = 35000;
    s->blocks = inner;
    s->columns = 2;
    s->column_gap = 10000;
    layout();
    const struct draw_text *mot = text_draw("một"), *hai = text_draw("hai"), *ba = text_draw("ba");
    CHECK_INT(hai->x, mot->x);
    CHECK_INT(ba->x, mot->x + 50000); /* half of what the gap leaves, and the gap */
    CHECK_INT(ba->y, mot->y);
    finish();
}

static void text_of_an_upside_down_shape_is_turned_never_mirrored(void) {
    begin();
    struct block *inner = para_new("chữ");
    struct shape *s = shape_in(para("a"), SHAPE_TEXT_BOX);
    s->blocks = inner;
    s->flip_y = true;
    layout();
    const struct draw_turn *turn = &nth(0, DRAW_TURN, 0)->as.turn;
    CHECK_INT(turn->m[0], -1000000);
    CHECK_INT(turn->m[3], -1000000);
    finish();
}

static void text_stands_in_the_middle_or_at_the_bottom_of_its_box(void) {
    mpt y[3];
    for (int align = V_TOP; align <= V_BOTTOM; align++) {
        begin();
        struct block *inner = para_new("x");
        struct shape *s = shape_in(para("a"), SHAPE_TEXT_BOX);
        s->blocks = inner;
        s->height = 100000;
        s->text_align = (enum v_align)align;
        layout();
        y[align] = y_of("x");
        finish();
    }
    CHECK_NEAR(y[V_BOTTOM] - y[V_TOP], 2 * (y[V_CENTER] - y[V_TOP]), 5);
    CHECK(y[V_BOTTOM] - y[V_TOP] > 80000 && y[V_BOTTOM] - y[V_TOP] < 84500);
}

static void a_box_grows_with_its_text_only_if_it_says_so(void) {
    for (int grows = 0; grows < 2; grows++) {
        begin();
        struct block *inner = para_new("a\nb\nc");
        struct shape *s = shape_in(para("x"), SHAPE_TEXT_BOX);
        s->blocks = inner;
        s->stroke = 500;
        s->grows = grows;
        layout();
        mpt height = nth(0, DRAW_RECT, 0)->as.rect.height;
        CHECK(grows ? height > 48000 : height == 20000);
        finish();
    }
}

static void a_box_that_fits_its_text_is_no_higher_and_text_goes_around_that(void) {
    mpt below[2];
    for (int grows = 0; grows < 2; grows++) {
        begin();
        struct block *inner = para_new("x");
        struct shape *s = shape_in(para("a\nb\nc\nd"), SHAPE_TEXT_BOX);
        s->blocks = inner;
        s->stroke = 500;
        s->height = 200000; /* that of an empty box as Word offers it */
        s->inset[1] = s->inset[3] = 3600;
        s->wrap = WRAP_TOP_AND_BOTTOM;
        s->x_base = BASE_COLUMN;
        s->y_base = BASE_PARAGRAPH;
        s->x = s->y = 0;
        s->grows = grows;
        layout();
        mpt height = nth(0, DRAW_RECT, 0)->as.rect.height;
        CHECK(grows ? height > 7200 + 14000 && height < 7200 + 17000 : height == 200000);
        below[grows] = y_of("a");
        finish();
    }
    CHECK_NEAR(below[0] - below[1], 200000 - 7200 - 16100, 400);
}

static void a_box_of_a_group_becomes_no_smaller(void) {
    begin();
    struct block *inner = para_new("x");
    struct shape *s = shape_in(para("a"), SHAPE_TEXT_BOX);
    s->blocks = inner;
    s->stroke = 500;
    s->height = 200000;
    s->group_width = s->group_height = 300000;
    s->grows = true;
    layout();
    CHECK_INT(nth(0, DRAW_RECT, 0)->as.rect.height, 200000);
    finish();
}

static void word_art_is_stretched_until_its_ink_fills_the_box(void) {
    begin();
    struct run_props *props = run_copy();
    struct shape *s = shape_in(para("a"), SHAPE_WORD_ART);
    s->text = "H";
    s->props = props;
    s->fill = 0;
    s->clear = 500;
    layout();
    const struct draw_turn *turn = &nth(0, DRAW_TURN, 0)->as.turn;
    const struct draw_text *text = find_text("H", &(size_t){0});
    struct face_box ink = face_ink(text->face, text->glyphs[0].id);
    int64_t upem = face_metrics(text->face)->upem;
    int64_t width = (int64_t)(ink.right - ink.left) * text->size / upem;
    int64_t height = (int64_t)(ink.top - ink.bottom) * text->size / upem;
    CHECK_NEAR(width * turn->m[0] / 1000000, 60000, 60);
    CHECK_NEAR(height * turn->m[3] / 1000000, 20000, 60);
    CHECK_INT(turn->clear, 500);
    finish();
}

static void shapes_behind_come_first_and_what_covers_comes_last(void) {
    begin();
    struct para *p = para("a");
    struct shape *front = shape_in(p, SHAPE_RECT);
    front->fill = 1;
    front->z = 5;
    struct shape *behind = shape_in(para("b"), SHAPE_RECT);
    behind->fill = 2;
    behind->behind = true;
    struct shape *higher = shape_in(p, SHAPE_RECT);
    higher->fill = 3;
    higher->z = 4;
    para("c");
    layout();
    const struct page *page = &t.pages->at.at[0];
    CHECK_INT(page->draws.at[0].as.rect.color, 2);
    CHECK_INT(page->draws.at[page->draws.n - 2].as.rect.color, 3);
    CHECK_INT(page->draws.at[page->draws.n - 1].as.rect.color, 1);
    finish();
}

static void shapes_that_cover_nothing_are_read_where_they_hang(void) {
    begin();
    shape_in(para("a"), SHAPE_LINE)->stroke = 500;
    para("b");
    layout();
    const struct page *page = &t.pages->at.at[0];
    CHECK_INT(page->draws.at[page->draws.n - 1].kind, DRAW_TEXT);
    finish();
}

static void margins_are_places_too(void) {
    static const struct {
        enum anchor_base base;
        enum anchor_align align;
        mpt want;
    } cases[] = {{BASE_LEFT_MARGIN, ANCHOR_END, 85050 - 60000},
                 {BASE_RIGHT_MARGIN, ANCHOR_START, 595300 - 56700},
                 {BASE_INSIDE_MARGIN, ANCHOR_START, 0}, /* page 1 is odd: left */
                 {BASE_OUTSIDE_MARGIN, ANCHOR_START, 595300 - 56700},
                 {BASE_PAGE, ANCHOR_OUTSIDE, 595300 - 60000}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        begin();
        struct shape *s = shape_in(para("a"), SHAPE_RECT);
        s->fill = 0;
        s->x_base = cases[i].base;
        s->x_align = cases[i].align;
        layout();
        CHECK_INT(nth(0, DRAW_RECT, 0)->as.rect.x, cases[i].want);
        finish();
    }
}

/* The frame of a letterhead comes after the badge in the file, and lies below it. */
static void shapes_of_a_header_are_stacked_as_well(void) {
    begin();
    struct block *header = para_new("h");
    struct shape *badge = shape_in(header->para, SHAPE_RECT),
                 *frame = shape_in(header->para, SHAPE_RECT);
    badge->fill = 0xFF0000;
    frame->fill = 0x00FF00;
    badge->z = 2;
    frame->z = 1;
    badge->behind = frame->behind = true;
    t.section.headers[STORY_DEFAULT] = header;
    struct shape *body = shape_in(para("a"), SHAPE_RECT);
    body->fill = 0x0000FF;
    layout();
    static const uint32_t order[] = {0x00FF00, 0xFF0000, 0x0000FF};
    for (int i = 0; i < 3; i++)
        CHECK_INT(nth(0, DRAW_RECT, i)->as.rect.color, order[i]);
    CHECK(index_of(DRAW_RECT, 1) < index_of(DRAW_TEXT, 0)); /* behind the header's text */
    finish();
}

/* Two shapes of a group that is centred keep their distance. */
static void a_group_is_aligned_as_a_whole(void) {
    begin();
    struct para *p = para("a");
    for (int i = 0; i < 2; i++) {
        struct shape *s = shape_in(p, SHAPE_RECT);
        s->fill = 0;
        s->x_base = s->y_base = BASE_PAGE;
        s->x_align = ANCHOR_CENTER;
        s->y_align = ANCHOR_END;
        s->x = i * 140000;
        s->y = i * 10000;
        s->group_width = 200000;
        s->group_height = 30000;
    }
    layout();
    for (int i = 0; i < 2; i++) {
        const struct draw_rect *rect = &nth(0, DRAW_RECT, i)->as.rect;
        CHECK_INT(rect->x, (595300 - 200000) / 2 + i * 140000);
        CHECK_INT(rect->y, 841900 - 30000 + i * 10000);
    }
    finish();
}

/* Between x and y, 50 pt high on the base line. */
static struct shape *shape_in_the_line(void) {
    struct para *p = para("x");
    struct shape *s = shape_in(p, SHAPE_RECT);
    s->fill = 0;
    s->x_base = BASE_CHARACTER;
    s->y_base = BASE_BASELINE;
    s->x = 0;
    s->y = -50000;
    s->height = 50000;
    item(p, INLINE_BOX)->shape = s;
    item(p, INLINE_TEXT)->text = "y";
    return s;
}

static void a_shape_in_the_line_takes_its_room(void) {
    begin();
    shape_in_the_line();
    layout();
    size_t page;
    const struct draw_rect *rect = &nth(0, DRAW_RECT, 0)->as.rect;
    CHECK_NEAR(find_text("y", &page)->x - rect->x, 60000, 2);
    CHECK_INT(y_of("y"), rect->y + 50000);
    CHECK_INT(rect->y, 56700);
    finish();
}

/* A line has no room for it whole, and what is drawn there goes where its room is. */
static void a_shape_wider_than_the_line_stays_on_its_room(void) {
    begin();
    shape_in_the_line()->width = 500000;
    layout();
    const struct draw_rect *rect = &nth(0, DRAW_RECT, 0)->as.rect;
    CHECK_NEAR(rect->x, 85050, 2);
    CHECK_NEAR(rect->y, 56700 + 16100, 60);             /* below the line of the x ... */
    CHECK_NEAR(y_of("y"), rect->y + 50000 + 13070, 60); /* ... and above that of the y */
    finish();
}

static void in_a_cell_the_page_is_the_cell(void) {
    begin();
    struct shape *s = shape_in(para("a"), SHAPE_RECT);
    s->fill = 0;
    s->in_cell = true;
    layout();
    CHECK_INT(nth(0, DRAW_RECT, 0)->as.rect.x, 85050 + 100000);
    CHECK_INT(nth(0, DRAW_RECT, 0)->as.rect.y, 56700 + 200000);
    finish();
}

int main(void) {
    RUN(a_turned_shape_is_drawn_through_a_matrix_about_its_centre);
    RUN(a_turned_line_needs_no_matrix);
    RUN(links_in_turned_text_are_where_they_are_seen);
    RUN(a_story_goes_on_in_the_next_box);
    RUN(lines_of_a_box_stand_in_columns);
    RUN(text_of_an_upside_down_shape_is_turned_never_mirrored);
    RUN(text_stands_in_the_middle_or_at_the_bottom_of_its_box);
    RUN(a_box_grows_with_its_text_only_if_it_says_so);
    RUN(a_box_that_fits_its_text_is_no_higher_and_text_goes_around_that);
    RUN(a_box_of_a_group_becomes_no_smaller);
    RUN(word_art_is_stretched_until_its_ink_fills_the_box);
    RUN(shapes_behind_come_first_and_what_covers_comes_last);
    RUN(shapes_that_cover_nothing_are_read_where_they_hang);
    RUN(margins_are_places_too);
    RUN(shapes_of_a_header_are_stacked_as_well);
    RUN(a_group_is_aligned_as_a_whole);
    RUN(a_shape_in_the_line_takes_its_room);
    RUN(a_shape_wider_than_the_line_stays_on_its_room);
    RUN(in_a_cell_the_page_is_the_cell);
    fonts_free(t.fonts);
    return CHECK_RESULT();
}
