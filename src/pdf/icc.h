/* icc: the colours of a page, told by a profile of our own making.
 *
 * Built from the published numbers of sRGB (IEC 61966-2-1), as a display profile of version 2.1:
 * three primaries and one curve (ICC.1:1998-09, 6.3.1). */
#ifndef CONGVAN_PDF_ICC_H
#define CONGVAN_PDF_ICC_H

#include "base/buf.h"

/* Appends the profile, about 900 bytes. */
void icc_put_srgb(struct buf *out);

#endif
