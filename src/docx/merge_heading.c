/* Headings of the body, given the form the decree has for them (Appendix I, V, 6): "Chương I" and
 * its title centred and bold, "I. TITLE" bold, "Điều 1." bold, with its title if it has one. The
 * author types them as plain lines; who marks a line bold or italic himself is left alone. */
#include "base/utf8.h"
#include "docx/merge_parts.h"

#include <ctype.h>
#include <string.h>

static size_t roman_or_arabic(const char *s) {
    size_t n = strspn(s, "IVXLC");
    return n ? n : strspn(s, "0123456789");
}

/* "Chương II" and nothing behind it. */
static bool is_division(const char *s) {
    static const char *const words[] = {"Phần ", "Chương ", "Mục ", "Tiểu mục "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t n = strlen(words[i]);
        if (strncmp(s, words[i], n) != 0)
            continue;
        size_t number = roman_or_arabic(s + n);
        return number && !s[n + number];
    }
    return false;
}

static bool is_capital(struct pool *pool, const char *s) {
    bool letters = false;
    for (const char *p = s; *p; p++)
        letters |= isalpha((unsigned char)*p) || (unsigned char)*p >= 0x80;
    return letters && strcmp(utf8_upper(pool, s), s) == 0;
}

static bool is_roman_title(struct pool *pool, const char *s) {
    size_t n = strspn(s, "IVXLC");
    return n && strncmp(s + n, ". ", 2) == 0 && is_capital(pool, s + n + 2);
}

/* Length of "Điều 12." at the head of `s`. */
static size_t article_label(const char *s) {
    static const char word[] = "Điều ";
    size_t n = sizeof word - 1;
    if (strncmp(s, word, n) != 0)
        return 0;
    size_t digits = strspn(s + n, "0123456789");
    n += digits;
    if (digits && islower((unsigned char)s[n]))
        n++; /* "Điều 5a." */
    return digits && s[n] == '.' ? n + 1 : 0;
}

/* A title has no sign at its end, or before a bracket there. */
static bool is_title(const char *s) {
    size_t n = strlen(s);
    n -= n && s[n - 1] == ')';
    return n && !strchr(".;:,/", s[n - 1]);
}

/* The text of a paragraph the author did not format; NULL: several spans, or marked ones. */
static const char *plain_text(const struct paragraph *paragraph) {
    if (paragraph->spans.n != 1)
        return NULL;
    const struct span *span = &paragraph->spans.at[0];
    return span->flags ? NULL : span->text;
}

static const char *first_text(const struct paragraph *paragraph) {
    const struct span *span = paragraph->spans.n ? &paragraph->spans.at[0] : NULL;
    return span && !span->flags ? span->text : NULL;
}

enum merge_heading merge_heading(struct pool *pool, const struct paragraph *paragraph,
                                 enum merge_heading above, size_t *label) {
    const char *s = plain_text(paragraph), *first = first_text(paragraph);
    *label = 0;
    if (s && is_division(s))
        return HEADING_DIVISION;
    if (s && above == HEADING_DIVISION && is_capital(pool, s))
        return HEADING_TITLE;
    if (s && is_roman_title(pool, s))
        return HEADING_BOLD;
    *label = first ? article_label(first) : 0;
    for (size_t i = 0; *label && i < paragraph->spans.n; i++)
        if (paragraph->spans.at[i].flags & SPAN_BOLD)
            *label = 0;
    if (!*label)
        return HEADING_NONE;
    return s && is_title(s) ? HEADING_BOLD : HEADING_ARTICLE;
}

const struct paragraph *merge_heading_spans(struct pool *pool, const struct paragraph *paragraph,
                                            enum merge_heading heading, size_t label) {
    if (heading == HEADING_NONE)
        return paragraph;
    struct paragraph *copy = POOL_NEW(pool, struct paragraph);
    *copy = *paragraph;
    copy->spans.at = NULL;
    copy->spans.n = copy->spans.cap = 0;
    const struct span *first = &paragraph->spans.at[0];
    bool part = heading == HEADING_ARTICLE;
    struct span *bold = VEC_PUSH(pool, &copy->spans);
    *bold = *first;
    bold->text = part ? pool_strndup(pool, first->text, label) : first->text;
    bold->flags = SPAN_BOLD;
    if (part && first->text[label]) {
        struct span *rest = VEC_PUSH(pool, &copy->spans);
        *rest = *first;
        rest->text = first->text + label;
    }
    for (size_t i = 1; i < paragraph->spans.n; i++)
        *VEC_PUSH(pool, &copy->spans) = paragraph->spans.at[i];
    return copy;
}
