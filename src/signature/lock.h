/* lock: what a signature allows to happen after it - certification (DocMDP) and locked fields
 * (FieldMDP, /Lock; ISO 32000-1, 12.8.2 and 12.7.4.5). */
#ifndef CONGVAN_SIGNATURE_LOCK_H
#define CONGVAN_SIGNATURE_LOCK_H

#include "signature/form.h"

struct field_lock {
    enum { LOCK_ALL, LOCK_INCLUDE, LOCK_EXCLUDE } action;
    VEC(const char *) fields; /* of the last two */
};

struct permission {
    bool certifies; /* a DocMDP transform */
    bool listed;    /* ... and the catalogue's /Perms says so too: only then it allows anything */
    int level;      /* 1 nothing, 2 form filling and signing, 3 annotations too; 0: does not say */
    VEC(struct field_lock) locks;
};

/* Of the signature in `field`, whose value is `value`. What is no level is the strictest one. */
void permission_read(struct reader *reader, struct pool *pool, const struct form_field *field,
                     struct permission *permission);

/* Whether the field `name`, or one it is part of, may not change. */
bool permission_locks(const struct permission *permission, const char *name);

#endif
