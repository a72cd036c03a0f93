/* key: who signs - a private key and its certificates, from a PKCS#12 file or a token (PKCS#11).
 * The key never leaves this module but as a signature. */
#ifndef CONGVAN_SIGNATURE_KEY_H
#define CONGVAN_SIGNATURE_KEY_H

#include "base/diag.h"
#include "signature/range.h"

#include <stddef.h>

struct key;

/* `pass` is only read; the caller wipes it. NULL, reported, when there is no such key, or the
 * passphrase is wrong. `path`: of a .p12 or .pfx file. `uri`: "pkcs11:token=...;object=..." (RFC
 * 7512) with "module-path=" or the module in `module`. */
struct key *key_from_file(const char *path, const char *pass, struct diag *diag);
struct key *key_from_token(const char *uri, const char *module, const char *pass,
                           struct diag *diag);
void key_free(struct key *key); /* wipes; NULL is fine */

/* Common name of the certificate. Lent. */
const char *key_name(const struct key *key);
/* Whether the certificate is in force at `at` (seconds since 1970). */
bool key_in_force(const struct key *key, long long at);

/* What the signature is made with. */
struct cms_options {
    bool pss;        /* RSASSA-PSS instead of PKCS#1 v1.5; RSA keys only */
    const char *tsa; /* URL of a time-stamping authority; NULL: none */
};

/* Signs the two pieces: a CMS structure (DER) of the form ETSI.CAdES.detached, B-B, or B-T with a
 * time-stamp. In `pool`. NULL, reported, on failure. */
const char *key_sign(struct pool *pool, struct key *key, const struct bytes pieces[2],
                     const struct cms_options *options, size_t *len, struct diag *diag);

/* How many bytes such a signature may take at most. */
size_t key_room(const struct key *key, const struct cms_options *options);

/* Overwrites a secret. */
void secret_wipe(void *secret, size_t len);

#endif
