#include "layout_help.h"
#include "layout/numbers.h"

enum {
    LEFT = 85050,
    TOP = 56700,
    BOTTOM = 841900 - 56700,
    ASCENT = 13070,
    PITCH = 16098,
    PAGE_LINES = (BOTTOM - TOP) / PITCH /* 45 */
};

/* ---- spacing between paragraphs ---- */

static mpt gap_of_two(mpt after, mpt before, bool contextual_a, bool contextual_b) {
    begin();
    t.para.after = after;
    t.para.contextual = contextual_a;
    para("a");
    t.para.after = 0;
    t.para.before = before;
    t.para.contextual = contextual_b;
    para("b");
    layout();
    mpt gap = y_of("b") - y_of("a") - PITCH;
    finish();
    return gap;
}

static void the_gap_is_the_larger_of_after_and_before(void) {
    CHECK_INT(gap_of_two(10000, 6000, false, false), 10000);
    CHECK_INT(gap_of_two(6000, 10000, false, false), 10000);
    CHECK_INT(gap_of_two(10000, 6000, true, true), 0);
    CHECK_INT(gap_of_two(10000, 6000, true, false), 6000);
    CHECK_INT(gap_of_two(10000, 6000, false, true), 10000);
}

static void automatic_spacing_is_14_points(void) {
    begin();
    t.para.after_auto = true;
    para("a");
    para("b");
    layout();
    CHECK_INT(y_of("b") - y_of("a"), PITCH + 14000);
    finish();
}

static void space_before_is_dropped_at_the_top_of_a_page_unless_the_break_was_asked_for(void) {
    begin();
    t.para.before = 10000;
    para("first");
    t.para.before = 0;
    fill_with(PAGE_LINES - 2);
    t.para.before = 10000;
    para("second");
    t.para.page_break_before = true;
    para("third");
    layout();
    CHECK_INT(y_of("first"), TOP + 10000 + ASCENT);
    CHECK_INT(page_of("second"), 1);
    CHECK_INT(y_of("second"), TOP + ASCENT);
    CHECK_INT(page_of("third"), 2);
    CHECK_INT(y_of("third"), TOP + 10000 + ASCENT);
    finish();
}

static void space_after_never_pushes_a_line_away(void) {
    begin();
    fill_with(PAGE_LINES - 1);
    t.para.after = 100000;
    para("last");
    para("next");
    layout();
    CHECK_INT(page_of("last"), 0);
    CHECK_INT(page_of("next"), 1);
    finish();
}

/* ---- where pages end ---- */

static void the_extra_of_a_wide_line_need_not_fit(void) {
    begin();
    fill_with(PAGE_LINES - 1);
    t.para.line = 720;
    para("last");
    layout();
    CHECK_INT(page_of("last"), 0);
    finish();
}

static void an_empty_paragraph_may_hang_its_descent_into_the_margin(void) {
    for (int k = 0; k < 2; k++) {
        begin();
        t.section.bottom = 841900 - TOP - 5 * PITCH - ASCENT - 100;
        fill_with(5);
        struct run_props *u = run_copy();
        u->highlight = 0xFF;
        para(k ? "" : "x");
        para("y");
        layout();
        CHECK_INT(t.pages->at.n, 2);
        CHECK_INT(y_of("y"), TOP + ASCENT + (k ? 0 : PITCH));
        finish();
    }
}

static void a_paragraph_leaves_two_lines_on_each_side(void) {
    for (int room = 0; room <= 5; room++) {
        begin();
        fill_with(PAGE_LINES - room);
        lines_para(4);
        layout();
        int here = 0;
        for (int i = 0; i < 4; i++)
            here += page_of(pool_printf(t.pool, "w%d", i)) == 0;
        static const int want[] = {0, 0, 2, 2, 4, 4};
        CHECK_INT(here, want[room]);
        finish();
    }
}

static void three_lines_are_never_split_and_without_control_any_are(void) {
    for (int control = 0; control < 2; control++) {
        begin();
        fill_with(PAGE_LINES - 2);
        t.para.widow_control = control;
        lines_para(3);
        layout();
        CHECK_INT(page_of("w1"), control);
        CHECK_INT(page_of("w2"), 1);
        finish();
    }
}

static void a_chain_of_keep_next_moves_together(void) {
    begin();
    fill_with(PAGE_LINES - 2);
    t.para.keep_next = true;
    para("k1");
    para("k2");
    t.para.keep_next = false;
    para("end");
    layout();
    CHECK_INT(page_of(pool_printf(t.pool, "f%d", PAGE_LINES - 3)), 0);
    CHECK_INT(page_of("k1"), 1);
    CHECK_INT(page_of("end"), 1);
    finish();
}

static void keep_next_holds_only_the_last_two_lines_of_a_long_paragraph(void) {
    begin();
    fill_with(PAGE_LINES - 6);
    t.para.keep_next = true;
    lines_para(6);
    t.para.keep_next = false;
    para("end");
    layout();
    CHECK_INT(page_of("w3"), 0);
    CHECK_INT(page_of("w4"), 1);
    CHECK_INT(page_of("end"), 1);
    finish();
}

static void a_signature_row_takes_two_lines_of_text_with_it(void) {
    begin();
    fill_with(PAGE_LINES - 8);
    t.para.keep_next = true;
    lines_para(6);
    t.para.keep_next = false;
    struct table *table_ = table(1, 2);
    table_->rows[0].cant_split = true;
    table_->rows[0].cells[1].blocks = para_new("CHỦ TỊCH\n\n\n\nHọ và tên");
    layout();
    CHECK_INT(page_of("w3"), 0);
    CHECK_INT(page_of("w4"), 1);
    CHECK_INT(page_of("CHỦ TỊCH"), 1);
    finish();
}

static void a_chain_longer_than_a_page_is_given_up(void) {
    begin();
    t.para.keep_next = true;
    fill_with(PAGE_LINES * 2);
    layout();
    CHECK_INT(t.pages->at.n, 2);
    CHECK_INT(page_of(pool_printf(t.pool, "f%d", PAGE_LINES)), 1);
    finish();
}

static void keep_lines_moves_the_whole_paragraph(void) {
    begin();
    fill_with(PAGE_LINES - 4);
    t.para.keep_lines = true;
    lines_para(6);
    layout();
    CHECK_INT(page_of("w0"), 1);
    finish();
}

static void a_page_break_splits_a_paragraph_or_ends_it(void) {
    begin();
    t.doc.compat_mode = 14; /* from 15 on "d" has nothing above it */
    t.para.before = 10000;
    para("a\fb");
    para("c\f");
    para("d");
    layout();
    CHECK_INT(page_of("b"), 1);
    CHECK_INT(y_of("b"), TOP + ASCENT);
    CHECK_INT(page_of("c"), 1);
    CHECK_INT(page_of("d"), 2);
    CHECK_INT(y_of("d"), TOP + 10000 + ASCENT);
    finish();
}

static void the_mark_after_a_page_break_goes_with_it_where_old_documents_ask(void) {
    begin();
    t.doc.compat = COMPAT_SPLIT_BREAK_AND_MARK;
    para("a\f");
    para("b");
    para("c\fd");
    layout();
    CHECK_INT(page_of("b"), 1);
    CHECK_INT(y_of("b"), TOP + PITCH + ASCENT);
    CHECK_INT(page_of("d"), 2);
    CHECK_INT(y_of("d"), TOP + ASCENT);
    finish();
}

static void automatic_spacing_is_none_above_the_first_and_below_the_last(void) {
    begin();
    t.para.before_auto = t.para.after_auto = true;
    para("a");
    struct table *one = table(1, 1);
    one->rows[0].cells[0].blocks = para_new("b");
    one->rows[0].cells[0].blocks->next = para_new("c");
    para("d");
    layout();
    CHECK_INT(y_of("a"), TOP + ASCENT);
    CHECK_INT(y_of("b") - y_of("a"), PITCH + 14000);
    CHECK_INT(y_of("c") - y_of("b"), PITCH + 14000);
    CHECK_INT(y_of("d") - y_of("c"), PITCH + 14000);
    finish();
}

/* ---- headers, footers, numbers ---- */

static void put_field(struct para *p, enum inline_kind kind) {
    item(p, kind);
}

static struct block *numbered(const char *text, enum inline_kind kind) {
    struct block *b = para_new(text);
    put_field(b->para, kind);
    return b;
}

static void a_tall_header_pushes_the_body_unless_the_margin_is_exact(void) {
    for (int exact = 0; exact < 2; exact++) {
        begin();
        t.section.headers[STORY_DEFAULT] = para_new("h1\nh2\nh3");
        if (exact)
            t.section.top = -TOP;
        para("body");
        layout();
        CHECK_INT(y_of("h1"), 36000 + ASCENT);
        CHECK_INT(y_of("body"), exact ? TOP + ASCENT : 36000 + 3 * PITCH + ASCENT);
        finish();
    }
}

static void a_footer_grows_upwards(void) {
    begin();
    t.section.footers[STORY_DEFAULT] = para_new("foot1\nfoot2\nfoot3");
    fill_with(PAGE_LINES);
    layout();
    CHECK_INT(y_of("foot3"), 841900 - 36000 - (PITCH - ASCENT));
    CHECK_INT(t.pages->at.n, 2);
    finish();
}

static void the_first_and_even_pages_have_their_own_headers(void) {
    begin();
    t.doc.even_and_odd = true;
    t.section.title_page = true;
    t.section.headers[STORY_DEFAULT] = numbered("odd ", INLINE_PAGE_NUMBER);
    t.section.headers[STORY_EVEN] = numbered("even ", INLINE_PAGE_NUMBER);
    para("a\fb\fc");
    layout();
    CHECK_STR(page_string(0), "a");
    CHECK_STR(page_string(1), "even 2|b");
    CHECK_STR(page_string(2), "odd 3|c");
    finish();
}

static void headers_with_tables_are_drawn_on_every_page(void) {
    begin();
    struct table *h = table_new(2, 1);
    struct table *inner = table_new(1, 1);
    inner->rows[0].cells[0].blocks = para_new("inner");
    h->rows[0].cells[0].blocks = para_new("head");
    h->rows[1].cells[0].blocks = table_block(inner);
    h->rows[1].cells[0].blocks->next = numbered("no ", INLINE_PAGE_NUMBER);
    t.section.headers[STORY_DEFAULT] = table_block(h);
    para("a\fb\fc");
    layout();
    CHECK_STR(page_string(0), "head|inner|no 1|a");
    CHECK_STR(page_string(2), "head|inner|no 3|c");
    h->rows[1].cells[0].blocks->next = para_new("x");
    layout();
    CHECK_STR(page_string(2), "head|inner|x|c");
    finish();
}

static void page_numbers_have_formats(void) {
    begin();
    static const struct {
        int number;
        const char *format, *text;
    } cases[] = {{4, NULL, "4"},
                 {4, "decimal", "4"},
                 {1994, "upperRoman", "MCMXCIV"},
                 {3999, "lowerRoman", "mmmcmxcix"},
                 {28, "upperLetter", "BB"},
                 {3, "lowerLetter", "c"},
                 {2, "numberInDash", "- 2 -"},
                 {7, "decimalZero", "07"},
                 {0, "upperRoman", "0"},
                 {5000, "upperRoman", "5000"},
                 {-3, "lowerLetter", "-3"},
                 {1, "vietnameseCounting", "một"},
                 {15, "vietnameseCounting", "mười lăm"},
                 {21, "vietnameseCounting", "hai mươi mốt"},
                 {105, "vietnameseCounting", "một trăm linh năm"},
                 {2010, "vietnameseCounting", "hai nghìn không trăm mười"},
                 {111, "ordinal", "111th"},
                 {22, "ordinal", "22nd"},
                 {120, "ordinalText", "One hundred twentieth"},
                 {1000, "cardinalText", "One thousand"},
                 {20, "decimalEnclosedCircle", "⑳"},
                 {21, "decimalEnclosedCircle", "21"},
                 {105, "chineseCounting", "一百〇五"},
                 {5, "chicago", "**"},
                 {14, "hebrew1", "יד"},
                 {15, "hebrew1", "טו"},
                 {16, "hebrew1", "טז"},
                 {20, "hebrew1", "כ"},
                 {116, "hebrew1", "קטז"},
                 {392, "hebrew1", "שצב"},
                 {393, "hebrew1", "א"},
                 {22, "hebrew2", "ת"},
                 {23, "hebrew2", "תא"},
                 {2, "arabicAlpha", "ب"},
                 {29, "arabicAlpha", "أأ"},
                 {3, "arabicAbjad", "ج"},
                 {7, "0001", "0007"},
                 {9, "nonsense", "9"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        CHECK_STR(page_number_text(t.pool, cases[i].number, cases[i].format), cases[i].text);
    finish();
}

static void a_page_field_has_a_format_of_its_own(void) {
    begin();
    t.section.headers[STORY_DEFAULT] = numbered("page ", INLINE_PAGE_NUMBER);
    struct para *head = t.section.headers[STORY_DEFAULT]->para;
    head->items[head->item_count - 1].text = "lowerRoman";
    t.section.footers[STORY_DEFAULT] = numbered("of ", INLINE_PAGE_COUNT);
    struct para *foot = t.section.footers[STORY_DEFAULT]->para;
    foot->items[foot->item_count - 1].text = "upperLetter";
    para("a\fb");
    put_field(para("here "), INLINE_PAGE_NUMBER);
    t.last->para->items[t.last->para->item_count - 1].text = "numberInDash";
    layout();
    CHECK_STR(page_string(0), "page i|a|of B");
    CHECK_STR(page_string(1), "page ii|b|here - 2 -|of B");
    finish();
}

static void page_numbers_in_the_body_are_those_of_their_page(void) {
    begin();
    fill_with(PAGE_LINES);
    put_field(para("here "), INLINE_PAGE_NUMBER);
    put_field(para("of "), INLINE_PAGE_COUNT);
    layout();
    CHECK_STR(page_string(1), "here 2|of 2");
    CHECK_INT(t.pages->at.at[1].number, 2);
    finish();
}

/* ---- sections ---- */

static struct wml_section *section_after(struct wml_section *before, enum section_start start,
                                         const char *text) {
    struct wml_section *s = POOL_NEW(t.pool, struct wml_section);
    *s = t.section;
    s->next = NULL;
    s->start = start;
    s->blocks = para_new(text);
    before->next = s;
    return s;
}

static void sections_start_as_they_say(void) {
    begin();
    para("one");
    struct wml_section *s = section_after(&t.section, START_CONTINUOUS, "two");
    s->left = 100000;
    s = section_after(s, START_NEXT_PAGE, "three");
    s->page_start = 8;
    s->number_format = "lowerRoman";
    s->headers[STORY_DEFAULT] = numbered("", INLINE_PAGE_NUMBER);
    s = section_after(s, START_EVEN_PAGE, "four");
    s->page_width = 841900;
    s->page_height = 595300;
    layout();
    CHECK_STR(page_string(0), "one|two");
    CHECK_INT(text_at(0, 0)->x, LEFT);
    CHECK_INT(text_at(0, 1)->x, 100000);
    CHECK_STR(page_string(1), "viii|three");
    CHECK_INT(t.pages->at.n, 4);
    CHECK_STR(page_string(2), "");
    CHECK_STR(page_string(3), "four");
    CHECK_INT(t.pages->at.at[3].number, 10);
    CHECK_INT(t.pages->at.at[3].width, 841900);
    finish();
}

static void a_continuous_section_on_other_paper_takes_a_new_page(void) {
    begin();
    para("one");
    section_after(&t.section, START_CONTINUOUS, "two")->page_width = 700000;
    layout();
    CHECK_INT(page_of("two"), 1);
    finish();
}

/* ---- tables ---- */

static void the_edge_of_a_table_follows_the_compatibility_mode(void) {
    for (int mode = 14; mode <= 15; mode++) {
        begin();
        t.doc.compat_mode = mode;
        table(1, 2)->rows[0].cells[0].blocks = para_new("a");
        layout();
        CHECK_INT(text_at(0, 0)->x, mode == 15 ? LEFT + 5400 : LEFT);
        finish();
    }
}

static void tables_are_indented_centred_and_put_right(void) {
    static const enum jc jcs[] = {JC_LEFT, JC_CENTER, JC_RIGHT};
    static const mpt xs[] = {LEFT + 10000, LEFT + 1775, LEFT + 3550};
    for (int i = 0; i < 3; i++) {
        begin();
        struct table *tab = table(1, 2);
        tab->jc = jcs[i];
        tab->indent = 10000;
        tab->rows[0].cells[0].blocks = para_new("a");
        layout();
        CHECK_INT(text_at(0, 0)->x, xs[i] + 5400);
        finish();
    }
}

static void rows_are_one_border_higher_than_their_content(void) {
    begin();
    struct table *tab = table(3, 1);
    set_borders(tab, 500);
    for (int r = 0; r < 3; r++)
        tab->rows[r].cells[0].blocks = para_new(pool_printf(t.pool, "r%d", r));
    para("after");
    layout();
    CHECK_INT(y_of("r0"), TOP + 500 + ASCENT);
    CHECK_INT(y_of("r1") - y_of("r0"), PITCH + 500);
    CHECK_INT(y_of("after"), TOP + 3 * PITCH + 4 * 500 + ASCENT);
    /* each edge once: 4 horizontal, 2 vertical ones in each of 3 rows */
    CHECK_INT(count_draws(0, DRAW_LINE), 4 + 6);
    finish();
}

static void row_heights_and_vertical_alignment(void) {
    begin();
    struct table *tab = table(1, 3);
    tab->rows[0].height = 60000;
    for (int c = 0; c < 3; c++) {
        tab->rows[0].cells[c].blocks = para_new(pool_printf(t.pool, "c%d", c));
        tab->rows[0].cells[c].v_align = (enum v_align)c;
    }
    para("after");
    layout();
    CHECK_INT(y_of("c0"), TOP + ASCENT);
    CHECK_INT(y_of("c1"), TOP + (60000 - PITCH) / 2 + ASCENT);
    CHECK_INT(y_of("c2"), TOP + 60000 - PITCH + ASCENT);
    CHECK_INT(y_of("after"), TOP + 60000 + ASCENT);
    finish();
}

static void an_exact_row_keeps_its_height_and_says_what_it_cuts(void) {
    begin();
    struct table *tab = table(1, 1);
    tab->rows[0].height = 20000;
    tab->rows[0].height_rule = HEIGHT_EXACT;
    tab->rows[0].cells[0].blocks = para_new("a\nb");
    para("after");
    layout();
    CHECK_INT(y_of("after"), TOP + 20000 + ASCENT);
    CHECK(diag_has(t.diag, LAYOUT_ROW_TOO_LOW));
    CHECK_STR(page_string(0), "a |after");
    begin(); /* nothing to be seen is cut */
    tab = table(1, 1);
    tab->rows[0].height = 4000;
    tab->rows[0].height_rule = HEIGHT_EXACT;
    tab->rows[0].cells[0].blocks = para_new("\n");
    layout();
    CHECK(!diag_has(t.diag, LAYOUT_ROW_TOO_LOW));
    finish();
}

static void an_empty_cell_may_leave_its_row_without_height(void) {
    begin();
    struct table *tab = table(2, 1);
    tab->rows[0].cells[0].hide_mark = true;
    tab->rows[1].cells[0].hide_mark = true;
    tab->rows[1].cells[0].blocks = para_new("a");
    para("after");
    layout();
    CHECK_INT(y_of("a"), TOP + ASCENT);
    CHECK_INT(y_of("after"), TOP + PITCH + ASCENT);
    finish();
}

static void the_top_margin_of_a_row_is_its_largest(void) {
    begin();
    struct table *tab = table(1, 2);
    tab->rows[0].cells[1].margin[EDGE_TOP] = 9000;
    tab->rows[0].cells[0].blocks = para_new("a");
    tab->rows[0].cells[1].blocks = para_new("b");
    layout();
    CHECK_INT(y_of("a"), TOP + 9000 + ASCENT);
    CHECK_INT(y_of("b"), y_of("a"));
    finish();
}

static void rows_split_between_lines_unless_they_must_not(void) {
    for (int cant = 0; cant < 2; cant++) {
        begin();
        fill_with(PAGE_LINES - 3);
        struct table *tab = table(1, 2);
        set_borders(tab, 500);
        tab->rows[0].cant_split = cant;
        tab->rows[0].cells[0].blocks = para_new("x");
        tab->rows[0].cells[1].blocks = para_new("l0\nl1\nl2\nl3");
        layout();
        CHECK_INT(page_of("l1"), cant);
        CHECK_INT(page_of("l2"), 1);
        CHECK_INT(y_of("l3"), TOP + 500 + (cant ? 3 : 1) * PITCH + ASCENT);
        CHECK_INT(count_draws(0, DRAW_LINE), cant ? 0 : 7);
        CHECK_INT(count_draws(1, DRAW_LINE), 7);
        finish();
    }
}

static void a_row_too_tall_for_any_page_is_split_where_it_is_kept(void) {
    begin();
    fill_with(PAGE_LINES / 2);
    t.para.keep_next = true;
    para("kept");
    t.para.keep_next = false;
    struct table *tall = table_new(1, 1);
    tall->rows[0].cant_split = true;
    add(table_block(tall));
    struct block **end = &tall->rows[0].cells[0].blocks;
    for (int i = 0; i < PAGE_LINES + 5; i++, end = &(*end)->next)
        *end = para_new(pool_printf(t.pool, "r%d", i));
    layout();
    CHECK_INT(t.pages->at.n, 2);
    CHECK_INT(page_of("kept"), 0);
    CHECK_INT(page_of("r0"), 0);
    finish();
}

static void a_page_break_before_a_rows_text_moves_the_row(void) {
    begin();
    struct table *tab = table(2, 1);
    tab->rows[0].cells[0].blocks = para_new("r0");
    t.para.page_break_before = true;
    tab->rows[1].cells[0].blocks = para_new("r1");
    layout();
    CHECK_INT(page_of("r0"), 0);
    CHECK_INT(page_of("r1"), 1);
    finish();
}

static void a_row_kept_with_the_next_moves_with_it(void) {
    begin();
    fill_with(PAGE_LINES - 1);
    struct table *tab = table(2, 1);
    tab->rows[1].cells[0].blocks = para_new("r1");
    t.para.keep_next = true;
    tab->rows[0].cells[0].blocks = para_new("r0");
    layout();
    CHECK_INT(page_of("r0"), 1);
    finish();
}

static void header_rows_are_repeated(void) {
    begin();
    struct table *tab = table(100, 1);
    tab->rows[0].header = true;
    for (int r = 0; r < 100; r++)
        tab->rows[r].cells[0].blocks = para_new(pool_printf(t.pool, r ? "r%d" : "head", r));
    layout();
    CHECK_INT(t.pages->at.n, 3);
    for (int p = 0; p < 3; p++)
        CHECK_STR(draw_string(nth(p, DRAW_TEXT, 0)), "head");
    CHECK_INT(text_at(2, 1)->y, TOP + PITCH + ASCENT);
    finish();
}

static void a_header_row_does_not_stand_alone(void) {
    begin();
    fill_with(PAGE_LINES - 1);
    struct table *tab = table(3, 1);
    tab->rows[0].header = true;
    tab->rows[0].cells[0].blocks = para_new("head");
    tab->rows[1].cells[0].blocks = para_new("r1");
    layout();
    CHECK_INT(page_of("head"), 1);
    finish();
}

static void merged_content_spreads_over_its_rows(void) {
    begin();
    struct table *tab = table(3, 2);
    set_borders(tab, 500);
    tab->rows[0].cells[0].merge = MERGE_START;
    tab->rows[1].cells[0].merge = tab->rows[2].cells[0].merge = MERGE_CONTINUE;
    tab->rows[0].cells[0].blocks = para_new("m0\nm1\nm2\nm3\nm4");
    for (int r = 0; r < 3; r++)
        tab->rows[r].cells[1].blocks = para_new(pool_printf(t.pool, "r%d", r));
    para("after");
    layout();
    CHECK_INT(y_of("r1") - y_of("r0"), PITCH + 500);
    CHECK_INT(y_of("m4"), TOP + 500 + 4 * PITCH + ASCENT);
    CHECK_NEAR(y_of("after"), TOP + 1000 + 5 * PITCH + ASCENT, 2);
    CHECK_INT(count_draws(0, DRAW_LINE), 6 + 9); /* inner edges only right of the merged cell */
    finish();
}

static void merged_content_goes_on_overleaf(void) {
    begin();
    fill_with(PAGE_LINES - 4);
    struct table *tab = table(6, 2);
    tab->rows[0].cells[0].merge = MERGE_START;
    for (int r = 1; r < 6; r++)
        tab->rows[r].cells[0].merge = MERGE_CONTINUE;
    tab->rows[0].cells[0].blocks = para_new("m0\nm1\nm2\nm3\nm4\nm5\nm6\nm7");
    for (int r = 0; r < 6; r++) {
        tab->rows[r].cant_split = true;
        tab->rows[r].cells[1].blocks = para_new(pool_printf(t.pool, "r%d", r));
    }
    para("after");
    layout();
    CHECK_INT(page_of("m3"), 0);
    CHECK_INT(page_of("m4"), 1);
    CHECK_INT(page_of("r4"), 1);
    CHECK_INT(y_of("m4"), TOP + ASCENT);
    CHECK_INT(y_of("after"), TOP + 4 * PITCH + ASCENT);
    finish();
}

static void borders_meet_once_and_the_wider_wins(void) {
    begin();
    struct table *tab = table(1, 2);
    tab->rows[0].cells[0].borders[EDGE_RIGHT] = (struct border){.width = 500};
    tab->rows[0].cells[1].borders[EDGE_LEFT] = (struct border){.width = 1500};
    tab->rows[0].cells[0].shade = 0xABCDEF;
    tab->rows[0].cells[1].borders[EDGE_TOP] =
        (struct border){.width = 1500, .line = 500, .style = BORDER_DOUBLE};
    layout();
    CHECK_INT(count_draws(0, DRAW_LINE), 3);
    CHECK_INT(nth(0, DRAW_RECT, 0)->as.rect.color, 0xABCDEF);
    CHECK_INT(nth(0, DRAW_LINE, 2)->as.line.width, 1500);
    CHECK_INT(nth(0, DRAW_LINE, 0)->as.line.width, 500);
    finish();
}

static void a_spanning_cell_closes_the_edges_above_it(void) {
    begin();
    struct table *tab = table(2, 3);
    set_borders(tab, 500);
    struct row *row = &tab->rows[1];
    row->cell_count = 2;
    row->cells[1].span = 2;
    row->cells[1].width *= 2;
    row->cells[1].blocks = para_new("wide");
    layout();
    CHECK_INT(text_at(0, 0)->x, LEFT + 250 + 150000 + 5400);
    CHECK_INT(count_draws(0, DRAW_LINE), 3 + 4 + 3 + 3 + 2);
    finish();
}

static void nested_tables_stand_in_their_cells_and_split(void) {
    begin();
    fill_with(PAGE_LINES - 5);
    struct table *outer = table(1, 2), *inner = table_new(4, 1);
    for (int r = 0; r < 4; r++)
        inner->rows[r].cells[0].blocks = para_new(pool_printf(t.pool, "i%d\nj%d", r, r));
    outer->rows[0].cells[0].blocks = para_new("o");
    outer->rows[0].cells[1].blocks = table_block(inner);
    outer->rows[0].cells[1].blocks->next = para_new("z");
    layout();
    CHECK_INT(page_of("j1"), 0);
    CHECK_INT(page_of("i2"), 1);
    CHECK_INT(y_of("z"), TOP + 4 * PITCH + ASCENT);
    size_t page;
    CHECK_INT(find_text("i0", &page)->x, LEFT + 225000 + 5400 + 5400);
    finish();
}

static struct block *deep_block(int depth, const char *innermost) {
    struct block *b = para_new(innermost);
    for (int i = 0; i < depth; i++) {
        struct table *tab = table_new(1, 1);
        tab->rows[0].cells[0].blocks = para_new(pool_printf(t.pool, "d%d ", depth - i));
        tab->rows[0].cells[0].blocks->next = b;
        b = table_block(tab);
    }
    return b;
}

static void tables_nested_too_deep_lie_flat_and_lose_nothing(void) {
    begin();
    add(deep_block(5000, "innermost "));
    struct block *b = para_new("box ");
    for (int i = 0; i < 200; i++) {
        struct shape *shape = POOL_NEW(t.pool, struct shape);
        *shape = (struct shape){
            .kind = SHAPE_TEXT_BOX, .width = 100000, .height = 10000, .fill = -1, .blocks = b};
        b = para_new(pool_printf(t.pool, "b%d ", i));
        item(b->para, INLINE_SHAPE)->shape = shape;
    }
    add(b);
    layout();
    CHECK(diag_has(t.diag, LAYOUT_TOO_DEEP));
    CHECK_INT(diag_count(t.diag, DIAG_WARNING), 1);
    const char *all = page_string(-1);
    for (int i = 1; i <= 5000; i += 499)
        CHECK(strstr(all, pool_printf(t.pool, "d%d ", i)) != NULL);
    CHECK(strstr(all, "innermost ") != NULL);
    CHECK(strstr(all, "b0 ") != NULL && strstr(all, "box ") != NULL);
    finish();
}

/* ---- footnotes ---- */

static void add_note_refs(struct para *p, size_t from, size_t n) {
    for (size_t i = from; i < from + n; i++) {
        struct inline_item *ref = item(p, INLINE_NOTE_REF);
        ref->note = i;
        ref->text = t.doc.notes[i].mark;
    }
}

/* `n` notes "n0: ..." of `lines` lines each. */
static void make_notes(size_t n, int lines) {
    t.doc.notes = POOL_ARRAY(t.pool, struct wml_note, n);
    t.doc.note_count = n;
    for (size_t i = 0; i < n; i++) {
        struct buf b = {0};
        for (int k = 0; k < lines; k++)
            buf_printf(&b, "%sn%zu.%d", k ? "\n" : "", i, k);
        t.doc.notes[i] = (struct wml_note){.mark = pool_printf(t.pool, "%zu", i + 1),
                                           .blocks = para_new(buf_text(&b))};
        buf_free(&b);
    }
}

static void notes_stand_at_the_foot_under_a_two_inch_rule(void) {
    begin();
    make_notes(2, 1);
    add_note_refs(para("text"), 0, 2);
    layout();
    CHECK_STR(page_string(0), "text12|n0.0|n1.0");
    CHECK_INT(y_of("n1.0"), BOTTOM - (PITCH - ASCENT));
    CHECK_INT(y_of("n0.0"), y_of("n1.0") - PITCH);
    const struct draw_rect *rule = &nth(0, DRAW_RECT, 0)->as.rect;
    CHECK_INT(rule->width, 144000);
    CHECK_INT(rule->height, 500);
    CHECK_INT(rule->y, y_of("n0.0") - PITCH - 14000 * 36 / 100);
    finish();
}

static void the_separators_own_line_height_is_honoured(void) {
    begin();
    make_notes(1, 1);
    t.para.line_rule = LINE_EXACT;
    t.para.line = 10000;
    t.doc.note_separator = para_new("");
    item(t.doc.note_separator->para, INLINE_SEPARATOR);
    t.para.line_rule = LINE_AUTO;
    t.para.line = 240;
    add_note_refs(para("text"), 0, 1);
    layout();
    mpt top = BOTTOM - PITCH - 10000;
    CHECK_INT(nth(0, DRAW_RECT, 0)->as.rect.y, top + 8000 - 5040);
    finish();
}

static void a_line_moves_on_with_a_note_that_does_not_fit(void) {
    begin();
    make_notes(1, 3);
    fill_with(PAGE_LINES - 3);
    add_note_refs(para("ref"), 0, 1);
    layout();
    CHECK_INT(page_of("ref"), 1);
    CHECK_INT(page_of("n0.0"), 1);
    finish();
}

static void a_long_note_begins_with_its_line_and_goes_on_overleaf(void) {
    begin();
    make_notes(1, 10);
    fill_with(PAGE_LINES - 6);
    add_note_refs(para("ref"), 0, 1);
    para("next");
    layout();
    CHECK_INT(page_of("ref"), 0);
    CHECK_INT(page_of("n0.3"), 0);
    CHECK_INT(page_of("n0.4"), 1);
    CHECK_INT(y_of("n0.9"), BOTTOM - (PITCH - ASCENT));
    CHECK_INT(page_of("next"), 1);
    CHECK_INT(y_of("next"), TOP + ASCENT);
    finish();
}

static void notes_higher_than_pages_end(void) {
    begin();
    make_notes(3, 100);
    add_note_refs(para("ref"), 0, 3);
    para("next");
    layout();
    CHECK(t.pages->at.n >= 7 && t.pages->at.n < 12);
    CHECK(strstr(page_string(-1), "n2.99") != NULL);
    finish();
}

static void notes_of_table_rows_go_with_their_part_of_the_row(void) {
    begin();
    make_notes(2, 1);
    fill_with(PAGE_LINES - 6);
    struct table *tab = table(1, 1);
    struct block *first = para_new("c0\nc1"), *second = para_new("c2\nc3\nc4\nc5");
    add_note_refs(first->para, 0, 1);
    add_note_refs(second->para, 1, 1);
    first->next = second;
    tab->rows[0].cells[0].blocks = first;
    layout();
    CHECK_INT(page_of("c0"), 0);
    CHECK_INT(page_of("n0.0"), 0);
    CHECK_INT(page_of("c5"), 1);
    CHECK_INT(page_of("n1.0"), 1);
    finish();
}

static void a_reference_to_no_note_is_survived(void) {
    begin();
    struct inline_item *ref = item(para("x"), INLINE_NOTE_REF);
    ref->note = 99;
    ref->text = "9";
    layout();
    CHECK_STR(page_string(0), "x9");
    finish();
}

/* ---- shapes ---- */

static struct shape *shape_in(struct para *p, enum shape_kind kind) {
    struct shape *s = POOL_NEW(t.pool, struct shape);
    *s = (struct shape){.kind = kind, .width = 60000, .height = 20000, .stroke = 750, .fill = -1};
    item(p, INLINE_SHAPE)->shape = s;
    return s;
}

static void a_line_hangs_from_the_top_of_its_paragraph(void) {
    begin();
    para("a");
    struct shape *s = shape_in(para("b"), SHAPE_LINE);
    s->x_base = BASE_COLUMN;
    s->y_base = BASE_PARAGRAPH;
    s->x = 10000;
    s->y = 2000;
    s->height = 0;
    layout();
    const struct draw_line *line = &nth(0, DRAW_LINE, 0)->as.line;
    CHECK_INT(line->x0, LEFT + 10000);
    CHECK_INT(line->x1, LEFT + 70000);
    CHECK_INT(line->y0, TOP + PITCH + 2000);
    CHECK_INT(line->width, 750);
    CHECK_INT(y_of("b"), TOP + PITCH + ASCENT);
    finish();
}

static void shapes_stand_on_page_margin_and_character(void) {
    static const enum anchor_base bases[] = {BASE_PAGE, BASE_MARGIN, BASE_CHARACTER, BASE_LINE};
    static const enum anchor_align aligns[] = {ANCHOR_OFFSET, ANCHOR_START, ANCHOR_CENTER,
                                               ANCHOR_END};
    for (int b = 0; b < 4; b++)
        for (int a = 0; a < 4; a++) {
            begin();
            struct shape *s = shape_in(para("xy"), SHAPE_RECT);
            s->x_base = s->y_base = bases[b];
            s->x_align = s->y_align = aligns[a];
            layout();
            mpt x[] = {0, LEFT, visible_end(text_at(0, 0)), LEFT};
            mpt w[] = {595300, 595300 - 56700 - LEFT, 0, 595300 - 56700 - LEFT};
            mpt want[] = {x[b], x[b], x[b] + (w[b] - 60000) / 2, x[b] + w[b] - 60000};
            CHECK_NEAR(nth(0, DRAW_RECT, 0)->as.rect.x, want[a], 1);
            finish();
        }
}

static void a_text_box_has_insets_and_a_frame(void) {
    begin();
    struct shape *s = shape_in(para("a"), SHAPE_TEXT_BOX);
    s->blocks = para_new("KHẨN");
    s->fill = 0xFFFFFF;
    s->inset[0] = s->inset[2] = 7200;
    s->inset[1] = s->inset[3] = 3600;
    layout();
    CHECK_INT(count_draws(0, DRAW_RECT), 2);
    CHECK_INT(y_of("KHẨN"), TOP + 3600 + ASCENT);
    size_t page;
    CHECK_INT(find_text("KHẨN", &page)->x, LEFT + 7200);
    finish();
}

static void a_picture_behind_the_text_is_drawn_first(void) {
    begin();
    static const struct picture picture = {.width = 60000, .height = 20000};
    struct shape *s = shape_in(para("a"), SHAPE_PICTURE);
    s->picture = &picture;
    s->behind = true;
    layout();
    CHECK_INT(t.pages->at.at[0].draws.at[0].kind, DRAW_PICTURE);
    finish();
}

/* ---- what must hold for every document ---- */

static uint32_t seed;

static uint32_t dice(uint32_t n) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % n;
}

static int next_word, next_note;
static int note_words[64]; /* the last word of each note */

/* Words are the numbers from 1 up, in reading order, each followed by a space. */
static struct block *random_para(bool notes) {
    struct buf b = {0};
    int n = (int)dice(12) == 0 ? (int)dice(400) : (int)dice(25);
    for (int i = 0; i < n; i++)
        buf_printf(&b, "%d %s", ++next_word, dice(30) == 0 ? "\n" : "");
    t.para.jc = (enum jc)dice(5);
    t.para.first = (mpt)dice(3) * 18000;
    t.para.before = (mpt)dice(3) * 6000;
    t.para.after = (mpt)dice(3) * 6000;
    t.para.line_rule = (enum line_rule)dice(3);
    t.para.line = t.para.line_rule == LINE_AUTO ? 240 + (int)dice(120) : 12000 + (int)dice(9000);
    t.para.keep_next = dice(6) == 0;
    t.para.keep_lines = dice(8) == 0;
    t.para.widow_control = dice(4) != 0;
    struct block *block = para_new(buf_text(&b));
    if (notes && dice(3) == 0 && (size_t)next_note < t.doc.note_count) {
        struct inline_item *ref = item(block->para, INLINE_NOTE_REF);
        ref->note = (size_t)next_note++;
        ref->text = "";
    }
    buf_free(&b);
    return block;
}

static struct block *random_table(int depth);

static struct block *random_cell(int depth) {
    struct block *first = random_para(true), *last = first;
    for (uint32_t i = dice(3); i > 0; i--)
        last = last->next = depth < 3 && dice(5) == 0 ? random_table(depth + 1) : random_para(true);
    return first;
}

static struct block *random_table(int depth) {
    struct table *tab = table_new(1 + dice(depth == 0 ? 12 : 3), 1 + dice(3));
    set_borders(tab, (mpt)dice(3) * 500);
    for (size_t r = 0; r < tab->row_count; r++) {
        tab->rows[r].cant_split = dice(3) == 0;
        tab->rows[r].height = dice(4) == 0 ? (mpt)dice(90000) : 0;
        for (size_t c = 0; c < tab->column_count; c++) {
            struct cell *cell = &tab->rows[r].cells[c];
            if (r && tab->rows[r - 1].cells[c].merge && dice(2))
                cell->merge = MERGE_CONTINUE;
            else {
                cell->merge = dice(4) == 0 ? MERGE_START : MERGE_NONE;
                cell->blocks = random_cell(depth);
            }
        }
    }
    return table_block(tab);
}

static void random_document(void) {
    next_word = next_note = 0;
    make_notes(dice(30), 1);
    for (size_t i = 0; i < t.doc.note_count; i++) {
        t.doc.notes[i].blocks = random_para(false);
        t.doc.notes[i].blocks->next = random_para(false);
        note_words[i] = next_word;
    }
    for (int i = 0; i < 40; i++)
        add(dice(4) == 0 ? random_table(0) : random_para(true));
}

/* How often each number stands in the pages' text. */
static int *count_words(int most, bool *in_order) {
    int *seen = POOL_ARRAY(t.pool, int, most + 2), last = 0;
    *in_order = true;
    for (char *p = page_string(-1); *p;) {
        char *end;
        long n = strtol(p, &end, 10);
        if (end == p) {
            p++;
            continue;
        }
        seen[n > 0 && n <= most ? n : most + 1]++;
        *in_order &= n > last;
        last = (int)n;
        p = end;
    }
    return seen;
}

static void all_text_of_any_document_appears_exactly_once(void) {
    for (uint32_t k = 0; k < 300; k++) {
        begin();
        seed = k;
        random_document();
        t.options.shrink = k % 2;
        if (k % 3 == 0) /* a small page: everything splits */
            t.section.page_height = TOP + 56700 + 40000 + (mpt)dice(200000);
        layout();
        bool in_order;
        int *seen = count_words(next_word, &in_order);
        /* the notes were numbered before the body; those not referred to are not printed */
        int skip_from = next_note ? note_words[next_note - 1] : 0;
        int skip_to = t.doc.note_count ? note_words[t.doc.note_count - 1] : 0;
        CHECK_INT(seen[next_word + 1], 0);
        for (int i = 1; i <= next_word; i++) {
            int want = i <= skip_from || i > skip_to;
            if (seen[i] != want)
                printf("# word %d: %d times\n", i, seen[i]);
            CHECK(seen[i] == want);
        }
        if (check_failed_)
            printf("# document %u\n", k);
        finish();
        if (check_failed_)
            return;
    }
}

static void text_without_tables_appears_in_order(void) {
    for (uint32_t k = 0; k < 50; k++) {
        begin();
        seed = k;
        next_word = 0;
        for (int i = 0; i < 60; i++)
            add(random_para(false));
        layout();
        bool in_order;
        int *seen = count_words(next_word, &in_order);
        CHECK(in_order);
        for (int i = 1; i <= next_word; i++)
            CHECK_INT(seen[i], 1);
        finish();
    }
}

/* ---- degenerate geometry ---- */

static size_t characters(void) {
    size_t n = 0;
    for (const char *p = page_string(-1); *p; p++)
        n += *p >= '0' && *p <= '9';
    return n;
}

static size_t typed_characters(int words) {
    size_t n = 0;
    for (int i = 1; i <= words; i++)
        n += i < 10 ? 1 : i < 100 ? 2 : i < 1000 ? 3 : i < 10000 ? 4 : 5;
    return n;
}

static void pages_of_impossible_size_still_hold_all_text(void) {
    static const mpt sizes[] = {0, 1, 5000, 60000, -100, INT32_MAX, INT32_MIN};
    for (int i = 0; i < 7; i++)
        for (int k = 0; k < 4; k++) {
            begin();
            seed = (uint32_t)(100 + i);
            random_document();
            while ((size_t)next_note < t.doc.note_count)
                add_note_refs(para(""), (size_t)next_note++, 1);
            if (k == 0)
                t.section.page_width = sizes[i];
            if (k == 1)
                t.section.page_height = sizes[i];
            if (k == 2)
                t.section.left = sizes[i];
            if (k == 3)
                t.section.top = sizes[i], t.section.headers[0] = para_new("a\nb\nc");
            layout();
            CHECK_INT(characters(), typed_characters(next_word));
            finish();
        }
}

static void impossible_paragraphs_still_hold_all_text(void) {
    static const mpt values[] = {0, -1000000, 1000000, INT32_MAX, INT32_MIN};
    for (int i = 0; i < 5; i++)
        for (int k = 0; k < 9; k++) {
            begin();
            mpt v = values[i];
            mpt *fields[] = {&t.para.left,   &t.para.right,  &t.para.first,
                             &t.para.before, &t.para.after,  &t.para.line,
                             &t.run.size,    &t.run.spacing, &t.run.position};
            *fields[k] = v;
            t.run.underline = UNDERLINE_SINGLE;
            t.para.shade = 0;
            t.para.jc = (enum jc)i;
            t.para.line_rule = (enum line_rule)(i % 3);
            static const struct tab_stop stop = {INT32_MAX, TAB_RIGHT, LEADER_DOT};
            t.para.tabs = &stop;
            t.para.tab_count = 1;
            para("1 2 3\t4 5 6\t\t7 8 9\t");
            para("12 3");
            struct table *tab = table(2, 2);
            tab->rows[0].height = tab->indent = tab->grid[0] = v;
            tab->rows[0].cells[0].margin[EDGE_LEFT] = tab->rows[1].cells[0].borders[1].width = v;
            tab->rows[0].cells[0].blocks = para_new("4 5 6");
            tab->rows[1].cells[1].column = 77;
            tab->rows[1].cells[1].blocks = para_new("7");
            layout();
            CHECK_INT(characters(), 9 + 3 + 3 + 1);
            finish();
        }
}

static void rows_taller_than_the_page_are_split_or_set_all_the_same(void) {
    for (int k = 0; k < 3; k++) {
        begin();
        struct table *tab = table(2, 2);
        tab->rows[0].cant_split = k == 1;
        tab->rows[0].height_rule = k == 2 ? HEIGHT_EXACT : HEIGHT_AUTO;
        tab->rows[0].height = k == 2 ? 2000000 : 0;
        struct buf b = {0};
        for (int i = 1; i <= 120; i++)
            buf_printf(&b, "%d \n", i);
        tab->rows[0].cells[1].blocks = para_new(buf_text(&b));
        tab->rows[1].cells[0].blocks = para_new("121 ");
        layout();
        bool in_order;
        int *seen = count_words(121, &in_order);
        CHECK(in_order && seen[1] == 1 && seen[121] == 1);
        CHECK_INT(t.pages->at.n, k == 2 ? 2 : 3);
        buf_free(&b);
        finish();
    }
}

static void an_empty_document_is_one_empty_page(void) {
    begin();
    layout();
    CHECK_INT(t.pages->at.n, 1);
    CHECK_INT(t.pages->at.at[0].draws.n, 0);
    finish();
}

static void long_documents_are_laid_out_page_by_page(void) {
    begin();
    t.para.keep_next = true; /* one chain: the worst case for going back */
    fill_with(PAGE_LINES * 400);
    struct table *tab = table(5000, 2);
    for (int r = 0; r < 5000; r++) {
        tab->rows[r].cells[1].blocks = para_new("x");
        tab->rows[r].cells[0].merge = r ? MERGE_CONTINUE : MERGE_START;
    }
    layout();
    CHECK_INT(t.pages->at.n, 400 + (5000 + PAGE_LINES - 1) / PAGE_LINES);
    finish();
}

/* ---- the dump ---- */

static void the_dump_names_every_draw(void) {
    begin();
    t.run.underline = UNDERLINE_DOTTED;
    t.run.color = 0xFF0000;
    static const struct picture picture = {.width = 1000, .height = 2000, .part = "a.png"};
    item(para("V\" \\"), INLINE_PICTURE)->picture = &picture;
    t.section.page_height = 200005;
    struct shape *s = shape_in(t.last->para, SHAPE_RECT);
    s->y = -1;
    layout();
    struct buf b = {0};
    pages_dump(t.pages, &b);
    CHECK_STR(buf_text(&b),
              "page 1 number 1 size 595.300,200.005\n"
              "text at 85.050,69.770 to 108.265 LiberationSerif 14.000 #FF0000 \"V\\\" \\\\\"\n"
              "picture at 108.265,67.770 size 1.000,2.000 a.png\n"
              "line from 85.050,70.951 to 109.265,70.951 width 0.683 #FF0000 dash 0.683\n"
              "rect at 85.050,56.699 size 60.000,20.000 stroke 0.750 #000000\n");
    buf_free(&b);
    finish();
}

int main(void) {
    RUN(the_gap_is_the_larger_of_after_and_before);
    RUN(automatic_spacing_is_14_points);
    RUN(space_before_is_dropped_at_the_top_of_a_page_unless_the_break_was_asked_for);
    RUN(space_after_never_pushes_a_line_away);
    RUN(the_extra_of_a_wide_line_need_not_fit);
    RUN(an_empty_paragraph_may_hang_its_descent_into_the_margin);
    RUN(a_paragraph_leaves_two_lines_on_each_side);
    RUN(three_lines_are_never_split_and_without_control_any_are);
    RUN(a_chain_of_keep_next_moves_together);
    RUN(keep_next_holds_only_the_last_two_lines_of_a_long_paragraph);
    RUN(a_signature_row_takes_two_lines_of_text_with_it);
    RUN(a_chain_longer_than_a_page_is_given_up);
    RUN(keep_lines_moves_the_whole_paragraph);
    RUN(automatic_spacing_is_none_above_the_first_and_below_the_last);
    RUN(a_page_break_splits_a_paragraph_or_ends_it);
    RUN(the_mark_after_a_page_break_goes_with_it_where_old_documents_ask);
    RUN(a_tall_header_pushes_the_body_unless_the_margin_is_exact);
    RUN(a_footer_grows_upwards);
    RUN(the_first_and_even_pages_have_their_own_headers);
    RUN(headers_with_tables_are_drawn_on_every_page);
    RUN(page_numbers_have_formats);
    RUN(a_page_field_has_a_format_of_its_own);
    RUN(page_numbers_in_the_body_are_those_of_their_page);
    RUN(sections_start_as_they_say);
    RUN(a_continuous_section_on_other_paper_takes_a_new_page);
    RUN(the_edge_of_a_table_follows_the_compatibility_mode);
    RUN(tables_are_indented_centred_and_put_right);
    RUN(rows_are_one_border_higher_than_their_content);
    RUN(row_heights_and_vertical_alignment);
    RUN(an_exact_row_keeps_its_height_and_says_what_it_cuts);
    RUN(an_empty_cell_may_leave_its_row_without_height);
    RUN(the_top_margin_of_a_row_is_its_largest);
    RUN(rows_split_between_lines_unless_they_must_not);
    RUN(a_row_too_tall_for_any_page_is_split_where_it_is_kept);
    RUN(a_page_break_before_a_rows_text_moves_the_row);
    RUN(a_row_kept_with_the_next_moves_with_it);
    RUN(header_rows_are_repeated);
    RUN(a_header_row_does_not_stand_alone);
    RUN(merged_content_spreads_over_its_rows);
    RUN(merged_content_goes_on_overleaf);
    RUN(borders_meet_once_and_the_wider_wins);
    RUN(a_spanning_cell_closes_the_edges_above_it);
    RUN(nested_tables_stand_in_their_cells_and_split);
    RUN(tables_nested_too_deep_lie_flat_and_lose_nothing);
    RUN(notes_stand_at_the_foot_under_a_two_inch_rule);
    RUN(the_separators_own_line_height_is_honoured);
    RUN(a_line_moves_on_with_a_note_that_does_not_fit);
    RUN(a_long_note_begins_with_its_line_and_goes_on_overleaf);
    RUN(notes_higher_than_pages_end);
    RUN(notes_of_table_rows_go_with_their_part_of_the_row);
    RUN(a_reference_to_no_note_is_survived);
    RUN(a_line_hangs_from_the_top_of_its_paragraph);
    RUN(shapes_stand_on_page_margin_and_character);
    RUN(a_text_box_has_insets_and_a_frame);
    RUN(a_picture_behind_the_text_is_drawn_first);
    RUN(all_text_of_any_document_appears_exactly_once);
    RUN(text_without_tables_appears_in_order);
    RUN(pages_of_impossible_size_still_hold_all_text);
    RUN(impossible_paragraphs_still_hold_all_text);
    RUN(rows_taller_than_the_page_are_split_or_set_all_the_same);
    RUN(an_empty_document_is_one_empty_page);
    RUN(long_documents_are_laid_out_page_by_page);
    RUN(the_dump_names_every_draw);
    fonts_free(t.fonts);
    return CHECK_RESULT();
}
