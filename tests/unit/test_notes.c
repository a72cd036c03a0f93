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

static void notes_that_go_on_have_a_separator_of_their_own(void) {
    struct buf body = {0}, note = {0};
    for (int i = 0; i < 70; i++)
        buf_printf(&note, P(T("dong %d")), i);
    begin(P(T("a") FOOT("1")) SECT(""));
    buf_printf(&body,
               SEPARATOR("separator", "<w:r><w:separator/></w:r>")
                   SEPARATOR("continuationSeparator",
                             T("(tiep theo)")) "<w:footnote w:id=\"1\">%s</w:footnote>",
               buf_text(&note));
    docx_part(package, "word/styles.xml", "w:styles", STYLES(""));
    docx_part(package, "word/footnotes.xml", "w:footnotes", buf_text(&body));
    print_package();
    buf_free(&note);
    buf_free(&body);
    CHECK(strstr(page_text(0), "(tiep theo)") == NULL);
    CHECK(strstr(page_text(1), "(tiep theo)|dong") != NULL);
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
    page_tests_end();
    return CHECK_RESULT();
}
