/* What the tests from XML to pages share: a body is read from a real package and laid out. */
#ifndef CONGVAN_TESTS_PAGE_HELP_H
#define CONGVAN_TESTS_PAGE_HELP_H

#include "base/utf8.h"
#include "layout/page.h"
#include "reader_help.h"

static struct fonts *fonts;
static struct pages *pages;
static struct hyphenator *page_hyphenator; /* NULL: each document has one of its own */

static inline void print_package(void) { /* what begin() began and the test has added to */
    struct layout_options options = {.hyphenator = page_hyphenator};
    if (!fonts)
        fonts = fonts_new(NULL, 0);
    const struct document *document = reread(); /* makes diag anew */
    pages = layout_pages(pool, document, fonts, &options, diag);
    CHECK(pages != NULL);
}

/* Times New Roman 14; `more`: styles. */
#define STYLES(more)                                                                               \
    "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" "                   \
    "w:hAnsi=\"Times New Roman\"/><w:sz "                                                          \
    "w:val=\"28\"/></w:rPr></w:rPrDefault></w:docDefaults>" more

#define COMPATIBILITY_15                                                                           \
    "<w:compat><w:compatSetting w:name=\"compatibilityMode\" "                                     \
    "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"

static inline void print_body(const char *body) {
    begin(body);
    docx_part(package, "word/styles.xml", "w:styles", STYLES(""));
    docx_part(package, "word/settings.xml", "w:settings", COMPATIBILITY_15);
    print_package();
}

/* A4, 20 mm above, below and at the right, 30 mm at the left; `more` of w:sectPr. */
#define SECT(more)                                                                                 \
    "<w:sectPr>" more "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" "              \
    "w:right=\"1134\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"720\" w:footer=\"720\"/>"       \
    "</w:sectPr>"
enum { TEXT_LEFT = 85050, TEXT_TOP = 56700, TEXT_RIGHT = 595300 - 56700 };

static inline const char *draw_text_of(const struct draw *d) {
    struct buf out = {0};
    for (size_t i = 0; d->kind == DRAW_TEXT && i < d->as.text.n; i++) {
        char utf8[4];
        buf_append(&out, utf8, utf8_put(utf8, d->as.text.glyphs[i].cp));
    }
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

/* The text of a page, draws separated by '|'. */
static inline const char *page_text(size_t page) {
    struct buf out = {0};
    const struct draw *d;
    if (page < pages->at.n)
        VEC_EACH (d, &pages->at.at[page].draws)
            if (d->kind == DRAW_TEXT)
                buf_printf(&out, "%s%s", out.len ? "|" : "", draw_text_of(d));
    const char *copy = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

/* The n-th draw of a kind on a page; a test that asks for one that is not there fails. */
static inline const struct draw *nth_draw(size_t page, enum draw_kind kind, size_t n) {
    static const struct draw none;
    const struct draw *d;
    if (page < pages->at.n)
        VEC_EACH (d, &pages->at.at[page].draws)
            if (d->kind == kind && n-- == 0)
                return d;
    CHECK(!"the draw is there");
    return &none;
}

static inline size_t draws_of(size_t page, enum draw_kind kind) {
    size_t n = 0;
    const struct draw *d;
    if (page < pages->at.n)
        VEC_EACH (d, &pages->at.at[page].draws)
            n += d->kind == kind;
    return n;
}

/* The first text draw of any page that begins with `start`. */
static inline const struct draw_text *printed(const char *start) {
    static const struct draw_text none;
    const struct draw *d;
    for (size_t page = 0; page < pages->at.n; page++)
        VEC_EACH (d, &pages->at.at[page].draws)
            if (d->kind == DRAW_TEXT && strncmp(draw_text_of(d), start, strlen(start)) == 0)
                return &d->as.text;
    printf("# no text \"%s\" in %s\n", start, page_text(0));
    check_failed_ = 1;
    return &none;
}

#define CHECK_NEAR(got, want, by)                                                                  \
    do {                                                                                           \
        long long g_ = (long long)(got), w_ = (long long)(want);                                   \
        if (g_ - w_ > (by) || w_ - g_ > (by)) {                                                    \
            printf("# %s:%d: %s is %lld, want %lld\n", __FILE__, __LINE__, #got, g_, w_);          \
            check_failed_ = 1;                                                                     \
        }                                                                                          \
    } while (0)

static inline void page_tests_begin(void) {
    reader_tests_begin();
}

static inline void page_tests_end(void) {
    fonts_free(fonts);
    reader_tests_end();
}

#endif
