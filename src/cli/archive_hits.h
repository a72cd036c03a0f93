/* archive_hits: dispatches of the archive as the commands find, due and show print them, and the
 * option these have in common, --index URL. */
#ifndef CONGVAN_CLI_ARCHIVE_HITS_H
#define CONGVAN_CLI_ARCHIVE_HITS_H

#include "archive/follow.h"
#include "cli/archive.h"

/* --index, else CONGVAN_INDEX in the environment; NULL: the archive's own. */
const char *hits_index(const struct options *options);

/* Opens the archive and its index, brought up to the log. False: reported. */
bool hits_open(struct archive_session *s);

/* A day as a clerk writes it, as ISO 8601; NULL, reported, if it is none. In `pool`. */
const char *hits_day(struct pool *pool, const char *text, struct diag *diag);

/* "03/02/2026"; "" if it is not known. In `pool`. */
const char *hits_date(struct pool *pool, const char *iso);

/* Number, day and agency on one line. */
void hits_put_line(struct pool *pool, const struct index_hit *hit, struct buf *out);
/* The members of its object, without the braces. */
void hits_put_members(const struct index_hit *hit, struct buf *out);
void hits_put_array(const index_hits *hits, struct buf *out);

#endif
