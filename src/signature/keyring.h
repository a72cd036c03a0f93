/* keyring: what a key is inside, for the files of this stage that speak OpenSSL. */
#ifndef CONGVAN_SIGNATURE_KEYRING_H
#define CONGVAN_SIGNATURE_KEYRING_H

#include "signature/key.h"
#include "signature/trust.h"

#include <openssl/evp.h>

struct PKCS11_ctx_st;
struct PKCS11_slot_st;

struct key {
    struct pool *pool;
    EVP_PKEY *private;
    X509 *cert;
    STACK_OF(X509) * others;     /* of its chain */
    struct PKCS11_ctx_st *token; /* NULL: from a file */
    struct PKCS11_slot_st *slots;
    unsigned slot_count;
    bool loaded; /* the token's module */
};

/* Asks the authority at `url` for a time-stamp over `len` bytes: its token (DER), in `pool`. NULL,
 * reported, when it does not answer or refuses. */
const unsigned char *stamp_request(struct pool *pool, const char *url, const unsigned char *bytes,
                                   size_t len, size_t *token_len, struct diag *diag);

#endif
