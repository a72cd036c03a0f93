/* rtf: RTF (Rich Text Format, version 1.9.1) as a DOCX, to be read like any other. */
#ifndef CONGVAN_DOCX_RTF_H
#define CONGVAN_DOCX_RTF_H

#include "docx/package.h"

#include <stddef.h>

bool is_rtf(const char *bytes, size_t n);

/* A package with the paragraphs, tables, notes, fields and pictures of an RTF text; any bytes give
 * one, nothing fails. `hanging`: tables will be laid out hanging out by their cell margins, as Word
 * did before 2013; those of RTF say where they begin. *lost: the first of what is left out and has
 * a look or text of its own ("\\shp"), NULL: nothing. Close it with package_close, or let it belong
 * to a pool; it may need `pool` as long as it lives. */
struct package *rtf_package(struct pool *pool, const char *bytes, size_t n, bool hanging,
                            const char **lost);

#endif
