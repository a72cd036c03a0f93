/* names: a table from a name to a number, so that no lookup walks a list. Lives in a pool. */
#ifndef CONGVAN_DISPATCH_NAMES_H
#define CONGVAN_DISPATCH_NAMES_H

#include "base/pool.h"

#include <stddef.h>

struct names {
    struct pool *pool;
    struct name_slot *slots;
    size_t n, cap;
};

/* Remembers `value` for the `len` bytes at `name` (copied) unless the name is there already.
 * Returns the value the name has now: `value` itself when it was new. */
size_t names_add(struct names *names, const char *name, size_t len, size_t value);

/* The value of a name; NAMES_NONE when it is not there. */
#define NAMES_NONE ((size_t)-1)
size_t names_find(const struct names *names, const char *name, size_t len);

#endif
