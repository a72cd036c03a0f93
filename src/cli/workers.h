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

enum { PIECE_OUT, PIECE_ERR, PIECE_TEXTS };

struct piece {
    size_t index;
    FILE *out, *err;   /* results, messages: while the piece is done */
    struct buf record; /* what the parent is told besides */
    enum status status;
    struct buf text[PIECE_TEXTS]; /* what was printed, once it is done */
    struct printing *printing;    /* of the streams */
};

/* Does piece `i`. */
typedef enum status worker_piece(void *worker, size_t i, struct piece *piece);
/* A group of pieces is done, at least every half second: what they left to be done together begins,
 * while the pieces of the next group are done. */
typedef void worker_begin(void *worker);
/* And ends: of the group begun, or where none is, of one just done. May change the pieces' status,
 * record and texts. */
typedef void worker_settle(void *worker, struct piece *pieces, size_t n);

/* Opens and ends a piece's streams; what is printed is collected in its texts. */
bool piece_open(struct piece *piece, size_t i);
void piece_close(struct piece *piece);
void piece_free(struct piece *piece);

/* Makes what a worker needs for all its pieces, in the worker itself; and ends it. */
typedef void *worker_start(void *context);
typedef void worker_stop(void *worker);

struct workers {
    worker_start *start;
    worker_stop *stop;
    worker_piece *piece; /* its context is what `start` returned */
    worker_begin *begin; /* these two: NULL where pieces leave nothing */
    worker_settle *settle;
    void *context; /* for `start` and for what follows, which the parent calls */

    /* In the order of the pieces, after what the piece printed. */
    void (*done)(void *context, size_t i, enum status status, const char *record, size_t n);
    /* For each piece whose worker died over it, likewise. Those it had not settled are done again,
     * each by a worker of its own. */
    void (*lost)(void *context, size_t i);
    /* How many pieces are finished, settled or not, and how many of them badly; some ten times a
     * second. NULL: nobody wants to know. */
    void (*progress)(void *context, size_t done, size_t failed);
    /* Before anything is printed; NULL likewise. */
    void (*printing)(void *context);
};

/* Does pieces 0 to n-1 in at most `jobs` processes (one: in this one). The worst status of all.
 *
 * SIGINT and SIGTERM end it early: what has been begun is finished and told, the rest left alone.
 * *signal is then that signal (else 0), and *n how many pieces were begun. */
enum status workers_run(const struct workers *workers, size_t *n, int jobs, int *signal);

/* As many as there are cores this process may use. */
int workers_default(void);
/* As many as were asked for; or if that is 0, as are worth it for so many documents. */
int workers_useful(int asked, size_t documents);

#endif
