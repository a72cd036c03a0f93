/* verify: what a signed PDF is worth.
 *
 * Each signature is judged three times over: its bytes (range), its cryptography (cms) and what
 * came after it (change, revision by revision). The verdict on the document is the worst of all,
 * because a reader sees the last revision, whoever signed which. */
#ifndef CONGVAN_SIGNATURE_VERIFY_H
#define CONGVAN_SIGNATURE_VERIFY_H

#include "signature/cms.h"
#include "signature/compare.h"

struct signature {
    const char *field;     /* name of its form field */
    const char *subfilter; /* with its slash */
    struct signer signer;
    struct range range; /* {0} when it has none that can be believed */
    int revision;       /* the one it closes, from 1; 0: unknown */
    bool certifies;     /* DocMDP (ISO 32000-1, 12.8.2.2) */
    int permission;     /* its /P: 1 nothing, 2 form filling and signing, 3 annotations too */
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

/* Judges `file`. `trust` NULL: nobody is trusted. Everything is in `pool`; always succeeds. */
struct verification *verify(struct pool *pool, struct bytes file, const struct trust *trust);

/* Of one signature alone, and of the whole. */
enum validity signature_verdict(const struct signature *signature);
enum validity verification_verdict(const struct verification *verification);

/* For clerks, and as one JSON object. */
void verification_write(struct pool *pool, const struct verification *v, const char *path,
                        enum lang lang, struct buf *out);
void verification_write_json(struct pool *pool, const struct verification *v, const char *path,
                             enum lang lang, struct buf *out);

#endif
