/* archive: one folder that outlives the program.
 *
 *     DIR/store/        an OCFL 1.1 storage root: one object per document, written once (store.h)
 *     DIR/log/store.jsonl       what was put there, in order (log.h)
 *     DIR/log/register-YYYY.jsonl   the register of that year: the numbers given (register.h)
 *     DIR/index.sqlite  made from the two, and made again from them when it is lost (index.h)
 *     DIR/keys          the same, for adding (keys.h)
 *     DIR/staging/      what is being added (store.c)
 *     DIR/trust/        root certificates the office trusts; put there by hand
 *
 * Nothing in the store and the logs is ever changed or taken away. */
#ifndef CONGVAN_ARCHIVE_ARCHIVE_H
#define CONGVAN_ARCHIVE_ARCHIVE_H

#include "base/diag.h"
#include "base/pool.h"

#include <stdbool.h>

struct archive {
    const char *folder;
    const char *store, *log_folder; /* paths */
};

/* The archive in `folder`. With `create`, its folders are made when they are not there; else a
 * folder without them is no archive. NULL: reported. In `pool`. */
struct archive *archive_open(struct pool *pool, const char *folder, bool create, struct diag *diag);

/* The path of the log of `name` ("store", "register-2026"). In `pool`. */
const char *archive_log_path(struct pool *pool, const struct archive *archive, const char *name);

/* The folder meant when none is named: the environment's CONGVAN_ARCHIVE, or "luu-tru". */
const char *archive_default_folder(void);

#endif
