/* archive_judge: PDFs judged in processes of their own, a few ahead of the one whose turn it is, so
 * that a file made to swell or to loop takes only itself along, and all processors have work. */
#ifndef CONGVAN_CLI_ARCHIVE_JUDGE_H
#define CONGVAN_CLI_ARCHIVE_JUDGE_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* What a child does with file `i`: puts its result into `out`. */
typedef void judge_work(void *context, size_t i, struct buf *out);

struct judging;

/* Files 0 to n-1, at most `ahead` at a time. */
struct judging *judging_start(judge_work *work, void *context, size_t n, int ahead);

/* The result of the next file, in order; false: its process died, or nothing is left. */
bool judging_next(struct judging *judging, struct buf *result);

/* Ends what is still at work. */
void judging_end(struct judging *judging);

#endif
