/* audit: the store against its log: every object judged as an OCFL object and compared with what
 * the log says was put there. Whatever is missing, altered, surplus or unreadable is reported by
 * name. */
#ifndef CONGVAN_ARCHIVE_AUDIT_H
#define CONGVAN_ARCHIVE_AUDIT_H

#include "archive/ledger.h"
#include "archive/ocfl.h"

struct audit {
    const struct archive *archive;
    struct pool *pool;
    struct diag *diag; /* takes all that is found */
    int sample;    /* percent of the objects to be read whole; of the others only the inventory is
                      compared */
    uint64_t seed; /* which of them */
    struct ledger ledger;
    size_t objects, read;       /* there; read whole */
    uint64_t bytes;             /* digested */
    VEC(const char *) suspects; /* below the store: to be looked at again */
};

/* False: reported, there is nothing to audit. */
bool audit_store(struct audit *audit);

/* Whether the sample takes this object, by the name of its folder. */
bool audit_wanted(const struct audit *audit, const char *folder);

/* The chains of the other logs. */
void audit_logs(const struct audit *audit);

/* Adds what an OCFL report says to `diag`, paths below `path`. */
void audit_report(const struct ocfl_report *report, struct diag *diag);

#endif
