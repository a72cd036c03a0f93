/* ini_scan: the lines of an INI as sections and keys, each with its place - the half of ini that
 * knows lines. What iniparser would lose without a word is found here. */
#ifndef CONGVAN_DISPATCH_INI_SCAN_H
#define CONGVAN_DISPATCH_INI_SCAN_H

#include "dispatch/ini.h"

/* `text` comes from source_text. Every line is kept as a section or key, is a comment or blank, or
 * is reported. */
struct ini *ini_scan(struct pool *pool, const char *name, const char *text, size_t n,
                     struct diag *diag);

#endif
