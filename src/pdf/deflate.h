/* deflate: RFC 1951 with codes settled beforehand, for the streams every document has.
 *
 * A general packer counts what a stream holds, makes codes of the counts and writes with those. The
 * streams of a dispatch are short (0.4 to 9 KB) and each like its own kind in any other document,
 * so that codes made once are nearly as good, and a stream is written in a single pass. The ten
 * streams of a dispatch, 31.7 KB, on average over ninety:
 *
 *     libdeflate, level 6    3.2 M instructions    17.4 KB
 *     libdeflate, level 1    1.55                  17.7
 *     this                   0.60                  18.9
 *
 * Any bytes may be packed under any kind; of another kind they get longer, by half at the most. */
#ifndef CONGVAN_PDF_DEFLATE_H
#define CONGVAN_PDF_DEFLATE_H

#include "base/buf.h"

#include <stddef.h>

enum deflate_kind {
    DEFLATE_GLYPHS, /* font programs without instructions */
    DEFLATE_PAGE,   /* content streams */
    DEFLATE_CMAP,   /* ToUnicode */
    DEFLATE_KINDS
};

struct deflate;

struct deflate *deflate_new(void); /* free with deflate_free */
void deflate_free(struct deflate *deflate);

enum { DEFLATE_MOST = 1 << 17 /* bytes packed in one call */ };

/* Appends `n` bytes, packed, to `out`. What comes out depends on bytes and kind alone. */
void deflate_pack(struct deflate *deflate, enum deflate_kind kind, const void *bytes, size_t n,
                  struct buf *out);

#endif
