/* plan: which dispatches a run makes, and the names of their outputs. */
#ifndef CONGVAN_CLI_PLAN_H
#define CONGVAN_CLI_PLAN_H

#include "batch/rows.h"
#include "cli/options.h"
#include "dispatch/names.h"

struct output {
    const char *input; /* NULL: refused, nothing to do */
    const char *base;  /* folder and name of the outputs, without ".docx" */
    const char *key;   /* the same seen from the output folder */
    size_t row;        /* of the table */
};

struct plan {
    struct pool *pool;
    struct output *outputs; /* in the order of their results */
    size_t count;
    const struct output *all;  /* also those of other shards */
    const struct rows *rows;   /* NULL: no mail merge */
    struct names by_base;      /* index into `all` */
    VEC(const char *) folders; /* that were looked into for inputs */
    bool many;                 /* made from folders or rows, not only from files named one by one */
};

/* Fills the plan. What cannot be part of it is reported and left out: paths that are not there, a
 * second dispatch that would write the outputs of a first. False (reported) if there is none at
 * all to make. */
bool plan_make(struct plan *plan, struct pool *pool, const struct options *options,
               struct diag *diag);

/* What it is made from, for people: the INI, in a mail merge with the line of the table's row. */
const char *plan_input(const struct plan *plan, struct pool *pool, const struct output *output);

/* The output with this folder and name; NULL: the run makes none. */
const struct output *plan_output(const struct plan *plan, const char *base);

#endif
