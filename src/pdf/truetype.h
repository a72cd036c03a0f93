/* truetype: a font program cut down to some of its glyphs (ISO 32000-1, 9.9; OpenType 1.9: glyf,
 * loca, hmtx, hhea, head, maxp).
 *
 * HarfBuzz's subsetter does this and more; it was used before. It plans each subset anew from the
 * whole face, which took 0.9 million instructions of a dispatch (6 million of the first one in a
 * process). All that a CIDFontType2 without hinting needs are outlines copied one after the other,
 * and what is to be copied of a glyph is found once for a whole run. The bytes are the same as
 * HarfBuzz's with HB_SUBSET_FLAGS_NO_HINTING and all other tables dropped. */
#ifndef CONGVAN_PDF_TRUETYPE_H
#define CONGVAN_PDF_TRUETYPE_H

#include "base/buf.h"
#include "base/pool.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum truetype_table { GLYF, HEAD, HHEA, HMTX, LOCA, MAXP, TRUETYPE_TABLES };

struct sfnt_bytes {
    const unsigned char *at;
    size_t n;
};

struct truetype;

/* A font of these tables, which must outlive it. Damage inside of them is met with glyphs left
 * empty. NULL if one is missing or too short. */
struct truetype *truetype_new(struct pool *pool, const struct sfnt_bytes tables[TRUETYPE_TABLES]);

/* Appends to `out` a program with .notdef, empty, as glyph 0, the `n` glyphs, and those they are
 * composed of, in the order of their numbers in the font. `renumbered` gets the new number of each
 * of `glyphs`. Returns how many glyphs the program has. */
unsigned truetype_cut(struct truetype *font, const uint16_t *glyphs, size_t n, uint16_t *renumbered,
                      struct buf *out);

/* By its number in the program cut last, each glyph's number in the font. Lent until the next. */
const uint16_t *truetype_order(const struct truetype *font);

#endif
