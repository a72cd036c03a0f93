/* registers: all registers of an archive, asked about a document that names its number: what was
 * written down when the number was given. */
#ifndef CONGVAN_ARCHIVE_REGISTERS_H
#define CONGVAN_ARCHIVE_REGISTERS_H

#include "archive/register.h"

struct registers;

/* Reads them all, of every year and name. A broken one is reported and left out. In `pool`. */
struct registers *registers_read(struct pool *pool, const struct archive *archive,
                                 struct diag *diag);

#endif
