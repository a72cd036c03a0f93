/* pool: all memory of one document (or of the process) in one place, freed in one call.
 *
 * Nothing handed out by a pool is freed alone. Out of memory ends the program (exit status 3)
 * inside the pool, so no caller tests for NULL. */
#ifndef CONGVAN_BASE_POOL_H
#define CONGVAN_BASE_POOL_H

#include <stdarg.h>
#include <stddef.h>

struct pool;

struct pool *pool_new(void);
void pool_free(struct pool *pool);

/* Frees `child` together with `pool` (or when it is reset), and never before. */
void pool_own(struct pool *pool, struct pool *child);

/* Forgets everything handed out but keeps one block for the next document. */
void pool_reset(struct pool *pool);

/* `size` zeroed bytes, aligned for any type. */
void *pool_alloc(struct pool *pool, size_t size) __attribute__((returns_nonnull));
/* The same, not zeroed: for what is written whole. */
void *pool_room(struct pool *pool, size_t size) __attribute__((returns_nonnull));
char *pool_strdup(struct pool *pool, const char *s);
char *pool_strndup(struct pool *pool, const char *s, size_t n);
char *pool_printf(struct pool *pool, const char *format, ...)
    __attribute__((format(printf, 2, 3), nonnull));
/* The strings, which a NULL ends, one behind the other (much cheaper than pool_printf). */
char *pool_concat(struct pool *pool, const char *first, ...) __attribute__((sentinel));

#define POOL_NEW(pool, type) ((type *)pool_alloc((pool), sizeof(type)))
#define POOL_ARRAY(pool, type, n) ((type *)pool_alloc((pool), sizeof(type) * (size_t)(n)))

/* A growing array whose items live in a pool: declare with VEC(type), append with VEC_PUSH,
 * which gives a pointer to a new zeroed item (valid until the next push). */
#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *at;                                                                                  \
        size_t n, cap;                                                                             \
    }
#define VEC_PUSH(pool, vec)                                                                        \
    ((vec)->n < (vec)->cap                                                                         \
         ? &(vec)->at[(vec)->n++]                                                                  \
         : ((vec)->at = pool_grow_((pool), (vec)->at, &(vec)->cap, (vec)->n, sizeof *(vec)->at),   \
            &(vec)->at[(vec)->n++]))
/* For memory that is gone. */
#define VEC_FORGET(vec) ((vec)->at = NULL, (vec)->n = (vec)->cap = 0)
#define VEC_EACH(item, vec) for (item = (vec)->at; item && item < (vec)->at + (vec)->n; item++)

void *pool_grow_(struct pool *pool, void *items, size_t *cap, size_t n, size_t size);

/* malloc family that ends the program instead of returning NULL; free() what they return. */
void *mem_alloc(size_t size) __attribute__((returns_nonnull));
void *mem_realloc(void *p, size_t size) __attribute__((returns_nonnull));

#endif
