/* trust: certificates as OpenSSL holds them, for the files of this stage that speak its language.
 */
#ifndef CONGVAN_SIGNATURE_TRUST_H
#define CONGVAN_SIGNATURE_TRUST_H

#include "signature/cms.h"

#include <openssl/ocsp.h>
#include <openssl/x509.h>
#include <time.h>

DEFINE_STACK_OF(OCSP_BASICRESP)

struct evidence {
    STACK_OF(X509) * certs;
    STACK_OF(X509_CRL) * lists;
    STACK_OF(OCSP_BASICRESP) * answers;
};

struct trust {
    X509_STORE *store;
    struct evidence *given; /* by the user */
};

/* When a certificate is judged. */
struct instant {
    time_t at;
    bool proven; /* by a time-stamp; otherwise the signer says so */
};

/* What can be known about certificates: who is trusted (NULL: nobody), what the document brings
 * along (NULL: nothing). */
struct knowledge {
    const struct trust *trust;
    const struct evidence *evidence;
};

/* A certificate that signed something. */
struct used_certificate {
    X509 *cert;
    STACK_OF(X509) * beside; /* others that came with it, which may stand between it and a root */
    struct instant moment;   /* of signing */
    bool stamping;           /* by a time-stamping authority */
};

/* Judges its chain at that moment. Findings say what is missing. */
void trust_judge(struct pool *pool, struct knowledge known, const struct used_certificate *used,
                 finding_list *findings);

/* Whether `cert`, issued by `issuer`, was revoked then, by the lists and answers there are.
 * Findings say so, or that only the document itself says it was not, or that it is unknown although
 * the certificate tells where to ask. */
void revocation_judge(struct pool *pool, struct knowledge known, X509 *cert, X509 *issuer,
                      struct instant moment, finding_list *findings);

/* A distinguished name as UTF-8 (RFC 2253), and the last common name in it. In the pool. */
const char *name_text(struct pool *pool, X509_NAME *name);
const char *name_common(struct pool *pool, X509_NAME *name);

/* Its number in hexadecimal, and the whole of it. In the pool. */
const char *serial_text(struct pool *pool, X509 *cert);
const char *pem_text(struct pool *pool, X509 *cert);

/* Whether bytes can be exchanged for others of this digest (a NID), or the key be worked out: what
 * rests on them proves nothing any more. */
bool is_weak_digest(int nid);
bool is_weak_key(const EVP_PKEY *key);

/* "2026-11-26T08:30:00Z" */
const char *instant_text(struct pool *pool, time_t at);

/* A time-stamp token (RFC 3161), and the bytes it is about, one piece after the other. */
struct time_stamp {
    struct bytes token, pieces[2];
};

/* What it proves about them. False, with a finding, when it belongs to other bytes or is damaged;
 * otherwise its time, its authority (may be NULL), and findings about its strength and the
 * authority's certificate. */
bool stamp_judge(struct pool *pool, struct knowledge known, const struct time_stamp *stamp,
                 time_t *at, struct signer *authority, finding_list *findings);

#endif
