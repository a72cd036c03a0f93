#include "base/hash.h"

#include <string.h>

/* Two multiplicative hashes over words of eight bytes, mixed into each other at the end. */
static uint64_t mix(uint64_t hash, uint64_t word, uint64_t by) {
    hash = (hash ^ word) * by;
    return hash ^ hash >> 29;
}

static void add_word(struct hash *hash, uint64_t word) {
    hash->word[0] = mix(hash->word[0], word, UINT64_C(0x9E3779B97F4A7C15));
    hash->word[1] = mix(hash->word[1], word, UINT64_C(0xC2B2AE3D27D4EB4F));
}

/* The same on every machine, whatever its byte order. */
static uint64_t load(const unsigned char *p, size_t n) {
    uint64_t word = 0;
    for (size_t i = 0; i < n; i++)
        word |= (uint64_t)p[i] << 8 * i;
    return word;
}

/* Written out, the compiler sees that it is one load. */
static uint64_t load_whole(const unsigned char *p) {
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
           (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
           (uint64_t)p[7] << 56;
}

struct hash hash_start(void) {
    return (struct hash){{UINT64_C(0x243F6A8885A308D3), UINT64_C(0x13198A2E03707344)}};
}

void hash_add(struct hash *hash, const void *bytes, size_t n) {
    const unsigned char *p = bytes;
    size_t left = n;
    for (; left >= 8; p += 8, left -= 8)
        add_word(hash, load_whole(p));
    add_word(hash, load(p, left));
    add_word(hash, n);
}

void hash_add_text(struct hash *hash, const char *s) {
    hash_add(hash, s, strlen(s));
}

struct hash hash_of(const void *bytes, size_t n) {
    struct hash hash = hash_start();
    hash_add(&hash, bytes, n);
    return hash;
}

bool hash_same(struct hash a, struct hash b) {
    return a.word[0] == b.word[0] && a.word[1] == b.word[1];
}

void hash_print(struct hash hash, char text[HASH_TEXT]) {
    for (int i = 0; i < HASH_TEXT - 1; i++)
        text[i] = "0123456789abcdef"[hash.word[i / 16] >> (60 - i % 16 * 4) & 15];
    text[HASH_TEXT - 1] = '\0';
}

static int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool hash_parse(const char *s, struct hash *hash) {
    for (int i = 0; i < HASH_TEXT - 1; i++) {
        int d = digit(s[i]);
        if (d < 0)
            return false;
        hash->word[i / 16] = hash->word[i / 16] << 4 | (uint64_t)d;
    }
    return true;
}
