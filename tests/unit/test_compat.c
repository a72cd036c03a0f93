/* Settings of compatibility (17.15.3) that change where text stands, from the file to the page. */
#include "page_help.h"

static void print_compat(const char *body, const char *flags) {
    begin(body);
    docx_part(package, "word/styles.xml", "w:styles", STYLES(""));
    docx_part(package, "word/settings.xml", "w:settings",
              pool_printf(pool, "<w:compat>%s</w:compat>", flags));
    print_package();
}

static mpt pitch(void) {
    return printed("b")->y - printed("a")->y;
}

static void lines_without_leading_are_as_high_as_their_letters(void) {
    print_compat(P(T("a")) P(T("b")) SECT(""), "");
    CHECK_NEAR(pitch(), 16098, 10); /* (1825 + 443 + 87) / 2048 of 14 pt */
    print_compat(P(T("a")) P(T("b")) SECT(""), "<w:noLeading/>");
    CHECK(quiet());
    CHECK_NEAR(pitch(), 15503, 10); /* (1825 + 443) / 2048 */
    CHECK_NEAR(printed("a")->y - TEXT_TOP, 12475, 10);
}

#define AUTO(text)                                                                                 \
    PP("<w:spacing w:beforeAutospacing=\"1\" w:afterAutospacing=\"1\" w:before=\"300\"/>", T(text))

static void automatic_spacing_may_be_fixed(void) {
    print_compat(AUTO("a") AUTO("b") SECT(""), "");
    CHECK_NEAR(pitch(), 16098 + 14000, 10);
    CHECK_NEAR(printed("a")->y - TEXT_TOP, 13070, 10); /* none above the first, as in a browser */
    print_compat(AUTO("a") AUTO("b") SECT(""), "<w:doNotUseHTMLParagraphAutoSpacing/>");
    CHECK(quiet());
    CHECK_NEAR(pitch(), 16098 + 5000, 10);
    CHECK_NEAR(printed("a")->y - TEXT_TOP, 13070 + 5000, 10);
}

static void print_hyphenated(const char *language) {
    begin(P(T("a")));
    docx_part(package, "word/styles.xml", "w:styles",
              pool_printf(pool,
                          "<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val=\"%s\"/></w:rPr>"
                          "</w:rPrDefault></w:docDefaults>",
                          language));
    docx_part(package, "word/settings.xml", "w:settings", "<w:autoHyphenation/>");
    print_package();
}

static void hyphenation_is_named_where_a_language_has_it(void) {
    print_hyphenated("vi-VN");
    CHECK(quiet());
    print_hyphenated("en-US");
    CHECK(said("w:autoHyphenation"));
}

int main(void) {
    page_tests_begin();
    RUN(lines_without_leading_are_as_high_as_their_letters);
    RUN(automatic_spacing_may_be_fixed);
    RUN(hyphenation_is_named_where_a_language_has_it);
    page_tests_end();
    return CHECK_RESULT();
}
