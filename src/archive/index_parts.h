/* What the parts of the index share, and what a database must do for it. Not for others.
 *
 * Statements are the same for both databases: their common SQL, parameters written $1, $2 ... What
 * differs is full text. There the index hands over columns of terms, a space between two, the forms
 * of one word joined by '|' ("quyet|quyêt\xCC\x81"), and queries as a tree of them. */
#ifndef CONGVAN_ARCHIVE_INDEX_PARTS_H
#define CONGVAN_ARCHIVE_INDEX_PARTS_H

#include "archive/index.h"
#include "archive/terms.h"

struct db_value {
    const char *text; /* NULL: the number */
    int64_t number;
    bool null;
};

/* A row's columns as text, NULL for null; false ends the query. Lent. */
typedef bool db_each(void *context, const char *const *columns);

/* By their weight, the greatest first; the last holds filters, and MARK_HEAD as heavy as the first.
 */
enum { COLUMN_HEAD, COLUMN_PEOPLE, COLUMN_BODY, COLUMN_MARKS, COLUMNS };

/* Terms beside each other, a space between two. */
struct phrase {
    const char *terms;
    double weight; /* 1: the word itself; less for one that resembles it */
    bool exact;    /* as it was written, diacritics and all: what has it counts more */
};

/* How much more. */
#define EXACT_BONUS 2.5

/* Any of its phrases will do. */
struct group {
    VEC(struct phrase) any;
    bool filter;   /* must match, and says nothing about rank */
    bool rare;     /* see word_query */
    double weight; /* how much it tells: the fewer dispatches have it, the more */
};

/* All filters and `need` of the other groups; at least one of the rare ones, so that not every row
 * with a common word is looked at. Rows are looked at from the latest on, `most` of them. */
struct word_query {
    VEC(struct group) groups;
    size_t need;
    size_t most;
    const char *from, *to; /* days; NULL: any */
};

struct scored {
    int64_t id;
    double score;
};
typedef VEC(struct scored) scored_list;

struct index_db {
    const struct index_backend *does;
};

struct index_backend {
    /* Statements that make the tables of its full text, and empty it; NULL at the end. */
    const char *const *create_words, *const *clear_words;
    bool (*is_made)(struct index_db *db); /* whether the tables are there */
    bool (*run)(struct index_db *db, const char *sql, const struct db_value *values, size_t n,
                db_each *each, void *context, struct diag *diag);
    bool (*put_words)(struct index_db *db, int64_t id, const struct buf columns[COLUMNS],
                      struct diag *diag);
    /* How many rows have the group, counted up to `most`. */
    bool (*count)(struct index_db *db, struct pool *pool, const struct group *group, size_t most,
                  size_t *n, struct diag *diag);
    bool (*match)(struct index_db *db, struct pool *pool, const struct word_query *query,
                  scored_list *list, struct diag *diag);
    void (*close)(struct index_db *db);
};

/* NULL: reported. */
struct index_db *sqlite_open(const char *path, struct diag *diag);
struct index_db *postgresql_open(const char *uri, struct diag *diag);

struct index {
    struct index_db *db;
    char *where;
    struct pool *pool; /* of one entry that is put */
    int64_t next;      /* id of the next entry; 0: not known */
};

bool index_run(struct index *index, const char *sql, const struct db_value *values, size_t n,
               db_each *each, void *context, struct diag *diag);
#define DB_TEXT(s) ((struct db_value){.text = (s), .null = !(s)})
#define DB_NUMBER(n) ((struct db_value){.number = (n)})

/* Filters are terms of their own, a letter before them: "=s:so" is a word of the sender. */
enum index_mark_kind {
    MARK_SENDER = 's',
    MARK_RECIPIENT = 'r',
    MARK_SIGNATORY = 'k',
    MARK_TYPE = 't',
    MARK_NUMBER = 'n',
    MARK_SYMBOL = 'm',
    MARK_YEAR = 'y',
    MARK_HEAD = 'h',    /* of number and subject, as they are in the first column */
    MARK_DAMAGED = 'd', /* of a damaged text */
};
#define TERM_GAP "=" /* between two fields: no phrase goes over it */

/* "05/UBND-VP" and "5/ubnd-vp": how numbers are compared. In `pool`. */
const char *index_number_key(struct pool *pool, const char *number_symbol);

/* That of a dispatch; NULL: number or symbol is not known. In `pool`. */
const char *index_record_key(struct pool *pool, const struct record *record);

/* The forms under which a word that is no syllable is looked up when another resembles it: itself,
 * and itself without one letter. */
typedef VEC(const char *) variant_list;
void index_variants(struct pool *pool, const char *plain, variant_list *variants);

/* How a database writes a query. */
struct query_syntax {
    const char *open, *between, *close; /* of a phrase and between its terms */
    const char *either, *both;
};
void index_put_group(struct buf *out, const struct group *group, const struct query_syntax *syntax);
void index_put_query(struct buf *out, const struct word_query *query,
                     const struct query_syntax *syntax);

/* The columns of index_hit in the order HIT_COLUMNS names them. */
#define HIT_COLUMNS                                                                                \
    "e.id, e.object, e.version, e.number, e.symbol, e.date, e.type, e.agency, e.signatory, "       \
    "e.subject, e.rough"
struct index_hit index_read_hit(struct pool *pool, const char *const *columns);

/* The part of `text` in which the most of the query's words stand, hits between « and »; NULL: none
 * does. In `pool`. */
const char *index_snippet(struct pool *pool, const char *text, const struct word_query *query);

#endif
