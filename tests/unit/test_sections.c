/* Where sections end and begin on pages, from the file to the page. */
#include "page_help.h"

#define ENDS(more) PP(SECT(more), "")
#define CONTINUOUS "<w:type w:val=\"continuous\"/>"
#define COLUMNS CONTINUOUS "<w:cols w:num=\"2\" w:space=\"720\"/>"
#define PAGE_BREAK P("<w:r><w:br w:type=\"page\"/></w:r>")
enum { LINE = 16100 };

static mpt y_of(size_t page, size_t n) {
    return nth_draw(page, DRAW_TEXT, n)->as.text.y;
}

static mpt x_of(size_t page, size_t n) {
    return nth_draw(page, DRAW_TEXT, n)->as.text.x;
}

static void the_end_of_a_section_takes_no_line_of_its_own(void) {
    print_body(P(T("a")) ENDS("") P(T("b")) ENDS(CONTINUOUS) P("") P(T("c")) SECT(CONTINUOUS));
    CHECK_STR(page_text(0), "a|b|c");
    CHECK_NEAR(y_of(0, 1) - y_of(0, 0), LINE, 20);
    CHECK_NEAR(y_of(0, 2) - y_of(0, 1), 2 * LINE, 20);
}

static void the_end_of_a_section_takes_no_page_of_its_own(void) {
    struct buf body = {0};
    print_body(P(T("a")) PAGE_BREAK ENDS("") P(T("b")) SECT(""));
    CHECK_INT(pages->at.n, 2);
    CHECK_STR(page_text(1), "b");
    for (int i = 0; i < 45; i++) /* a page full */
        buf_puts(&body, P(T("x")));
    buf_puts(&body, ENDS("") P(T("b")) SECT(""));
    print_body(buf_text(&body));
    CHECK_INT(pages->at.n, 2);
    CHECK_STR(page_text(1), "b");
    buf_free(&body);
}

static void a_section_that_is_nothing_but_its_end_has_a_page(void) {
    print_body(P(T("a")) ENDS("") ENDS("") P(T("b")) SECT(""));
    CHECK_INT(pages->at.n, 3);
    CHECK_STR(page_text(1), "");
}

static void a_section_after_columns_begins_a_page_where_it_asks_for_one(void) {
    print_body(P(T("a")) ENDS("") P(T("b")) P(T("c")) ENDS(COLUMNS) P(T("d")) SECT(""));
    CHECK_STR(page_text(0), "a|b|c");
    CHECK_STR(page_text(1), "d");
    CHECK_INT(x_of(0, 2), TEXT_LEFT); /* nor are those columns made even */
}

static void columns_are_even_before_a_section_that_goes_on_but_not_before_a_page_break(void) {
    print_body(P(T("a")) P(T("b")) ENDS(COLUMNS) P(T("c")) SECT(CONTINUOUS));
    CHECK(x_of(0, 1) > TEXT_LEFT + 100000);
    print_body(P(T("a")) P(T("b")) PAGE_BREAK P(T("c")) P(T("d")) ENDS(COLUMNS) P(T("e"))
                   SECT(CONTINUOUS));
    CHECK_INT(x_of(0, 1), TEXT_LEFT);
    CHECK(x_of(1, 1) > TEXT_LEFT + 100000);
    CHECK_STR(page_text(1), "c|d|e");
}

int main(void) {
    page_tests_begin();
    RUN(the_end_of_a_section_takes_no_line_of_its_own);
    RUN(the_end_of_a_section_takes_no_page_of_its_own);
    RUN(a_section_that_is_nothing_but_its_end_has_a_page);
    RUN(a_section_after_columns_begins_a_page_where_it_asks_for_one);
    RUN(columns_are_even_before_a_section_that_goes_on_but_not_before_a_page_break);
    page_tests_end();
    return CHECK_RESULT();
}
