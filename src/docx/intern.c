#include "docx/intern.h"

#include <stdint.h>
#include <string.h>

struct entry {
    const void *key; /* NULL: free */
    size_t n;
    uint64_t hash;
    void *value;
};

struct intern {
    struct pool *pool;
    struct entry *entries;
    size_t count, size; /* size is a power of two, at most three quarters used */
};

enum { FIRST_SIZE = 32 };

struct intern *intern_new(struct pool *pool) {
    struct intern *intern = POOL_NEW(pool, struct intern);
    intern->pool = pool;
    intern->size = FIRST_SIZE;
    intern->entries = POOL_ARRAY(pool, struct entry, FIRST_SIZE);
    return intern;
}

/* FNV-1a, eight bytes at a step, with a final mix so that the low bits depend on all of them. */
static uint64_t hash_bytes(const void *key, size_t n) {
    const unsigned char *p = key;
    uint64_t hash = 0xCBF29CE484222325u ^ n, word;
    for (; n >= 8; p += 8, n -= 8) {
        memcpy(&word, p, 8);
        hash = (hash ^ word) * 0x100000001B3u;
        hash ^= hash >> 29;
    }
    while (n-- > 0)
        hash = (hash ^ *p++) * 0x100000001B3u;
    hash ^= hash >> 32;
    return hash * 0x9E3779B97F4A7C15u >> 7;
}

static struct entry *probe(struct entry *entries, size_t size, const void *key, size_t n,
                           uint64_t hash) {
    size_t i = (size_t)hash & (size - 1);
    for (;; i = (i + 1) & (size - 1)) {
        struct entry *e = &entries[i];
        if (!e->key || (e->hash == hash && e->n == n && memcmp(e->key, key, n) == 0))
            return e;
    }
}

static void grow(struct intern *intern) {
    size_t size = intern->size * 2;
    struct entry *entries = POOL_ARRAY(intern->pool, struct entry, size);
    for (size_t i = 0; i < intern->size; i++) {
        const struct entry *old = &intern->entries[i];
        if (old->key)
            *probe(entries, size, old->key, old->n, old->hash) = *old;
    }
    intern->entries = entries;
    intern->size = size;
}

static struct entry *entry_of(struct intern *intern, const void *key, size_t n) {
    uint64_t hash = hash_bytes(key, n);
    struct entry *e = probe(intern->entries, intern->size, key, n, hash);
    if (e->key)
        return e;
    if ((intern->count + 1) * 4 > intern->size * 3) {
        grow(intern);
        e = probe(intern->entries, intern->size, key, n, hash);
    }
    intern->count++;
    *e = (struct entry){pool_strndup(intern->pool, key, n), n, hash, NULL};
    return e;
}

void **intern_slot(struct intern *intern, const void *key, size_t n) {
    return &entry_of(intern, key, n)->value;
}

void *intern_find(const struct intern *intern, const void *key, size_t n) {
    return probe(intern->entries, intern->size, key, n, hash_bytes(key, n))->value;
}

const char *intern_string(struct intern *intern, const char *s) {
    return entry_of(intern, s, strlen(s))->key; /* a copy, which ends in a NUL */
}
