/* flate: the zlib format, which PDF streams and PNG pictures share, through libdeflate.
 *
 * One `struct flate` is kept for a whole run: making a compressor costs more than packing a page.
 */
#ifndef CONGVAN_PDF_FLATE_H
#define CONGVAN_PDF_FLATE_H

#include "base/buf.h"

#include <stdbool.h>

struct flate;

struct flate *flate_new(void); /* free with flate_free */
void flate_free(struct flate *flate);

/* Appends `n` bytes, packed, to `out`. */
void flate_pack(struct flate *flate, const void *bytes, size_t n, struct buf *out);

/* Unpacks into `out`, which has room for `want` bytes. False if the packed bytes are damaged or
 * hold any other number of bytes than `want`. */
bool flate_unpack(struct flate *flate, const void *packed, size_t n, void *out, size_t want);

/* The same for bytes from strangers, whose unpacked length nobody told: appends to `out` at most
 * `most` bytes. False, with `out` as it was, if they are damaged or would be more; *swells tells
 * which. */
bool flate_unpack_within(const void *packed, size_t n, size_t most, struct buf *out, bool *swells);

uint32_t flate_crc(const void *bytes, size_t n); /* CRC-32, as PNG chunks end with */

#endif
