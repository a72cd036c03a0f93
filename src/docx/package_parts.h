/* What package.c and package_rels.c share of a package. */
#ifndef CONGVAN_DOCX_PACKAGE_PARTS_H
#define CONGVAN_DOCX_PACKAGE_PARTS_H

#include "docx/intern.h"
#include "docx/package.h"

#include <stdint.h>

struct part {
    const char *name;
    const char *packed; /* as in the ZIP; NULL for a part set here */
    size_t packed_len;
    const char *plain; /* inflated or set; NULL until asked for */
    size_t size;       /* of plain */
    uint32_t crc;      /* of plain; of a part set here: unknown until written */
    bool deflated;     /* packed is deflated, not stored */
    bool damaged;      /* reported already */
    /* The part of another package this one is, byte for byte, unless that one was set anew since:
     * then the packed bytes are no longer the same. */
    struct package *origin; /* NULL: none */
    size_t origin_place;    /* in its parts */
    /* Of a part others come from, or that was set as a tree; NULL: not known yet. */
    const struct xml_node *tree;
    struct relations *relations; /* that it holds; NULL: not asked yet */
};

struct package {
    struct pool *pool;
    const char *path;
    VEC(struct part) parts;
    struct intern *index; /* lower-case name -> 1 + place in parts */
    struct intern *rels;  /* name of the source part -> its relationships */
};

/* Where the relationships are kept that the part of this name holds, and the pool they are to be
 * made in: those of the part it comes from, for all that share it. NULL: there is no such part. */
struct relations **package_relations_at(struct package *package, const char *part_name,
                                        struct pool **pool);

/* package_names.c: the bytes of the ZIP with every entry called as its header calls it; `bytes`
 * themselves, or a copy in the package's pool. Entries with another name besides: a warning. */
const char *package_header_names(struct package *package, const char *bytes, size_t n,
                                 struct diag *diag);

#endif
