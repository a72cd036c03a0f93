/* Where text comes to stand on its line by more than its order: tabs to places of the line, text of
 * several sizes aligned, text made as wide as its cell. */
#include "check.h"
#include "layout_help.h"

enum { LEFT = 85050, RIGHT = 595300 - 56700 };
enum { CELL_LEFT = LEFT + 5400, CELL_RIGHT = LEFT + 225000 - 5400 };

/* ---- w:ptab ---- */

/* "a", a tab to a place, "b": where b stands. */
static const struct draw_text *after_place(enum tab_kind kind, bool of_indents,
                                           enum tab_leader leader) {
    static struct place_tab place;
    place = (struct place_tab){kind, of_indents, leader};
    struct para *p = para("aaa\tbbb");
    p->items[1].place = &place;
    layout();
    size_t page;
    return find_text(leader ? "b" : "a", &page);
}

static void a_place_is_of_the_margins_whatever_stops_and_indents(void) {
    static const struct tab_stop stop = {.pos = 100000};
    begin();
    t.para.tabs = &stop;
    t.para.tab_count = 1;
    t.para.left = 72000;
    t.para.right = 36000;
    const struct draw_text *d = after_place(TAB_RIGHT, false, LEADER_NONE);
    CHECK_NEAR(visible_end(d), RIGHT, 20);
    begin();
    t.para.left = 72000;
    d = after_place(TAB_CENTER, false, LEADER_NONE);
    CHECK_NEAR((d->x + d->glyphs[4].x + visible_end(d)) / 2, (LEFT + RIGHT) / 2, 20);
    finish();
}

static void a_place_may_be_of_the_indents(void) {
    begin();
    t.para.left = 72000;
    t.para.right = 36000;
    CHECK_NEAR(visible_end(after_place(TAB_RIGHT, true, LEADER_NONE)), RIGHT - 36000, 20);
    begin();
    t.para.left = 72000;
    t.para.right = 36000;
    const struct draw_text *d = after_place(TAB_CENTER, true, LEADER_NONE);
    CHECK_NEAR((d->x + d->glyphs[4].x + visible_end(d)) / 2, (LEFT + 72000 + RIGHT - 36000) / 2,
               20);
    finish();
}

static void a_place_already_passed_is_that_of_the_next_line(void) {
    begin();
    const struct draw_text *d = after_place(TAB_LEFT, false, LEADER_NONE);
    CHECK_INT(d->n, 3);
    size_t page;
    const struct draw_text *next = find_text(" b", &page);
    CHECK_INT(next->x, LEFT);
    CHECK_NEAR(next->y - d->y, 16100, 20);
    finish();
}

static void a_place_has_a_leader(void) {
    begin();
    after_place(TAB_RIGHT, false, LEADER_DOT);
    size_t page;
    const struct draw_text *dots = find_text("....", &page), *b = find_text("b", &page);
    CHECK(glyph_end(dots, dots->n - 1) <= b->x + 20 && dots->n > 100);
    CHECK_NEAR(visible_end(b), RIGHT, 20);
    finish();
}

/* ---- w:textAlignment ---- */

/* A line of 28 and 14 pt; the baseline of the small text under that of the large. */
static mpt small_below_large(enum text_alignment alignment, mpt exact) {
    begin();
    t.para.text_alignment = alignment;
    if (exact) {
        t.para.line_rule = LINE_EXACT;
        t.para.line = exact;
    }
    struct para *p = para("lớn");
    p->mark = run_copy();
    t.run.size = 28000;
    p->items[0].props = run_copy();
    struct inline_item *small = item(p, INLINE_TEXT);
    small->text = "nhỏ";
    layout();
    return y_of("nhỏ") - y_of("lớn");
}

static void text_of_two_sizes_is_aligned_on_its_line(void) {
    /* Times: 0.93359 em above the baseline, 0.2163 below; the larger is 14 pt larger */
    CHECK_INT(small_below_large(ON_BASELINE, 0), 0);
    CHECK_NEAR(small_below_large(AT_LINE_TOP, 0), -13070, 10);
    CHECK_NEAR(small_below_large(AT_LINE_BOTTOM, 0), 3028, 10);
    CHECK_NEAR(small_below_large(AT_LINE_CENTER, 0), (3028 - 13070) / 2, 10);
    finish();
}

static void alignment_does_not_change_an_exact_height(void) {
    CHECK_NEAR(small_below_large(AT_LINE_TOP, 30000), -13070, 10);
    CHECK_NEAR(y_of("lớn"), 56700 + 24000, 10);
    finish();
}

/* How much lower a line of 28 pt blanks with these words in 14 pt stands than one without. */
static mpt lowered_by_blanks(const char *blanks, const char *words) {
    begin();
    struct para *p = para(words);
    p->mark = run_copy();
    struct inline_item *large = item(p, INLINE_TEXT);
    t.run.size = 28000;
    large->props = run_copy();
    large->text = blanks;
    t.run.size = 14000;
    para("dưới");
    layout();
    return y_of("dưới") - (56700 + 16100 + 13070);
}

/* As Word has it; clerks make gaps with whatever is at hand. */
static void blanks_however_large_do_not_raise_a_line_of_words(void) {
    CHECK_NEAR(lowered_by_blanks("  ", "chữ"), 0, 20);
    CHECK_NEAR(lowered_by_blanks("  x", "chữ"), 16100, 20);
    CHECK_NEAR(lowered_by_blanks("  ", ""), 16100, 20);
    finish();
}

/* The higher box gives the line its height, not the sum of what is above and below. */
static void a_picture_is_centred_on_its_line(void) {
    begin();
    t.para.text_alignment = AT_LINE_CENTER;
    struct para *p = para("chữ");
    struct picture *picture = POOL_NEW(t.pool, struct picture);
    *picture = (struct picture){.width = 30000, .height = 50000};
    item(p, INLINE_PICTURE)->picture = picture;
    para("sau");
    layout();
    const struct draw_picture *drawn = &nth(0, DRAW_PICTURE, 0)->as.picture;
    CHECK_INT(drawn->y, 56700);
    CHECK_NEAR(y_of("chữ"), 56700 + (50000 - 16100) / 2 + 13070, 10);
    CHECK_NEAR(y_of("sau"), 56700 + 50000 + 13070, 10);
    finish();
}

/* ---- w:tcFitText ---- */

static const struct draw_text *fitted(const char *text, const char *start) {
    begin();
    t.para.asks = ASKS_FITTING_LINES;
    table(1, 2)->rows[0].cells[0].blocks = para_new(text);
    layout();
    size_t page;
    return find_text(start, &page);
}

static void a_cell_sets_few_letters_apart(void) {
    const struct draw_text *d = fitted("Họ tên", "Họ");
    CHECK_INT(d->x, CELL_LEFT);
    CHECK_NEAR(glyph_end(d, d->n - 1), CELL_RIGHT, 30);
    CHECK_INT(d->scale, 100);
    finish();
}

static void a_cell_draws_many_letters_narrower(void) {
    const struct draw_text *d =
        fitted("Địa chỉ thường trú của người nộp đơn đề nghị cấp lại", "Địa");
    CHECK(d->scale < 100 && d->scale > 25);
    CHECK_INT(page_of("Địa"), 0);
    CHECK(d->n == 52);
    mpt last = d->x + d->glyphs[d->n - 1].x;
    CHECK(last < CELL_RIGHT && last > CELL_RIGHT - 14000);
    finish();
}

static void each_forced_line_of_a_cell_is_fitted(void) {
    const struct draw_text *d = fitted("Số\nngày tháng", "Số");
    CHECK_NEAR(glyph_end(d, 1), CELL_RIGHT, 30);
    size_t page;
    d = find_text("ngày", &page);
    CHECK_NEAR(glyph_end(d, d->n - 1), CELL_RIGHT, 30);
    finish();
}

/* ---- w:ruby ---- */

/* "x", then "mm" of 14 pt under `over` of 7 pt raised by 20 pt. */
static void ruby_page(const char *over, enum ruby_align align) {
    begin();
    struct inline_item *items = POOL_ARRAY(t.pool, struct inline_item, 2);
    struct ruby *ruby = POOL_NEW(t.pool, struct ruby);
    para("trước");
    struct para *p = para("x");
    items[0] = (struct inline_item){.props = p->mark, .text = "mm"};
    t.run.size = 7000;
    items[1] = (struct inline_item){.props = run_copy(), .text = over};
    *ruby = (struct ruby){.base = &items[0],
                          .over = &items[1],
                          .base_count = 1,
                          .over_count = 1,
                          .raise = 20000,
                          .align = align};
    item(p, INLINE_TEXT)->ruby = ruby;
    p->items[1].text = "mm";
    layout();
}

static void words_stand_above_words_raised_as_they_say(void) {
    ruby_page("ab", RUBY_CENTER);
    size_t page;
    const struct draw_text *base = find_text("mm", &page), *over = find_text("ab", &page);
    CHECK_INT(base->y - over->y, 20000);
    CHECK_INT(base->y, y_of("x"));
    /* the line has room for them: 20 pt and the ascent of 7 pt above its baseline */
    CHECK_NEAR(base->y, 56700 + 16100 + 20000 + 6535, 10);
    CHECK_NEAR(base->x, glyph_end(find_text("x", &page), 0), 10);
    CHECK_NEAR((over->x + visible_end(over)) / 2, (base->x + visible_end(base)) / 2, 20);
    finish();
}

static void words_above_words_stand_as_they_ask(void) {
    size_t page;
    const struct draw_text *base, *over;
    ruby_page("ab", RUBY_LEFT);
    CHECK_INT(find_text("ab", &page)->x, find_text("mm", &page)->x);
    ruby_page("ab", RUBY_RIGHT);
    CHECK_NEAR(visible_end(find_text("ab", &page)), visible_end(find_text("mm", &page)), 10);
    ruby_page("ab", RUBY_SPREAD_LETTERS);
    base = find_text("mm", &page);
    over = find_text("ab", &page);
    CHECK_INT(over->x, base->x);
    CHECK_NEAR(visible_end(over), visible_end(base), 10);
    ruby_page("ab", RUBY_SPREAD_SPACE);
    base = find_text("mm", &page);
    over = find_text("ab", &page);
    CHECK_NEAR(over->x - base->x, visible_end(base) - visible_end(over), 10);
    CHECK(over->x > base->x);
    finish();
}

static void words_wider_than_those_below_give_the_width(void) {
    size_t page;
    ruby_page("nhiều chữ hơn", RUBY_SPREAD_LETTERS);
    const struct draw_text *base = find_text("mm", &page), *over = find_text("nhiều", &page);
    CHECK_INT(over->x, base->x);
    CHECK_NEAR(visible_end(base), visible_end(over), 10);
    finish();
}

/* ---- w:docGrid of characters ---- */

/* "日本aế国", where its glyphs stand. */
static const struct draw_text *in_grid(mpt space, bool cells) {
    begin();
    t.section.char_space = space;
    t.section.char_cells = cells;
    para("日本aế国");
    layout();
    return text_at(0, 0);
}

/* Where glyph `i` of the line stands, in whichever face it is. */
static mpt glyph_at(size_t i) {
    for (size_t n = 0; n < count_draws(0, DRAW_TEXT); i -= text_at(0, n)->n, n++)
        if (i < text_at(0, n)->n)
            return text_at(0, n)->x + text_at(0, n)->glyphs[i].x;
    return 0;
}

static void a_grid_adds_to_east_asian_characters_alone(void) {
    mpt plain[5];
    in_grid(0, false);
    for (size_t i = 0; i < 5; i++)
        plain[i] = glyph_at(i);
    in_grid(2000, false);
    static const mpt more[] = {0, 2000, 4000, 4000, 4000}; /* none for a and ế */
    for (size_t i = 0; i < 5; i++)
        CHECK_NEAR(glyph_at(i), plain[i] + more[i], 2);
    in_grid(-1000, false);
    CHECK_NEAR(glyph_at(4), plain[4] - 2000, 2);
    finish();
}

static void a_run_may_stay_off_the_grid(void) {
    in_grid(0, false);
    mpt plain = glyph_at(4);
    begin();
    t.section.char_space = 2000;
    t.run.off_grid = true;
    para("日本aế国");
    layout();
    CHECK_INT(glyph_at(4), plain);
    finish();
}

static void vietnamese_text_does_not_feel_the_grid(void) {
    static const char text[] = "Ủy ban nhân dân các xã, phường có trách nhiệm tổ chức thực hiện "
                               "quyết định này theo đúng quy định của pháp luật";
    begin();
    para(text);
    layout();
    size_t lines = count_draws(0, DRAW_TEXT);
    mpt end = visible_end(text_at(0, 0));
    for (int cells = 0; cells < 2; cells++) {
        begin();
        t.section.char_space = 3000;
        t.section.char_cells = cells;
        para(text);
        layout();
        CHECK_INT(count_draws(0, DRAW_TEXT), lines);
        CHECK_INT(visible_end(text_at(0, 0)), end);
    }
    finish();
}

static void in_cells_each_character_stands_in_the_middle(void) {
    in_grid(0, false);
    mpt width = glyph_at(1) - glyph_at(0); /* as the face has it: 14 pt, or less without one */
    mpt letters = glyph_at(4) - glyph_at(2), cell = 16000;
    in_grid(2000, true);
    for (size_t i = 0; i < 2; i++)
        CHECK_NEAR(glyph_at(i), LEFT + (mpt)i * cell + (cell - width) / 2, 3);
    CHECK_NEAR(glyph_at(2), LEFT + 2 * cell + (cell - letters) / 2, 3); /* both in one cell */
    CHECK_NEAR(glyph_at(4), LEFT + 3 * cell + (cell - width) / 2, 3);
    finish();
}

int main(void) {
    RUN(a_place_is_of_the_margins_whatever_stops_and_indents);
    RUN(a_place_may_be_of_the_indents);
    RUN(a_place_already_passed_is_that_of_the_next_line);
    RUN(a_place_has_a_leader);
    RUN(text_of_two_sizes_is_aligned_on_its_line);
    RUN(alignment_does_not_change_an_exact_height);
    RUN(blanks_however_large_do_not_raise_a_line_of_words);
    RUN(a_picture_is_centred_on_its_line);
    RUN(a_cell_sets_few_letters_apart);
    RUN(a_cell_draws_many_letters_narrower);
    RUN(each_forced_line_of_a_cell_is_fitted);
    RUN(words_stand_above_words_raised_as_they_say);
    RUN(words_above_words_stand_as_they_ask);
    RUN(words_wider_than_those_below_give_the_width);
    RUN(a_grid_adds_to_east_asian_characters_alone);
    RUN(a_run_may_stay_off_the_grid);
    RUN(vietnamese_text_does_not_feel_the_grid);
    RUN(in_cells_each_character_stands_in_the_middle);
    fonts_free(t.fonts);
    return CHECK_RESULT();
}
