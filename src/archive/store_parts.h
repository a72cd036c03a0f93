/* store_parts: what the files of the store share (store.c, store_stage.c, store_journal.c). */
#ifndef CONGVAN_ARCHIVE_STORE_PARTS_H
#define CONGVAN_ARCHIVE_STORE_PARTS_H

#include "archive/keys.h"
#include "archive/store.h"

/* One entry on its way into the store. */
struct waiting {
    const char *object; /* path of the object below the store: "ab/cd/abcd..." */
    int version;
    const char *id, *file, *first, *number; /* the keys of its log line */
    const char *line;                       /* members of its log line */
    int folder;                             /* DIR/staging/N holds it */
};

struct store {
    const struct archive *archive;
    struct pool *pool, *group; /* for ever; of the entries that wait */
    const char *staging, *journal, *log_path;
    struct log *log;
    struct keys *keys;
    VEC(struct waiting) waiting;
    size_t staged; /* folders made in staging since it was last empty */
    bool failed;   /* a commit failed half way: nothing more is taken */
};

/* The path of an object below the store. */
const char *store_relative(struct pool *pool, const char *id);

/* Writes the folder of an entry below staging: a whole object, or a version with the inventory that
 * will take the place of the object's. `inventory` holds the versions before, none for a new
 * object, and gets the new one. Fills `waiting`. False: reported. */
bool store_stage(struct store *store, const struct store_entry *entry, struct inventory *inventory,
                 struct waiting *waiting, struct diag *diag);

/* Puts what waits in place, by the journal. False: errno says why. */
bool journal_write(struct store *store);
bool journal_place(struct store *store, const struct waiting *waiting);
bool journal_log(struct store *store, struct diag *diag);
bool journal_end(struct store *store);

/* Finishes what a journal says, or clears away what never got one. False: reported. */
bool journal_recover(struct store *store, struct diag *diag);

#endif
