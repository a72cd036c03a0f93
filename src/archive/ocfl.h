/* ocfl: judges OCFL objects and storage roots, anybody's, by the validation codes of the
 * specification (OCFL 1.0 and 1.1; https://ocfl.io/1.1/spec/validation-codes.html). Takes nothing
 * for granted, follows no link, and goes on after a fault as far as sense can be made.
 *
 * Where two codes say the same of one fault, both are given: other validators give either. */
#ifndef CONGVAN_ARCHIVE_OCFL_H
#define CONGVAN_ARCHIVE_OCFL_H

#include "base/diag.h"
#include "base/pool.h"

#include <stdint.h>

enum ocfl_code {
#define OCFL(code, vi, en) OCFL_##code,
#define UNSEEN(code, why) OCFL_##code,
#include "archive/ocfl_codes.def"
#undef OCFL
#undef UNSEEN
    OCFL_CODES
};

struct ocfl_finding {
    enum ocfl_code code;
    const char *path;   /* below the object or storage root; "" itself */
    const char *detail; /* what was met; "" nothing to add */
};

/* What was found out about one object, or about a storage root beside its objects. */
struct ocfl_report {
    struct pool *pool;
    const char *path;   /* of the root, as it was given or found */
    const char *id;     /* of an object; NULL: not known */
    const char *digest; /* of the object's inventory by its own algorithm; NULL: not known */
    int version;        /* the number of its head; 0: not known */
    VEC(struct ocfl_finding) findings;
    size_t errors, warnings;
    uint64_t bytes; /* of content that was digested */
};

/* Judges one object. `root_spec` 10 or 11 is that of the storage root it lies in (0: none).
 * Files that cannot be read are reported in `diag`. Everything in `pool`. */
struct ocfl_report *ocfl_object(struct pool *pool, const char *path, int root_spec,
                                struct diag *diag);

/* Who is told of the objects of a storage root, in the order of their paths below it. */
struct ocfl_visitor {
    /* The report is lent; NULL: the object was not wanted. */
    void (*each)(void *context, const char *below, const struct ocfl_report *object);
    bool (*wanted)(void *context, const char *below); /* NULL: all are */
    void *context;
};

/* Judges a storage root and every object in it that is wanted. The answer is about the root
 * itself. In `pool`. */
struct ocfl_report *ocfl_root(struct pool *pool, const char *path,
                              const struct ocfl_visitor *visitor, struct diag *diag);

/* Whether `path` is to be judged as an object (its folder says so, or looks like one). */
bool ocfl_is_object(const char *path);

/* "E034"; and what diag prints for it, its level included. */
const char *ocfl_name(enum ocfl_code code);
const struct diag_kind *ocfl_kind(enum ocfl_code code);
/* Why no folder of files can break this requirement; NULL: it can. */
const char *ocfl_unseen(enum ocfl_code code);

#endif
