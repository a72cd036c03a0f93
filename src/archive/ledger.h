/* ledger: what the store's log says should be there - for each version of each object the digest of
 * its inventory - in a table small enough for a million of them. */
#ifndef CONGVAN_ARCHIVE_LEDGER_H
#define CONGVAN_ARCHIVE_LEDGER_H

#include "archive/archive.h"
#include "archive/log.h"

enum { LEDGER_BYTES = 32 };

struct ledger_entry {
    unsigned char object[LEDGER_BYTES];    /* SHA-256 of its id: the name of its folder */
    unsigned char inventory[LEDGER_BYTES]; /* the beginning of its inventory's digest */
    int64_t line;                          /* where its line begins in the log */
    int version;
    bool seen; /* in the store */
};

struct ledger {
    struct pool *pool;
    const char *log_path;
    VEC(struct ledger_entry) entries; /* by object and version */
    struct log_reading reading;
};

/* Reads the store's log; what is wrong with its chain, or with the order of versions in it, is
 * reported. False: it cannot be read at all. */
bool ledger_read(struct pool *pool, const struct archive *archive, struct ledger *ledger,
                 struct diag *diag);

/* The versions of the object whose folder has this name, the first of `*n`; NULL: none. */
struct ledger_entry *ledger_object(struct ledger *ledger, const char *folder, size_t *n);

/* Whether `digest` is the one the log gives. */
bool ledger_same(const struct ledger_entry *entry, const char *digest);

/* The line of an entry as JSON in `pool`; NULL, reported: it cannot be read. */
const struct json *ledger_line(const struct ledger *ledger, const struct ledger_entry *entry,
                               struct pool *pool, struct diag *diag);

#endif
