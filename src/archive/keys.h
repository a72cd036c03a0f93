/* keys: which line of the log speaks of a digest or a number - a table on disk, so that adding
 * needs neither the whole log in memory nor the index, which another program may keep.
 *
 * It holds nothing the log does not: a table that is lost, damaged or of another log is made
 * anew, one that lags behind catches up. A writer's tool: open it while the log is locked. */
#ifndef CONGVAN_ARCHIVE_KEYS_H
#define CONGVAN_ARCHIVE_KEYS_H

#include "archive/log.h"

struct keys;

/* The table in file `path` for the log at `log_path`, whose string members `names` (NULL-ended,
 * lent) are the keys; brought up to the log's end. NULL: reported. */
struct keys *keys_open(const char *path, const char *log_path, const char *const *names,
                       struct diag *diag);
void keys_close(struct keys *keys); /* NULL is allowed */

/* Takes in what the log was given since. False: reported. */
bool keys_follow(struct keys *keys, struct diag *diag);

/* The last line whose member `name` is `value`, as JSON in `pool`; NULL: there is none. */
const struct json *keys_find(struct keys *keys, struct pool *pool, const char *name,
                             const char *value);

#endif
