#include "dispatch/body_parts.h"

#include <string.h>

/* Markers of contract section 2 at the head of a line. Clerks type "-Như trên" and "1.Về" as often
 * as with a space, so a letter may follow at once; a digit may not ("1.500 đồng", "-5"). */

enum { MOST_GROUPS = 9, MOST_DIGITS = 3, MOST_ARTICLE_DIGITS = 4 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether the text may go on at `s` right after a marker. */
static bool may_follow(const char *s, size_t n) {
    return n == 0 || is_letter(*s) || (unsigned char)*s >= 0x80 || strchr(" \t*(\"[\\", *s);
}

/* "12." at `s`: its length; 0 if it is none. */
static size_t group_length(const char *s, size_t n, size_t most) {
    size_t digits = 0;
    while (digits < n && is_digit(s[digits]))
        digits++;
    return digits && digits <= most && digits < n && s[digits] == '.' ? digits + 1 : 0;
}

static bool is_clause(const char *s, size_t n) {
    size_t at = 0, groups = 0;
    for (size_t len; groups < MOST_GROUPS && (len = group_length(s + at, n - at, MOST_DIGITS)) != 0;
         groups++)
        at += len;
    return groups && may_follow(s + at, n - at);
}

static bool is_point(const char *s, size_t n) {
    if (n >= 2 && is_letter(s[0]))
        return s[1] == ')';
    return n >= 3 && s[2] == ')' && (memcmp(s, "đ", 2) == 0 || memcmp(s, "Đ", 2) == 0);
}

static bool is_bullet(const char *s, size_t n) {
    if (n && *s == '*')
        return n == 1 || s[1] == ' ' || s[1] == '\t';
    return n && (*s == '-' || *s == '+') && may_follow(s + 1, n - 1);
}

static bool is_article(const char *s, size_t n) {
    static const char word[] = "Điều";
    size_t at = sizeof word - 1;
    if (n < at || memcmp(s, word, at) != 0)
        return false;
    size_t space = at;
    while (at < n && (s[at] == ' ' || s[at] == '\t'))
        at++;
    if (at == space && n - at >= 2 && memcmp(s + at, "\xC2\xA0", 2) == 0)
        at += 2;
    size_t len = at > space ? group_length(s + at, n - at, MOST_ARTICLE_DIGITS) : 0;
    return len && may_follow(s + at + len, n - at - len);
}

enum marker body_marker(const char *s, size_t n) {
    if (is_bullet(s, n))
        return MARKER_BULLET;
    size_t stars = 0; /* "**1. Title**" opens with its marker too */
    while (stars < n && stars < 3 && s[stars] == '*')
        stars++;
    s += stars;
    n -= stars;
    return is_clause(s, n)    ? MARKER_CLAUSE
           : is_point(s, n)   ? MARKER_POINT
           : is_article(s, n) ? MARKER_ARTICLE
                              : MARKER_NONE;
}
