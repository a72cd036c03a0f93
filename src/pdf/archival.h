/* archival: what makes a PDF one that archives take - PDF/A-2u (ISO 19005-2), or PDF/A-3u
 * (ISO 19005-3) where files are attached.
 *
 * Dates are the document's own, never the clock's; a document without any has none here. */
#ifndef CONGVAN_PDF_ARCHIVAL_H
#define CONGVAN_PDF_ARCHIVAL_H

#include "layout/page.h"
#include "pdf/draw.h"
#include "pdf/object.h"

/* The sRGB profile, packed: made once per process. */
struct profile_bytes {
    size_t plain_len;
    struct buf packed;
};

/* Adds the metadata; its catalogue entries go to `catalog`, the document information, which says
 * the same, to `info`. `part`: 2 or 3. */
void archival_add_metadata(struct pool *pool, struct objects *objects, const struct pages *pages,
                           int part, struct buf *catalog, struct buf *info);

/* Adds the output intent, whose profile is packed if it is not yet. */
void archival_add_intent(struct objects *objects, struct profile_bytes *profile,
                         struct flate *flate, struct buf *catalog);

#endif
