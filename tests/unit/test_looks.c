/* What letters look like beyond their face: grounds, boxes, marks. */
#include "layout_help.h"
#include "layout/line.h"

enum { TEXT_LEFT_OF_CELL = 85050 + 5400 };

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

/* The mark at the first letter of `text`, from its baseline up. */
static mpt mark_height(enum emphasis_mark kind, const char *text) {
    begin();
    t.run.emphasis = kind;
    para(text);
    layout();
    mpt height = text_at(0, 0)->y - text_at(0, 1)->y;
    finish();
    return height;
}

static void marks_of_emphasis_keep_clear_of_those_of_the_letters(void) {
    CHECK_INT(mark_height(EMPHASIS_DOT, "a"), mark_height(EMPHASIS_DOT, "b"));
    CHECK(mark_height(EMPHASIS_DOT, "Ấ") > mark_height(EMPHASIS_DOT, "a") + 1000);
    CHECK(mark_height(EMPHASIS_COMMA, "Ấ") > mark_height(EMPHASIS_COMMA, "A"));
    CHECK(mark_height(EMPHASIS_CIRCLE, "Ấ") > mark_height(EMPHASIS_CIRCLE, "A"));
    CHECK(mark_height(EMPHASIS_UNDER_DOT, "ạ") < mark_height(EMPHASIS_UNDER_DOT, "a"));
}

static void a_letter_of_another_face_has_its_mark_too(void) {
    begin();
    t.run.emphasis = EMPHASIS_DOT;
    para("日");
    layout();
    CHECK_INT(text_at(0, 1)->glyphs[0].cp, '.');
    CHECK(text_at(0, 1)->glyphs[0].id != 0);
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

static void letters_throw_a_shadow_to_their_right(void) {
    begin();
    t.run.shadow = true;
    t.run.highlight = 0xFFFF00;
    struct para *p = para("chữ ");
    t.run.shadow = false;
    item(p, INLINE_TEXT)->text = "thường";
    p->items[1].props = run_copy();
    layout();
    CHECK_INT(count_draws(0, DRAW_TEXT), 3);
    const struct draw *shadow = nth(0, DRAW_TEXT, 0), *text = nth(0, DRAW_TEXT, 1);
    CHECK(nth(0, DRAW_RECT, 0) < shadow); /* on what lies behind */
    CHECK(shadow->tag == 0 && text->tag != 0);
    CHECK(shadow->as.text.color == 0xC0C0C0 && text->as.text.color == 0);
    CHECK_NEAR(shadow->as.text.x - text->as.text.x, 608, 1);
    CHECK_NEAR(shadow->as.text.y - text->as.text.y, 608, 1);
    CHECK_STR(draw_string(shadow), draw_string(text));
    begin();
    t.run.shadow = true;
    t.run.color = 0xFF0000;
    para("chữ");
    layout();
    CHECK(text_at(0, 0)->color == 0 && text_at(0, 1)->color == 0xFF0000);
    finish();
}

static void a_fitted_run_is_as_wide_as_it_says(void) {
    begin();
    t.run.fit = 100000;
    para("họ tên");
    t.run.fit = 20000;
    para("họ và tên đệm");
    layout();
    CHECK_NEAR(visible_end(text_at(0, 0)) - text_at(0, 0)->x, 100000, 10);
    const struct draw_text *narrow = text_at(0, 1);
    mpt last = narrow->glyphs[narrow->n - 1].x, letter = visible_end(narrow) - narrow->x - last;
    CHECK(narrow->scale < 50);
    CHECK_NEAR(last + letter * narrow->scale / 100, 20000, 10);
    finish();
}

static void distributed_text_moves_letters_apart_to_the_edge(void) {
    begin();
    t.para.jc = JC_DISTRIBUTE;
    para("ab cd");
    layout();
    const struct draw_text *text = text_at(0, 0);
    CHECK_NEAR(visible_end(text), 595300 - 56700, 10);
    mpt first = text->glyphs[1].x - text->glyphs[0].x, last = text->glyphs[4].x;
    CHECK(first > 100000 && last - text->glyphs[3].x > 100000);
    finish();
}

static void numbers_of_a_cell_stand_at_its_decimal_stop_without_a_tab(void) {
    static const struct tab_stop stops[] = {{.pos = 60000, .kind = TAB_DECIMAL}};
    for (int full_stop = 0; full_stop < 2; full_stop++) {
        begin();
        t.doc.decimal_mark = full_stop ? '.' : 0;
        t.para.tabs = stops;
        t.para.tab_count = 1;
        struct row *rows = table(3, 1)->rows;
        rows[0].cells[0].blocks = para_new(full_stop ? "1,234.5" : "1.234,5");
        rows[1].cells[0].blocks = para_new("7");
        rows[2].cells[0].blocks = para_new(full_stop ? "12.25" : "12,25");
        layout();
        const struct draw_text *a = text_at(0, 0), *b = text_at(0, 1), *c = text_at(0, 2);
        mpt stop = TEXT_LEFT_OF_CELL + 60000;
        CHECK_NEAR(a->x + a->glyphs[5].x, stop, 10);
        CHECK_NEAR(visible_end(b), stop, 10);
        CHECK_NEAR(c->x + c->glyphs[2].x, stop, 10);
        finish();
    }
}

static void lines_end_inside_words_where_words_may_be_cut(void) {
    begin();
    t.para.asks = ASKS_CUT_WORDS;
    t.para.right = 453550 - 60000;
    para("trường học");
    layout();
    CHECK_STR(page_string(0), "trường họ|c");
    finish();
}

static void east_asian_text_breaks_between_letters_but_not_before_closing_marks(void) {
    CHECK(text_break_between(0x6C49, 0x5B57));
    CHECK(text_break_between(0x6C49, 'a') && text_break_between('a', 0x6C49));
    CHECK(text_break_between(0x3042, 0x3044));
    CHECK(!text_break_between(0x6C49, 0x3002) && !text_break_between(0x6C49, 0xFF09));
    CHECK(!text_break_between(0x3042, 0x3083)); /* a small kana */
    CHECK(!text_break_between(0x300C, 0x6C49) && !text_break_between('(', 0x6C49));
    CHECK(text_break_between(0x3002, 0x6C49));
}

int main(void) {
    RUN(automatic_colour_is_white_on_a_dark_ground);
    RUN(runs_with_the_same_border_share_a_box);
    RUN(marks_of_emphasis_stand_at_every_letter);
    RUN(marks_of_emphasis_keep_clear_of_those_of_the_letters);
    RUN(a_letter_of_another_face_has_its_mark_too);
    RUN(letters_throw_a_shadow_to_their_right);
    RUN(a_fitted_run_is_as_wide_as_it_says);
    RUN(distributed_text_moves_letters_apart_to_the_edge);
    RUN(numbers_of_a_cell_stand_at_its_decimal_stop_without_a_tab);
    RUN(lines_end_inside_words_where_words_may_be_cut);
    RUN(east_asian_text_breaks_between_letters_but_not_before_closing_marks);
    RUN(underlines_have_their_patterns_weights_and_colours);
    RUN(outlined_letters_are_told_to_be);
    fonts_free(t.fonts);
    return CHECK_RESULT();
}
