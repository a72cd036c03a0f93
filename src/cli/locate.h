/* locate: on which page the paragraphs of a template stand, for messages and lists of tags. */
#ifndef CONGVAN_CLI_LOCATE_H
#define CONGVAN_CLI_LOCATE_H

#include "base/face.h"
#include "docx/package.h"

/* Lays the package out as it is and gives the page (from 1) of each paragraph of its main part, by
 * its ordinal from 1, in `pool`; NULL if it cannot be laid out. `fonts`: struct fonts. Fits struct
 * locator of docx/template.h. */
const int *locate_pages(void *fonts, struct pool *pool, struct package *package);

#endif
