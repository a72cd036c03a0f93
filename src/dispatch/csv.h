/* csv: a table as spreadsheets save it.
 *
 * RFC 4180 with what offices meet: ';', ',' or tab between the cells (whichever the first line has
 * most of outside quotes, or what "sep=;" on a line of its own says), UTF-8 with or without BOM,
 * UTF-16, line ends of any kind. A quoted cell may hold separators, line ends and "" for a quote.
 */
#ifndef CONGVAN_DISPATCH_CSV_H
#define CONGVAN_DISPATCH_CSV_H

#include "base/diag.h"
#include "base/pool.h"

struct csv_row {
    int line;                /* it begins on, from 1 */
    VEC(const char *) cells; /* NFC, without spaces at the ends; '\n' only inside quotes */
};

struct csv {
    const char *name; /* of the file, for messages */
    char separator;
    VEC(struct csv_row) rows; /* empty lines left out; rows need not be of one length */
};

/* Reads `path`; NULL (reported, at `from` when the file cannot be read) if it is no table. Lives in
 * the pool. */
struct csv *csv_read(struct pool *pool, const char *path, struct where from, struct diag *diag);
/* The same from bytes; `name` stands in messages. */
struct csv *csv_parse(struct pool *pool, const char *name, const char *bytes, size_t n,
                      struct diag *diag);

/* Writes a cell, in quotes where it needs them. Excel takes one that begins with =+-@ for a
 * formula, whatever its quotes: such a one gets an apostrophe before it. */
void csv_put_cell(struct buf *out, const char *s);

/* Cell `column` of a row; "" where the row is shorter. */
const char *csv_cell(const struct csv_row *row, size_t column);

#endif
