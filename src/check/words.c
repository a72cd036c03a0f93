#include "check/words.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

bool ends_with(const char *s, const char *with) {
    size_t n = strlen(s), m = strlen(with);
    return n >= m && strcmp(s + n - m, with) == 0;
}

/* ---- characters ---- */

uint32_t first_char(const char *s) {
    return *s ? utf8_next(&s, s + strnlen(s, 4)) : 0; /* no character is longer */
}

uint32_t char_before(const char *from, const char *at) {
    const char *p = at;
    if (p == from)
        return 0;
    for (p--; p > from && ((unsigned char)*p & 0xC0) == 0x80;)
        p--;
    return utf8_next(&p, at);
}

uint32_t last_char(const char *s) {
    return char_before(s, s + strlen(s));
}

bool is_small(uint32_t cp) {
    return is_letter(cp) && utf8_upper_char(cp) != cp;
}

bool is_capital(uint32_t cp) {
    return is_letter(cp) && !is_small(cp);
}

/* ---- strings ---- */

bool has_letter(const char *s) {
    for (const char *end = s + strlen(s); s < end;)
        if (is_letter(utf8_next(&s, end)))
            return true;
    return false;
}

bool all_capitals(const char *s) {
    bool any = false;
    for (const char *end = s + strlen(s); s < end;) {
        uint32_t cp = utf8_next(&s, end);
        if (is_small(cp))
            return false;
        any |= is_letter(cp);
    }
    return any;
}

static bool is_space(uint32_t cp) {
    return cp == ' ' || cp == '\t' || cp == '\n' || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200A) ||
           cp == 0x202F || cp == 0x3000;
}

/* Most bytes of a text surely do not: letters, and what follows in their encoding. */
static bool can_open_space(char c) {
    return (unsigned char)c <= ' ' || c == '\xC2' || c == '\xE2' || c == '\xE3';
}

size_t word_count(const char *s) {
    size_t words = 0;
    bool inside = false;
    for (const char *end = s + strlen(s); s < end;) {
        bool space = is_space(utf8_next(&s, end));
        words += !space && !inside;
        inside = !space;
    }
    return words;
}

/* Nearly all text is: told without looking at each of its letters. */
static bool is_tidy(const char *s, size_t n) {
    if (n && (*s == ' ' || s[n - 1] == ' ' || strstr(s, "  ")))
        return false;
    for (const char *p = s, *end = s + n; (p = strpbrk(p, "\t\n\xC2\xE2\xE3")) != NULL;)
        if (is_space(utf8_next(&p, end)))
            return false;
    return true;
}

char *tidy(struct pool *pool, const char *s) {
    size_t n = strlen(s), len = 0;
    if (is_tidy(s, n))
        return pool_strndup(pool, s, n);
    char *out = pool_room(pool, n + 1);
    bool gap = false;
    for (const char *end = s + n; s < end;) {
        const char *from = s;
        if (can_open_space(*s) && is_space(utf8_next(&s, end))) {
            gap = len > 0;
            continue;
        }
        if (gap)
            out[len++] = ' ';
        gap = false;
        if (s == from) {
            out[len++] = *s++;
            continue;
        }
        memcpy(out + len, from, (size_t)(s - from));
        len += (size_t)(s - from);
    }
    out[len] = '\0';
    return out;
}

char *letters_start(struct pool *pool, const char *folded, size_t most) {
    char *out = pool_room(pool, most + 1), *to = out;
    for (const char *p = folded; *p && (size_t)(to - out) < most; p++)
        if (is_digit((unsigned char)*p) || (!(*p & 0x80) && is_letter((unsigned char)*p)))
            *to++ = *p;
        else if (to > out && to[-1] != ' ')
            *to++ = ' ';
    if (to > out && to[-1] == ' ')
        to--;
    *to = '\0';
    return out;
}

char *letters_of(struct pool *pool, const char *folded) {
    return letters_start(pool, folded, strlen(folded) + 1);
}

/* Folded, spaces that folding does not know left out too. */
static char *squash_any(struct pool *pool, const char *s) {
    char *out = utf8_fold(pool, s), *to = out;
    const char *p = out;
    for (const char *end = out + strlen(out); p < end;) {
        const char *from = p;
        if (is_space(utf8_next(&p, end)) || *from == '\r')
            continue;
        memmove(to, from, (size_t)(p - from));
        to += p - from;
    }
    *to = '\0';
    return out;
}

char *squash(struct pool *pool, const char *s) {
    char *squashed = utf8_fold_plain(pool, s, false);
    return squashed ? squashed : squash_any(pool, s);
}

const char *shorten(struct pool *pool, const char *s, size_t most) {
    const char *p = s, *end = s + strlen(s);
    for (size_t i = 0; i < most && p < end; i++)
        utf8_next(&p, end);
    return p == end ? s : pool_printf(pool, "%.*s…", (int)(p - s), s);
}

const char *find_word(const char *s, const char *word) {
    size_t n = strlen(word);
    for (const char *at = s; (at = strstr(at, word)) != NULL; at++) {
        uint32_t before = char_before(s, at), after = first_char(at + n);
        if (!is_letter(before) && !is_digit(before) && !is_letter(after) && !is_digit(after))
            return at;
    }
    return NULL;
}

static bool ends_in_word(const char *s, const char *end, const char *word) {
    size_t n = strlen(word);
    if ((size_t)(end - s) < n)
        return false;
    const char *at = end - n, *rest = word;
    uint32_t first = first_char(at), small = utf8_next(&rest, word + n);
    bool same = first == small || first == utf8_upper_char(small);
    return same && !is_letter(char_before(s, at)) &&
           memcmp(at + (rest - word), rest, n - (size_t)(rest - word)) == 0;
}

bool follows_word(const char *s, const char *at, const char *const *words) {
    if (at == s || at[-1] != ' ')
        return false;
    for (; *words; words++)
        if (ends_in_word(s, at - 1, *words))
            return true;
    return false;
}

/* ---- numbers ---- */

int point_ordinal(const char *s, size_t n) {
    static const char *const letters[] = {"a", "b", "c", "d", "đ", "e", "g", "h",
                                          "i", "k", "l", "m", "n", "o", "p", "q",
                                          "r", "s", "t", "u", "v", "x", "y"};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (strlen(letters[i]) == n && memcmp(letters[i], s, n) == 0)
            return (int)i + 1;
    return 0;
}

char *roman_text(struct pool *pool, int value) {
    static const struct {
        int value;
        const char *text;
    } steps[] = {{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"},
                 {9, "IX"},  {5, "V"},   {4, "IV"}, {1, "I"}};
    char *out = POOL_ARRAY(pool, char, 24), *to = out;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && value < 400; i++)
        for (; value >= steps[i].value; value -= steps[i].value)
            to = stpcpy(to, steps[i].text);
    return out;
}

int roman_value(const char *s, size_t n) {
    static const char digits[] = "IVXLC";
    static const int values[] = {1, 5, 10, 50, 100};
    int sum = 0, before = 1000;
    for (size_t i = 0; i < n; i++) {
        const char *at = s[i] ? strchr(digits, s[i]) : NULL;
        if (!at || n > 12)
            return 0;
        int value = values[at - digits];
        sum += value > before ? value - 2 * before : value;
        before = value;
    }
    return sum;
}

/* ---- days ---- */

static bool leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool day_exists(int year, int month, int day) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1)
        return false;
    return day <= days[month - 1] + (month == 2 && leap(year));
}

int day_compare(int y0, int m0, int d0, int y1, int m1, int d1) {
    int a = (y0 * 12 + m0) * 31 + d0, b = (y1 * 12 + m1) * 31 + d1;
    return (a > b) - (a < b);
}

/* Sakamoto's rule. */
int weekday(int year, int month, int day) {
    static const int shift[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    year -= month < 3;
    return (year + year / 4 - year / 100 + year / 400 + shift[month - 1] + day) % 7;
}

bool has_bullet(const char *s) {
    return starts_with(s, "-") || starts_with(s, "–") || starts_with(s, "+") ||
           starts_with(s, "*") || starts_with(s, "•");
}

bool splits_word(const char *line) {
    size_t n = strlen(line);
    return n > 1 && (line[n - 1] == '-' || line[n - 1] == '/') && line[n - 2] != ' ';
}
