/* Pages as a whole: their borders, mirrored margins, where the body stands, the grid of lines. */
#include "layout_help.h"

static void set_page_borders(mpt space) {
    for (int e = 0; e < 4; e++)
        t.section.borders[e] = (struct border){.width = 1000, .line = 1000, .space = space};
}

static void page_borders_stand_off_the_page_or_the_text(void) {
    begin();
    set_page_borders(10000);
    t.section.borders_from_page = true;
    para("a");
    layout();
    CHECK_INT(count_draws(0, DRAW_LINE), 4);
    CHECK_INT(nth(0, DRAW_LINE, 0)->as.line.y0, 10500);
    CHECK_INT(nth(0, DRAW_LINE, 1)->as.line.x0, 10500);
    CHECK_INT(nth(0, DRAW_LINE, 2)->as.line.x0, 595300 - 10500);
    CHECK_INT(nth(0, DRAW_LINE, 3)->as.line.y0, 841900 - 10500);
    finish();
    begin();
    set_page_borders(4000);
    t.section.headers[STORY_DEFAULT] = para_new("trên");
    para("a");
    layout();
    CHECK_INT(nth(0, DRAW_LINE, 0)->as.line.y0, 36000 - 4500); /* the header is inside */
    CHECK_INT(nth(0, DRAW_LINE, 1)->as.line.x0, 85050 - 4500);
    CHECK_INT(nth(0, DRAW_LINE, 2)->as.line.x0, 595300 - 56700 + 4500);
    CHECK_INT(nth(0, DRAW_LINE, 3)->as.line.y0, 841900 - 56700 + 4500);
    finish();
}

static void page_borders_can_be_the_first_pages_or_the_others(void) {
    static const enum border_pages which[] = {BORDERS_ON_ALL, BORDERS_ON_FIRST,
                                              BORDERS_NOT_ON_FIRST};
    static const size_t want[][2] = {{4, 4}, {4, 0}, {0, 4}};
    for (size_t i = 0; i < 3; i++) {
        begin();
        set_page_borders(0);
        t.section.border_pages = which[i];
        para("a\fb");
        layout();
        CHECK_INT(count_draws(0, DRAW_LINE), want[i][0]);
        CHECK_INT(count_draws(1, DRAW_LINE), want[i][1]);
        finish();
    }
}

static void mirrored_margins_change_places_on_even_pages(void) {
    begin();
    t.section.mirror = true;
    t.section.headers[STORY_DEFAULT] = para_new("trên");
    para("a\fb");
    layout();
    CHECK_INT(text_at(0, 0)->x, 85050);
    CHECK_INT(text_at(0, 1)->x, 85050);
    CHECK_INT(text_at(1, 0)->x, 56700);
    CHECK_INT(text_at(1, 1)->x, 56700);
    finish();
}

static void a_body_stands_in_the_middle_or_at_the_foot(void) {
    mpt plain = 0;
    static const enum v_align aligns[] = {V_TOP, V_CENTER, V_BOTTOM};
    for (int i = 0; i < 3; i++) {
        begin();
        t.section.v_align = aligns[i];
        t.section.headers[STORY_DEFAULT] = para_new("trên");
        para("a");
        para("b");
        layout();
        mpt spare = 841900 - 2 * 56700 - 2 * 16099;
        plain = i ? plain : y_of("a");
        CHECK_NEAR(y_of("a") - plain, spare * i / 2, 100);
        CHECK(y_of("trên") < 56700);
        finish();
    }
}

static void lines_snap_to_the_grid_unless_they_are_exact_or_do_not_want_to(void) {
    begin();
    t.section.line_pitch = 18000;
    t.para.snap_to_grid = true;
    para("a");
    para("b");
    t.para.line = 360;
    para("c");
    t.para.line_rule = LINE_EXACT;
    t.para.line = 20000;
    para("d");
    para("e");
    t.para = (struct para_props){.line = 240, .shade = -1, .outline_level = -1};
    para("f");
    para("g");
    layout();
    CHECK_INT(y_of("b") - y_of("a"), 18000);
    CHECK_INT(y_of("c") - y_of("b"), 18000);
    CHECK_INT(y_of("e") - y_of("d"), 20000);
    CHECK_NEAR(y_of("g") - y_of("f"), 16099, 2);
    CHECK_NEAR(y_of("a"), 56700 + 13070 + 950, 5); /* in the middle of its pitch */
    finish();
    begin(); /* a line higher than the pitch takes two */
    t.section.line_pitch = 15000;
    t.para.snap_to_grid = true;
    para("a");
    para("b");
    layout();
    CHECK_INT(y_of("b") - y_of("a"), 30000);
    finish();
}

int main(void) {
    RUN(page_borders_stand_off_the_page_or_the_text);
    RUN(page_borders_can_be_the_first_pages_or_the_others);
    RUN(mirrored_margins_change_places_on_even_pages);
    RUN(a_body_stands_in_the_middle_or_at_the_foot);
    RUN(lines_snap_to_the_grid_unless_they_are_exact_or_do_not_want_to);
    fonts_free(t.fonts);
    return CHECK_RESULT();
}
