/* Footnotes and endnotes from the file to the page: how they are counted and where they stand. */
#include "page_help.h"

#define FOOT(id) "<w:r><w:footnoteReference w:id=\"" id "\"/></w:r>"
#define END(id) "<w:r><w:endnoteReference w:id=\"" id "\"/></w:r>"
#define NOTE(kind, id, text)                                                                       \
    "<w:" kind " w:id=\"" id "\">" P("<w:r><w:" kind "Ref/></w:r>" T(" " text)) "</w:" kind ">"
#define SEPARATOR(type, inner)                                                                     \
    "<w:footnote w:type=\"" type "\" w:id=\"-1\">" P(inner) "</w:footnote>"
#define BREAK "<w:r><w:br w:type=\"page\"/></w:r>"
#define FOOTNOTE_PR(inner) "<w:footnotePr>" inner "</w:footnotePr>"
#define EACH_PAGE FOOTNOTE_PR("<w:numRestart w:val=\"eachPage\"/>")

static void print_notes(const char *body, const char *settings, const char *separators) {
    struct buf notes = {0};
    begin(body);
    buf_printf(&notes,
               "%s" NOTE("footnote", "1", "mot") NOTE("footnote", "2", "hai")
                   NOTE("footnote", "3", "ba"),
               separators);
    docx_part(package, "word/styles.xml", "w:styles", STYLES(""));
    docx_part(package, "word/settings.xml", "w:settings", settings);
    docx_part(package, "word/footnotes.xml", "w:footnotes", buf_text(&notes));
    docx_part(package, "word/endnotes.xml", "w:endnotes",
              NOTE("endnote", "1", "cuoi mot") NOTE("endnote", "2", "cuoi hai"));
    print_package();
    buf_free(&notes);
}

static void footnotes_may_be_counted_anew_on_each_page(void) {
    print_notes(P(T("a") FOOT("1")) P(T("b") FOOT("2") BREAK T("c") FOOT("3")) SECT(""), EACH_PAGE,
                "");
    CHECK(quiet());
    CHECK_STR(page_text(0), "a1|b2|1 mot|2 hai");
    CHECK_STR(page_text(1), "c1|1 ba");
}

static void notes_of_the_page_keep_their_format_and_start(void) {
    print_notes(P(T("a") FOOT("1") BREAK T("b") FOOT("2")) SECT(""),
                FOOTNOTE_PR("<w:numFmt w:val=\"lowerRoman\"/><w:numStart w:val=\"4\"/>"
                            "<w:numRestart w:val=\"eachPage\"/>"),
                "");
    CHECK_STR(page_text(0), "aiv|iv mot");
    CHECK_STR(page_text(1), "biv|iv hai");
}

static void a_note_with_a_mark_of_its_own_is_not_counted(void) {
    print_notes(P("<w:r><w:footnoteReference w:customMarkFollows=\"1\" w:id=\"1\"/>"
                  "<w:t>*</w:t></w:r>" T("a") FOOT("2")) SECT(""),
                EACH_PAGE, "");
    CHECK(strncmp(page_text(0), "*a1|", 4) == 0);
}

static void numbers_follow_the_lines_that_refer_to_them(void) {
    struct buf body = {0};
    for (int i = 0; i < 42; i++)
        buf_puts(&body, P(T("x")));
    buf_puts(&body, P(T("a") FOOT("1")) P(T("b") FOOT("2")) P(T("c") FOOT("3")) SECT(""));
    print_notes(buf_text(&body), EACH_PAGE, "");
    buf_free(&body);
    CHECK(strstr(page_text(0), "|a1|") != NULL);
    CHECK(strncmp(page_text(1), "b1|c2|", 6) == 0);
}

static void footnotes_may_stand_beneath_the_text(void) {
    print_notes(P(T("a") FOOT("1")) SECT(""), "", "");
    mpt low = printed("1 mot")->y;
    print_notes(P(T("a") FOOT("1")) SECT(""), FOOTNOTE_PR("<w:pos w:val=\"beneathText\"/>"), "");
    CHECK(quiet());
    CHECK(low > 700000);
    CHECK_NEAR(printed("1 mot")->y, printed("a1")->y + 2 * 16100, 100); /* under the separator */
}

static void endnotes_may_stand_at_the_end_of_their_section(void) {
#define TWO_SECTIONS PP(SECT(""), T("a") END("1")) P(T("b") END("2")) SECT("")
    print_notes(TWO_SECTIONS, "", "");
    CHECK_STR(page_text(0), "ai");
    CHECK_STR(page_text(1), "bii|i cuoi mot|ii cuoi hai");
    print_notes(TWO_SECTIONS, "<w:endnotePr><w:pos w:val=\"sectEnd\"/></w:endnotePr>", "");
    CHECK(quiet());
    CHECK_STR(page_text(0), "ai|i cuoi mot");
    CHECK_STR(page_text(1), "bii|ii cuoi hai");
}

static void separators_are_those_of_the_document(void) {
    print_notes(P(T("a") FOOT("1")) SECT(""), "", SEPARATOR("separator", T("* * *")));
    CHECK_STR(page_text(0), "a1|* * *|1 mot");
    CHECK_INT(draws_of(0, DRAW_RECT) + draws_of(0, DRAW_LINE), 0);
}

/* A note of 70 lines, that begins on the first page; `separators` besides the usual one. */
static void print_long_note(const char *separators) {
    struct buf part = {0};
    buf_puts(&part, SEPARATOR("separator", "<w:r><w:separator/></w:r>"));
    buf_printf(&part, "%s<w:footnote w:id=\"1\">", separators);
    for (int i = 0; i < 70; i++)
        buf_printf(&part, P(T("dong %d")), i);
    buf_puts(&part, "</w:footnote>");
    begin(P(T("a") FOOT("1")) SECT(""));
    docx_part(package, "word/styles.xml", "w:styles", STYLES(""));
    docx_part(package, "word/footnotes.xml", "w:footnotes", buf_text(&part));
    print_package();
    buf_free(&part);
}

static void notes_that_go_on_have_a_separator_of_their_own(void) {
    print_long_note(SEPARATOR("continuationSeparator", T("(tiep theo)")));
    CHECK(strstr(page_text(0), "(tiep theo)") == NULL);
    CHECK(strstr(page_text(1), "(tiep theo)|dong") != NULL);
}

static void a_notice_stands_below_a_note_that_goes_on_overleaf(void) {
    print_long_note(SEPARATOR("continuationNotice", ""));
    int lines = (int)draws_of(0, DRAW_TEXT);
    CHECK(strstr(page_text(0), "dong 40") != NULL);
    print_long_note(SEPARATOR("continuationNotice", T("(xem trang sau)")));
    CHECK_INT((int)draws_of(0, DRAW_TEXT), lines); /* in the place of a line of the note */
    CHECK(strstr(page_text(0), "|(xem trang sau)") != NULL);
    CHECK_NEAR(printed("(xem")->y, 841900 - 56700 - 3030, 100); /* the last line of the page */
    CHECK(strstr(page_text(1), "(xem trang sau)") == NULL);
}

static void a_section_may_leave_its_endnotes_to_the_next(void) {
    print_notes(PP(SECT("<w:noEndnote/>"), T("a") END("1")) P(T("b") END("2")) SECT(""),
                "<w:endnotePr><w:pos w:val=\"sectEnd\"/></w:endnotePr>", "");
    CHECK(quiet());
    CHECK_STR(page_text(0), "ai");
    CHECK_STR(page_text(1), "bii|i cuoi mot|ii cuoi hai");
}

static void the_rule_above_endnotes_is_not_alone_at_the_foot_of_a_page(void) {
    struct buf body = {0};
    for (int i = 0; i < 43; i++)
        buf_puts(&body, P(T("x")));
    buf_puts(&body, P(T("a") END("1")) SECT(""));
    print_notes(buf_text(&body), "", "");
    buf_free(&body);
    CHECK_INT(draws_of(0, DRAW_RECT) + draws_of(0, DRAW_LINE), 0);
    CHECK_STR(page_text(1), "i cuoi mot");
}

static void endnotes_have_the_separator_of_their_own_part(void) {
    begin(P(T("a") FOOT("1") END("1")) SECT(""));
    docx_part(package, "word/styles.xml", "w:styles", STYLES(""));
    docx_part(package, "word/footnotes.xml", "w:footnotes",
              SEPARATOR("separator", T("* * *")) NOTE("footnote", "1", "mot"));
    docx_part(package, "word/endnotes.xml", "w:endnotes",
              "<w:endnote w:type=\"separator\" w:id=\"-1\">" P(T("= = =")) "</w:endnote>" NOTE(
                  "endnote", "1", "cuoi mot"));
    print_package();
    CHECK_STR(page_text(0), "a1i|= = =|i cuoi mot|* * *|1 mot");
}

/* A merged cell runs beside four rows of twenty lines, its note in line `line` of 70. */
static void print_merged_note(int line) {
    struct buf body = {0};
    buf_puts(&body, "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"4000\"/>"
                    "<w:gridCol w:w=\"4000\"/></w:tblGrid>");
    for (int r = 0; r < 4; r++) {
        buf_puts(&body, "<w:tr><w:tc><w:tcPr><w:tcW w:w=\"4000\" w:type=\"dxa\"/>");
        buf_puts(&body,
                 r ? "<w:vMerge/></w:tcPr>" P("") : "<w:vMerge w:val=\"restart\"/></w:tcPr>");
        for (int i = 0; r == 0 && i < 70; i++)
            buf_printf(&body, P(T("m%d") "%s"), i, i == line ? FOOT("1") : "");
        buf_puts(&body, "</w:tc><w:tc>");
        for (int i = 0; i < 20; i++)
            buf_printf(&body, P(T("r%d-%d")), r, i);
        buf_puts(&body, "</w:tc></w:tr>");
    }
    buf_puts(&body, "</w:tbl>" P(T("z")) SECT(""));
    print_notes(buf_text(&body), "", "");
    buf_free(&body);
}

#define TWO_COLUMNS(more) SECT("<w:cols w:num=\"2\" w:space=\"720\"/>" more)

/* Sixty lines in two columns, a note in the first and one in the last. */
static void print_in_columns(const char *section, const char *settings) {
    struct buf body = {0};
    buf_puts(&body, P(T("a") FOOT("1")));
    for (int i = 0; i < 58; i++)
        buf_puts(&body, P(T("x")));
    buf_printf(&body, P(T("z") FOOT("2")) "%s", section);
    print_notes(buf_text(&body), settings, "");
    buf_free(&body);
}

static void notes_stand_in_the_column_of_their_mark(void) {
    print_in_columns(TWO_COLUMNS(""), "");
    CHECK(quiet());
    CHECK_INT(pages->at.n, 1);
    CHECK_INT(printed("1 mot")->x, printed("a1")->x);
    CHECK_INT(printed("2 hai")->x, printed("z2")->x);
    CHECK(printed("2 hai")->x > printed("1 mot")->x);
    CHECK_NEAR(printed("1 mot")->y, printed("2 hai")->y, 0);
    print_in_columns(TWO_COLUMNS(""), EACH_PAGE);
    CHECK_INT(printed("2 hai")->x, printed("z2")->x); /* still counted by page */
    print_in_columns(TWO_COLUMNS("<w15:footnoteColumns xmlns:w15=\"http://schemas.microsoft.com/"
                                 "office/word/2012/wordml\" w15:val=\"1\"/>"),
                     "");
    CHECK_INT(printed("2 hai")->x, printed("1 mot")->x);
}

static void a_long_note_goes_on_in_the_next_column(void) {
    struct buf note = {0};
    buf_puts(&note, "<w:footnote w:id=\"1\">");
    for (int i = 0; i < 60; i++)
        buf_printf(&note, P(T("dong %d")), i);
    buf_puts(&note, "</w:footnote>");
    begin(P(T("a") FOOT("1")) TWO_COLUMNS(""));
    docx_part(package, "word/styles.xml", "w:styles", STYLES(""));
    docx_part(package, "word/footnotes.xml", "w:footnotes", buf_text(&note));
    print_package();
    buf_free(&note);
    CHECK_INT(pages->at.n, 1);
    CHECK_INT(draws_of(0, DRAW_TEXT), 1 + 60);
    CHECK(printed("dong 59")->x > printed("dong 0")->x);
}

static void a_note_in_a_merged_cell_is_on_the_page_of_its_line(void) {
    static const int lines[] = {0, 25, 40, 43, 44, 60, 69};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        print_merged_note(lines[i]);
        const char *mark = pool_printf(pool, "m%d1|", lines[i]);
        size_t page = strstr(page_text(0), mark) ? 0 : 1;
        CHECK(strstr(page_text(page), mark) != NULL);
        CHECK(strstr(page_text(page), "|1 mot") != NULL);
        CHECK(strstr(page_text(1 - page), "|1 mot") == NULL);
    }
}

int main(void) {
    page_tests_begin();
    RUN(footnotes_may_be_counted_anew_on_each_page);
    RUN(notes_of_the_page_keep_their_format_and_start);
    RUN(a_note_with_a_mark_of_its_own_is_not_counted);
    RUN(numbers_follow_the_lines_that_refer_to_them);
    RUN(footnotes_may_stand_beneath_the_text);
    RUN(endnotes_may_stand_at_the_end_of_their_section);
    RUN(separators_are_those_of_the_document);
    RUN(notes_that_go_on_have_a_separator_of_their_own);
    RUN(a_notice_stands_below_a_note_that_goes_on_overleaf);
    RUN(a_section_may_leave_its_endnotes_to_the_next);
    RUN(the_rule_above_endnotes_is_not_alone_at_the_foot_of_a_page);
    RUN(endnotes_have_the_separator_of_their_own_part);
    RUN(notes_stand_in_the_column_of_their_mark);
    RUN(a_long_note_goes_on_in_the_next_column);
    RUN(a_note_in_a_merged_cell_is_on_the_page_of_its_line);
    page_tests_end();
    return CHECK_RESULT();
}
