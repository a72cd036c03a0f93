#include "dispatch/source.h"
#include "base/utf8.h"

#include <string.h>

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

bool source_space(char c) {
    return c == ' ' || c == '\t';
}

const char *source_trim(const char *s, size_t *n) {
    while (*n && source_space(*s))
        s++, (*n)--;
    while (*n && source_space(s[*n - 1]))
        (*n)--;
    return s;
}

/* Every byte that is no part of a UTF-8 character becomes U+FFFD. */
static const char *replace_bad(struct pool *pool, const char *s, size_t *n) {
    size_t bad;
    if (utf8_valid(s, *n, &bad))
        return s;
    struct buf out = {0};
    const char *p = s, *end = s + *n;
    while (p < end) {
        const char *from = p;
        uint32_t cp = utf8_next(&p, end);
        if (cp == 0xFFFD)
            buf_puts(&out, replacement);
        else
            buf_append(&out, from, (size_t)(p - from));
    }
    *n = out.len;
    const char *text = pool_strndup(pool, buf_text(&out), out.len);
    buf_free(&out);
    return text;
}

/* UTF-8 of the bytes, whatever they are. An odd byte at the end of UTF-16 is a cut-off file. */
static const char *decode(struct pool *pool, const char *bytes, size_t n, size_t *len) {
    const char *wide = utf8_from_utf16(pool, bytes, n, len);
    if (wide) {
        char *whole = pool_alloc(pool, *len + sizeof replacement);
        memcpy(whole, wide, *len);
        if (n % 2) {
            memcpy(whole + *len, replacement, 3);
            *len += 3;
        }
        return whole;
    }
    if (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        n -= 3;
    }
    *len = n;
    return replace_bad(pool, bytes, len);
}

/* CR LF and a lone CR become LF, in place. */
static size_t unify_line_ends(char *s, size_t n) {
    char *to = s;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '\r' && i + 1 < n && s[i + 1] == '\n')
            continue;
        *to++ = s[i] == '\r' ? '\n' : s[i];
    }
    *to = '\0';
    return (size_t)(to - s);
}

struct damage {
    size_t bad, controls;             /* how many */
    int bad_line, control_line, line; /* the first of each */
};

static void note_damage(size_t *count, int *first, int line) {
    if ((*count)++ == 0)
        *first = line;
}

/* XML 1.0 has no control characters but tab and line end, and neither U+FFFE nor U+FFFF. */
static void clean(char *s, size_t n, struct damage *damage) {
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c == '\n') {
            damage->line++;
        } else if ((c < 0x20 && c != '\t') || c == 0x7F) {
            note_damage(&damage->controls, &damage->control_line, damage->line);
            s[i] = ' ';
        } else if (c == 0xEF && i + 2 < n && (unsigned char)s[i + 1] == 0xBF &&
                   (unsigned char)s[i + 2] >= 0xBD) {
            note_damage(&damage->bad, &damage->bad_line, damage->line);
            memcpy(s + i, replacement, 3);
        }
    }
}

static void report(struct pool *pool, const char *name, const struct damage *damage,
                   struct diag *diag) {
    if (damage->bad)
        diag_add(diag, SOURCE_NOT_UTF8, (struct where){.file = name, .line = damage->bad_line},
                 pool_printf(pool, "%zu", damage->bad), NULL);
    if (damage->controls)
        diag_add(diag, SOURCE_CONTROL, (struct where){.file = name, .line = damage->control_line},
                 pool_printf(pool, "%zu", damage->controls), NULL);
}

char *source_text(struct pool *pool, const char *name, const char *bytes, size_t n, size_t *len,
                  struct diag *diag) {
    size_t decoded;
    if (utf8_is_settled(bytes, n)) {
        *len = n;
        return pool_strndup(pool, bytes, n);
    }
    const char *utf8 = decode(pool, bytes, n, &decoded);
    char *text = utf8_nfc(pool, utf8, decoded, len);
    *len = unify_line_ends(text, *len);
    struct damage damage = {.line = 1};
    clean(text, *len, &damage);
    report(pool, name, &damage, diag);
    return text;
}
