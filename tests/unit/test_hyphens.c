/* Words divided at line ends (w:autoHyphenation), by the dictionaries of the system: those of
 * English and French must be installed (hyphen-en-us, hyphen-fr). */
#include "layout/hyphen.h"
#include "page_help.h"

#include <unistd.h>

static bool installed(const char *dictionary) {
    bool there = access(dictionary, R_OK) == 0;
    if (!there)
        printf("# skipped: no %s\n", dictionary);
    return there;
}
#define ENGLISH "/usr/share/hyphen/hyph_en_US.dic"
#define FRENCH "/usr/share/hyphen/hyph_fr.dic"

#define LONG "The administration of international organisations requires considerable patience"
#define IN(language, text)                                                                         \
    "<w:r><w:rPr><w:lang w:val=\"" language "\"/></w:rPr><w:t>" text "</w:t></w:r>"
#define NARROW(inner, more) PP("<w:ind w:right=\"4000\"/>" more, inner)

/* The lines of the first paragraph, '|' between them. A hyphen that is printed is '~'. */
static const char *lines_of(const char *body, const char *language, const char *settings) {
    struct buf out = {0};
    const struct draw *d;
    mpt y = 0;
    begin(body);
    docx_part(package, "word/styles.xml", "w:styles",
              pool_printf(pool,
                          "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New "
                          "Roman\"/><w:sz w:val=\"28\"/>%s</w:rPr></w:rPrDefault></w:docDefaults>",
                          language ? pool_printf(pool, "<w:lang w:val=\"%s\"/>", language) : ""));
    docx_part(package, "word/settings.xml", "w:settings", settings);
    print_package();
    VEC_EACH (d, &pages->at.at[0].draws) {
        if (d->kind != DRAW_TEXT)
            continue;
        if (y && d->as.text.y > y)
            buf_putc(&out, '|');
        y = d->as.text.y;
        for (const char *p = draw_text_of(d); *p; p++)
            if ((unsigned char)p[0] == 0xC2 && (unsigned char)p[1] == 0xAD) {
                buf_putc(&out, '~');
                p++;
            } else {
                buf_putc(&out, *p);
            }
    }
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

#define ON "<w:autoHyphenation/>"
#define NO_ZONE "<w:hyphenationZone w:val=\"1\"/>"

static void words_are_divided_where_the_dictionary_says(void) {
    if (!installed(ENGLISH))
        return;
    CHECK_STR(lines_of(NARROW(T(LONG), ""), "en-US", ON NO_ZONE),
              "The administration of international organisa~|tions requires considerable patience");
    CHECK(quiet());
    CHECK_STR(lines_of(NARROW(T(LONG), ""), "en-US", "<w:autoHyphenation w:val=\"0\"/>"),
              "The administration of international |organisations requires considerable patience");
}

static void the_language_is_that_of_the_words(void) {
    if (!installed(ENGLISH) || !installed(FRENCH))
        return;
    static const char words[] = NARROW(IN("fr-FR", "La démocratie demande la bienveillance des "
                                                   "représentants de la nation"),
                                       "");
    CHECK_STR(lines_of(words, "en-US", ON NO_ZONE),
              "La démocratie demande la bienveillance des re~|présentants de la nation");
    CHECK(quiet());
}

static void a_word_in_the_zone_is_not_divided(void) {
    if (!installed(ENGLISH))
        return;
    /* without "organisations" less than 90 pt stay free */
    CHECK_STR(lines_of(NARROW(T(LONG), ""), "en-US", ON "<w:hyphenationZone w:val=\"1800\"/>"),
              "The administration of international |organisations requires considerable patience");
    CHECK(strstr(lines_of(NARROW(T(LONG), ""), "en-US", ON), "organisa~")); /* 18 pt if not said */
}

static size_t hyphens(const char *lines) {
    size_t n = 0;
    for (; *lines; lines++)
        n += *lines == '~';
    return n;
}

static bool follow_one_another(const char *lines) {
    const char *p = strstr(lines, "~|"), *next;
    for (; p; p = next) {
        next = strstr(p + 2, "~|");
        if (next && !memchr(p + 2, '|', (size_t)(next - p - 2)))
            return true;
    }
    return false;
}

static void not_too_many_lines_end_in_hyphens(void) {
    if (!installed(ENGLISH))
        return;
    static const char body[] = PP("<w:ind w:right=\"5500\"/>",
                                  T(LONG " particularly concerning environmental responsibility "
                                         "and interdepartmental communication"));
    CHECK(follow_one_another(lines_of(body, "en-US", ON NO_ZONE)));
    const char *few = lines_of(body, "en-US", ON NO_ZONE "<w:consecutiveHyphenLimit w:val=\"1\"/>");
    CHECK(!follow_one_another(few) && hyphens(few) > 1);
}

static void words_in_capitals_may_be_let_alone(void) {
    if (!installed(ENGLISH))
        return;
    static const char body[] = NARROW(T("THE ADMINISTRATION OF INTERNATIONAL ORGANISATIONS"), "");
    CHECK(hyphens(lines_of(body, "en-US", ON NO_ZONE)) > 0);
    CHECK_INT(hyphens(lines_of(body, "en-US", ON NO_ZONE "<w:doNotHyphenateCaps/>")), 0);
    CHECK(hyphens(lines_of(NARROW(T(LONG), ""), "en-US", ON NO_ZONE "<w:doNotHyphenateCaps/>")) >
          0);
}

static void a_paragraph_may_want_no_hyphens(void) {
    CHECK_INT(hyphens(lines_of(NARROW(T(LONG), "<w:suppressAutoHyphens/>"), "en-US", ON NO_ZONE)),
              0);
    CHECK(quiet());
}

static void vietnamese_has_no_hyphens_whatever_it_is_called(void) {
    static const char body[] =
        NARROW(T("Phong trao thi dua cua Uy ban nhan dan thanh pho; administration đ"), "");
    CHECK_INT(hyphens(lines_of(body, "vi-VN", ON NO_ZONE)), 0);
    CHECK(quiet());
    CHECK_INT(hyphens(lines_of(body, "en-US", ON NO_ZONE)), 0);
    CHECK(quiet());
    CHECK_INT(hyphens(lines_of(NARROW(T(LONG), ""), NULL, ON NO_ZONE)), 0); /* of no language */
    CHECK(quiet());
}

static void a_language_without_a_dictionary_is_named_once(void) {
    const char *lines = lines_of(NARROW(T(LONG) T(LONG), "") P(T(LONG)), "qaa-VN", ON);
    CHECK_INT(hyphens(lines), 0);
    CHECK(said("qaa-VN") && said("hyphenation-missing"));
    CHECK_INT(diag_count(diag, DIAG_WARNING), 1);
    lines_of(P(T(LONG)), "../../etc/x", ON); /* a file's name is made of it */
    CHECK(said("../../etc/x"));
}

/* Dictionaries are loaded once in a run; what is missing, each document is told. */
static void documents_share_what_is_loaded(void) {
    page_hyphenator = hyphenator_new();
    for (int i = 0; i < 2; i++) {
        lines_of(P(T(LONG)), "qaa-VN", ON);
        CHECK_INT(diag_count(diag, DIAG_WARNING), 1);
        if (installed(ENGLISH))
            CHECK(hyphens(lines_of(NARROW(T(LONG), ""), "en-US", ON NO_ZONE)) > 0);
    }
    hyphenator_free(page_hyphenator);
    page_hyphenator = NULL;
}

int main(void) {
    page_tests_begin();
    RUN(words_are_divided_where_the_dictionary_says);
    RUN(the_language_is_that_of_the_words);
    RUN(a_word_in_the_zone_is_not_divided);
    RUN(not_too_many_lines_end_in_hyphens);
    RUN(words_in_capitals_may_be_let_alone);
    RUN(a_paragraph_may_want_no_hyphens);
    RUN(vietnamese_has_no_hyphens_whatever_it_is_called);
    RUN(a_language_without_a_dictionary_is_named_once);
    RUN(documents_share_what_is_loaded);
    page_tests_end();
    return CHECK_RESULT();
}
