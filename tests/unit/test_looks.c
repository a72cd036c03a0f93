/* What letters look like beyond their face: grounds, boxes, marks. */
#include "layout_help.h"

static void automatic_colour_is_white_on_a_dark_ground(void) {
    begin();
    t.run.auto_color = true;
    t.run.highlight = 0x1F1F1F;
    para("a");
    t.run.highlight = 0xFFFF00;
    para("b");
    t.run.highlight = -1;
    t.para.shade = 0x000080;
    para("c");
    t.run.auto_color = false;
    para("d");
    t.run.auto_color = true;
    t.para.shade = -1;
    table(1, 2)->rows[0].cells[0].shade = 0x203864;
    t.last->table->rows[0].cells[0].blocks = para_new("e");
    t.last->table->rows[0].cells[1].blocks = para_new("f");
    layout();
    static const uint32_t want[] = {0xFFFFFF, 0, 0xFFFFFF, 0, 0xFFFFFF, 0};
    for (size_t i = 0; i < 6; i++)
        CHECK_INT(text_at(0, i)->color, want[i]);
    finish();
}

static void runs_with_the_same_border_share_a_box(void) {
    begin();
    struct para *p = para("một");
    struct run_props *boxed = run_copy(), *bold = run_copy();
    boxed->border = bold->border = (struct border){.width = 500, .line = 500};
    bold->bold = true;
    p->items[0].props = boxed;
    item(p, INLINE_TEXT)->text = " hai";
    p->items[1].props = bold;
    item(p, INLINE_TEXT)->text = " ba";
    layout();
    CHECK_INT(count_draws(0, DRAW_LINE), 4);
    const struct draw_line *top = &nth(0, DRAW_LINE, 0)->as.line;
    CHECK_NEAR(top->x0, text_at(0, 0)->x, 300);
    CHECK_NEAR(top->x1, visible_end(text_at(0, 1)), 300);
    finish();
}

static void marks_of_emphasis_stand_at_every_letter(void) {
    static const enum emphasis_mark kinds[] = {EMPHASIS_DOT, EMPHASIS_COMMA, EMPHASIS_CIRCLE,
                                               EMPHASIS_UNDER_DOT};
    for (size_t i = 0; i < 4; i++) {
        begin();
        t.run.emphasis = kinds[i];
        para("ab c");
        layout();
        CHECK_INT(count_draws(0, DRAW_TEXT), 4);
        CHECK_INT(nth(0, DRAW_TEXT, 1)->tag, 0);
        CHECK_INT(text_at(0, 1)->y > text_at(0, 0)->y, kinds[i] == EMPHASIS_UNDER_DOT);
        finish();
    }
}

static void underlines_have_their_patterns_weights_and_colours(void) {
    begin();
    t.run.underline = UNDERLINE_DOT_DOT_DASH;
    para("a");
    t.run.heavy_underline = true;
    t.run.underline_color = 0xFF0000;
    para("b");
    t.run.underline = UNDERLINE_DOUBLE_WAVE;
    para("c");
    layout();
    const struct draw_line *light = &nth(0, DRAW_LINE, 0)->as.line;
    const struct draw_line *heavy = &nth(0, DRAW_LINE, 1)->as.line;
    CHECK(light->dots == 2 && light->dash > light->gap && light->color == 0);
    CHECK_INT(heavy->width, 2 * light->width);
    CHECK_INT(heavy->color, 0xFF0000);
    CHECK_INT(count_draws(0, DRAW_LINE), 4);
    CHECK(nth(0, DRAW_LINE, 3)->as.line.wave > 0);
    finish();
}

static void outlined_letters_are_told_to_be(void) {
    begin();
    t.run.outline = true;
    para("a");
    layout();
    CHECK(text_at(0, 0)->outline);
    finish();
}

int main(void) {
    RUN(automatic_colour_is_white_on_a_dark_ground);
    RUN(runs_with_the_same_border_share_a_box);
    RUN(marks_of_emphasis_stand_at_every_letter);
    RUN(underlines_have_their_patterns_weights_and_colours);
    RUN(outlined_letters_are_told_to_be);
    fonts_free(t.fonts);
    return CHECK_RESULT();
}
