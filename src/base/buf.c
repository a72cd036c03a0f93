#include "base/buf.h"
#include "base/pool.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *buf_reserve(struct buf *buf, size_t n) {
    if (buf->cap - buf->len < n + 1 || !buf->data) {
        size_t cap = buf->cap ? buf->cap : 256;
        while (cap - buf->len < n + 1)
            cap *= 2;
        buf->data = mem_realloc(buf->data, cap);
        buf->cap = cap;
    }
    return buf->data + buf->len;
}

void buf_append(struct buf *buf, const void *bytes, size_t n) {
    char *to = buf_reserve(buf, n);
    if (n)
        memcpy(to, bytes, n);
    buf->len += n;
    buf->data[buf->len] = '\0';
}

void buf_puts(struct buf *buf, const char *s) {
    buf_append(buf, s, strlen(s));
}

void buf_printf(struct buf *buf, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    enum { USUAL = 64 }; /* most are shorter, and are formatted once */
    int n = vsnprintf(buf_reserve(buf, USUAL), USUAL + 1, format, args);
    va_end(args);
    if (n > USUAL)
        vsnprintf(buf_reserve(buf, (size_t)n), (size_t)n + 1, format, again);
    va_end(again);
    buf->len += (size_t)n;
}

void buf_put_int(struct buf *buf, int64_t value) {
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        digits[--at] = '-';
    buf_append(buf, digits + at, sizeof digits - at);
}

void buf_put_milli(struct buf *buf, int64_t value) {
    if (value < 0) {
        buf_putc(buf, '-');
        value = -value;
    }
    buf_put_int(buf, value / 1000);
    int rest = (int)(value % 1000);
    if (!rest)
        return;
    char decimals[5] = {'.', (char)('0' + rest / 100), (char)('0' + rest / 10 % 10),
                        (char)('0' + rest % 10), '\0'};
    size_t n = rest % 10 ? 4 : rest % 100 ? 3 : 2;
    buf_append(buf, decimals, n);
}

const char *buf_text(const struct buf *buf) {
    return buf->data ? buf->data : "";
}

void buf_clear(struct buf *buf) {
    buf->len = 0;
    if (buf->data)
        buf->data[0] = '\0';
}

void buf_free(struct buf *buf) {
    free(buf->data);
    *buf = (struct buf){0};
}
