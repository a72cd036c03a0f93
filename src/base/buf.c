#include "base/buf.h"
#include "base/pool.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST = 256, SMALL = 16 * 1024 /* grows fast until then: what grew is copied seldom */ };

void buf_grow_(struct buf *buf, size_t n) {
    size_t cap = buf->cap ? buf->cap : FIRST;
    while (cap - buf->len <= n)
        cap *= cap < SMALL ? 4 : 2;
    buf->data = mem_realloc(buf->data, cap);
    buf->cap = cap;
}

void buf_append(struct buf *buf, const void *bytes, size_t n) {
    char *to = buf_reserve(buf, n);
    if (n)
        memcpy(to, bytes, n);
    buf->len += n;
    buf->data[buf->len] = '\0';
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
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    size_t n = 1 + (value < 0);
    for (uint64_t more = rest; more >= 10; more /= 10)
        n++;
    char *start = buf_reserve(buf, n), *to = start + n;
    *to = '\0';
    do
        *--to = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        *start = '-';
    buf->len += n;
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
