/* progress: how far a long run is, on standard error.
 *
 * On a terminal one line that is drawn over; elsewhere a plain line now and then, so that logs of
 * short runs have none. Nothing of it is a result: it may depend on the clock. */
#ifndef CONGVAN_BATCH_PROGRESS_H
#define CONGVAN_BATCH_PROGRESS_H

#include "base/diag.h"

struct progress;

/* NULL, which the others take, where nothing is ever to be shown: `quiet`, or fewer than two
 * documents. */
struct progress *progress_new(size_t total, bool quiet, enum lang lang);

/* So many are finished by now, `failed` of them badly; as often as one likes. */
void progress_set(struct progress *progress, size_t done, size_t failed);

/* Takes the line away, so that something else can be printed; it comes back by itself. */
void progress_hide(struct progress *progress);

/* Takes it away for good. */
void progress_free(struct progress *progress);

/* How fast it goes, by the last seconds only: what is as good as new is done in no time, and says
 * nothing of what is left. */
enum { PACE_MARKS = 16 };
struct pace {
    int64_t at[PACE_MARKS]; /* ms; a ring */
    size_t done[PACE_MARKS], n;
};
void pace_note(struct pace *pace, int64_t now_ms, size_t done);
/* A thousand times the documents a second; 0: not known yet. */
int64_t pace_rate(const struct pace *pace, int64_t now_ms, size_t done);

#endif
