/* values: what the decree makes of a value - numbers, dates, the punctuation of lists. */
#ifndef CONGVAN_DISPATCH_VALUES_H
#define CONGVAN_DISPATCH_VALUES_H

#include "base/pool.h"

#include <stdbool.h>

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
