/* describe: a record as people read it, a field a line. */
#ifndef CONGVAN_ARCHIVE_DESCRIBE_H
#define CONGVAN_ARCHIVE_DESCRIBE_H

#include "base/diag.h"
#include "base/pool.h"

/* From the JSON of a record (record.h); nothing if it is none. What could not be read is named, and
 * behind what could be is where it was had from. */
void describe_record(struct pool *pool, const char *json, enum lang lang, struct buf *out);

#endif
