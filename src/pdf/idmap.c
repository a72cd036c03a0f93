#include "pdf/idmap.h"

#include <stdbool.h>

struct idmap_cell {
    uint64_t key;
    uint32_t value;
    bool used;
};

/* Where `key` is, or where it would go: cells are tried one after the other (Fibonacci hashing
 * spreads keys that follow each other). */
static struct idmap_cell *find(const struct idmap *map, uint64_t key) {
    size_t i = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 20);
    for (;; i++) {
        struct idmap_cell *cell = &map->cells[i & (map->cap - 1)];
        if (!cell->used || cell->key == key)
            return cell;
    }
}

static void grow(struct pool *pool, struct idmap *map) {
    struct idmap old = *map;
    map->cap = old.cap ? old.cap * 2 : 32;
    map->cells = POOL_ARRAY(pool, struct idmap_cell, map->cap);
    for (size_t i = 0; i < old.cap; i++)
        if (old.cells[i].used)
            *find(map, old.cells[i].key) = old.cells[i];
}

uint32_t *idmap_at(struct pool *pool, struct idmap *map, uint64_t key) {
    if (map->n * 2 >= map->cap)
        grow(pool, map);
    struct idmap_cell *cell = find(map, key);
    if (!cell->used) {
        *cell = (struct idmap_cell){.key = key, .used = true};
        map->n++;
    }
    return &cell->value;
}

uint32_t idmap_get(const struct idmap *map, uint64_t key) {
    return map->cap ? find(map, key)->value : 0;
}
