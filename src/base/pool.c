#include "base/pool.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 64 * 1024, ALIGNMENT = 16 };

struct pool_block {
    struct pool_block *next;
    size_t used, size;
    _Alignas(ALIGNMENT) unsigned char bytes[];
};

struct pool {
    struct pool_block *current; /* newest first */
    struct pool *children;      /* freed with it */
    struct pool *next;          /* of the same owner */
};

static _Noreturn void out_of_memory(void) {
    static const char text[] = "congvan: error: hết bộ nhớ / out of memory [out-of-memory]\n";
    fwrite(text, 1, sizeof text - 1, stderr);
    exit(3);
}

void *mem_alloc(size_t size) {
    void *p = malloc(size ? size : 1);
    if (!p)
        out_of_memory();
    return p;
}

void *mem_realloc(void *old, size_t size) {
    void *p = realloc(old, size ? size : 1);
    if (!p)
        out_of_memory();
    return p;
}

static struct pool_block *block_new(size_t size, struct pool_block *next) {
    if (size > SIZE_MAX - sizeof(struct pool_block))
        out_of_memory();
    struct pool_block *block = mem_alloc(sizeof *block + size);
    block->next = next;
    block->used = 0;
    block->size = size;
    return block;
}

struct pool *pool_new(void) {
    struct pool *pool = mem_alloc(sizeof *pool);
    pool->current = block_new(BLOCK_SIZE, NULL);
    pool->children = pool->next = NULL;
    return pool;
}

static void free_blocks(struct pool_block *block) {
    while (block) {
        struct pool_block *next = block->next;
        free(block);
        block = next;
    }
}

void pool_own(struct pool *pool, struct pool *child) {
    child->next = pool->children;
    pool->children = child;
}

/* Two deep: a document owns packages, which own nothing. */
static void free_children(struct pool *pool) {
    for (struct pool *child = pool->children, *next; child; child = next) {
        next = child->next;
        pool_free(child);
    }
    pool->children = NULL;
}

void pool_free(struct pool *pool) {
    if (!pool)
        return;
    free_children(pool);
    free_blocks(pool->current);
    free(pool);
}

void pool_reset(struct pool *pool) {
    free_children(pool);
    free_blocks(pool->current->next);
    pool->current->next = NULL;
    pool->current->used = 0;
    if (pool->current->size > BLOCK_SIZE) {
        free(pool->current);
        pool->current = block_new(BLOCK_SIZE, NULL);
    }
}

static size_t padded(size_t size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

/* Of a new block, apart from what is done for nearly every piece. A big piece gets one of its own
 * behind the current one, which keeps filling up. */
static __attribute__((noinline)) void *new_block_room(struct pool *pool, size_t size) {
    if (size > SIZE_MAX / 2)
        out_of_memory();
    bool big = size > BLOCK_SIZE / 4;
    struct pool_block **link = big ? &pool->current->next : &pool->current;
    *link = block_new(big ? padded(size) : BLOCK_SIZE, *link);
    (*link)->used = padded(size);
    return (*link)->bytes;
}

void *pool_room(struct pool *pool, size_t size) {
    struct pool_block *block = pool->current;
    if (size > BLOCK_SIZE / 4 || padded(size) > block->size - block->used)
        return new_block_room(pool, size);
    void *p = block->bytes + block->used;
    block->used += padded(size);
    return p;
}

void *pool_alloc(struct pool *pool, size_t size) {
    return memset(pool_room(pool, size), 0, size);
}

char *pool_strndup(struct pool *pool, const char *s, size_t n) {
    char *copy = pool_room(pool, n + 1);
    if (n)
        memcpy(copy, s, n);
    copy[n] = '\0';
    return copy;
}

char *pool_strdup(struct pool *pool, const char *s) {
    return pool_strndup(pool, s, strlen(s));
}

char *pool_printf(struct pool *pool, const char *format, ...) {
    char first[128]; /* most are shorter, and are formatted once */
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(first, sizeof first, format, args);
    va_end(args);
    char *s = pool_room(pool, (size_t)n + 1);
    if ((size_t)n < sizeof first)
        memcpy(s, first, (size_t)n + 1);
    else
        vsnprintf(s, (size_t)n + 1, format, again);
    va_end(again);
    return s;
}

char *pool_concat(struct pool *pool, const char *first, ...) {
    va_list args, again;
    size_t n = strlen(first);
    va_start(args, first);
    va_copy(again, args);
    for (const char *s; (s = va_arg(args, const char *)) != NULL;)
        n += strlen(s);
    va_end(args);
    char *whole = pool_room(pool, n + 1), *to = stpcpy(whole, first);
    for (const char *s; (s = va_arg(again, const char *)) != NULL;)
        to = stpcpy(to, s);
    va_end(again);
    return whole;
}

void *pool_grow_(struct pool *pool, void *items, size_t *cap, size_t n, size_t size) {
    size_t grown = *cap ? *cap * 2 : 8;
    if (grown > SIZE_MAX / 2 / size)
        out_of_memory();
    char *copy = pool_room(pool, grown * size);
    if (n)
        memcpy(copy, items, n * size);
    memset(copy + n * size, 0, (grown - n) * size);
    *cap = grown;
    return copy;
}
