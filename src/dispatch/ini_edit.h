/* ini_edit: puts one value into a clerk's INI and leaves every other byte as it is: encoding, line
 * ends, remarks, spaces, NFD. */
#ifndef CONGVAN_DISPATCH_INI_EDIT_H
#define CONGVAN_DISPATCH_INI_EDIT_H

#include "base/diag.h"
#include "base/pool.h"

/* The `n` bytes of the INI `name` with key `key` of section `section` set to `value`, which holds
 * neither quotes nor ';' nor '#' nor line ends. Names are as typed where a line must be added
 * (below the section's head, for a key that is not there); they are looked for folded. The result
 * reads back as the same INI but for that value: where it would not (broken files, a section that
 * is not there), NULL, reported. In `pool`. */
char *ini_edit(struct pool *pool, const char *name, const char *bytes, size_t n,
               const char *section, const char *key, const char *value, size_t *len,
               struct diag *diag);

#endif
