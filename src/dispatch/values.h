/* values: what the decree makes of a value - numbers, dates, the punctuation of lists. */
#ifndef CONGVAN_DISPATCH_VALUES_H
#define CONGVAN_DISPATCH_VALUES_H

#include "base/pool.h"

#include "dispatch/body.h"

#include <stdbool.h>
#include <stddef.h>

/* A stretch of a value in bold or italic: bytes `at` to `at + len`. */
struct emphasis {
    size_t at, len;
    unsigned flags; /* enum span_flag */
};

/* The value without its marks of emphasis, which are those of a body, **bold**, *italic* and
 * ***both***, only where they stand at the ends of words: 2*3*4 and (*) are text, and "\\*" is a
 * star. `*n` stretches in the order of the text. In the pool. */
const char *value_plain(struct pool *pool, const char *value, struct emphasis **emphasis,
                        size_t *n);

/* Slots a draft leaves open: no-break spaces, as many as offices leave (Decree 30 facts, 1.5). */
enum { BLANK_NUMBER = 10, BLANK_DAY = 7, BLANK_MONTH = 7, BLANK_YEAR = 4 };
char *value_blank(struct pool *pool, int width);

/* " | " becomes '\n', a forced line break. */
char *value_lines(struct pool *pool, const char *value);

/* "5" -> "05", "5a" -> "05a"; from 10 on, and what is no number, as typed (Decree 30, 1.5). */
char *value_number(struct pool *pool, const char *value);

/* The subject without a leading "V/v" (1.4, box 5b: the template prints it). */
const char *value_subject(const char *value);

/* A list item as printed: `end` is ";" or ".", "" for none. An ending ';', '.' or ',' the author
 * typed is replaced; the dot of an abbreviation ("v.v.", "...") is part of the text, so that only
 * ";" is added to it and never a second ".". An item of signs alone is printed as typed. */
char *value_item(struct pool *pool, const char *value, const char *end);

/* Day, month, year as printed; NULL for what is left open (1.6). */
struct date {
    const char *day, *month, *year;
};

/* Reads 25/9/2023, 2023-09-25, 9/2023, /9/2023, 2023 or nothing; '-' and '.' may stand for '/'.
 * False when it is none of these or no day of the calendar. */
bool value_date(struct pool *pool, const char *value, struct date *date);

#endif
