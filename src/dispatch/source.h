/* source: an author's text file as text the program can work on. */
#ifndef CONGVAN_DISPATCH_SOURCE_H
#define CONGVAN_DISPATCH_SOURCE_H

#include "base/diag.h"
#include "base/pool.h"

#include <stdbool.h>

/* The `n` bytes of file `name` as UTF-8 in NFC with LF line ends and no BOM; UTF-16 with a BOM is
 * converted. The result is NUL-terminated, holds no NUL and nothing XML 1.0 cannot hold, and lives
 * in the pool. What cannot be text is reported with its line: bytes that are not UTF-8 become
 * U+FFFD, control characters become spaces. */
char *source_text(struct pool *pool, const char *name, const char *bytes, size_t n, size_t *len,
                  struct diag *diag);

/* Spaces and tabs are what separates; a no-break space is the author's text. */
bool source_space(char c);
/* The same `*n` bytes without spaces and tabs at their ends. */
const char *source_trim(const char *s, size_t *n);

#endif
