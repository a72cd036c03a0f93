/* watch: which files were saved, as soon as they are (inotify: no polling).
 *
 * A save is a file closed after writing, or one moved to its name, as editors do that write aside
 * first. Files that vanish are told too. */
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

/* Watches a folder; again is nothing. Paths of events begin as `folder` is written. */
void watch_folder(struct watch *watch, const char *folder);

struct watch_changes {
    VEC(const char *) paths;
};

/* Waits for changes and gathers those that come within the next few milliseconds: one save is
 * often several events. In the pool. False: a signal ends the program (SIGINT, SIGTERM). */
bool watch_wait(struct watch *watch, struct pool *pool, struct watch_changes *changes);

#endif
