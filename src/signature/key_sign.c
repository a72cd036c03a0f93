#include "signature/keyring.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>

/* One signature in the making. */
struct cms_making {
    struct key *key;
    const struct cms_options *options;
    CMS_ContentInfo *cms;
    CMS_SignerInfo *info;
    BIO *content;
};

static bool is_rsa(const struct key *key) {
    return EVP_PKEY_get_base_id(key->private) == EVP_PKEY_RSA;
}

static bool use_pss(EVP_PKEY_CTX *ctx) {
    return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PSS_PADDING) > 0 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, RSA_PSS_SALTLEN_DIGEST) > 0;
}

static bool prepare(struct cms_making *s, const struct bytes pieces[2]) {
    const unsigned flags = CMS_BINARY | CMS_DETACHED | CMS_PARTIAL | CMS_NOSMIMECAP;
    bool pss = s->options->pss && is_rsa(s->key);
    s->cms = CMS_sign(NULL, NULL, s->key->others, NULL, flags);
    s->info = s->cms ? CMS_add1_signer(s->cms, s->key->cert, s->key->private, EVP_sha256(),
                                       flags | CMS_CADES | (pss ? CMS_KEY_PARAM : 0))
                     : NULL;
    if (!s->info || (pss && !use_pss(CMS_SignerInfo_get0_pkey_ctx(s->info))))
        return false;
    s->content = BIO_new(BIO_s_mem());
    return BIO_write(s->content, pieces[0].s, (int)pieces[0].len) == (int)pieces[0].len &&
           BIO_write(s->content, pieces[1].s, (int)pieces[1].len) == (int)pieces[1].len &&
           CMS_final(s->cms, s->content, NULL, flags) == 1;
}

struct der {
    unsigned char *s;
    int len;
};

/* The order of a SET OF in DER: by bytes, the shorter first (X.690, 11.6). */
static int by_bytes(const void *a, const void *b) {
    const struct der *x = a, *y = b;
    int order = memcmp(x->s, y->s, (size_t)(x->len < y->len ? x->len : y->len));
    return order ? order : x->len - y->len;
}

/* What is signed: the attributes as an explicit SET OF (RFC 5652, 5.4). malloc'ed by OpenSSL. */
static unsigned char *attributes_der(CMS_SignerInfo *info, size_t *len) {
    enum { MAX_ATTRIBUTES = 16 };
    struct der items[MAX_ATTRIBUTES] = {{NULL, 0}};
    int n = CMS_signed_get_attr_count(info), total = 0;
    if (n < 1 || n > MAX_ATTRIBUTES)
        return NULL;
    for (int i = 0; i < n; i++) {
        items[i].len = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(info, i), &items[i].s);
        total += items[i].len;
    }
    qsort(items, (size_t)n, sizeof *items, by_bytes);
    unsigned char *set = OPENSSL_malloc((size_t)ASN1_object_size(1, total, V_ASN1_SET)), *p = set;
    ASN1_put_object(&p, 1, total, V_ASN1_SET, V_ASN1_UNIVERSAL);
    for (int i = 0; i < n; i++) {
        memcpy(p, items[i].s, (size_t)items[i].len);
        p += items[i].len;
        OPENSSL_free(items[i].s);
    }
    *len = (size_t)(p - set);
    return set;
}

/* CMS_final puts a signing-time attribute in, which PAdES forbids (EN 319 142-1, table 1), and this
 * OpenSSL has no flag against it: it is taken out and the rest signed again. */
static bool sign_without_time(struct cms_making *s) {
    int at = CMS_signed_get_attr_by_NID(s->info, NID_pkcs9_signingTime, -1);
    if (at >= 0)
        X509_ATTRIBUTE_free(CMS_signed_delete_attr(s->info, at));
    size_t len = 0, n = 0;
    unsigned char *set = attributes_der(s->info, &len), *value = NULL;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_PKEY_CTX *parameters = NULL;
    bool ok = set && EVP_DigestSignInit(ctx, &parameters, EVP_sha256(), NULL, s->key->private) == 1;
    if (ok && s->options->pss && is_rsa(s->key))
        ok = use_pss(parameters);
    ok = ok && EVP_DigestSign(ctx, NULL, &n, set, len) == 1;
    value = ok ? OPENSSL_malloc(n) : NULL;
    ok = ok && EVP_DigestSign(ctx, value, &n, set, len) == 1 &&
         ASN1_STRING_set(CMS_SignerInfo_get0_signature(s->info), value, (int)n) == 1;
    OPENSSL_free(value);
    OPENSSL_free(set);
    EVP_MD_CTX_free(ctx);
    return ok;
}

/* B-T: the time-stamp over the signature value becomes an unsigned attribute. */
static bool add_stamp(struct cms_making *s, struct pool *pool, struct diag *diag) {
    const ASN1_OCTET_STRING *value = CMS_SignerInfo_get0_signature(s->info);
    size_t len;
    const unsigned char *token =
        stamp_request(pool, s->options->tsa, value->data, (size_t)value->length, &len, diag);
    return token && CMS_unsigned_add1_attr_by_NID(s->info, NID_id_smime_aa_timeStampToken,
                                                  V_ASN1_SEQUENCE, token, (int)len) == 1;
}

const char *key_sign(struct pool *pool, struct key *key, const struct bytes pieces[2],
                     const struct cms_options *options, size_t *len, struct diag *diag) {
    struct cms_making s = {.key = key, .options = options};
    const char *result = NULL;
    bool ok = prepare(&s, pieces) && sign_without_time(&s);
    if (!ok)
        diag_add(diag, SIGN_FAILED, (struct where){0},
                 ERR_reason_error_string(ERR_peek_last_error()), NULL);
    if (ok && options->tsa)
        ok = add_stamp(&s, pool, diag);
    if (ok) {
        unsigned char *der = NULL;
        int n = i2d_CMS_ContentInfo(s.cms, &der);
        *len = n > 0 ? (size_t)n : 0;
        result = n > 0 ? pool_strndup(pool, (char *)der, *len) : NULL;
        OPENSSL_free(der);
    }
    BIO_free(s.content);
    CMS_ContentInfo_free(s.cms);
    ERR_clear_error();
    return result;
}

size_t key_room(const struct key *key, const struct cms_options *options) {
    enum { STRUCTURE = 2048, STAMP = 12288 };
    size_t room = STRUCTURE + (size_t)EVP_PKEY_get_size(key->private);
    int n = i2d_X509(key->cert, NULL);
    room += n > 0 ? (size_t)n : 0;
    for (int i = 0; i < sk_X509_num(key->others); i++) {
        n = i2d_X509(sk_X509_value(key->others, i), NULL);
        room += n > 0 ? (size_t)n : 0;
    }
    return room + (options->tsa ? STAMP : 0);
}
