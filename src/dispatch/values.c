#include "dispatch/values.h"
#include "base/buf.h"

#include <ctype.h>
#include <string.h>

static const char no_break_space[] = "\xC2\xA0";

char *value_blank(struct pool *pool, int width) {
    size_t size = sizeof no_break_space - 1;
    char *s = pool_alloc(pool, (size_t)width * size + 1);
    for (int i = 0; i < width; i++)
        memcpy(s + (size_t)i * size, no_break_space, size);
    return s;
}

static char *from_buf(struct pool *pool, struct buf *buf) {
    char *s = pool_strdup(pool, buf_text(buf));
    buf_free(buf);
    return s;
}

/* The spaces around " | " are part of the mark; a '|' without both is text. */
char *value_lines(struct pool *pool, const char *value) {
    struct buf out = {0};
    for (const char *bar; (bar = strstr(value, " | ")) != NULL;) {
        size_t n = (size_t)(bar - value);
        while (n && value[n - 1] == ' ')
            n--;
        buf_append(&out, value, n);
        buf_putc(&out, '\n');
        value = bar + 2; /* its last space may open the next " | " */
        if (strncmp(value, " | ", 3) != 0)
            value += strspn(value, " ");
    }
    buf_puts(&out, value);
    return from_buf(pool, &out);
}

/* ---- emphasis ---- */

static bool is_word(char c) {
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* A space, an end, or a sign that may stand before or after a marked word. */
static bool is_edge(char c) {
    return !c || strchr(" \t\n()[]\"',.;:!?/-", c) != NULL;
}

static size_t stars_at(const char *s) {
    size_t n = strspn(s, "*");
    return n <= 3 ? n : 0;
}

static bool is_escape(const char *s) {
    return s[0] == '\\' && s[1] == '*';
}

/* The `n` stars that end what `n` stars before `s` begin; NULL: nothing does. */
static const char *closing(const char *s, size_t n) {
    for (; *s; s++) {
        if (is_escape(s)) {
            s++;
        } else if (*s == '*') {
            size_t here = strspn(s, "*");
            if (here == n && !strchr(" \t\n(", s[-1]) && is_edge(s[n]))
                return s;
            s += here - 1;
        }
    }
    return NULL;
}

/* The stars that end what those at `s` begin; NULL: they begin nothing. `endless`: so many stars
 * have no such end from here on, which is found out once. */
static const char *end_of(const char *value, const char *s, size_t stars, bool endless[4]) {
    if (!stars || endless[stars] || (s > value && !is_edge(s[-1])) || !is_word(s[stars]))
        return NULL;
    const char *end = closing(s + stars, stars);
    endless[stars] = !end;
    return end;
}

const char *value_plain(struct pool *pool, const char *value, struct emphasis **emphasis,
                        size_t *n) {
    static const unsigned flags[] = {0, SPAN_ITALIC, SPAN_BOLD, SPAN_BOLD | SPAN_ITALIC};
    VEC(struct emphasis) found = {0};
    *n = 0;
    *emphasis = NULL;
    if (!strchr(value, '*'))
        return value;
    struct buf out = {0};
    const char *close = NULL;
    bool endless[4] = {false};
    for (const char *s = value; *s;) {
        size_t stars = *s == '*' ? stars_at(s) : 0;
        if (s == close) {
            struct emphasis *last = &found.at[found.n - 1];
            last->len = out.len - last->at;
            s += stars;
            close = NULL;
        } else if (!close && (close = end_of(value, s, stars, endless)) != NULL) {
            *VEC_PUSH(pool, &found) = (struct emphasis){out.len, 0, flags[stars]};
            s += stars;
        } else {
            s += is_escape(s);
            buf_putc(&out, *s++);
        }
    }
    *emphasis = found.at;
    *n = found.n;
    return from_buf(pool, &out);
}

/* ---- numbers ---- */

/* Digits without leading zeros, at least two of them if the number is below ten. */
static char *two_digits(struct pool *pool, const char *digits, size_t n) {
    while (n > 1 && *digits == '0')
        digits++, n--;
    return pool_printf(pool, "%s%.*s", n < 2 ? "0" : "", (int)n, digits);
}

char *value_number(struct pool *pool, const char *value) {
    size_t digits = strspn(value, "0123456789"), zeros = strspn(value, "0");
    const char *suffix = value + digits;
    bool number =
        digits && digits < 16 && (!*suffix || (isalpha((unsigned char)*suffix) && !suffix[1]));
    if (!number || digits - (zeros < digits ? zeros : digits - 1) > 1)
        return pool_strdup(pool, value);
    return pool_printf(pool, "%s%s", two_digits(pool, value, digits), suffix);
}

/* ---- the subject ---- */

const char *value_subject(const char *value) {
    const char *s = value;
    if ((s[0] != 'V' && s[0] != 'v') || s[1] != '/' || (s[2] != 'V' && s[2] != 'v'))
        return value;
    s += 3;
    if (isalpha((unsigned char)*s) || (unsigned char)*s >= 0x80) {
        if (strncmp(s, no_break_space, 2) != 0)
            return value; /* "V/vx" is a word of its own */
        s += 2;
    }
    return s + strspn(s, ": .\t");
}

/* ---- list items ---- */

/* Whether the final dot belongs to the last word: "v.v.", "T.P.", "...", "/.". */
static bool abbreviation(const char *s, size_t n) {
    for (size_t i = n - 1; i-- > 0 && s[i] != ' ' && s[i] != '\n';)
        if (s[i] == '.')
            return true;
    return false;
}

char *value_item(struct pool *pool, const char *value, const char *end) {
    size_t n = strlen(value);
    bool kept_dot = false;
    while (n) {
        char last = value[n - 1];
        kept_dot = last == '.' && abbreviation(value, n);
        if (kept_dot || !(last == ';' || last == '.' || last == ',' || last == ' '))
            break;
        n--;
    }
    if (n == 0 && *value)
        return pool_strdup(pool, value); /* nothing but signs: they are the text */
    return pool_concat(pool, pool_strndup(pool, value, n), kept_dot && *end == '.' ? "" : end,
                       NULL);
}

/* ---- dates ---- */

enum { MOST_PARTS = 3 };

struct parts {
    int n;
    struct {
        const char *s;
        size_t len;
        int value;
    } at[MOST_PARTS];
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* Cuts "25/9/2023" at its signs. An empty part has length 0. */
static bool cut(const char *s, struct parts *parts) {
    for (;;) {
        while (is_blank(*s))
            s++;
        if (parts->n == MOST_PARTS)
            return false;
        size_t len = strspn(s, "0123456789");
        if (len > 4)
            return false;
        int value = 0;
        for (size_t i = 0; i < len; i++)
            value = value * 10 + (s[i] - '0');
        parts->at[parts->n].s = s;
        parts->at[parts->n].len = len;
        parts->at[parts->n++].value = value;
        for (s += len; is_blank(*s);)
            s++;
        if (!*s)
            return true;
        if (!strchr("/-.", *s++))
            return false;
    }
}

static int days_in(int month, int year) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/* Two or fewer digits for day and month, four for the year. */
static bool fill(struct pool *pool, int day, int month, int year, struct date *date) {
    if (year < 1000 || month < 0 || month > 12 || (day && !month))
        return false;
    if (day < 0 || (day && day > days_in(month, year)))
        return false;
    date->day = day ? pool_printf(pool, "%02d", day) : NULL;
    date->month = month ? pool_printf(pool, month <= 2 ? "%02d" : "%d", month) : NULL;
    date->year = pool_printf(pool, "%d", year);
    return true;
}

/* The value of a part of at most two digits; 0 for an empty one, -1 for no such number. */
static int small(const struct parts *parts, int i) {
    if (parts->at[i].len == 0)
        return 0;
    return parts->at[i].len <= 2 && parts->at[i].value > 0 ? parts->at[i].value : -1;
}

bool value_date(struct pool *pool, const char *value, struct date *date) {
    struct parts parts = {0};
    *date = (struct date){0};
    if (!cut(value, &parts))
        return false;
    if (parts.n == 1 && parts.at[0].len == 0)
        return true;
    if (parts.n == 3 && parts.at[0].len == 4)
        return fill(pool, small(&parts, 2), small(&parts, 1), parts.at[0].value, date);
    int last = parts.n - 1;
    if (parts.at[last].len != 4)
        return false;
    int month = parts.n >= 2 ? small(&parts, last - 1) : 0;
    int day = parts.n == 3 ? small(&parts, 0) : 0;
    return fill(pool, day, month, parts.at[last].value, date);
}
