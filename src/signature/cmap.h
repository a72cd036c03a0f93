/* cmap: which characters the codes of a font stand for, as its ToUnicode says (ISO 32000-1,
 * 9.10.3). */
#ifndef CONGVAN_SIGNATURE_CMAP_H
#define CONGVAN_SIGNATURE_CMAP_H

#include "pdf/idmap.h"

enum { CMAP_CODES = 65536 };

struct cmap {
    struct idmap places; /* code + 1 -> 1 + place in `text` */
    VEC(char) text;      /* UTF-8, a NUL behind each */
    size_t *left;        /* entries it may still take; lent, fonts of a document share them */
};

/* Adds what a CMap of `len` bytes says. One that swells (many long ranges) is read in part. */
void cmap_read(struct pool *pool, struct cmap *map, const char *s, size_t len);

/* Adds one character. */
void cmap_put(struct pool *pool, struct cmap *map, unsigned code, uint32_t character);

/* UTF-8, lent until the map changes; NULL for a code it does not know. */
const char *cmap_text(const struct cmap *map, unsigned code);

#endif
