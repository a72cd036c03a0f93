/* terms: the words of Vietnamese text as an index knows them.
 *
 * A term has a plain form, in which a word written with its diacritics and one without are the
 * same: small letters, no marks, đ = d, i for the y of "kỹ, lý, quý", no leading zeros of numbers.
 * A word that has diacritics also has a marked form, in which hoá and hòa's two spellings "hoá,
 * hóa" are one: its letters without their tone, and the tone behind them. So "hoa", "hòa" and "hóa"
 * have one plain form and two marked ones. */
#ifndef CONGVAN_ARCHIVE_TERMS_H
#define CONGVAN_ARCHIVE_TERMS_H

#include <stdbool.h>
#include <stddef.h>

enum { TERM_BYTES = 64 }; /* longer words are cut */

struct term {
    char plain[TERM_BYTES];
    char marked[TERM_BYTES]; /* "": it has no diacritics */
    size_t at, end;          /* its bytes in the text */
    bool number;             /* digits alone */
    bool capitals;           /* no small letter */
};

/* The next word of `text` from byte `*at` on, which moves behind it; false: no more. Words are runs
 * of letters and digits. `text` is UTF-8 in NFC. */
bool terms_next(const char *text, size_t *at, struct term *term);

/* Whether a plain form is spelled as a Vietnamese syllable can be. */
bool term_is_syllable(const char *plain);

/* Whether the text is a damaged layer over a scan: too many words that are no syllables, or end
 * like "thuc" without the tone such a syllable must have. */
bool terms_rough(const char *text);

/* Whether the text is Vietnamese: most of its words are spelled as syllables, and many have
 * diacritics. */
bool terms_vietnamese(const char *text);

/* How far a word read wrongly may be from `plain` and still be taken for it: a third of its
 * letters; 0 for one or two. And the distance itself, in which letters that look alike (i l t, o d,
 * u n ...) count half; in half letters, `limit` + 1 when it is more. */
int term_slack(const char *plain);
int term_distance(const char *a, const char *b, int limit);

#endif
