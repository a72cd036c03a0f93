/* Writing the ZIP of a package (APPNOTE.TXT 4.3): every part's header and bytes, then the
 * directory.
 *
 * The deflate streams are there already, so all that is left is headers; libzip, which reads
 * packages, would ask the time zone three times for each of them. What is written here is read
 * through libzip when a merged document is opened again. */
#include "docx/package_parts.h"

#include <string.h>

enum {
    MADE_BY = 3 << 8 | 63, /* Unix, version 6.3 */
    NEEDS_DEFLATE = 20,
    NEEDS_NOTHING = 10,
    UTF8_NAMES = 1 << 11,
    DEFLATED = 8,
    DOS_DATE = (0 << 9) | (1 << 5) | 1, /* 1980-01-01, the first a ZIP can hold; at midnight */
    MAX_ENTRIES = 0xFFFE,
};
#define PLAIN_FILE UINT32_C(0x81B60000) /* a file everybody may read and write, as Unix says it */
#define MAX_SIZE UINT32_C(0xFFFFFFFE)   /* more would need ZIP64 */

static void put_number(struct buf *out, uint32_t n, int bytes) {
    for (; bytes > 0; bytes--, n >>= 8)
        buf_putc(out, (char)(n & 0xFF));
}

static bool is_ascii(const char *s) {
    while (*s && !(*s & 0x80))
        s++;
    return !*s;
}

/* What the header before a part and its entry in the directory both say. */
static void put_head(struct buf *out, const struct part *part) {
    put_number(out, part->deflated ? NEEDS_DEFLATE : NEEDS_NOTHING, 2);
    put_number(out, is_ascii(part->name) ? 0 : UTF8_NAMES, 2);
    put_number(out, part->deflated ? DEFLATED : 0, 2);
    put_number(out, 0, 2); /* time */
    put_number(out, DOS_DATE, 2);
    put_number(out, part->crc, 4);
    put_number(out, (uint32_t)part->packed_len, 4);
    put_number(out, (uint32_t)part->size, 4);
    put_number(out, (uint32_t)strlen(part->name), 2);
    put_number(out, 0, 2); /* no further fields */
}

static void put_part(struct buf *out, const struct part *part) {
    buf_append(out, "PK\3\4", 4);
    put_head(out, part);
    buf_puts(out, part->name);
    buf_append(out, part->packed, part->packed_len);
}

static void put_entry(struct buf *out, const struct part *part, size_t offset) {
    buf_append(out, "PK\1\2", 4);
    put_number(out, MADE_BY, 2);
    put_head(out, part);
    put_number(out, 0, 2); /* no comment */
    put_number(out, 0, 2); /* on the first disk */
    put_number(out, 0, 2); /* not said to be text */
    put_number(out, PLAIN_FILE, 4);
    put_number(out, (uint32_t)offset, 4);
    buf_puts(out, part->name);
}

static void put_end(struct buf *out, size_t entries, size_t start, size_t size) {
    buf_append(out, "PK\5\6", 4);
    put_number(out, 0, 4); /* one disk */
    put_number(out, (uint32_t)entries, 2);
    put_number(out, (uint32_t)entries, 2);
    put_number(out, (uint32_t)size, 4);
    put_number(out, (uint32_t)start, 4);
    put_number(out, 0, 2); /* no comment */
}

bool package_put_zip(struct pool *pool, const struct part *const *parts, size_t n,
                     struct buf *out) {
    enum { HEADERS = 30 + 46 };
    uint64_t total = 0;
    for (size_t i = 0; i < n; i++)
        total += parts[i]->packed_len + HEADERS + 2 * strlen(parts[i]->name);
    if (n > MAX_ENTRIES || total > MAX_SIZE - HEADERS)
        return false;
    buf_reserve(out, (size_t)total + HEADERS);
    size_t *offsets = POOL_ARRAY(pool, size_t, n + 1), before = out->len;
    for (size_t i = 0; i < n; i++) {
        offsets[i] = out->len - before;
        put_part(out, parts[i]);
    }
    size_t start = out->len - before;
    for (size_t i = 0; i < n; i++)
        put_entry(out, parts[i], offsets[i]);
    put_end(out, n, start, out->len - before - start);
    return true;
}
