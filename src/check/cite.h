/* cite: days and other documents named in running text. Strings are UTF-8 in NFC; pointers go into
 * the text that was asked about. */
#ifndef CONGVAN_CHECK_CITE_H
#define CONGVAN_CHECK_CITE_H

#include "base/pool.h"

#include <stdbool.h>
#include <stddef.h>

/* "ngày 5 tháng 3 năm 2024", "5/3/2024". */
struct mention {
    const char *at, *end; /* `at` is at the first digit */
    int year, month, day;
    bool words;
    size_t day_digits, month_digits;
};

/* The next day named in `s` from `from` on; false: none. It need not be in the calendar. */
bool mention_next(const char *s, const char *from, struct mention *mention);

/* A number of at most `most` digits at `p`: what follows it; NULL: there is none. */
const char *read_int(const char *p, size_t most, int *value, size_t *digits);
/* What follows `word` and the spaces around it; NULL: `p` does not begin with it. */
const char *skip_word(const char *p, const char *word);

/* "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020". */
struct cite {
    const char *at, *end;  /* of "30/2020/NĐ-CP" */
    const char *text;      /* it, as a string */
    const char *group;     /* "NĐ": the first group of the symbol */
    int year;              /* in the number; 0: none */
    bool spaced, labelled; /* labelled: "số" stands before it */
    bool dated;
    struct mention date;
};

/* The next document cited in `s` from `from` on; false: none. In `pool`. */
bool cite_next(struct pool *pool, const char *s, const char *from, struct cite *cite);

/* The types whose documents are cited by name, with the first group of their symbols. */
struct cited_type {
    const char *name, *group;
};
/* The one whose name stands right before the citation; NULL: none. */
const struct cited_type *cite_type(struct pool *pool, const char *s, const struct cite *cite);

#endif
