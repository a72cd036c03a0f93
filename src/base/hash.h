/* hash: 128 bits that tell the contents of files apart. It is no seal: it protects against nobody.
 */
#ifndef CONGVAN_BASE_HASH_H
#define CONGVAN_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hash {
    uint64_t word[2];
};

/* Of nothing yet; what is added is told apart by its bytes, its order and where one ends. */
struct hash hash_start(void);
void hash_add(struct hash *hash, const void *bytes, size_t n);
void hash_add_text(struct hash *hash, const char *s);

struct hash hash_of(const void *bytes, size_t n);
bool hash_same(struct hash a, struct hash b);

/* 32 hexadecimal digits and a NUL; and back, false if `s` does not begin with 32 of them. */
enum { HASH_TEXT = 33 };
void hash_print(struct hash hash, char text[HASH_TEXT]);
bool hash_parse(const char *s, struct hash *hash);

#endif
