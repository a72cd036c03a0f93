/* commit: the outputs of many dispatches put on disk together.
 *
 * A file may take its name only when its bytes are on the disk, and waiting for the disk costs ten
 * times what making a dispatch does. So files are written under temporary names, and for many of
 * them, a lot, the wait is one (syncfs), in a thread that does nothing else while the dispatches of
 * the next lot are made; then they are renamed, and last the state is told. Killed at any moment: a
 * file that bears its name is whole, what is recorded is there, what is not recorded is done again.
 *
 * But for that thread, one thread at a time. */
#ifndef CONGVAN_BATCH_COMMIT_H
#define CONGVAN_BATCH_COMMIT_H

#include "base/buf.h"
#include "base/diag.h"
#include "batch/state.h"

struct commit;

/* `state` is told of what is done; NULL: nobody is, and so the folders are synced as well. */
struct commit *commit_new(struct state *state);
void commit_free(struct commit *commit); /* what was not committed is taken back */

/* Writes a file of the dispatch in hand. If the disk is full and the files of earlier dispatches
 * have not taken their names yet, they do so first: that frees what they replace. False (reported):
 * the dispatch in hand can only be dropped. */
bool commit_put(struct commit *commit, const char *path, const void *bytes, size_t n,
                struct diag *diag);
/* Ends the dispatch in hand, number `i` of the run; `record` is its line for the state. */
void commit_seal(struct commit *commit, size_t i, const struct buf *record);
/* Takes back the files of the dispatch in hand. */
void commit_drop(struct commit *commit);

/* Dispatches whose files had no place: no further one need be tried. */
bool commit_is_full(const struct commit *commit);

/* The sealed dispatches are a lot that sets out for the disk; one lot may be under way. None may be
 * in hand. */
void commit_begin(struct commit *commit);
/* Puts the lot under way on disk, or if none is, the sealed dispatches. */
void commit_end(struct commit *commit);
/* What kept dispatch `i` from its place: the error number, and the path in *path (lent until the
 * next commit_forget). 0: nothing. */
int commit_error(const struct commit *commit, size_t i, const char **path);
/* Forgets the dispatches that commit_end put on disk. */
void commit_forget(struct commit *commit);

#endif
