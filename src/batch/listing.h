/* listing: what became of every dispatch of a run, as a table for people and programs.
 *
 *   .csv   with a BOM and commas, as Excel opens it
 *   .json  an array of objects
 *   .html  one page to read, with links to the PDFs
 *
 * The parts of a divided run (--shard) concatenate, in their order: the head of CSV and HTML is in
 * the first part only and the foot, which sums up all of them, in the last; JSON is one object a
 * line, the members of the undivided run's array. No clock is in it unless asked for.
 */
#ifndef CONGVAN_BATCH_LISTING_H
#define CONGVAN_BATCH_LISTING_H

#include "base/diag.h"
#include "batch/outcome.h"

struct listing;

struct listing_options {
    const char *path;
    enum lang lang;  /* of headings; messages are as they were printed */
    bool times;      /* how long each took */
    int part, parts; /* from 1; parts 0: undivided */
};

/* NULL if the name ends in none of the three. Free with listing_free. */
struct listing *listing_new(const struct listing_options *options);
void listing_add(struct listing *listing, const struct outcome *outcome);
/* Writes the file whole; false (reported) on failure. */
bool listing_write(struct listing *listing, struct diag *diag);
void listing_free(struct listing *listing);

#endif
