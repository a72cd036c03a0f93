/* state: which dispatches of an output folder are finished, in OUT/.congvan/.
 *
 * Results are known by their content: one that a loss of power took back, or somebody changed, is
 * done again.
 *
 * A journal: the outcomes of finished dispatches are appended, a group in one write, after their
 * outputs are whole on disk (commit.h). So whatever kills the program, an outcome tells the truth,
 * and what has none is done again, to the same bytes. What the last writer left of a line is cut
 * off when the journal is opened next; at the end it is written anew, sorted, the last outcome of
 * each dispatch only.
 *
 * One run at a time: a lock is held from open to close, by the workers too. */
#ifndef CONGVAN_BATCH_STATE_H
#define CONGVAN_BATCH_STATE_H

#include "base/diag.h"
#include "batch/outcome.h"

struct state;

/* Opens (or begins) the state of the folder `out`, waiting for another run to end. `part` keeps the
 * parts of a divided run apart, "2of8"; NULL: the whole. Outcomes of all parts are read. NULL
 * (reported) if the folder cannot be written. */
struct state *state_open(const char *out, const char *part, struct diag *diag);

/* The outcome of a dispatch, in the pool; NULL: none. */
const struct outcome *state_find(const struct state *state, struct pool *pool, const char *key);

/* Takes note of what was appended since, by this process and by others. */
void state_refresh(struct state *state);

/* Appends outcomes as outcome_put writes them, in one go; may be called in a worker. False if the
 * disk would not take them: their dispatches are then simply done again. */
bool state_append(struct state *state, const char *lines, size_t n);

/* Sorts the journal, from the outcomes on disk, and ends it. */
void state_close(struct state *state, struct diag *diag);

/* Removes what an interrupted run left half written in `folder`; `ours` tells by the name of the
 * output to be whether it is this run's. */
void state_clean(const char *folder, bool (*ours)(const void *context, const char *name),
                 const void *context);

#endif
