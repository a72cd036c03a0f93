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

/* Who takes the rows of a query. */
struct row_taker {
    /* A row's columns as text, NULL for null; false ends the query. Lent. NULL: no rows wanted. */
    bool (*take)(void *context, const char *const *columns);
    void *context;
};

/* By their weight, the greatest first; the last holds filters, and MARK_HEAD as heavy as the first.
 */
enum { COLUMN_HEAD, COLUMN_PEOPLE, COLUMN_BODY, COLUMN_MARKS, COLUMNS };

/* Terms beside each other, a space between two. */
struct term_phrase {
    const char *terms;
    const char *rarest; /* the same, each once, the rarest first; NULL: not looked up */
    double weight;      /* 1: the word itself; less for one that resembles it */
    bool exact;         /* as it was written, diacritics and all: what has it counts more */
};

/* How much more. */
#define EXACT_BONUS 2.5

/* Any of its phrases will do. */
struct word_group {
    VEC(struct term_phrase) any;
    bool filter;   /* must match, and says nothing about rank */
    bool rare;     /* see word_query */
    double weight; /* how much it tells: the fewer dispatches have it, the more */
    int64_t count; /* so many dispatches have it at most */
};

typedef VEC(int64_t) id_list;

/* All filters and `need` of the other groups, the rarest first; at least one of the rare ones, so
 * that not every row with a common word is looked at. Rows are looked at from the latest on, `most`
 * of them. */
struct word_query {
    VEC(struct word_group) groups;
    size_t need;
    size_t most;
    const char *from, *to; /* days; NULL: any */
    const id_list *among;  /* only these rows; NULL: all */
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
    /* Statements that make the tables of its full text, empty it, and lay it out for asking; NULL
     * at the end. */
    const char *const *create_words, *const *clear_words, *const *settle_words;
    bool (*is_made)(struct index_db *db); /* whether the tables are there */
    bool (*run)(struct index_db *db, const char *sql, const struct db_value *values, size_t n,
                struct row_taker taker, struct diag *diag);
    bool (*put_words)(struct index_db *db, int64_t id, const struct buf columns[COLUMNS],
                      struct diag *diag);
    bool (*match)(struct index_db *db, struct pool *pool, const struct word_query *query,
                  scored_list *list, struct diag *diag);
    /* Whether these are the words the row `id` has; and whether the database holds together, which
     * is reported if not. */
    bool (*same_words)(struct index_db *db, int64_t id, const struct buf columns[COLUMNS],
                       bool *same, struct diag *diag);
    bool (*is_whole)(struct index_db *db, struct diag *diag);
    void (*close)(struct index_db *db);
};

/* NULL: reported. */
struct index_db *sqlite_open(const char *path, bool as_it_is, struct diag *diag);
struct index_db *postgresql_open(const char *uri, struct diag *diag);

struct index {
    struct index_db *db;
    char *where;
    struct pool *pool; /* of one entry that is put */
    struct pool *own;
    struct term_counts *counts; /* of what was put since index_begin */
    int64_t next;               /* id of the next entry; 0: not known */
};

/* Runs a statement; index_do is for those that have no rows. */
bool index_run(struct index *index, const char *sql, const struct db_value *values, size_t n,
               struct row_taker taker, struct diag *diag);
bool index_do(struct index *index, const char *sql, const struct db_value *values, size_t n,
              struct diag *diag);
#define DB_TEXT(s) ((struct db_value){.text = (s), .null = !(s)})
#define DB_NUMBER(n) ((struct db_value){.number = (n)})

/* ---- how many dispatches have a term (index_counts.c) ---- */

struct term_counts *counts_new(struct pool *pool); /* lives in `pool` */
void counts_forget(struct term_counts *counts);
void counts_add(struct term_counts *counts, const struct buf columns[COLUMNS], int64_t id);
/* Marks a term; false: it was marked since counts_forget. */
bool counts_mark(struct term_counts *counts, const char *term);
/* Adds them to what is written down, and forgets them. */
bool counts_write(struct index *index, struct term_counts *counts, struct diag *diag);
/* How many dispatches there are, and how many have the rarest term of the phrase, whose `rarest` is
 * set in `pool`. */
bool counts_all(struct index *index, int64_t *n, struct diag *diag);
bool counts_of(struct index *index, struct pool *pool, struct term_phrase *phrase, int64_t *n,
               struct diag *diag);

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

/* The words of a record as the database is given them. Lent buffers, to be freed. */
void index_columns(struct pool *pool, const struct record *record, struct buf columns[COLUMNS]);

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
    /* What nothing has. If it is given, "a & b & c" is written "(nothing | (a & b)) & c", for a
     * database that looks for c wherever a is: now only where a and b are. NULL: it knows better.
     */
    const char *nothing;
    bool apart; /* long phrases as their terms, wherever these stand (query_is_apart) */
};
/* Whether a phrase is long, so that looking for its pairs first is worth it; and whether it is
 * among those that `apart` takes apart. */
bool query_is_long(const struct term_phrase *phrase);
bool query_is_apart(const struct term_phrase *phrase, const struct query_syntax *syntax);
/* How often `nothing` is written, in front, for n things that must all be there. */
size_t query_nothings(size_t n, const struct query_syntax *syntax);

void index_put_group(struct buf *out, const struct word_group *group,
                     const struct query_syntax *syntax);
void index_put_query(struct buf *out, const struct word_query *query,
                     const struct query_syntax *syntax);

/* "need groups, group weight exact of each phrase, sequences": which group each phrase of
 * index_put_query's text is of, in its order (-1: it counts for none), and, of long phrases taken
 * apart, "group weight n" and which phrases of the text their n words are. Weights in thousandths.
 * A soft query names the rare words twice, and they count the second time. */
void weighing_put(struct buf *out, const struct word_query *query, const struct query_syntax *how);

/* Which words of a column's terms stand beside each other, in their plain form and not over a gap:
 * a short word (PAIR_BYTES) for each pair, a space between two (index_pairs.c). */
enum { PAIR_BYTES = 3 };
void pairs_put(struct buf *out, const char *terms);
#define PAIR_TERM "=p:%.*s" /* a pair among other terms; printed with PAIR_BYTES */
/* The words and pairs of a dispatch as the text of a PostgreSQL tsvector (index_tsvector.c). */
void tsvector_put(struct buf *out, const struct buf columns[COLUMNS]);
/* Those of the long phrases that must be there; nothing if there is none. */
void pairs_of_query(struct buf *out, const struct word_query *query);

/* The part of `text` in which the most of the query's words stand, hits between « and »; NULL: none
 * does. In `pool`. */
const char *index_snippet(struct pool *pool, const char *text, const struct word_query *query);

#endif
