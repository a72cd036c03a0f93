#include "signature/key.h"

#include "base/file.h"
#include "pdf/lex.h"
#include "signature/keyring.h"

#include <libp11.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <stdlib.h>
#include <string.h>

static struct key *key_new(EVP_PKEY *private, X509 *cert, STACK_OF(X509) * others) {
    struct key *key = mem_alloc(sizeof *key);
    *key = (struct key){.private = private, .cert = cert, .others = others};
    key->pool = pool_new();
    return key;
}

void key_free(struct key *key) {
    if (!key)
        return;
    EVP_PKEY_free(key->private);
    X509_free(key->cert);
    sk_X509_pop_free(key->others, X509_free);
    if (key->slots)
        PKCS11_release_all_slots(key->token, key->slots, key->slot_count);
    if (key->loaded)
        PKCS11_CTX_unload(key->token);
    if (key->token)
        PKCS11_CTX_free(key->token);
    pool_free(key->pool);
    free(key);
}

const char *key_name(const struct key *key) {
    return name_common(key->pool, X509_get_subject_name(key->cert));
}

bool key_in_force(const struct key *key, long long at) {
    time_t t = (time_t)at;
    return X509_cmp_time(X509_get0_notBefore(key->cert), &t) < 0 &&
           X509_cmp_time(X509_get0_notAfter(key->cert), &t) > 0;
}

void secret_wipe(void *secret, size_t len) {
    OPENSSL_cleanse(secret, len);
}

struct key *key_from_file(const char *path, const char *pass, struct diag *diag) {
    struct pool *pool = pool_new();
    struct where where = {.file = path};
    size_t len;
    char *bytes = file_read(pool, path, &len, where, diag);
    struct key *key = NULL;
    if (bytes) {
        const unsigned char *p = (const unsigned char *)bytes;
        PKCS12 *p12 = d2i_PKCS12(NULL, &p, (long)len);
        EVP_PKEY *private = NULL;
        X509 *cert = NULL;
        STACK_OF(X509) *others = NULL;
        if (!p12)
            diag_add(diag, KEY_NOT_PKCS12, where, NULL);
        else if (!PKCS12_parse(p12, pass, &private, &cert, &others) || !private || !cert)
            diag_add(diag, KEY_PASS_WRONG, where, NULL);
        else
            key = key_new(private, cert, others ? others : sk_X509_new_null());
        if (!key) {
            EVP_PKEY_free(private);
            X509_free(cert);
            sk_X509_pop_free(others, X509_free);
        }
        PKCS12_free(p12);
        secret_wipe(bytes, len);
    }
    ERR_clear_error();
    pool_free(pool);
    return key;
}

/* The value of `name` in a PKCS#11 URI, percent signs resolved; NULL if it is not there. */
static char *uri_value(struct pool *pool, const char *uri, const char *name) {
    size_t n = strlen(name);
    const char *p = strncmp(uri, "pkcs11:", 7) == 0 ? uri + 7 : uri;
    for (; *p; p += strcspn(p, ";?&"), p += *p != '\0') {
        if (strncmp(p, name, n) != 0 || p[n] != '=')
            continue;
        char *value = pool_strndup(pool, p + n + 1, strcspn(p + n + 1, ";?&")), *to = value;
        for (const char *from = value; *from; to++) {
            int high = *from == '%' ? lex_hex(from[1]) : -1, low = high < 0 ? -1 : lex_hex(from[2]);
            if (low >= 0) {
                *to = (char)(high << 4 | low);
                from += 3;
            } else {
                *to = *from++;
            }
        }
        *to = '\0';
        return value;
    }
    return NULL;
}

static bool matches(const char *wanted, const char *label) {
    return !wanted || (label && strcmp(wanted, label) == 0);
}

static PKCS11_SLOT *find_slot(struct key *key, const char *wanted) {
    for (PKCS11_SLOT *slot = PKCS11_find_token(key->token, key->slots, key->slot_count); slot;
         slot = PKCS11_find_next_token(key->token, key->slots, key->slot_count, slot))
        if (slot->token && slot->token->initialized && matches(wanted, slot->token->label))
            return slot;
    return NULL;
}

/* The certificate whose private key is on the token; the others may be its chain. */
static bool find_key(struct key *key, PKCS11_SLOT *slot, const char *wanted) {
    PKCS11_CERT *certs = NULL;
    unsigned n = 0;
    if (PKCS11_enumerate_certs(slot->token, &certs, &n) < 0)
        return false;
    for (unsigned i = 0; i < n; i++) {
        PKCS11_KEY *found =
            !key->private && matches(wanted, certs[i].label) ? PKCS11_find_key(&certs[i]) : NULL;
        if (found) {
            key->private = PKCS11_get_private_key(found);
            key->cert = X509_dup(certs[i].x509);
        } else {
            sk_X509_push(key->others, X509_dup(certs[i].x509));
        }
    }
    return key->private && key->cert;
}

static enum diag_code open_token(struct key *key, const char *uri, const char *module,
                                 const char *pass) {
    const char *path = uri_value(key->pool, uri, "module-path");
    key->token = PKCS11_CTX_new();
    key->loaded = PKCS11_CTX_load(key->token, path ? path : module) == 0;
    if (!key->loaded || PKCS11_enumerate_slots(key->token, &key->slots, &key->slot_count) != 0)
        return KEY_TOKEN_MODULE;
    PKCS11_SLOT *slot = find_slot(key, uri_value(key->pool, uri, "token"));
    if (!slot)
        return KEY_TOKEN_MISSING;
    if (PKCS11_login(slot, 0, pass) != 0)
        return KEY_PASS_WRONG;
    return find_key(key, slot, uri_value(key->pool, uri, "object")) ? DIAG_CODES : KEY_TOKEN_EMPTY;
}

struct key *key_from_token(const char *uri, const char *module, const char *pass,
                           struct diag *diag) {
    struct key *key = key_new(NULL, NULL, sk_X509_new_null());
    enum diag_code failure = open_token(key, uri, module ? module : "p11-kit-proxy.so", pass);
    ERR_clear_error();
    if (failure == DIAG_CODES)
        return key;
    diag_add(diag, failure, (struct where){.file = uri}, NULL);
    key_free(key);
    return NULL;
}
