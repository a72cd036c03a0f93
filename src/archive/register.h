/* register: sổ đăng ký văn bản đi - which number went to which dispatch (Decree 30, article 15 and
 * Appendix IV). A year of it is one log (log.h) of events; what a number is worth is what its
 * events come to.
 *
 * A number is given in two steps, because two files change: it is written down here as given to an
 * INI, then put into the INI, then written down here as being there. Who finds a number given and
 * not there (a crash between) gives that INI the same one again. Writers take turns at the log, so
 * no number is given twice; nothing is taken out of it, so none is lost. */
#ifndef CONGVAN_ARCHIVE_REGISTER_H
#define CONGVAN_ARCHIVE_REGISTER_H

#include "archive/archive.h"
#include "archive/log.h"

enum entry_state {
    ENTRY_RESERVED, /* kept for a dispatch to come */
    ENTRY_GIVEN,    /* not in its INI as far as is known */
    ENTRY_ISSUED,
    ENTRY_VOID,
};

/* The ten columns of the decree and what goes with them; NULL: not known. */
struct entry_columns {
    const char *symbol; /* without the number */
    const char *date;   /* 2026-02-03 */
    const char *type;   /* as written: "công văn" */
    const char *subject, *signer;
    const char *to;   /* nơi nhận, between "; " */
    const char *keep; /* who keeps the copy */
    const char *copies, *sent, *receipt, *note;
    const char *ini;             /* as seen from the archive's folder */
    const char *office, *parent; /* who issues it, and the body above */
};

struct register_entry {
    const char *series;
    int number;
    enum entry_state state;
    bool ahead; /* reserved out of turn: numbers below it are still to come */
    struct entry_columns columns;
    const char *why; /* it is reserved or void */
};

struct book;

/* The register `name` (NULL: the office's only one) of `year`. `write`: to give numbers, keeping
 * others out until book_close. NULL: reported; also when its log is broken, because a number once
 * given may be missing from it. In `pool`. */
struct book *book_open(struct pool *pool, const struct archive *archive, const char *name, int year,
                       bool write, struct diag *diag);
void book_close(struct book *book); /* NULL is allowed */

int book_year(const struct book *book);
/* In the order first entered. */
size_t book_count(const struct book *book);
const struct register_entry *book_entry(const struct book *book, size_t i);
/* NULL: the number was not given. */
const struct register_entry *book_find(const struct book *book, const char *series, int number);
/* The entry given to that INI and not in it as far as is known; NULL: none. */
const struct register_entry *book_unfinished(const struct book *book, const char *ini);
/* The dispatch of `series` with the highest number given in turn; NULL: none. */
const struct register_entry *book_last(const struct book *book, const char *series);

/* The number that is next in `series`, whose first is `first`. */
int book_next(const struct book *book, const char *series, int first);

/* Each writes an event; NULL or false: reported, and nothing was given.
 * book_give: `number` is free, or reserved. book_reserve: that of the entry is free, and `ahead` of
 * its turn or next. book_void: it is not free. */
const struct register_entry *book_give(struct book *book, const char *series, int number,
                                       const struct entry_columns *columns, struct diag *diag);
bool book_written(struct book *book, const struct register_entry *entry, struct diag *diag);
const struct register_entry *book_reserve(struct book *book, const struct register_entry *entry,
                                          struct diag *diag);
bool book_void(struct book *book, const struct register_entry *entry, const char *why,
               struct diag *diag);
/* Entries of another register, all at once or none; their numbers are free. */
bool book_import(struct book *book, const struct register_entry *entries, size_t n,
                 struct diag *diag);

#endif
