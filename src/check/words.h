/* words: small questions about Vietnamese text that many rules ask. Strings are UTF-8, NFC. */
#ifndef CONGVAN_CHECK_WORDS_H
#define CONGVAN_CHECK_WORDS_H

#include "base/pool.h"

#include <stdbool.h>
#include <stdint.h>

/* Inline: asked so often that mostly the first byte decides. */
static inline bool starts_with(const char *s, const char *with) {
    while (*with)
        if (*s++ != *with++)
            return false;
    return true;
}
bool ends_with(const char *s, const char *with);

uint32_t first_char(const char *s); /* 0: empty */
uint32_t last_char(const char *s);
uint32_t char_before(const char *from, const char *at); /* the character that ends at `at` */
bool is_small(uint32_t cp);                             /* a letter with a capital */
bool is_capital(uint32_t cp);                           /* a letter that is one */

static inline bool is_letter(uint32_t cp) {
    if (cp < 0x80)
        return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
    return (cp >= 0xC0 && cp < 0x250 && cp != 0xD7 && cp != 0xF7) || (cp >= 0x1E00 && cp < 0x1F00);
}

static inline bool is_digit(uint32_t cp) {
    return cp >= '0' && cp <= '9';
}

/* How many digits, or spaces, `s` begins with. */
static inline size_t digits_at(const char *s) {
    size_t n = 0;
    while (is_digit((unsigned char)s[n]))
        n++;
    return n;
}

static inline size_t spaces_at(const char *s) {
    size_t n = 0;
    while (s[n] == ' ')
        n++;
    return n;
}

bool has_letter(const char *s);
bool all_capitals(const char *s); /* has letters, none of them small */
size_t word_count(const char *s);

/* No spaces at the ends; tabs, no-break spaces and runs of spaces become one space. */
char *tidy(struct pool *pool, const char *s);
/* Of folded text: letters, digits and single spaces; signs of any kind do not count, and neither
 * does a space at the ends. */
char *letters_of(struct pool *pool, const char *folded);
/* The same, as far as the first `most` letters and spaces. */
char *letters_start(struct pool *pool, const char *folded, size_t most);
/* Folded and without any spaces. */
char *squash(struct pool *pool, const char *s);
/* At most `most` characters of it, with "…". */
const char *shorten(struct pool *pool, const char *s, size_t most);

/* `word` in `s` with no letter or digit beside it; NULL: not there. Case and marks matter. */
const char *find_word(const char *s, const char *word);

/* Is the word right before `at` in `s` one of `words`, which are small and end with NULL? It may
 * open with a capital. */
bool follows_word(const char *s, const char *at, const char *const *words);

/* Letters of the Vietnamese alphabet as points count them: a b c d đ e g ... 0: not one of them. */
int point_ordinal(const char *s, size_t n);
/* Value of a Roman number (capitals) of `n` letters; 0: none. */
int roman_value(const char *s, size_t n);
char *roman_text(struct pool *pool, int value);

/* Calendar (Gregorian). */
bool day_exists(int year, int month, int day);
int day_compare(int y0, int m0, int d0, int y1, int m1, int d1);
int weekday(int year, int month, int day); /* 0 = Sunday */

/* Whether the text opens with the dash or dot of a list. */
bool has_bullet(const char *s);
/* Whether a line ends inside a word that goes on in the next: "số 12/UBND-". */
bool splits_word(const char *line);

#endif
