/* register_table: a register as the ten columns of Decree 30 (Appendix IV, I.2), printed and read.
 */
#ifndef CONGVAN_ARCHIVE_REGISTER_TABLE_H
#define CONGVAN_ARCHIVE_REGISTER_TABLE_H

#include "archive/register.h"

enum { REGISTER_COLUMNS = 10 };

/* What stands over them. */
extern const char *const register_headings[REGISTER_COLUMNS];

/* Column `column`, from 0, of an entry; "" for what is filled in by hand. In `pool`. */
const char *register_cell(struct pool *pool, const struct register_entry *entry, int column);

/* The entries in the order they are printed: series after series as they first came up, in each by
 * number. In `pool`. */
const struct register_entry **register_sorted(struct pool *pool, const struct book *book);

/* The table as CSV that spreadsheets open and register_table_read reads. */
void register_csv(struct pool *pool, const struct register_entry *const *entries, size_t n,
                  struct buf *out);

/* A row of a table that is to be entered. */
struct register_row {
    int line, year;
    struct register_entry entry; /* its series "" until it is known */
};

struct register_rows {
    VEC(struct register_row) at;
};

/* A cell "type and subject" without the type, where it begins with that one; else as it is. NULL:
 * nothing but the type. */
const char *register_subject(struct pool *pool, const char *type, const char *cell);

/* Reads a table whose first row names the columns: those of register_headings or their usual short
 * names, in any order; number and symbol, type and subject also apart. `year` for rows whose day
 * has none. False: some row cannot be entered, each reported. */
bool register_table_read(struct pool *pool, const char *path, int year, struct register_rows *rows,
                         struct diag *diag);

#endif
