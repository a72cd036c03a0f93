/* scan: the objects of a PDF as this program writes them - one cross-reference table, no object
 * streams - without taking it apart: for whoever copies them. */
#ifndef CONGVAN_PDF_SCAN_H
#define CONGVAN_PDF_SCAN_H

#include "base/pool.h"

#include <stdbool.h>
#include <stdint.h>

/* Some of the file's bytes. */
struct span {
    const char *s;
    size_t n; /* 0: nothing */
};

struct scan {
    const char *bytes;
    size_t len;
    uint32_t *offsets; /* by object number; 0: none */
    uint32_t count;    /* of numbers, from 0 */
    struct span trailer;
};

/* Finds the objects of the `len` bytes, which are lent. False: no such PDF. In the pool. */
bool scan_open(struct pool *pool, struct scan *scan, const char *bytes, size_t len);

/* What stands between "obj" and "endobj" or "stream", and the bytes of the stream (nothing for what
 * is none). False: there is no such object, or it is damaged. */
bool scan_object(const struct scan *scan, uint32_t number, struct span *value, struct span *stream);

/* Takes the next key of a dictionary and its value; `dictionary` shrinks to what follows. To begin
 * with it is the dictionary with its brackets. False: there is none left. */
bool scan_entry(struct span *dictionary, struct span *key, struct span *value);
/* The value of `key`, with its slash; nothing: it has none. */
struct span scan_value(struct span dictionary, const char *key);

/* The object number of "12 0 R"; 0: it is no reference. */
uint32_t scan_reference(struct span value);
/* The value itself, or what it refers to. */
struct span scan_resolve(const struct scan *scan, struct span value);

#endif
