/* Rows that no page holds. */
#include "layout_help.h"

enum { TOP = 56700, PAGE = 841900 - 2 * TOP, LINE = 16099, ASCENT = 13070 };

static struct table *one_cell(struct block *blocks) {
    struct table *table = table_new(1, 1);
    table->width = table->grid[0] = 60000;
    table->rows[0].cells[0].blocks = blocks;
    add(table_block(table));
    return table;
}

/* `n` paragraphs. */
static struct block *lines(int n) {
    struct block *first = para_new("d0"), *last = first;
    for (int i = 1; i < n; i++, last = last->next)
        last->next = para_new(pool_printf(t.pool, "d%d", i));
    return first;
}

static struct block *words(int n) {
    struct buf b = {0};
    for (int i = 0; i < n; i++)
        buf_printf(&b, "%sx%d", i ? " " : "", i);
    struct block *block = para_new(buf_text(&b));
    buf_free(&b);
    return block;
}

static void a_row_higher_than_the_page_goes_on_overleaf(void) {
    begin();
    struct table *table = one_cell(para_new("đầu"));
    table->rows[0].height = 1500000;
    table->rows[0].height_rule = HEIGHT_AT_LEAST;
    para("sau");
    layout();
    CHECK_INT(page_of("đầu"), 0);
    CHECK_INT(page_of("sau"), 2);
    CHECK_NEAR(y_of("sau"), TOP + 1500000 - 2 * PAGE + ASCENT, 50);
    CHECK_INT(diag_count(t.diag, DIAG_WARNING), 0);
    finish();
}

static void its_text_goes_on_and_its_height_ends_with_it(void) {
    begin();
    struct table *table = one_cell(lines(60));
    table->rows[0].height = 800000;
    table->rows[0].height_rule = HEIGHT_AT_LEAST;
    para("sau");
    layout();
    CHECK_INT(page_of("d0"), 0);
    CHECK_INT(page_of("d59"), 1);
    CHECK_INT(page_of("sau"), 1);
    finish();
}

static void an_exact_row_is_cut_at_the_end_of_the_page_and_named(void) {
    begin();
    struct table *table = one_cell(lines(120));
    table->rows[0].height = 2000000;
    table->rows[0].height_rule = HEIGHT_EXACT;
    para("sau");
    layout();
    CHECK(diag_has(t.diag, LAYOUT_ROW_TOO_HIGH));
    CHECK_INT(page_of("d44"), 0);
    CHECK(!strstr(page_string(-1), "d46"));
    CHECK_INT(page_of("sau"), 1);
    CHECK_NEAR(y_of("sau"), TOP + ASCENT, 50);
    finish();
    begin(); /* one that ends on the page is not */
    table = one_cell(lines(3));
    table->rows[0].height = PAGE - LINE;
    table->rows[0].height_rule = HEIGHT_EXACT;
    layout();
    CHECK(!diag_has(t.diag, LAYOUT_ROW_TOO_HIGH));
    finish();
}

static void a_row_that_may_not_be_split_is_split_and_named(void) {
    begin();
    struct table *table = one_cell(lines(60));
    table->rows[0].cant_split = true;
    layout();
    CHECK(diag_has(t.diag, LAYOUT_ROW_SPLIT));
    CHECK_INT(page_of("d59"), 1);
    finish();
    begin();
    para("trước");
    table = one_cell(lines(30));
    table->rows[0].cant_split = true;
    layout();
    CHECK(!diag_has(t.diag, LAYOUT_ROW_SPLIT));
    finish();
}

static void turned_text_longer_than_the_page_goes_on_overleaf(void) {
    begin();
    t.section.page_height = 400000;
    struct table *table = one_cell(words(60));
    table->rows[0].cells[0].turn = TURN_LEFT;
    para("sau");
    layout();
    CHECK_INT(t.pages->at.n, 2);
    for (size_t i = 0; i < 2; i++)
        CHECK_INT(count_draws(i, DRAW_TURN), 1);
    CHECK(strstr(page_string(0), "x0"));
    CHECK(!strstr(page_string(0), "x59"));
    CHECK(strstr(page_string(1), "x59"));
    CHECK(!diag_has(t.diag, LAYOUT_TURNED_CUT));
    finish();
}

static void turned_text_that_no_page_has_room_for_is_named(void) {
    begin();
    one_cell(words(500))->rows[0].cells[0].turn = TURN_LEFT;
    layout();
    CHECK(diag_has(t.diag, LAYOUT_TURNED_CUT));
    finish();
}

static void turned_text_with_a_note_is_not_parted_but_named(void) {
    static struct wml_note note;
    begin();
    note = (struct wml_note){.mark = "1", .blocks = para_new("lời chú")};
    t.doc.notes = &note;
    t.doc.note_count = 1;
    struct block *block = words(500);
    item(block->para, INLINE_NOTE_REF)->text = "1";
    struct table *table = table_new(60, 1);
    table->width = table->grid[0] = 60000;
    for (size_t r = 0; r < 60; r++) {
        table->rows[r].cells[0].merge = r ? MERGE_CONTINUE : MERGE_START;
        table->rows[r].height = 20000;
        table->rows[r].cells[0].turn = TURN_LEFT;
    }
    table->rows[0].cells[0].blocks = block;
    add(table_block(table));
    layout();
    CHECK(strstr(page_string(-1), "lời chú"));
    CHECK(diag_has(t.diag, LAYOUT_TURNED_CUT));
    finish();
}

int main(void) {
    RUN(a_row_higher_than_the_page_goes_on_overleaf);
    RUN(its_text_goes_on_and_its_height_ends_with_it);
    RUN(an_exact_row_is_cut_at_the_end_of_the_page_and_named);
    RUN(a_row_that_may_not_be_split_is_split_and_named);
    RUN(turned_text_longer_than_the_page_goes_on_overleaf);
    RUN(turned_text_that_no_page_has_room_for_is_named);
    RUN(turned_text_with_a_note_is_not_parted_but_named);
    fonts_free(t.fonts);
    return CHECK_RESULT();
}
