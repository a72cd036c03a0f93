/* verify: what a signed PDF is worth.
 *
 * Each signature is judged three times over: its bytes (range), its cryptography (cms) and what
 * came after it (change, revision by revision). The verdict on the document is the worst of all,
 * because a reader sees the last revision, whoever signed which. */
#ifndef CONGVAN_SIGNATURE_VERIFY_H
#define CONGVAN_SIGNATURE_VERIFY_H

#include "signature/cms.h"
#include "signature/compare.h"
#include "signature/lock.h"

struct signature {
    const char *field;     /* name of its form field */
    const char *subfilter; /* with its slash */
    struct signer signer;
    struct range range;       /* {0} when it has none that can be believed */
    int revision;             /* the one it closes, from 1; 0: unknown */
    struct permission allows; /* to be done after it */
    finding_list findings;
};

struct verification {
    struct bytes file;
    revision_ends ends;
    VEC(struct signature) signatures;  /* in the order they were made */
    finding_list findings;             /* about the file and its later revisions */
    const struct comparison *original; /* beside its draft, when one is known; set by the caller */
    const char *original_path;
};

/* Judges `file`, which must outlive the pool. `trust` (cms.h; the caller's) NULL: nobody is
 * trusted. Everything is in `pool`; always succeeds and reports nothing: what is wrong is a
 * finding. A hostile file may take long; `congvan verify` gives each a process with bounded time
 * and memory. */
struct verification *verify(struct pool *pool, struct bytes file, const struct trust *trust);

/* Of one signature alone, and of the whole. */
enum validity signature_verdict(const struct signature *signature);
enum validity verification_verdict(const struct verification *verification);
/* The same with trust, revocation and time left aside: never VALIDITY_UNDECIDED. */
enum validity verification_integrity(const struct verification *verification);

/* For clerks, and as one JSON object. */
void verification_write(struct pool *pool, const struct verification *v, const char *path,
                        enum lang lang, struct buf *out);
void verification_write_json(struct pool *pool, const struct verification *v, const char *path,
                             enum lang lang, struct buf *out);

#endif
