/* make: one dispatch of a run, by a worker - all stages and the files, or nothing where what is
 * there is as good as new. */
#ifndef CONGVAN_CLI_MAKE_H
#define CONGVAN_CLI_MAKE_H

#include "batch/commit.h"
#include "batch/state.h"
#include "cli/plan.h"
#include "cli/workers.h"
#include "dispatch/names.h"

/* What a worker has. */
struct maker {
    const struct options *options;
    const struct plan *plan;
    struct state *state;     /* NULL: everything is made anew and nothing remembered */
    struct hash conditions;  /* the same for all documents of the run, see make_conditions */
    struct session *session; /* its own */
    struct pool *pool;       /* of `known` */
    struct names shared;     /* files that many dispatches are made from: index into `known` */
    VEC(struct outcome_file) known;
    bool tells_news_only;  /* what is as good as new is not told again */
    struct commit *commit; /* its files that are not on disk yet */
};

/* What else than its files a result depends on: the program, the options, the fonts there are. */
struct hash make_conditions(const struct options *options);

/* Begins and ends a worker's work; between, it makes dispatches. */
void make_start(struct maker *maker);
void make_stop(struct maker *maker);
/* Forgets what it knows of files on disk, of all or of this one: they may have changed since. */
void make_forget(struct maker *maker);
void make_look_again(struct maker *maker, const char *path);

/* Makes output `i` of the plan. Its outcome goes to `piece`. Its files bear their names only after
 * make_settle, which gives a piece whose files could not be put there another status, outcome and
 * message. With make_begin_settling before, the files of the pieces made so far are put on disk
 * while the next are made. */
enum status make_one(struct maker *maker, size_t i, struct piece *piece);
void make_begin_settling(struct maker *maker);
void make_settle(struct maker *maker, struct piece *pieces, size_t n);

#endif
