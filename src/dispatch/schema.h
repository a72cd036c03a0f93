/* schema: the sections and keys a dispatch's INI knows (contract, section 1). */
#ifndef CONGVAN_DISPATCH_SCHEMA_H
#define CONGVAN_DISPATCH_SCHEMA_H

#include "dispatch/ini.h"

/* Warns of every key a known section does not know, with the nearest name it does, and of sections
 * whose name is nearly a known one. */
void schema_check(const struct ini *ini, struct diag *diag);

/* Whether key `folded` of section `section` also has its bare name as a tag: every known key of
 * [công văn], [cơ quan], [người ký] but `tên`. */
bool schema_bare(const char *section, const char *folded);

/* Whether the bare name `folded` is a tag of the built-in data. */
bool schema_taken(const char *folded);

/* The name, as a clerk writes it, of the tag nearest to `folded` and nearer than `limit`; NULL:
 * none. */
const char *schema_nearest_tag(const char *folded, size_t limit);

/* What feeds the tag `folded`, written `name` in the template: the section and (NULL: all of it)
 * the key as a clerk writes them. `computed`: the program makes it of that. In the pool. */
struct tag_source {
    const char *section, *key;
    bool computed;
};
struct tag_source schema_source(struct pool *pool, const char *folded, const char *name);

/* The same for a tag in the section {{#within}} (folded; NULL: none): in one that goes through
 * appendices or signers, their own names are meant. */
struct tag_source schema_source_in(struct pool *pool, const char *within, const char *folded,
                                   const char *name);

/* Whether the program knows the section: [công văn] and the like, an appendix. */
bool schema_section(const char *folded);

/* Whether `folded` is "phu luc N". */
bool schema_appendix(const char *folded);

/* Whether `folded` is "nguoi ky 2" or the like: who signs beside [người ký]. */
bool schema_signer(const char *folded);

/* The section a bare known name belongs to ("cong van", "co quan", "nguoi ky"); NULL: none. */
const char *schema_home(const char *folded);

/* How a clerk writes the known key, e.g. "họ tên"; NULL if unknown. */
const char *schema_name(const char *section, const char *folded);

#endif
