#include "pdf/scan.h"
#include "pdf/lex.h"

#include <string.h>

static struct lex lex_of(struct bytes bytes) {
    return (struct lex){bytes.s, bytes.s + bytes.len};
}

/* A whole number below 2^31; -1: it is none. */
static int64_t whole(struct token token) {
    double value = token_number(token);
    return token.kind == LEX_NUMBER && value >= 0 && value <= INT32_MAX ? (int64_t)value : -1;
}

/* ---- values ---- */

uint32_t scan_reference(struct bytes value) {
    struct lex lex = lex_of(value);
    int64_t number = whole(lex_next(&lex));
    return number > 0 && whole(lex_next(&lex)) == 0 && token_is(lex_next(&lex), "R")
               ? (uint32_t)number
               : 0;
}

/* Goes past the brackets' end; nothing is nested deeper than the bytes are many. */
static bool skip_brackets(struct lex *lex) {
    for (int depth = 1; depth;) {
        struct token token = lex_next(lex);
        if (token.kind == LEX_END || token.kind == LEX_OTHER)
            return false;
        depth += (token.kind == LEX_OPEN) - (token.kind == LEX_CLOSE);
    }
    return true;
}

static bool take_value(struct lex *lex, struct bytes *value) {
    struct token token = lex_next(lex);
    if (token.kind == LEX_END || token.kind == LEX_CLOSE || token.kind == LEX_OTHER ||
        (token.kind == LEX_OPEN && !skip_brackets(lex)))
        return false;
    if (token.kind == LEX_NUMBER) {
        struct lex ahead = *lex;
        if (lex_next(&ahead).kind == LEX_NUMBER && token_is(lex_next(&ahead), "R"))
            *lex = ahead;
    }
    *value = (struct bytes){token.s, (size_t)(lex->at - token.s)};
    return true;
}

bool scan_entry(struct bytes *dictionary, struct bytes *key, struct bytes *value) {
    struct lex lex = lex_of(*dictionary);
    struct token token = lex_next(&lex);
    if (token_is(token, "<<"))
        token = lex_next(&lex);
    if (token.kind != LEX_NAME || !take_value(&lex, value))
        return false;
    *key = (struct bytes){token.s, token.len};
    *dictionary = (struct bytes){lex.at, (size_t)(lex.end - lex.at)};
    return true;
}

struct bytes scan_value(struct bytes dictionary, const char *key) {
    struct bytes name, value;
    while (scan_entry(&dictionary, &name, &value))
        if (name.len == strlen(key) && memcmp(name.s, key, name.len) == 0)
            return value;
    return (struct bytes){0};
}

/* ---- objects ---- */

/* The stream that begins at `s`, which stands behind the word "stream". */
static bool find_stream(const struct scan *scan, struct bytes dictionary, const char *s,
                        struct bytes *stream) {
    struct bytes length = scan_resolve(scan, scan_value(dictionary, "/Length"));
    struct lex lex = lex_of(length);
    int64_t n = length.len ? whole(lex_next(&lex)) : -1;
    const char *end = scan->bytes + scan->len;
    s += s < end && *s == '\r';
    s += s < end && *s == '\n';
    if (n < 0 || n > end - s)
        return false;
    *stream = (struct bytes){s, (size_t)n};
    lex = (struct lex){s + n, end};
    return token_is(lex_next(&lex), "endstream");
}

bool scan_object(const struct scan *scan, uint32_t number, struct bytes *value,
                 struct bytes *stream) {
    *stream = (struct bytes){0};
    if (number >= scan->count || !scan->offsets[number])
        return false;
    struct lex lex = {scan->bytes + scan->offsets[number], scan->bytes + scan->len};
    if (whole(lex_next(&lex)) != number || whole(lex_next(&lex)) != 0 ||
        !token_is(lex_next(&lex), "obj") || !take_value(&lex, value))
        return false;
    struct token token = lex_next(&lex);
    return token_is(token, "endobj") ||
           (token_is(token, "stream") && find_stream(scan, *value, lex.at, stream));
}

struct bytes scan_resolve(const struct scan *scan, struct bytes value) {
    struct bytes target, stream;
    uint32_t number = value.len ? scan_reference(value) : 0;
    if (!number)
        return value;
    /* One step: what is referred to is no reference itself, in what we write. */
    return scan_object(scan, number, &target, &stream) && !scan_reference(target)
               ? target
               : (struct bytes){0};
}

/* ---- the table ---- */

static bool read_table(struct pool *pool, struct scan *scan, struct lex *lex) {
    if (whole(lex_next(lex)) != 0)
        return false;
    int64_t count = whole(lex_next(lex));
    if (count <= 0 || (size_t)count > scan->len / 20) /* a line has 20 bytes */
        return false;
    scan->count = (uint32_t)count;
    scan->offsets = POOL_ARRAY(pool, uint32_t, count);
    for (uint32_t i = 0; i < scan->count; i++) {
        int64_t offset = whole(lex_next(lex));
        bool used = lex_next(lex).kind == LEX_NUMBER && token_is(lex_next(lex), "n");
        if (offset < 0 || (size_t)offset >= scan->len)
            return false;
        scan->offsets[i] = used ? (uint32_t)offset : 0;
    }
    return true;
}

/* Its place stands behind the last "startxref". */
static bool find_table(const struct scan *scan, struct lex *lex) {
    enum { TAIL = 64 };
    const char *end = scan->bytes + scan->len, *p = scan->len > TAIL ? end - TAIL : scan->bytes;
    struct lex tail = {memmem(p, (size_t)(end - p), "startxref", 9), end};
    if (!tail.at || memcmp(scan->bytes, "%PDF-", 5) != 0)
        return false;
    lex_next(&tail);
    int64_t at = whole(lex_next(&tail));
    *lex = (struct lex){scan->bytes + at, end};
    return at > 0 && (size_t)at < scan->len && token_is(lex_next(lex), "xref");
}

bool scan_open(struct pool *pool, struct scan *scan, const char *bytes, size_t len) {
    struct lex lex;
    *scan = (struct scan){.bytes = bytes, .len = len};
    return len > 64 && len <= INT32_MAX && find_table(scan, &lex) && read_table(pool, scan, &lex) &&
           token_is(lex_next(&lex), "trailer") && take_value(&lex, &scan->trailer) &&
           !scan_value(scan->trailer, "/Prev").len && !scan_value(scan->trailer, "/Encrypt").len;
}
