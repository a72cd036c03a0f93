/* utf8: Vietnamese text as UTF-8, normalised to NFC, and its folding for comparison. */
#ifndef CONGVAN_BASE_UTF8_H
#define CONGVAN_BASE_UTF8_H

#include "base/pool.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What utf8_next does for characters that are neither ASCII nor Vietnamese, and for bad bytes. */
uint32_t utf8_next_other(const char **p, const char *end);

static inline bool utf8_is_tail(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* The character at *p; *p moves past it. An invalid byte gives U+FFFD and moves by one. Inline,
 * since text is walked everywhere: two and three bytes that are no surrogate are all of
 * Vietnamese. */
static inline uint32_t utf8_next(const char **p, const char *end) {
    const char *s = *p;
    unsigned char first = (unsigned char)*s;
    if (first < 0x80) {
        *p = s + 1;
        return first;
    }
    if (first >= 0xC2 && first < 0xE0 && end - s > 1 && utf8_is_tail(s[1])) {
        *p = s + 2;
        return (first & 0x1Fu) << 6 | ((unsigned char)s[1] & 0x3Fu);
    }
    if (first > 0xE0 && first < 0xED && end - s > 2 && utf8_is_tail(s[1]) && utf8_is_tail(s[2])) {
        *p = s + 3;
        return (first & 0x0Fu) << 12 | ((unsigned char)s[1] & 0x3Fu) << 6 |
               ((unsigned char)s[2] & 0x3Fu);
    }
    return utf8_next_other(p, end);
}

/* Writes `cp` to `out`, returns the number of bytes (1-4). */
size_t utf8_put(char out[4], uint32_t cp);
bool utf8_valid(const char *s, size_t n, size_t *bad_at);
size_t utf8_length(const char *s); /* characters */

/* Whether there is a letter in it that only Vietnamese has (ơ, ư and U+1EA0-1EF9): many fonts with
 * all other letters of Europe lack these. In NFC. */
bool utf8_has_vietnamese(const char *s);

/* NFC of `n` bytes of valid UTF-8; the result is NUL-terminated and in the pool. */
char *utf8_nfc(struct pool *pool, const char *s, size_t n, size_t *out_len);

/* Sure that the bytes are valid UTF-8 in NFC without control characters but tab and line feed, as
 * Vietnamese text mostly is: one pass instead of several. False: not sure. */
bool utf8_is_settled(const char *s, size_t n);

/* UTF-16 with BOM (as Notepad saves) to UTF-8; NULL if there is no UTF-16 BOM. */
char *utf8_from_utf16(struct pool *pool, const char *s, size_t n, size_t *out_len);

/* For comparing names: case and diacritics dropped, đ = d, runs of space, '_' and '-' one space,
 * none at the ends (contract, section 1). */
char *utf8_fold(struct pool *pool, const char *s);

/* The same of text that has only ASCII, Vietnamese letters in NFC and common signs, as nearly all
 * has; NULL: it has other characters. Without `gaps` its spaces and line ends are left out. */
char *utf8_fold_plain(struct pool *pool, const char *s, bool gaps);

/* A letter in its parts, small: of "Ế" e, ê and U+0301, of "Đ" d, đ and 0. Of any other character
 * both are itself, small. */
struct letter {
    uint32_t plain, toneless, tone;
};
struct letter utf8_letter(uint32_t cp);

/* Whether the text has letters of scripts that run from right to left. */
bool utf8_has_right_to_left(const char *s);

char *utf8_upper(struct pool *pool, const char *s);
uint32_t utf8_upper_char(uint32_t cp);
uint32_t utf8_lower_char(uint32_t cp);

/* Edit distance of two folded names, for "did you mean"; stops counting at `limit`. */
size_t utf8_distance(const char *a, const char *b, size_t limit);

/* The most letters of a folded name that can be a slip of the pen: three, in a short name half. */
size_t utf8_slip(const char *folded);

#endif
