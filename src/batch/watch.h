/* watch: which files were saved, as soon as they are (inotify: no polling).
 *
 * A save is a file closed after writing, or one that took its name, as editors do that write aside
 * first. A file that vanishes is told only if it stays away for a moment: some editors move the old
 * one off before they write the new. Of folders is told that they came, went or were renamed. */
#ifndef CONGVAN_BATCH_WATCH_H
#define CONGVAN_BATCH_WATCH_H

#include "base/diag.h"
#include "base/pool.h"

#include <signal.h>

struct watch;

/* SIGINT and SIGTERM, but for those that whoever started the program has it ignore. */
void watch_signals(sigset_t *set);

/* NULL (reported) where the system has no more watches to give. */
struct watch *watch_new(struct diag *diag);
void watch_free(struct watch *watch);

/* Watches a folder; of one that is not there the nearest above, for its coming. Paths of events
 * begin as `folder` is written; a folder under two names is told under both. Whether it was not
 * watched under this name before. Failure is reported, but once a run only. */
bool watch_folder(struct watch *watch, const char *folder, struct diag *diag);

struct watch_changes {
    VEC(const char *) paths; /* saved, or gone */
    bool folders;            /* some came or went: watch and look anew */
    bool lost;               /* more happened than the system could tell: look at everything */
};

/* Waits for changes and gathers those that come within the next milliseconds: one save is often
 * several events. In the pool. False: a signal ends the program (SIGINT, SIGTERM). */
bool watch_wait(struct watch *watch, struct pool *pool, struct watch_changes *changes);

/* Has such a signal come meanwhile? */
bool watch_ended(struct watch *watch);

#endif
