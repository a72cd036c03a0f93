/* intern: bytes -> one pointer, by hashing. For names looked up often and for values that should
 * exist once ("the same" is then "the same pointer"). */
#ifndef CONGVAN_DOCX_INTERN_H
#define CONGVAN_DOCX_INTERN_H

#include "base/pool.h"

#include <stddef.h>

struct intern;

struct intern *intern_new(struct pool *pool); /* lives and dies with the pool */

/* The place of the value for this key; a new key is copied and its value is NULL. Valid until the
 * next call. */
void **intern_slot(struct intern *intern, const void *key, size_t n);
/* The value, NULL if the key was never given. */
void *intern_find(const struct intern *intern, const void *key, size_t n);

/* The one copy of the string. */
const char *intern_string(struct intern *intern, const char *s);

#endif
