/* cms: the cryptographic side of a signature (RFC 5652, ETSI EN 319 122 and 319 142), through
 * OpenSSL. Whether the signed bytes, the signature and the certificate in it belong together is
 * one question; whether the certificate can be believed is another and needs a `trust`. */
#ifndef CONGVAN_SIGNATURE_CMS_H
#define CONGVAN_SIGNATURE_CMS_H

#include "signature/range.h"

/* Certificates that are trusted and lists of revoked ones, from files. */
struct trust;
struct trust *trust_new(void);
void trust_free(struct trust *trust); /* NULL is fine */

/* Adds the PEM or DER certificates, or revocation lists, of a file or of every file in a folder.
 * False, reported, when there is none. */
bool trust_add_roots(struct trust *trust, const char *path, struct diag *diag);
bool trust_add_crls(struct trust *trust, const char *path, struct diag *diag);
/* The same of OCSP responses (DER). */
bool trust_add_answers(struct trust *trust, const char *path, struct diag *diag);

/* What a document keeps for its own verification (DSS; ETSI EN 319 142-1, 5.4): certificates,
 * revocation lists and OCSP responses in DER. Each is believed only as far as its issuer's
 * signature goes. */
struct evidence;
struct evidence *evidence_new(void);
void evidence_free(struct evidence *evidence); /* NULL is fine */
void evidence_add_certificate(struct evidence *evidence, struct bytes der);
void evidence_add_crl(struct evidence *evidence, struct bytes der);
void evidence_add_answer(struct evidence *evidence, struct bytes der);

/* TIME_DOCUMENT: no time of its own, but a document time-stamp over it shows that it existed. */
enum time_source { TIME_NONE, TIME_STAMP, TIME_CLAIMED, TIME_DOCUMENT };

/* What a CMS structure says, as text in the pool; "" where it says nothing. */
struct signer {
    const char *name;             /* common name of the certificate's subject */
    const char *subject, *issuer; /* distinguished names, RFC 2253, UTF-8 */
    const char *serial;           /* hexadecimal */
    const char *algorithm;        /* e.g. "RSA-PSS 2048, SHA256" */
    const char *time;             /* ISO 8601, UTC */
    long long at;                 /* the same in seconds since 1970; 0: none */
    enum time_source time_source;
    const char *certificate_pem; /* for the record of an archive */
};

/* All of it empty. */
struct signer signer_unknown(void);

/* Judges the signature `contents` (DER, zero padded) over the two signed pieces of `file`.
 * `subfilter` as in the PDF (/ETSI.RFC3161: a document time-stamp), `claimed` the /M date ("D:...",
 * may be ""), `trust` and `evidence` NULL for none. `existed`: when a sound document time-stamp
 * over it was made (seconds since 1970); 0: there is none. */
struct cms_input {
    struct bytes file;
    struct range range;
    const char *subfilter, *claimed;
    const char *contents;
    size_t contents_len;
    const struct trust *trust;
    const struct evidence *evidence;
    long long existed;
};

void cms_judge(struct pool *pool, const struct cms_input *input, struct signer *signer,
               finding_list *findings);

#endif
