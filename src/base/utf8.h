/* utf8: Vietnamese text as UTF-8, normalised to NFC, and its folding for comparison. */
#ifndef CONGVAN_BASE_UTF8_H
#define CONGVAN_BASE_UTF8_H

#include "base/pool.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The character at *p; *p moves past it. An invalid byte gives U+FFFD and moves by one. */
uint32_t utf8_next(const char **p, const char *end);
/* Writes `cp` to `out`, returns the number of bytes (1-4). */
size_t utf8_put(char out[4], uint32_t cp);
bool utf8_valid(const char *s, size_t n, size_t *bad_at);
size_t utf8_length(const char *s); /* characters */

/* NFC of `n` bytes of valid UTF-8; the result is NUL-terminated and in the pool. */
char *utf8_nfc(struct pool *pool, const char *s, size_t n, size_t *out_len);

/* UTF-16 with BOM (as Notepad saves) to UTF-8; NULL if there is no UTF-16 BOM. */
char *utf8_from_utf16(struct pool *pool, const char *s, size_t n, size_t *out_len);

/* For comparing names: case and diacritics dropped, đ = d, runs of space, '_' and '-' one space,
 * none at the ends (contract, section 1). */
char *utf8_fold(struct pool *pool, const char *s);

/* A letter in its parts, small: of "Ế" e, ê and U+0301, of "Đ" d, đ and 0. Of any other character
 * both are itself, small. */
struct letter {
    uint32_t plain, toneless, tone;
};
struct letter utf8_letter(uint32_t cp);

char *utf8_upper(struct pool *pool, const char *s);
uint32_t utf8_upper_char(uint32_t cp);

/* Edit distance of two folded names, for "did you mean"; stops counting at `limit`. */
size_t utf8_distance(const char *a, const char *b, size_t limit);

/* The most letters of a folded name that can be a slip of the pen: three, in a short name half. */
size_t utf8_slip(const char *folded);

#endif
