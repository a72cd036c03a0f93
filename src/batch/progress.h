/* progress: how far a long run is, on standard error.
 *
 * On a terminal one line that is drawn over; elsewhere a plain line now and then, so that logs of
 * short runs have none. Nothing of it is a result: it may depend on the clock. */
#ifndef CONGVAN_BATCH_PROGRESS_H
#define CONGVAN_BATCH_PROGRESS_H

#include "base/diag.h"

struct progress;

/* `quiet`, or fewer than two documents: nothing is ever shown. */
struct progress *progress_new(size_t total, bool quiet, enum lang lang);

/* One more is finished. */
void progress_add(struct progress *progress, bool failed);

/* Takes the line away, so that something else can be printed; it comes back by itself. */
void progress_hide(struct progress *progress);

/* Takes it away for good. */
void progress_free(struct progress *progress);

#endif
