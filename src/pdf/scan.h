/* scan: the objects of a PDF as this program writes them - one cross-reference table, no object
 * streams - without taking it apart: for whoever copies them. */
#ifndef CONGVAN_PDF_SCAN_H
#define CONGVAN_PDF_SCAN_H

#include "base/buf.h"
#include "base/pool.h"

#include <stdbool.h>
#include <stdint.h>

struct scan {
    const char *bytes;
    size_t len;
    uint32_t *offsets; /* by object number; 0: none */
    uint32_t count;    /* of numbers, from 0 */
    struct bytes trailer;
};

/* Finds the objects of the `len` bytes, which are lent. False: no such PDF. In the pool. */
bool scan_open(struct pool *pool, struct scan *scan, const char *bytes, size_t len);

/* What stands between "obj" and "endobj" or "stream", and the bytes of the stream (nothing for what
 * is none). False: there is no such object, or it is damaged. */
bool scan_object(const struct scan *scan, uint32_t number, struct bytes *value,
                 struct bytes *stream);

/* Takes the next key of a dictionary and its value; `dictionary` shrinks to what follows. To begin
 * with it is the dictionary with its brackets. False: there is none left. */
bool scan_entry(struct bytes *dictionary, struct bytes *key, struct bytes *value);
/* The value of `key`, with its slash; nothing: it has none. */
struct bytes scan_value(struct bytes dictionary, const char *key);

/* The object number of "12 0 R"; 0: it is no reference. */
uint32_t scan_reference(struct bytes value);
/* The value itself, or what it refers to. */
struct bytes scan_resolve(const struct scan *scan, struct bytes value);

#endif
