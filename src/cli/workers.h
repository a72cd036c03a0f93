/* workers: many documents on several cores.
 *
 * Processes, not threads: each keeps fonts and compiled templates of its own, a crash takes one
 * document along and not the run, and libraries with global state stay alone in theirs. What a
 * piece of work prints is collected and appears in the order of the pieces, so that neither output
 * nor messages depend on how many workers there are or which was faster. */
#ifndef CONGVAN_CLI_WORKERS_H
#define CONGVAN_CLI_WORKERS_H

#include "cli/session.h"

#include <stdio.h>

/* Does piece `i`; results go to `out`, messages to `err`. */
typedef enum status worker_piece(void *context, size_t i, FILE *out, FILE *err);

/* Makes what a worker needs for all its pieces, in the worker itself; and ends it. */
typedef void *worker_start(void *context);
typedef void worker_stop(void *worker);

struct workers {
    worker_start *start;
    worker_stop *stop;
    worker_piece *piece; /* its context is what `start` returned */
    void *context;       /* for `start` */
};

/* Does pieces 0 to n-1 in at most `jobs` processes (one: in this one). `lost` is called for each
 * piece whose worker died over it. The worst status of all. */
enum status workers_run(const struct workers *workers, size_t n, int jobs,
                        void (*lost)(void *context, size_t i));

/* As many as there are cores this process may use. */
int workers_default(void);

#endif
