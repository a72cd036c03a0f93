/* admit: whether a document goes into the store, and as what.
 *
 *  - Bytes that are not those which were judged are refused.
 *  - The same bytes once more are what is there already.
 *  - Signatures must be VALID today. Unsigned, changed, weak and invalid files, and those whose
 * trust, revocation or time is not known (UNDECIDED), are refused - unless a reason is given, which
 * is kept with the verdict.
 *  - A file that begins with the bytes of one that is there (signed again, time-stamped) is its
 * next version. So is one of the same number, symbol, year and agency that was signed anew upon the
 *    same first revision. One that the store holds a continuation of is there already.
 *  - Another document of the same number, symbol, year and agency is a conflict, and refused -
 *    unless it is said to replace the one that is there, and why: then it is that one's next
 *    version, the reason kept with it and in the log.
 *  - Everything else is a new object. */
#ifndef CONGVAN_ARCHIVE_ADMIT_H
#define CONGVAN_ARCHIVE_ADMIT_H

#include "archive/intake.h"
#include "archive/store.h"

enum admission { ADMIT_REFUSED, ADMIT_ADDED, ADMIT_VERSION, ADMIT_SAME };

/* On whose behalf, and on what terms. */
struct admit_terms {
    const char *as_is;    /* why a file that is not valid is kept all the same; NULL: it is not */
    const char *replaces; /* the id of an object whose next version it is, whatever it is made of;
                             NULL: none. Then also: */
    const char *why;
    const char *created, *user_name, *address; /* of the version, see inventory.h */
    const struct intake_file *evidence;        /* what trust was judged by */
    size_t evidence_count;
    bool trusting; /* roots were given; for a word of advice */
};

struct admitted {
    enum admission as;
    const char *object; /* its id; NULL when refused */
    int version;
};

/* A document that asks for admission. */
struct admit_file {
    const char *path; /* for messages */
    struct bytes pdf;
    const struct intake *intake; /* what is known of it */
};

/* Decides and, unless it is there or refused (reported), hands the document to the store; it is
 * there once store_commit has succeeded. Texts in `pool`. */
struct admitted admit(struct store *store, struct pool *pool, const struct admit_file *file,
                      const struct admit_terms *terms, struct diag *diag);

#endif
