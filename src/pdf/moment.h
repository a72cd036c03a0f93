/* moment: the days and times of a document's properties, as XMP and as PDF write them.
 *
 * In: W3CDTF, as docProps/core.xml has it ("2026-03-02T07:00:00Z", any shorter form). What is no
 * date, or of no real day, is none. Midnight UTC stands for the day alone: that is how a date
 * without a time is written there. */
#ifndef CONGVAN_PDF_MOMENT_H
#define CONGVAN_PDF_MOMENT_H

#include "base/buf.h"

struct moment {
    int year, month, day;     /* 0: not said; year 0: none at all */
    int hour, minute, second; /* hour -1: not said */
    int zone;                 /* minutes east of UTC */
};

struct moment moment_read(const char *w3cdtf); /* NULL: none */

void moment_put_xmp(struct buf *out, const struct moment *date);  /* 2026-03-02T07:00:00+07:00 */
void moment_put_info(struct buf *out, const struct moment *date); /* D:20260302070000+07'00' */

#endif
