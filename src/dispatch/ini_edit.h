/* ini_edit: puts one value into a clerk's INI and leaves every other byte as it is: encoding, line
 * ends, remarks, spaces, NFD. */
#ifndef CONGVAN_DISPATCH_INI_EDIT_H
#define CONGVAN_DISPATCH_INI_EDIT_H

#include "base/diag.h"
#include "base/pool.h"

struct ini_file {
    const char *name; /* for messages */
    const char *bytes;
    size_t n;
};

/* Names are as typed where a line must be added (below the section's head, for a key that is not
 * there); they are looked for folded. The value holds neither quotes nor ';' nor '#' nor line ends.
 */
struct ini_change {
    const char *section, *key, *value;
};

/* Makes the change; the new bytes are in `pool`. They read back as the same INI but for that value:
 * where they would not (broken files, a section that is not there), false, reported, and the file
 * is as it was. */
bool ini_edit(struct pool *pool, struct ini_file *file, const struct ini_change *change,
              struct diag *diag);

#endif
