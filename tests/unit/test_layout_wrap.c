/* Text around drawings and floating tables; columns; endnotes. */
#include "layout_help.h"

enum { LEFT = 85050, TOP = 56700, WIDTH = 453550, LINE = 16099 };

static struct shape *wrapped(struct para *p, enum wrap wrap, mpt x, mpt y, mpt width, mpt height) {
    struct shape *s = POOL_NEW(t.pool, struct shape);
    *s = (struct shape){.kind = SHAPE_RECT,
                        .x_base = BASE_COLUMN,
                        .y_base = BASE_PARAGRAPH,
                        .x = x,
                        .y = y,
                        .width = width,
                        .height = height,
                        .stroke = 500,
                        .fill = -1,
                        .wrap = wrap};
    item(p, INLINE_SHAPE)->shape = s;
    return s;
}

/* A paragraph of `n` short words. */
static struct para *words_para(int n) {
    struct buf b = {0};
    for (int i = 0; i < n; i++)
        buf_printf(&b, "%sx%d", i ? " " : "", i);
    struct para *p = para(buf_text(&b));
    buf_free(&b);
    return p;
}

static size_t texts_at(mpt x) {
    size_t n = 0;
    const struct draw *d;
    VEC_EACH (d, &t.pages->at.at[0].draws)
        n += d->kind == DRAW_TEXT && near(d->as.text.x, x, 10);
    return n;
}

static void text_goes_on_below_a_drawing_that_takes_its_lines(void) {
    begin();
    para("trên");
    struct shape *s = wrapped(para("neo"), WRAP_TOP_AND_BOTTOM, 0, 20000, 100000, 50000);
    s->distance[EDGE_BOTTOM] = 4000;
    para("dưới");
    layout();
    mpt top = TOP + LINE;
    CHECK_NEAR(y_of("neo"), top + 13070, 20);
    CHECK_NEAR(nth(0, DRAW_RECT, 0)->as.rect.y, top + 20000, 20);
    CHECK_NEAR(y_of("dưới"), top + 20000 + 50000 + 4000 + 13070, 20);
    finish();
}

static void the_anchors_own_line_gives_way_too(void) {
    begin();
    wrapped(para("neo"), WRAP_TOP_AND_BOTTOM, 0, 0, 100000, 50000);
    layout();
    CHECK_NEAR(nth(0, DRAW_RECT, 0)->as.rect.y, TOP, 20);
    CHECK_NEAR(y_of("neo"), TOP + 50000 + 13070, 20);
    finish();
}

static void lines_beside_a_square_drawing_are_shorter(void) {
    begin();
    struct shape *s = wrapped(words_para(120), WRAP_SQUARE, 0, 0, 100000, 40000);
    s->distance[EDGE_RIGHT] = 9000;
    layout();
    CHECK_INT(texts_at(LEFT + 109000), 3); /* 40 pt are three lines of 16 */
    CHECK(texts_at(LEFT) > 0);
    finish();
}

static void text_stands_on_both_sides_of_a_drawing(void) {
    begin();
    wrapped(words_para(120), WRAP_SQUARE, 150000, 0, 100000, 30000);
    layout();
    CHECK_INT(texts_at(LEFT + 250000), 2);
    const struct draw_text *first = text_at(0, 0), *second = text_at(0, 1);
    CHECK_INT(first->y, second->y);
    CHECK(visible_end(first) <= LEFT + 150000);
    CHECK_STR(page_string(-1) + strlen(page_string(-1)) - 4, "x119");
    finish();
}

static void less_than_an_inch_beside_a_drawing_stays_empty(void) {
    begin();
    wrapped(words_para(60), WRAP_SQUARE, 60000, 0, WIDTH - 120000, 50000);
    layout();
    CHECK_NEAR(text_at(0, 0)->y, TOP + 50000 + 13070, 20);
    finish();
}

static void a_word_too_long_for_the_place_beside_goes_below(void) {
    begin();
    wrapped(para("Nghiêngngảnghiêngngảnghiêngngả"), WRAP_SQUARE, 100000, 0, 500000, 50000);
    layout();
    CHECK_NEAR(text_at(0, 0)->y, TOP + 50000 + 13070, 20);
    finish();
}

static void fill_and_borders_keep_clear_of_a_drawing(void) {
    begin();
    struct para *p = words_para(80);
    struct para_props *props = POOL_NEW(t.pool, struct para_props);
    *props = *p->props;
    props->shade = 0xFFFF00;
    p->props = props;
    wrapped(p, WRAP_SQUARE, 0, 0, 100000, 2 * LINE - 2000)->distance[EDGE_RIGHT] = 5000;
    layout();
    const struct draw *d;
    size_t beside = 0, below = 0;
    VEC_EACH (d, &t.pages->at.at[0].draws) {
        if (d->kind != DRAW_RECT || d->as.rect.color != 0xFFFF00)
            continue;
        CHECK_NEAR(d->as.rect.x + d->as.rect.width, LEFT + WIDTH, 20);
        beside += near(d->as.rect.x, LEFT + 105000, 20);
        below += near(d->as.rect.x, LEFT, 20);
    }
    CHECK(beside == 2 && below > 0);
    finish();
}

static void a_drawing_takes_its_line_to_a_page_with_room_for_it(void) {
    begin();
    fill_with(40);
    wrapped(para("neo"), WRAP_TOP_AND_BOTTOM, 0, 20000, 100000, 200000);
    para("sau");
    layout();
    CHECK_INT(page_of("neo"), 1);
    CHECK_NEAR(y_of("sau"), TOP + 220000 + 13070, 20);
    finish();
}

static void text_before_and_after_keeps_clear_of_a_drawing_on_the_page(void) {
    begin();
    para("đầu");
    fill_with(60);
    struct shape *s = wrapped(para("neo"), WRAP_TOP_AND_BOTTOM, 0, 100000, 100000, 100000);
    s->y_base = BASE_PAGE;
    layout();
    size_t page = (size_t)page_of("neo");
    CHECK_INT(page, 1);
    const struct draw *d;
    VEC_EACH (d, &t.pages->at.at[page].draws)
        if (d->kind == DRAW_TEXT)
            CHECK(d->as.text.y + 3020 <= 100100 || d->as.text.y - 13080 >= 199900);
    CHECK_INT(nth(page, DRAW_RECT, 0)->as.rect.y, 100000);
    finish();
}

static void a_row_holds_the_drawings_of_its_cells(void) {
    begin();
    struct table *table = table_new(2, 1);
    struct block *b = para_new("neo");
    table->rows[0].cells[0].blocks = b;
    wrapped(b->para, WRAP_SQUARE, 0, 0, 100000, 50000);
    table->rows[1].cells[0].blocks = para_new("hàng dưới");
    add(table_block(table));
    layout();
    CHECK_NEAR(y_of("hàng dưới"), TOP + 50000 + 13070, 20);
    finish();
}

static void the_text_of_a_header_keeps_clear_of_its_drawings(void) {
    begin();
    struct block *b = para_new("đầu trang");
    wrapped(b->para, WRAP_SQUARE, 0, 0, 100000, 30000);
    t.section.headers[STORY_DEFAULT] = b;
    para("thân");
    layout();
    CHECK_INT(find_text("đầu trang", &(size_t){0})->x, LEFT + 100000);
    finish();
}

static void any_number_of_obstacles_ends(void) {
    begin();
    struct block *b = para_new("chữ");
    b->para->items = POOL_ARRAY(t.pool, struct inline_item, 500);
    b->para->item_count = 0;
    for (int i = 0; i < 400; i++) {
        struct shape *s = wrapped(b->para, i % 2 ? WRAP_SQUARE : WRAP_TOP_AND_BOTTOM, i * 1000,
                                  i * 90000, 3000 + i, i % 7 ? 80000 : MPT_FROM_TWIPS(1 << 20));
        s->y_base = i % 3 ? BASE_PARAGRAPH : BASE_PAGE;
        s->x = i % 5 ? i : -2000000000;
    }
    add(b);
    words_para(300);
    layout();
    CHECK(t.pages && t.pages->at.n > 0);
    CHECK(strstr(page_string(-1), "x299"));
    finish();
}

/* ---- floating tables ---- */

static struct table *floating(size_t rows, mpt x, mpt y) {
    struct table_place *place = POOL_NEW(t.pool, struct table_place);
    struct table *table = table_new(rows, 1);
    *place = (struct table_place){.x_base = BASE_COLUMN,
                                  .y_base = BASE_PARAGRAPH,
                                  .x = x,
                                  .y = y,
                                  .distance = {0, 0, 0, 9000}};
    table->place = place;
    table->width = table->grid[0] = 150000;
    for (size_t r = 0; r < rows; r++)
        table->rows[r].cells[0].blocks = para_new("ô");
    return table;
}

static void text_flows_around_a_floating_table(void) {
    begin();
    size_t page;
    add(table_block(floating(3, 0, 0)));
    words_para(120);
    layout();
    CHECK_INT(texts_at(LEFT - 5400 + 150000 + 9000), 3);
    CHECK_NEAR(y_of("ô"), y_of("x0"), 20);
    CHECK_INT(find_text("ô", &page)->x, LEFT);
    finish();
}

static void a_floating_table_too_high_or_with_nothing_after_it_stays_in_the_flow(void) {
    begin();
    add(table_block(floating(80, 0, 0)));
    para("sau");
    layout();
    CHECK_INT(t.pages->at.n, 2);
    CHECK_INT(page_of("sau"), 1);
    finish();
    begin();
    para("trước");
    add(table_block(floating(1, 0, 0)));
    layout();
    CHECK_NEAR(y_of("ô"), TOP + LINE + 13070, 20);
    finish();
}

/* `rows` rows over the whole width, after lines that leave room for half of the page. */
static void wide_table(size_t rows, mpt y) {
    begin();
    fill_with(20);
    struct table *table = floating(rows, 5400, y);
    table->width = table->grid[0] = 450000;
    add(table_block(table));
    t.para.before = 12000;
    para("sau");
    layout();
}

static void a_floating_table_without_room_beside_it_is_cut_by_pages(void) {
    wide_table(3, 4000);
    mpt first = y_of("ô");
    CHECK_NEAR(first, TOP + 20 * LINE + 12000 + 4000 + 13070, 20);
    CHECK_NEAR(y_of("sau"), first + 3 * LINE, 20); /* what is above it is above the table */
    finish();
    wide_table(40, 0);
    CHECK_INT(count_draws(0, DRAW_TEXT), 20 + 24);
    CHECK_INT(page_of("sau"), 1);
    CHECK_INT(count_draws(1, DRAW_TEXT), 16 + 1);
    finish();
}

/* How many cells of floating() are on the page; *first: the baseline of the topmost. */
static int cells_on(size_t page, mpt *first) {
    int n = 0;
    const struct draw *d;
    *first = INT32_MAX;
    VEC_EACH (d, &t.pages->at.at[page].draws)
        if (d->kind == DRAW_TEXT && d->as.text.n && d->as.text.glyphs[0].cp == 0xF4) {
            *first = d->as.text.y < *first ? d->as.text.y : *first;
            n++;
        }
    return n;
}

static void a_floating_table_goes_on_overleaf_and_text_beside_it(void) {
    begin();
    fill_with(40);
    add(table_block(floating(10, 0, 0)));
    words_para(400);
    layout();
    mpt first, beside = LEFT - 5400 + 150000 + 9000;
    CHECK_INT(page_of("x0"), 0);
    CHECK_INT(cells_on(0, &first), 5);
    CHECK_NEAR(first, TOP + 40 * LINE + 13070, 50);
    CHECK_INT(cells_on(1, &first), 5);
    CHECK_NEAR(first, TOP + 13070, 50);
    size_t narrow = 0;
    const struct draw *d;
    VEC_EACH (d, &t.pages->at.at[1].draws) {
        if (d->kind != DRAW_TEXT || d->as.text.glyphs[0].cp == 0xF4)
            continue;
        bool high = d->as.text.y < TOP + 5 * LINE;
        CHECK(!high || near(d->as.text.x, beside, 10));
        narrow += high;
    }
    CHECK_INT(narrow, 5);
    CHECK(strstr(page_string(-1), "x399"));
    finish();
}

static void what_is_left_of_a_floating_table_needs_no_text_beside_it(void) {
    begin();
    fill_with(44);
    add(table_block(floating(20, 0, 0)));
    para("sau");
    layout();
    mpt first;
    CHECK_INT(t.pages->at.n, 2);
    CHECK_INT(cells_on(0, &first) + cells_on(1, &first), 20);
    CHECK_INT(page_of("sau"), 0);
    finish();
}

static void floating_tables_in_one_another_end_and_lose_nothing(void) {
    begin();
    struct block *inner = para_new("trong cùng");
    for (int i = 0; i < 40; i++) {
        struct table *table = floating(1, 0, 0);
        table->rows[0].cells[0].blocks = inner;
        inner = table_block(table);
        inner->next = para_new("tiếp");
    }
    add(inner);
    t.last = inner->next;
    layout();
    CHECK(strstr(page_string(-1), "trong cùng"));
    finish();
}

static void notes_of_a_floating_table_are_printed(void) {
    static struct wml_note note;
    begin();
    note = (struct wml_note){.mark = "1", .blocks = para_new("lời chú")};
    t.doc.notes = &note;
    t.doc.note_count = 1;
    struct table *table = floating(1, 0, 0);
    item(table->rows[0].cells[0].blocks->para, INLINE_NOTE_REF)->text = "1";
    add(table_block(table));
    para("sau");
    layout();
    CHECK(strstr(page_string(0), "lời chú"));
    finish();
}

/* ---- columns ---- */

static struct wml_section *section_with(struct wml_section *before, size_t columns, int lines) {
    struct wml_section *s = POOL_NEW(t.pool, struct wml_section);
    if (!before->blocks)
        before->blocks = t.first;
    *s = t.section;
    s->columns = columns;
    s->column_gap = 20000;
    s->start = START_CONTINUOUS;
    s->next = NULL;
    t.first = t.last = NULL;
    for (int i = 0; i < lines; i++)
        para(pool_printf(t.pool, "c%d", i));
    s->blocks = t.first;
    before->next = s;
    return s;
}

static void text_fills_one_column_after_another(void) {
    begin();
    t.section.columns = 2;
    t.section.column_gap = 20000;
    t.section.column_line = true;
    fill_with(100);
    layout();
    CHECK_INT(t.pages->at.n, 2);
    CHECK_INT(text_at(0, 0)->x, LEFT);
    CHECK_INT(text_at(0, 45)->x, LEFT + (WIDTH - 20000) / 2 + 20000);
    CHECK_INT(text_at(0, 45)->y, text_at(0, 0)->y);
    CHECK_NEAR(nth(0, DRAW_LINE, 0)->as.line.x0, LEFT + WIDTH / 2, 5);
    CHECK_INT(page_of("f90"), 1);
    finish();
}

static void columns_of_their_own_widths_stand_where_they_say(void) {
    static const mpt widths[] = {100000, 333550}, spaces[] = {20000, 0};
    begin();
    t.section.columns = 2;
    t.section.column_widths = widths;
    t.section.column_spaces = spaces;
    fill_with(60);
    layout();
    CHECK_INT(t.pages->at.n, 1);
    CHECK_INT(text_at(0, 59)->x, LEFT + 120000);
    finish();
}

static void lines_are_broken_at_the_width_of_their_own_column(void) {
    static const mpt widths[] = {100000, 333550}, spaces[] = {20000, 0};
    begin();
    t.section.columns = 2;
    t.section.column_widths = widths;
    t.section.column_spaces = spaces;
    fill_with(60);
    para("một hai ba bốn năm sáu bảy tám chín mười");
    para("cuối");
    layout();
    CHECK_NEAR(y_of("cuối") - y_of("f59"), 2 * LINE, 20);
    finish();
}

static void a_column_break_goes_to_the_next_column_or_page(void) {
    for (size_t columns = 1; columns <= 2; columns++) {
        begin();
        t.section.columns = columns;
        item(para("một"), INLINE_COLUMN_BREAK);
        para("hai");
        layout();
        CHECK_INT(page_of("hai"), columns == 1);
        CHECK_INT(y_of("hai"), y_of("một"));
        finish();
    }
}

static void a_continuous_section_goes_on_below_balanced_columns(void) {
    begin();
    para("đầu");
    struct wml_section *s = section_with(&t.section, 2, 9);
    s = section_with(s, 1, 1);
    s->blocks->para = para_new("cuối")->para;
    layout();
    CHECK_INT(t.pages->at.n, 1);
    CHECK_INT(y_of("c0"), y_of("c5"));
    CHECK_NEAR(y_of("c4"), TOP + 5 * LINE + 13070, 20);
    CHECK_NEAR(y_of("cuối"), TOP + 6 * LINE + 13070, 20);
    finish();
}

/* On the first page it counts, and what is balanced must have room for it. */
static void space_above_the_first_column_is_balanced_with_it(void) {
    begin();
    t.section.columns = 2;
    struct para_props *spaced = para_copy();
    spaced->before = 12000;
    para("một")->props = spaced;
    item(t.last->para, INLINE_COLUMN_BREAK);
    para("hai");
    struct wml_section *s = section_with(&t.section, 1, 1);
    s->blocks->para = para_new("cuối")->para;
    layout();
    CHECK_INT(t.pages->at.n, 1);
    CHECK_NEAR(y_of("một"), TOP + 12000 + 13070, 20);
    CHECK_NEAR(y_of("hai"), TOP + 13070, 20);
    CHECK_NEAR(y_of("cuối"), TOP + 12000 + LINE + 13070, 20);
    finish();
}

/* The right end of the widest line that begins right of `x`. */
static mpt widest_beyond(mpt x) {
    mpt end = 0;
    const struct page *page = &t.pages->at.at[0];
    for (size_t i = 0; i < page->draws.n; i++) {
        const struct draw *d = &page->draws.at[i];
        if (d->kind == DRAW_TEXT && d->as.text.x >= x && visible_end(&d->as.text) > end)
            end = visible_end(&d->as.text);
    }
    return end;
}

/* Balancing moves text from one width to the other, which changes what is to be balanced. */
static void balanced_columns_of_different_widths_hold_lines_of_their_own(void) {
    static const mpt widths[] = {100000, 333550}, spaces[] = {20000, 0};
    for (int n = 1; n <= 12; n++) {
        begin();
        para("đầu");
        struct wml_section *s = section_with(&t.section, 2, 0);
        s->column_widths = widths;
        s->column_spaces = spaces;
        for (int i = 0; i < n; i++)
            para("một hai ba bốn năm sáu bảy tám chín mười một hai ba bốn năm sáu bảy tám chín "
                 "mười một hai ba bốn năm sáu bảy tám chín mười");
        s->blocks = t.first;
        s = section_with(s, 1, 1);
        s->blocks->para = para_new("cuối")->para;
        layout();
        CHECK_INT(t.pages->at.n, 1);
        CHECK(widest_beyond(LEFT + 120000) > LEFT + 120000 + widths[0]);
        finish();
    }
}

static void the_last_sections_columns_are_not_balanced(void) {
    begin();
    para("đầu");
    section_with(&t.section, 2, 9);
    layout();
    CHECK_NEAR(y_of("c8"), TOP + 9 * LINE + 13070, 20);
    finish();
}

static void a_row_split_between_columns_goes_on_in_the_next(void) {
    begin();
    t.section.columns = 2;
    t.section.column_gap = 20000;
    struct table *table = table_new(1, 1);
    table->width = table->grid[0] = 200000;
    table->rows[0].cells[0].blocks = lines_para(60) ? t.last : NULL;
    t.first = t.last = NULL;
    add(table_block(table));
    layout();
    CHECK_INT(t.pages->at.n, 1);
    CHECK(strstr(page_string(-1), "w59"));
    CHECK_INT(text_at(0, 59)->x, text_at(0, 0)->x + (WIDTH - 20000) / 2 + 20000);
    finish();
}

static void a_note_in_the_last_column_never_covers_the_first(void) {
    static struct wml_note note;
    begin();
    t.section.columns = 2;
    t.section.notes_across = true;
    note = (struct wml_note){.mark = "1", .blocks = para_new("lời chú")};
    t.doc.notes = &note;
    t.doc.note_count = 1;
    fill_with(60);
    item(para("có chú"), INLINE_NOTE_REF)->text = "1";
    layout();
    CHECK_INT(page_of("có chú"), page_of("lời chú"));
    CHECK_INT(page_of("có chú"), 1);
    finish();
}

static void impossible_columns_still_hold_all_text(void) {
    static const mpt widths[] = {0, -5, 2000000000}, spaces[] = {2000000000, -7, 3};
    for (size_t n = 3; n < 2000000; n *= 50) {
        begin();
        t.section.columns = n;
        t.section.column_gap = 1000000000;
        if (n == 3) {
            t.section.column_widths = widths;
            t.section.column_spaces = spaces;
        }
        words_para(20);
        layout();
        CHECK(strstr(page_string(-1), "x19") || strstr(page_string(-1), "9"));
        finish();
    }
}

/* ---- endnotes ---- */

static void endnotes_follow_the_last_text_under_a_rule(void) {
    static struct wml_note notes[2];
    begin();
    notes[0] = (struct wml_note){.mark = "i", .endnote = true, .blocks = para_new("chú cuối")};
    notes[1] = (struct wml_note){.mark = "1", .blocks = para_new("chú chân")};
    t.doc.notes = notes;
    t.doc.note_count = 2;
    item(para("a"), INLINE_NOTE_REF)->text = "i";
    struct inline_item *ref = item(para("b"), INLINE_NOTE_REF);
    ref->text = "1";
    ref->note = 1;
    layout();
    CHECK_INT(t.pages->at.n, 1);
    CHECK_NEAR(y_of("chú cuối"), TOP + 3 * LINE + 13070, 20);
    CHECK(y_of("chú chân") > 700000);
    CHECK_INT(nth(0, DRAW_RECT, 0)->as.rect.width, 144000);
    finish();
}

static void a_note_that_goes_on_stands_under_a_rule_across_the_page(void) {
    static struct wml_note note;
    begin();
    struct para *p = lines_para(70);
    struct block *b = t.last;
    (void)p;
    t.first = t.last = NULL;
    note = (struct wml_note){.mark = "1", .blocks = b};
    t.doc.notes = &note;
    t.doc.note_count = 1;
    item(para("a"), INLINE_NOTE_REF)->text = "1";
    layout();
    CHECK_INT(t.pages->at.n, 2);
    CHECK_INT(nth(0, DRAW_RECT, 0)->as.rect.width, 144000);
    CHECK_INT(nth(1, DRAW_RECT, 0)->as.rect.width, WIDTH);
    finish();
}

/* ---- tables ---- */

static void text_hidden_in_a_merged_cell_is_reported_once(void) {
    begin();
    struct table *table = table_new(3, 1);
    for (size_t r = 0; r < 3; r++) {
        table->rows[r].cells[0].merge = r ? MERGE_CONTINUE : MERGE_START;
        table->rows[r].cells[0].blocks = para_new(r == 1 ? "  " : r ? "ẩn" : "hiện");
    }
    add(table_block(table));
    layout();
    CHECK(diag_has(t.diag, LAYOUT_MERGED_TEXT));
    CHECK_INT(diag_count(t.diag, DIAG_WARNING), 1);
    CHECK_STR(page_string(0), "hiện");
    finish();
}

static void a_grid_without_widths_shares_the_column(void) {
    begin();
    struct table *table = table_new(1, 2);
    table->grid[0] = table->grid[1] = 0;
    table->rows[0].cells[1].blocks = para_new("hai");
    add(table_block(table));
    layout();
    CHECK_INT(text_at(0, 0)->x, LEFT + WIDTH / 2 + 5400);
    finish();
}

static void cells_without_any_width_share_the_column(void) {
    begin();
    struct table *table = table_new(1, 2);
    table->column_count = 0;
    table->rows[0].cells[0].width = table->rows[0].cells[1].width = 0;
    table->rows[0].cells[1].blocks = para_new("hai");
    add(table_block(table));
    layout();
    CHECK_INT(text_at(0, 0)->x, LEFT + WIDTH / 2 + 5400);
    finish();
}

static void a_grid_wider_than_the_paper_is_made_to_fit(void) {
    begin();
    struct table *table = table_new(1, 2);
    table->grid[0] = table->grid[1] = 400000;
    table->rows[0].cells[1].blocks = para_new("hai");
    add(table_block(table));
    layout();
    CHECK_INT(text_at(0, 0)->x, LEFT + WIDTH / 2 + 5400);
    finish();
}

int main(void) {
    RUN(text_goes_on_below_a_drawing_that_takes_its_lines);
    RUN(the_anchors_own_line_gives_way_too);
    RUN(lines_beside_a_square_drawing_are_shorter);
    RUN(text_stands_on_both_sides_of_a_drawing);
    RUN(less_than_an_inch_beside_a_drawing_stays_empty);
    RUN(a_word_too_long_for_the_place_beside_goes_below);
    RUN(fill_and_borders_keep_clear_of_a_drawing);
    RUN(a_drawing_takes_its_line_to_a_page_with_room_for_it);
    RUN(text_before_and_after_keeps_clear_of_a_drawing_on_the_page);
    RUN(a_row_holds_the_drawings_of_its_cells);
    RUN(the_text_of_a_header_keeps_clear_of_its_drawings);
    RUN(any_number_of_obstacles_ends);
    RUN(text_flows_around_a_floating_table);
    RUN(a_floating_table_too_high_or_with_nothing_after_it_stays_in_the_flow);
    RUN(a_floating_table_without_room_beside_it_is_cut_by_pages);
    RUN(a_floating_table_goes_on_overleaf_and_text_beside_it);
    RUN(what_is_left_of_a_floating_table_needs_no_text_beside_it);
    RUN(floating_tables_in_one_another_end_and_lose_nothing);
    RUN(notes_of_a_floating_table_are_printed);
    RUN(text_fills_one_column_after_another);
    RUN(columns_of_their_own_widths_stand_where_they_say);
    RUN(lines_are_broken_at_the_width_of_their_own_column);
    RUN(a_column_break_goes_to_the_next_column_or_page);
    RUN(a_continuous_section_goes_on_below_balanced_columns);
    RUN(space_above_the_first_column_is_balanced_with_it);
    RUN(balanced_columns_of_different_widths_hold_lines_of_their_own);
    RUN(the_last_sections_columns_are_not_balanced);
    RUN(a_row_split_between_columns_goes_on_in_the_next);
    RUN(a_note_in_the_last_column_never_covers_the_first);
    RUN(impossible_columns_still_hold_all_text);
    RUN(endnotes_follow_the_last_text_under_a_rule);
    RUN(a_note_that_goes_on_stands_under_a_rule_across_the_page);
    RUN(text_hidden_in_a_merged_cell_is_reported_once);
    RUN(a_grid_without_widths_shares_the_column);
    RUN(cells_without_any_width_share_the_column);
    RUN(a_grid_wider_than_the_paper_is_made_to_fit);
    fonts_free(t.fonts);
    return CHECK_RESULT();
}
