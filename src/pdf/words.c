#include "pdf/words.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

enum { UNITS_MAX = 1000 };

static uint32_t allowed(uint32_t cp) {
    if (cp < ' ' || (cp >= 0x7F && cp < 0xA0))
        return ' ';
    bool never = cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000) || (cp & 0xFFFE) == 0xFFFE ||
                 cp == 0xFEFF || (cp >= 0xFDD0 && cp < 0xFDF0);
    return never ? 0xFFFD : cp;
}

const char *words_clean(struct pool *pool, const char *text) {
    struct buf clean = {0};
    size_t units = 0;
    for (const char *p = text, *end = text ? text + strlen(text) : NULL; p < end;) {
        char bytes[4];
        uint32_t cp = allowed(utf8_next(&p, end));
        units += cp >= 0x10000 ? 2 : 1;
        if (units > UNITS_MAX)
            break;
        if (cp != ' ' || clean.len)
            buf_append(&clean, bytes, utf8_put(bytes, cp));
    }
    while (clean.len && clean.data[clean.len - 1] == ' ')
        clean.len--;
    const char *words = clean.len ? pool_strndup(pool, clean.data, clean.len) : NULL;
    buf_free(&clean);
    return words;
}

/* ---- strings ---- */

static void put_byte(struct buf *out, unsigned byte) {
    if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
        buf_putc(out, '\\');
    buf_putc(out, (char)(byte == '\r' ? 'r' : byte));
}

void words_put_bytes(struct buf *out, const char *bytes, size_t n) {
    buf_putc(out, '(');
    for (size_t i = 0; i < n; i++)
        put_byte(out, (unsigned char)bytes[i]);
    buf_putc(out, ')');
}

static void put_unit(struct buf *out, uint32_t unit) {
    put_byte(out, unit >> 8);
    put_byte(out, unit & 0xFF);
}

static bool is_ascii(const char *words) {
    while (*words > 0)
        words++;
    return !*words;
}

void words_put_string(struct buf *out, const char *words) {
    if (is_ascii(words)) {
        words_put_bytes(out, words, strlen(words));
        return;
    }
    buf_putc(out, '(');
    put_unit(out, 0xFEFF);
    for (const char *p = words, *end = words + strlen(words); p < end;) {
        uint32_t cp = utf8_next(&p, end);
        if (cp >= 0x10000) {
            put_unit(out, 0xD800 + ((cp - 0x10000) >> 10));
            put_unit(out, 0xDC00 + ((cp - 0x10000) & 0x3FF));
        } else {
            put_unit(out, cp);
        }
    }
    buf_putc(out, ')');
}

void words_put_entry(struct buf *out, const char *key, const char *words) {
    if (!words)
        return;
    buf_putc(out, '/');
    buf_puts(out, key);
    words_put_string(out, words);
}

void words_put_xml(struct buf *out, const char *words) {
    for (; *words; words++)
        if (*words == '<')
            buf_puts(out, "&lt;");
        else if (*words == '>')
            buf_puts(out, "&gt;");
        else if (*words == '&')
            buf_puts(out, "&amp;");
        else
            buf_putc(out, *words);
}
