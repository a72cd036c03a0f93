/* Numbers of lines in the margin, and indents that change sides on even pages. */
#include "page_help.h"

#define LINES(attributes) SECT("<w:lnNumType " attributes "/>")

static const char *numbers_of(size_t page) { /* what stands left of the text, in order */
    struct buf out = {0};
    const struct draw *d;
    if (page < pages->at.n)
        VEC_EACH (d, &pages->at.at[page].draws)
            if (d->kind == DRAW_TEXT && d->as.text.x < TEXT_LEFT)
                buf_printf(&out, "%s%s", out.len ? " " : "", draw_text_of(d));
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

static void lines_are_numbered_at_the_left(void) {
    print_body(P(T("a")) P("") PP("<w:suppressLineNumbers/>", T("b")) P(T("c"))
                   LINES("w:countBy=\"1\" w:distance=\"400\""));
    CHECK(quiet());
    CHECK_STR(numbers_of(0), "1 2 3");
    CHECK_NEAR(printed("1")->x, TEXT_LEFT - 20000 - 7000, 10);
    CHECK_NEAR(printed("1")->y, printed("a")->y, 0);
    CHECK_NEAR(printed("3")->y, printed("c")->y, 0);
    CHECK_INT(nth_draw(0, DRAW_TEXT, 0)->tag, 1); /* the text, then its number: an artifact */
    CHECK_INT(nth_draw(0, DRAW_TEXT, 3)->tag, 0);
}

static void numbers_are_printed_by_steps_and_from_a_start(void) {
    print_body(P(T("a")) P(T("b")) P(T("c")) P(T("d")) LINES("w:countBy=\"3\" w:start=\"4\""));
    CHECK_STR(numbers_of(0), "6"); /* Word writes 4 for 5: a is the fifth */
    CHECK_NEAR(printed("6")->y, printed("b")->y, 0);
    print_body(P(T("a")) LINES("w:start=\"4\"")); /* no step: none */
    CHECK_STR(numbers_of(0), "");
}

static void numbers_start_anew_on_each_page_unless_they_go_on(void) {
#define TWO_PAGES P(T("a")) P(T("b")) PP("<w:pageBreakBefore/>", T("c"))
    print_body(TWO_PAGES LINES("w:countBy=\"1\""));
    CHECK_STR(numbers_of(1), "1");
    print_body(TWO_PAGES LINES("w:countBy=\"1\" w:restart=\"continuous\""));
    CHECK_STR(numbers_of(1), "3");
}

static void numbers_may_start_anew_with_a_section(void) {
    print_body(P(T("a")) PP(LINES("w:countBy=\"1\" w:restart=\"newSection\""), T("b")) P(T("c"))
                   LINES("w:countBy=\"1\" w:restart=\"newSection\""));
    CHECK_STR(numbers_of(0), "1 2");
    CHECK_STR(numbers_of(1), "1");
}

static void tables_and_notes_are_not_counted(void) {
    print_body(P(T("a"))
                   TBL("", "<w:tblGrid><w:gridCol w:w=\"3000\"/></w:tblGrid>" TR(TC("", P(T("o")))))
                       P(T("b")) LINES("w:countBy=\"1\""));
    CHECK_STR(numbers_of(0), "1 2");
    CHECK_NEAR(printed("2")->y, printed("b")->y, 0);
}

static void mirrored_indents_change_sides_on_even_pages(void) {
#define MIRRORED "<w:mirrorIndents/><w:ind w:left=\"1000\" w:right=\"200\"/>"
    print_body(PP(MIRRORED, T("a")) PP("<w:pageBreakBefore/>" MIRRORED, T("b")) SECT(""));
    CHECK(quiet());
    CHECK_NEAR(printed("a")->x, TEXT_LEFT + 50000, 0);
    CHECK_NEAR(printed("b")->x, TEXT_LEFT + 10000, 0);
}

int main(void) {
    page_tests_begin();
    RUN(lines_are_numbered_at_the_left);
    RUN(numbers_are_printed_by_steps_and_from_a_start);
    RUN(numbers_start_anew_on_each_page_unless_they_go_on);
    RUN(numbers_may_start_anew_with_a_section);
    RUN(tables_and_notes_are_not_counted);
    RUN(mirrored_indents_change_sides_on_even_pages);
    page_tests_end();
    return CHECK_RESULT();
}
