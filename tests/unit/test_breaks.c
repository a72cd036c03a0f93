/* Where sections and pages begin, from the file to the page. */
#include "page_help.h"

#define SECTION_END(sect) "<w:p><w:pPr>" sect "</w:pPr></w:p>"
#define LAST_OF(text, sect) PP(sect, T(text))
#define COLUMNS(n) "<w:cols w:num=\"" n "\" w:space=\"720\"/>"
#define NEXT_COLUMN "<w:type w:val=\"nextColumn\"/>"
#define BREAK "<w:r><w:br w:type=\"page\"/></w:r>"

enum { SECOND = TEXT_LEFT + (TEXT_RIGHT - TEXT_LEFT - 36000) / 2 + 36000 };

static size_t page_of(const char *text) {
    for (size_t i = 0; i < pages->at.n; i++)
        if (strstr(page_text(i), text))
            return i;
    CHECK(!"the text is printed");
    return 0;
}

static void a_section_begins_in_the_next_column_where_it_has_as_many(void) {
    print_body(LAST_OF("mot", SECT(COLUMNS("2"))) P(T("hai")) P(T("ba"))
                   SECT(NEXT_COLUMN COLUMNS("2")));
    CHECK_INT(pages->at.n, 1);
    CHECK_NEAR(printed("hai")->x, SECOND, 10);
    CHECK_INT(printed("hai")->y, printed("mot")->y);
    CHECK_NEAR(printed("ba")->x, SECOND, 10);
}

static void with_other_columns_it_begins_a_page(void) {
    print_body(LAST_OF("mot", SECT(COLUMNS("2"))) P(T("hai")) SECT(NEXT_COLUMN));
    CHECK_INT(page_of("hai"), 1);
    print_body(LAST_OF("mot", SECT(COLUMNS("2"))) P(T("hai")) SECT(NEXT_COLUMN COLUMNS("3")));
    CHECK_INT(page_of("hai"), 1);
    print_body(LAST_OF("mot", SECT("")) P(T("hai")) SECT(NEXT_COLUMN));
    CHECK_INT(page_of("hai"), 1);
    print_body(LAST_OF("mot", SECT(COLUMNS("2"))) P(T("hai"))
                   SECT(NEXT_COLUMN COLUMNS("2") "<w:bidi/>"));
    CHECK_INT(page_of("hai"), 1); /* its next column would be the one that is taken */
}

static void a_section_of_other_columns_begins_the_page_it_is_to_begin(void) {
    print_body(LAST_OF("mot", SECT(COLUMNS("2"))) P(T("hai")) SECT(""));
    CHECK_INT(page_of("hai"), 1);
    print_body(LAST_OF("mot", SECT("")) P(T("hai")) SECT(COLUMNS("2")));
    CHECK_INT(page_of("hai"), 1);
    print_body(LAST_OF("mot", SECT(COLUMNS("2"))) P(T("hai"))
                   SECT("<w:type w:val=\"continuous\"/>"));
    CHECK_INT(page_of("hai"), 0);
}

static void columns_that_the_next_section_goes_on_in_are_not_balanced(void) {
    print_body(P(T("mot")) P(T("hai")) P(T("ba")) LAST_OF("bon", SECT(COLUMNS("2"))) P(T("nam"))
                   SECT(NEXT_COLUMN COLUMNS("2")));
    CHECK_NEAR(printed("bon")->x, TEXT_LEFT, 10);
    CHECK_NEAR(printed("nam")->x, SECOND, 10);
}

static void a_sections_end_behind_a_page_break_makes_no_page(void) {
    print_body(P(T("mot")) P(BREAK) SECTION_END(SECT("")) P(T("hai")) SECT(""));
    CHECK_INT(pages->at.n, 2);
    CHECK_INT(page_of("hai"), 1);
    print_body(P(T("mot") BREAK) SECTION_END(SECT("")) P(T("hai"))
                   SECT("<w:type w:val=\"continuous\"/>"));
    CHECK_INT(pages->at.n, 2);
    CHECK_INT(page_of("hai"), 1);
    /* one that holds something does, and so does one that follows text */
    print_body(P(BREAK) LAST_OF("giua", SECT("")) P(T("hai")) SECT(""));
    CHECK_INT(pages->at.n, 3);
    print_body(P(BREAK) P(T("giua")) SECTION_END(SECT("")) P(T("hai")) SECT(""));
    CHECK_INT(pages->at.n, 3);
}

static void a_page_break_between_paragraphs_is_one_before_the_next(void) {
    print_body(P(T("mot")) "<w:br w:type=\"page\"/>" P(T("hai"))
                   P(T("ba")) "<w:br w:type=\"textWrapping\"/><w:br/>" P(T("bon")) SECT(""));
    CHECK(quiet());
    CHECK_INT(pages->at.n, 2);
    CHECK_INT(page_of("hai"), 1);
    CHECK_NEAR(printed("bon")->y - printed("ba")->y, 16100, 10);
}

int main(void) {
    page_tests_begin();
    RUN(a_section_begins_in_the_next_column_where_it_has_as_many);
    RUN(with_other_columns_it_begins_a_page);
    RUN(a_section_of_other_columns_begins_the_page_it_is_to_begin);
    RUN(columns_that_the_next_section_goes_on_in_are_not_balanced);
    RUN(a_sections_end_behind_a_page_break_makes_no_page);
    RUN(a_page_break_between_paragraphs_is_one_before_the_next);
    page_tests_end();
    return CHECK_RESULT();
}
