/* idmap: numbers found by a 64-bit key (a hash table whose memory is in a pool).
 *
 * Nothing ever walks it, so what is written never depends on the order inside. */
#ifndef CONGVAN_PDF_IDMAP_H
#define CONGVAN_PDF_IDMAP_H

#include "base/pool.h"

#include <stdint.h>

struct idmap {
    struct idmap_cell *cells;
    size_t cap, n; /* cap is 0 or a power of two */
};

/* The number under `key`: 0 when it is new, for the caller to set. Lent until the next call. */
uint32_t *idmap_at(struct pool *pool, struct idmap *map, uint64_t key);

/* The number under `key`, 0 if there is none. */
uint32_t idmap_get(const struct idmap *map, uint64_t key);

#endif
