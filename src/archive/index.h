/* index: what the archive holds, to be found again - by words, number, day, people, by what cites
 * what and by deadline. It is made from the store and its log alone and can be lost at any time.
 *
 * It lives in a file (SQLite, DIR/index.sqlite) or, for several offices on one archive, in a
 * PostgreSQL database; both answer the same questions. It remembers how far of the store's log it
 * holds (index_mark), so that whoever opens it can tell what is missing (follow.h). One
 * writer at a time; a reader sees the last state committed. */
#ifndef CONGVAN_ARCHIVE_INDEX_H
#define CONGVAN_ARCHIVE_INDEX_H

#include "archive/log.h"

struct index;
struct record; /* archive/record.h */

/* Opens the index at `where`: the path of a file, or "postgresql://..." (a connection URI of
 * libpq). It is made if it is not there; one of another version of this program is emptied, so that
 * its mark is the log's beginning. NULL: reported. */
struct index *index_open(const char *where, struct diag *diag);

/* The same index as it lies there: nothing is made and nothing mended, for looking whether it is
 * right. NULL, reported: it is damaged, or another version of this program made it. */
struct index *index_open_as_it_is(const char *where, struct diag *diag);

void index_close(struct index *index); /* NULL is allowed; what is not committed is taken back */

bool index_is_file(const char *where);

/* How far of the store's log is in it. */
bool index_mark(struct index *index, struct log_mark *mark, struct diag *diag);

/* ---- writing, between index_begin and index_commit ---- */

bool index_begin(struct index *index, struct diag *diag);
bool index_commit(struct index *index, const struct log_mark *mark, struct diag *diag);
void index_rollback(struct index *index, struct diag *diag);

/* Lays the index out anew for asking, after very many were put; between transactions. */
bool index_settle(struct index *index, struct diag *diag);

/* Forgets everything. */
bool index_clear(struct index *index, struct diag *diag);

/* The latest version of an object. */
struct index_entry {
    const char *object;    /* its id */
    int version;           /* from 1 */
    const char *inventory; /* digest of its inventory */
    const struct record *record;
};
/* In place of what the index knows of the object. */
bool index_put(struct index *index, const struct index_entry *entry, struct diag *diag);

/* ---- asking ---- */

/* NULL or 0: not asked for. Words are found with or without their diacritics, however hoá and hóa
 * are spelled. */
struct index_query {
    const char *words;     /* in any field; "in quotes" as a phrase */
    const char *from, *to; /* days, both included */
    const char *number, *symbol, *sender, *recipient, *signatory, *type;
    const char *cites;    /* "362/QĐ-UBND" */
    const char *cited_by; /* an object, or the number of one */
    size_t limit;
};

struct index_hit {
    int64_t id; /* within the index */
    const char *object;
    int version;
    const char *number, *symbol, *date, *type, *agency, *signatory, *subject; /* NULL: not known */
    const char *snippet; /* the part of the text that was hit, hits between « and »; NULL: none */
    bool rough;          /* the text is damaged */
    bool fuzzy;          /* it was found in spite of that, by words that only resemble */
};
typedef VEC(struct index_hit) index_hits;

/* The best first. False: reported. Everything is in `pool`. */
bool index_find(struct index *index, struct pool *pool, const struct index_query *query,
                index_hits *hits, struct diag *diag);

/* The dispatches with this id, or this number and symbol ("05/UBND-VP"); the latest first. */
bool index_named(struct index *index, struct pool *pool, const char *name, index_hits *hits,
                 struct diag *diag);

/* Which dispatches of the archive a hit cites, and which cite it: same number and symbol and, where
 * the citation gives a day, that day. */
bool index_cited(struct index *index, struct pool *pool, const struct index_hit *hit,
                 index_hits *hits, struct diag *diag);
bool index_citing(struct index *index, struct pool *pool, const struct index_hit *hit,
                  index_hits *hits, struct diag *diag);

struct index_due {
    const char *date, *sentence;
    struct index_hit of;
    index_hits citing; /* what cites it since: perhaps the answer */
};
typedef VEC(struct index_due) index_dues;

/* Deadlines before the day `before`, and from `from` on (NULL: all), the earliest first. */
bool index_deadlines(struct index *index, struct pool *pool, const char *from, const char *before,
                     index_dues *dues, struct diag *diag);

/* Whether the database holds together, whatever it says. False: reported. */
bool index_is_whole(struct index *index, struct diag *diag);

/* Whether what the index holds of the entry's object is what the entry says; without a record in
 * the entry, only its version and inventory are compared. */
enum index_state { INDEX_AGREES, INDEX_DIFFERS, INDEX_LACKS };
bool index_compare(struct index *index, const struct index_entry *entry, enum index_state *state,
                   struct diag *diag);

/* Every object in it, by id; for comparing with the store. False from `each` ends it. */
bool index_each(struct index *index,
                bool (*each)(void *context, const char *object, int version, const char *inventory),
                void *context, struct diag *diag);

#endif
