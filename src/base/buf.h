/* buf: bytes that grow. Always NUL-terminated one past `len` once anything was appended. */
#ifndef CONGVAN_BASE_BUF_H
#define CONGVAN_BASE_BUF_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes of somebody else's. */
struct bytes {
    const char *s;
    size_t len;
};

struct buf {
    char *data; /* NULL while empty and never written */
    size_t len, cap;
};

void buf_grow_(struct buf *buf, size_t n);

/* Room for `n` more bytes; returns where they go. The caller then adds to `len`. */
static inline char *buf_reserve(struct buf *buf, size_t n) {
    if (buf->cap - buf->len <= n)
        buf_grow_(buf, n);
    return buf->data + buf->len;
}

void buf_append(struct buf *buf, const void *bytes, size_t n);

static inline void buf_puts(struct buf *buf, const char *s) {
    buf_append(buf, s, strlen(s)); /* of a literal it is known when this is compiled */
}

void buf_printf(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3), nonnull));

/* Text is put together by single bytes more than by anything else: in place, without a call. */
static inline void buf_putc(struct buf *buf, char c) {
    if (buf->cap - buf->len < 2)
        buf_reserve(buf, 1);
    buf->data[buf->len++] = c;
    buf->data[buf->len] = '\0';
}

/* Decimal digits of `value` (much cheaper than buf_printf). */
void buf_put_int(struct buf *buf, int64_t value);

/* `value` thousandths as a decimal number without trailing zeros: 12500 -> "12.5". */
void buf_put_milli(struct buf *buf, int64_t value);

/* The text so far, never NULL. Lent until the next append. */
const char *buf_text(const struct buf *buf);

void buf_clear(struct buf *buf); /* forgets the bytes, keeps the memory */
void buf_free(struct buf *buf);  /* frees the memory; the buf is empty and usable again */

#endif
