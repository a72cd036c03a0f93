/* object: the numbered objects of one PDF, kept and written out by libharu.
 *
 * libharu has the page tree, the cross-reference table and the trailer. The bodies of our own
 * objects are text composed by the caller: that keeps coordinates exact (libharu's numbers are
 * floats) and long width lists cheap. */
#ifndef CONGVAN_PDF_OBJECT_H
#define CONGVAN_PDF_OBJECT_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/pool.h"
#include "pdf/flate.h"

#include <stdbool.h>

struct objects;

/* A new document. What is added is copied into `pool`, which must outlive it, as must `flate`. */
struct objects *objects_new(struct pool *pool, struct flate *flate);
void objects_free(struct objects *objects);

/* Adds an object and returns its number, for references to it; 0 once libharu has failed (which
 * objects_write reports). `entries` is the inside of the dictionary. */
unsigned object_add(struct objects *objects, const struct buf *entries);

/* The same with a stream, `n` bytes as they are. /Length is added; a /Filter, if the bytes have
 * one, stands in `entries`. */
unsigned object_add_stream(struct objects *objects, const struct buf *entries, const void *bytes,
                           size_t n);
/* The same; the bytes are packed here, and /Filter added. */
unsigned object_add_packed(struct objects *objects, const struct buf *entries, const void *bytes,
                           size_t n);

/* Adds a page after those added before and returns its number. /Type and /Parent are added. */
unsigned object_add_page(struct objects *objects, const struct buf *entries);

/* The number the next added object will have: objects that refer to each other are numbered ahead
 * with it. */
unsigned objects_next(const struct objects *objects);

/* Appends "/key 12 0 R" to `out`. */
void object_put_ref(struct buf *out, const char *key, unsigned number);

/* MD5, which PDF asks for as a checksum of embedded files (table 46). */
void object_checksum(const void *bytes, size_t n, unsigned char sum[16]);

/* Appends the whole PDF to `out`. `catalog` and `info` are entries of the document catalogue
 * (/Type and /Pages are added) and of the document information. The trailer's /ID is a hash of all
 * that was added (14.4). False (reported) if libharu has failed since objects_new. */
bool objects_write(struct objects *objects, const struct buf *catalog, const struct buf *info,
                   struct buf *out, struct diag *diag);

#endif
