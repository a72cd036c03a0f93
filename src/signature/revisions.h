/* revisions: the states a PDF was in, each opened once. Only the last few stay open, so that a file
 * of many small updates does not fill the memory. */
#ifndef CONGVAN_SIGNATURE_REVISIONS_H
#define CONGVAN_SIGNATURE_REVISIONS_H

#include "signature/range.h"

struct revisions;
struct revisions *revisions_new(struct bytes file);
void revisions_free(struct revisions *revisions); /* NULL is fine */

/* The first `end` bytes of the file, read as a file. NULL when they are none. Lent, with all it
 * answers, until REVISIONS_OPEN others were asked for. */
enum { REVISIONS_OPEN = 8 };
struct reader *revisions_at(struct revisions *revisions, size_t end);

#endif
