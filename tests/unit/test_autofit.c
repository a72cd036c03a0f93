/* Columns that follow their content. */
#include "check.h"
#include "layout_help.h"

enum { TEXT = 453550 }; /* the text width of the tests' page */

/* A table without a word about widths, its row's cells holding these texts. */
static struct table *fitted(const char *a, const char *b) {
    struct table *tab = table(1, 2);
    tab->autofit = true;
    tab->wishes = POOL_ARRAY(t.pool, mpt, 2);
    tab->rows[0].cells[0].blocks = para_new(a);
    tab->rows[0].cells[1].blocks = para_new(b);
    return tab;
}

static void wish(struct table *tab, mpt a, mpt b) {
    mpt *wishes = POOL_ARRAY(t.pool, mpt, 2);
    wishes[0] = a;
    wishes[1] = b;
    tab->wishes = wishes;
}

static void lay_out_grid(struct table *tab, mpt a, mpt b) {
    mpt *grid = POOL_ARRAY(t.pool, mpt, 2);
    grid[0] = a;
    grid[1] = b;
    tab->laid_out = grid;
}

/* Where the second column's text begins, from the margin. */
static mpt second(const char *text) {
    size_t page;
    return find_text(text, &page)->x - 85050 - 5400;
}

static void columns_nobody_speaks_of_are_as_wide_as_their_text(void) {
    begin();
    fitted("STT", "Tên đơn vị");
    layout();
    const struct draw_text *stt = text_at(0, 0);
    CHECK_NEAR(second("Tên"), visible_end(stt) - 85050 + 5400, 100);
    finish();
}

static void what_does_not_fit_the_page_is_broken_in_the_wider_column(void) {
    begin();
    fitted("STT",
           "từ từ từ từ từ từ từ từ từ từ từ từ từ từ từ từ từ từ từ từ từ từ từ từ từ từ từ từ");
    layout();
    CHECK(page_of("STT") == 0 && count_draws(0, DRAW_TEXT) == 3); /* STT whole, two lines beside */
    CHECK(visible_end(text_at(0, 1)) <= 85050 + TEXT);
    finish();
}

static void a_column_is_never_narrower_than_its_longest_word(void) {
    begin();
    struct table *tab = fitted("Nghiêngnghiêngnghiêng", "b");
    wish(tab, 30000, 300000);
    layout();
    CHECK_STR(draw_string(nth(0, DRAW_TEXT, 0)), "Nghiêngnghiêngnghiêng");
    CHECK(second("b") > 30000);
    finish();
}

static void a_cell_that_must_not_wrap_widens_its_column(void) {
    begin();
    struct table *tab = fitted("một hàng chữ dài không ngắt", "b");
    wish(tab, 50000, 100000);
    tab->rows[0].cells[0].no_wrap = true;
    layout();
    CHECK_INT(count_draws(0, DRAW_TEXT), 2);
    CHECK(second("b") > 100000);
    finish();
}

static void wishes_come_before_content(void) {
    begin();
    wish(fitted("a", "b"), 100000, 200000);
    layout();
    CHECK_INT(second("b"), 100000);
    finish();
}

static void wishes_too_wide_for_the_page_are_scaled_down(void) {
    begin();
    struct table *tab = fitted("a", "b");
    wish(tab, 300000, 600000);
    layout();
    CHECK_NEAR(second("b"), TEXT / 3, 3000);
    finish();
}

static void a_table_as_wide_as_it_says_shares_the_rest(void) {
    begin();
    struct table *tab = fitted("a", "b");
    tab->preferred = 400000;
    wish(tab, 100000, 0);
    layout();
    CHECK_INT(second("b"), 100000);
    begin();
    tab = fitted("a", "b");
    tab->preferred = 400000;
    wish(tab, 100000, 100000);
    layout();
    CHECK_INT(second("b"), 200000);
    finish();
}

static void a_grid_that_word_may_have_laid_out_stands(void) {
    begin();
    struct table *tab = fitted("a", "b");
    wish(tab, 200000, 400000);
    lay_out_grid(tab, 123450, 326550);
    tab->preferred = 450000;
    layout();
    CHECK_INT(second("b"), 123450);
    begin(); /* too narrow for its word: nobody laid it out so */
    tab = fitted("Nghiêngnghiêngnghiêng", "b");
    wish(tab, 200000, 400000);
    lay_out_grid(tab, 20000, 430000);
    tab->preferred = 450000;
    layout();
    CHECK(second("b") > 100000);
    finish();
}

static void a_spanning_cell_widens_its_columns(void) {
    begin();
    struct table *tab = table(2, 2);
    tab->autofit = true;
    tab->wishes = POOL_ARRAY(t.pool, mpt, 2);
    tab->rows[0].cells[0].blocks = para_new("Nghiêngnghiêngnghiêngnghiêng");
    tab->rows[0].cells[0].span = 2;
    tab->rows[0].cell_count = 1;
    tab->rows[1].cells[0].blocks = para_new("a");
    tab->rows[1].cells[1].blocks = para_new("b");
    layout();
    CHECK_STR(draw_string(nth(0, DRAW_TEXT, 0)), "Nghiêngnghiêngnghiêngnghiêng");
    finish();
}

/* A word of `n` letters. */
static const char *word(size_t n) {
    char *w = pool_alloc(t.pool, n + 1);
    memset(w, 'm', n);
    w[n] = 0;
    return w;
}

static void words_that_have_no_room_are_broken_at_the_margin(void) {
    begin();
    fitted(word(60), "Nghiêng");
    layout();
    CHECK(page_of("Nghiêng") == 0); /* whole: the longer one gives way */
    CHECK(visible_end(text_at(0, 2)) <= 85050 + TEXT);
    CHECK_INT(count_draws(0, DRAW_TEXT), 3);
    finish();
}

static void two_long_words_are_broken_alike(void) {
    begin();
    fitted(word(38), word(36));
    layout();
    const struct draw_text *first = text_at(0, 0), *last = text_at(0, 2); /* two lines in each */
    CHECK_NEAR(last->x - first->x, TEXT / 2, 300);
    finish();
}

static void the_words_of_a_spanning_cell_are_whole(void) {
    for (size_t n = 5; n < 35; n++) {
        begin();
        struct table *tab = table(2, 3);
        tab->autofit = true;
        tab->wishes = POOL_ARRAY(t.pool, mpt, 3);
        for (size_t c = 0; c < 3; c++)
            tab->rows[1].cells[c].blocks = para_new("x");
        tab->rows[0].cells[0].span = 3;
        tab->rows[0].cell_count = 1;
        tab->rows[0].cells[0].blocks = para_new(word(n));
        layout();
        CHECK_INT(count_draws(0, DRAW_TEXT), 4);
        finish();
    }
}

static void page_numbers_in_fitted_cells_are_counted_once(void) {
    begin();
    fill_with(5);
    struct table *tab = fitted("a", "b");
    item(tab->rows[0].cells[0].blocks->para, INLINE_PAGE_NUMBER);
    item(tab->rows[0].cells[1].blocks->para, INLINE_PAGE_NUMBER);
    layout();
    CHECK(strstr(page_string(0), "a1|b1") != NULL);
    finish();
}

static void the_empty_paragraph_after_a_nested_table_takes_no_room(void) {
    begin();
    struct table *outer = table(2, 1), *inner = table_new(1, 1);
    inner->rows[0].cells[0].blocks = para_new("i");
    outer->rows[0].cells[0].blocks = table_block(inner);
    outer->rows[0].cells[0].blocks->next = para_new("");
    outer->rows[1].cells[0].blocks = para_new("o");
    layout();
    mpt pitch = y_of("o") - y_of("i");
    CHECK_NEAR(pitch, 16100, 10);
    begin();
    outer = table(2, 1), inner = table_new(1, 1);
    inner->rows[0].cells[0].blocks = para_new("i");
    outer->rows[0].cells[0].blocks = table_block(inner);
    outer->rows[0].cells[0].blocks->next = para_new("x");
    outer->rows[1].cells[0].blocks = para_new("o");
    layout();
    CHECK_NEAR(y_of("o") - y_of("i"), 2 * pitch, 10);
    finish();
}

int main(void) {
    RUN(columns_nobody_speaks_of_are_as_wide_as_their_text);
    RUN(what_does_not_fit_the_page_is_broken_in_the_wider_column);
    RUN(a_column_is_never_narrower_than_its_longest_word);
    RUN(a_cell_that_must_not_wrap_widens_its_column);
    RUN(wishes_come_before_content);
    RUN(wishes_too_wide_for_the_page_are_scaled_down);
    RUN(a_table_as_wide_as_it_says_shares_the_rest);
    RUN(a_grid_that_word_may_have_laid_out_stands);
    RUN(a_spanning_cell_widens_its_columns);
    RUN(words_that_have_no_room_are_broken_at_the_margin);
    RUN(two_long_words_are_broken_alike);
    RUN(the_words_of_a_spanning_cell_are_whole);
    RUN(page_numbers_in_fitted_cells_are_counted_once);
    RUN(the_empty_paragraph_after_a_nested_table_takes_no_room);
    fonts_free(t.fonts);
    return CHECK_RESULT();
}
