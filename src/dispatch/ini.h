/* ini: a dispatch's INI file, nothing of it lost.
 *
 * iniparser reads the file; a scan before it remembers the line of every section and key, turns
 * UTF-16 and NFD into NFC UTF-8, and finds what iniparser would lose without a word: values cut at
 * ';' or '#', repeated keys, over-long lines, a BOM (contract, section 5). */
#ifndef CONGVAN_DISPATCH_INI_H
#define CONGVAN_DISPATCH_INI_H

#include "base/diag.h"
#include "base/pool.h"

#include <stdbool.h>

struct ini_key {
    const char *name;   /* as typed, NFC */
    const char *folded; /* utf8_fold(name) */
    const char *value;  /* NFC; never NULL, "" when empty; quotes removed */
    struct where where;
};

struct ini_section {
    const char *name, *folded;
    struct where where;
    VEC(struct ini_key) keys; /* in file order */
};

struct ini {
    VEC(struct ini_section)
    sections; /* in file order; two of one name are merged, with a warning */
};

/* Reads `path`. NULL when it cannot be read at all; otherwise what could be read, with every
 * problem in `diag` (errors there mean the dispatch must not be rendered). Lives in `pool`. */
struct ini *ini_read(struct pool *pool, const char *path, struct diag *diag);

/* The same from bytes; `name` stands in messages. */
struct ini *ini_parse(struct pool *pool, const char *name, const char *bytes, size_t n,
                      struct diag *diag);

/* Lookups by folded names; NULL if absent. Lent. */
const struct ini_section *ini_section(const struct ini *ini, const char *folded);
const struct ini_key *ini_key(const struct ini_section *section, const char *folded);

/* Whether every key of the section is one item, its name meaning nothing (kính gửi, nơi nhận, căn
 * cứ): there a repeated name is only warned about and both items stay. */
bool ini_is_list(const char *folded);

/* Puts the keys of `over` (a row of a mail merge) in place of those of `ini`, or adds them. A list
 * section of `over` replaces the items of the list, but for `lưu`. */
void ini_overlay(struct pool *pool, struct ini *ini, const struct ini *over);

/* Adds to `ini` every section and key of `defaults` that `ini` lacks. A list section (kính gửi,
 * nơi nhận) that the dispatch has is its own: nothing is mixed into it except `lưu`. */
void ini_add_defaults(struct pool *pool, struct ini *ini, const struct ini *defaults);

#endif
