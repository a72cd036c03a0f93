#include "signature/trust.h"

#include "base/file.h"

#include <dirent.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>

struct trust *trust_new(void) {
    struct trust *trust = mem_alloc(sizeof *trust);
    *trust = (struct trust){.store = X509_STORE_new(), .given = evidence_new()};
    /* A root in --trust may be an intermediate authority: what is named is trusted. */
    X509_STORE_set_flags(trust->store, X509_V_FLAG_PARTIAL_CHAIN);
    return trust;
}

void trust_free(struct trust *trust) {
    if (!trust)
        return;
    X509_STORE_free(trust->store);
    evidence_free(trust->given);
    free(trust);
}

struct evidence *evidence_new(void) {
    struct evidence *evidence = mem_alloc(sizeof *evidence);
    *evidence =
        (struct evidence){sk_X509_new_null(), sk_X509_CRL_new_null(), sk_OCSP_BASICRESP_new_null()};
    return evidence;
}

void evidence_free(struct evidence *evidence) {
    if (!evidence)
        return;
    sk_X509_pop_free(evidence->certs, X509_free);
    sk_X509_CRL_pop_free(evidence->lists, X509_CRL_free);
    sk_OCSP_BASICRESP_pop_free(evidence->answers, OCSP_BASICRESP_free);
    free(evidence);
}

void evidence_add_certificate(struct evidence *evidence, struct bytes der) {
    const unsigned char *p = (const unsigned char *)der.s;
    X509 *cert = d2i_X509(NULL, &p, (long)der.len);
    if (cert)
        sk_X509_push(evidence->certs, cert);
    ERR_clear_error();
}

void evidence_add_crl(struct evidence *evidence, struct bytes der) {
    const unsigned char *p = (const unsigned char *)der.s;
    X509_CRL *crl = d2i_X509_CRL(NULL, &p, (long)der.len);
    if (crl)
        sk_X509_CRL_push(evidence->lists, crl);
    ERR_clear_error();
}

void evidence_add_answer(struct evidence *evidence, struct bytes der) {
    const unsigned char *p = (const unsigned char *)der.s;
    OCSP_RESPONSE *response = d2i_OCSP_RESPONSE(NULL, &p, (long)der.len);
    OCSP_BASICRESP *basic = response ? OCSP_response_get1_basic(response) : NULL;
    OCSP_RESPONSE_free(response);
    if (basic)
        sk_OCSP_BASICRESP_push(evidence->answers, basic);
    ERR_clear_error();
}

/* Adds what one file holds; returns how many. */
typedef int add_file(struct trust *trust, const char *bytes, size_t len);

static int add_root_file(struct trust *trust, const char *bytes, size_t len) {
    const unsigned char *der = (const unsigned char *)bytes;
    BIO *bio = BIO_new_mem_buf(bytes, (int)len);
    int n = 0;
    for (X509 *cert; (cert = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL; X509_free(cert))
        n += X509_STORE_add_cert(trust->store, cert);
    BIO_free(bio);
    X509 *cert = n ? NULL : d2i_X509(NULL, &der, (long)len);
    if (cert)
        n += X509_STORE_add_cert(trust->store, cert);
    X509_free(cert);
    ERR_clear_error();
    return n;
}

static int add_crl_file(struct trust *trust, const char *bytes, size_t len) {
    BIO *bio = BIO_new_mem_buf(bytes, (int)len);
    int n = 0, before = sk_X509_CRL_num(trust->given->lists);
    for (X509_CRL *crl; (crl = PEM_read_bio_X509_CRL(bio, NULL, NULL, NULL)) != NULL; n++)
        sk_X509_CRL_push(trust->given->lists, crl);
    BIO_free(bio);
    ERR_clear_error();
    if (n)
        return n;
    evidence_add_crl(trust->given, (struct bytes){bytes, len});
    return sk_X509_CRL_num(trust->given->lists) - before;
}

static int add_answer_file(struct trust *trust, const char *bytes, size_t len) {
    int before = sk_OCSP_BASICRESP_num(trust->given->answers);
    evidence_add_answer(trust->given, (struct bytes){bytes, len});
    return sk_OCSP_BASICRESP_num(trust->given->answers) - before;
}

static int add_path(struct trust *trust, struct pool *pool, const char *path, add_file *add,
                    struct diag *diag) {
    size_t len;
    const char *bytes = file_read(pool, path, &len, (struct where){.file = path}, diag);
    return bytes ? add(trust, bytes, len) : -1;
}

static int add_folder(struct trust *trust, struct pool *pool, const char *folder, add_file *add,
                      struct diag *diag) {
    int n = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;) {
        const char *path = path_join(pool, folder, entry->d_name);
        int added = entry->d_name[0] != '.' && !file_is_folder(path)
                        ? add_path(trust, pool, path, add, diag)
                        : 0;
        n += added > 0 ? added : 0;
    }
    if (dir)
        closedir(dir);
    return n;
}

static bool add_any(struct trust *trust, const char *path, add_file *add, struct diag *diag) {
    struct pool *pool = pool_new();
    int n = file_is_folder(path) ? add_folder(trust, pool, path, add, diag)
                                 : add_path(trust, pool, path, add, diag);
    pool_free(pool);
    if (n == 0)
        diag_add(diag, TRUST_EMPTY, (struct where){.file = path}, NULL);
    return n > 0;
}

bool trust_add_roots(struct trust *trust, const char *path, struct diag *diag) {
    return add_any(trust, path, add_root_file, diag);
}

bool trust_add_crls(struct trust *trust, const char *path, struct diag *diag) {
    return add_any(trust, path, add_crl_file, diag);
}

bool trust_add_answers(struct trust *trust, const char *path, struct diag *diag) {
    return add_any(trust, path, add_answer_file, diag);
}

/* What was written to a memory BIO, which is freed. */
static const char *bio_text(struct pool *pool, BIO *bio) {
    char *data = NULL;
    long n = BIO_get_mem_data(bio, &data);
    const char *text = pool_strndup(pool, n > 0 ? data : "", n > 0 ? (size_t)n : 0);
    BIO_free(bio);
    return text;
}

const char *name_text(struct pool *pool, X509_NAME *name) {
    BIO *bio = BIO_new(BIO_s_mem());
    X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB);
    return bio_text(pool, bio);
}

const char *name_common(struct pool *pool, X509_NAME *name) {
    int last = -1;
    for (int i; (i = X509_NAME_get_index_by_NID(name, NID_commonName, last)) >= 0;)
        last = i;
    if (last < 0)
        return name_text(pool, name);
    unsigned char *utf8 = NULL;
    int n = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, last)));
    const char *text = pool_strndup(pool, n > 0 ? (char *)utf8 : "", n > 0 ? (size_t)n : 0);
    OPENSSL_free(utf8);
    return text;
}

const char *serial_text(struct pool *pool, X509 *cert) {
    BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(cert), NULL);
    char *hex = number ? BN_bn2hex(number) : NULL;
    const char *text = pool_strdup(pool, hex ? hex : "");
    OPENSSL_free(hex);
    BN_free(number);
    return text;
}

const char *pem_text(struct pool *pool, X509 *cert) {
    BIO *bio = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(bio, cert);
    return bio_text(pool, bio);
}

bool is_weak_digest(int nid) {
    return nid == NID_sha1 || nid == NID_md5 || nid == NID_md4 || nid == NID_md2 ||
           nid == NID_ripemd160;
}

bool is_weak_key(const EVP_PKEY *key) {
    enum { RSA_LEAST = 2048, EC_LEAST = 256 };
    int least = EVP_PKEY_get_base_id(key) == EVP_PKEY_EC ? EC_LEAST : RSA_LEAST;
    return EVP_PKEY_get_bits(key) < least;
}

const char *instant_text(struct pool *pool, time_t at) {
    struct tm utc;
    char text[32];
    gmtime_r(&at, &utc);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return pool_strdup(pool, text);
}

static bool in_force(X509 *cert, time_t at) {
    return X509_cmp_time(X509_get0_notBefore(cert), &at) < 0 &&
           X509_cmp_time(X509_get0_notAfter(cert), &at) > 0;
}

static void judge_chain(struct pool *pool, struct knowledge known, X509_STORE_CTX *ctx,
                        const struct used_certificate *used, finding_list *findings) {
    struct instant moment = used->moment;
    if (X509_verify_cert(ctx) == 1) {
        STACK_OF(X509) *chain = X509_STORE_CTX_get0_chain(ctx);
        for (int i = 0; i + 1 < sk_X509_num(chain); i++)
            revocation_judge(pool, known, sk_X509_value(chain, i), sk_X509_value(chain, i + 1),
                             moment, findings);
        return;
    }
    int error = X509_STORE_CTX_get_error(ctx);
    if (error == X509_V_ERR_CERT_HAS_EXPIRED || error == X509_V_ERR_CERT_NOT_YET_VALID)
        finding_add(pool, findings, FIND_NOT_IN_FORCE, 0, instant_text(pool, moment.at), NULL);
    else
        finding_add(pool, findings, used->stamping ? FIND_STAMP_UNTRUSTED : FIND_UNTRUSTED, 0,
                    X509_verify_cert_error_string(error), NULL);
}

/* Certificates that may stand between leaf and root: the signature's own and the document's. */
static STACK_OF(X509) * helpers(STACK_OF(X509) * own, const struct evidence *evidence) {
    STACK_OF(X509) *all = sk_X509_new_null();
    for (int i = 0; own && i < sk_X509_num(own); i++)
        sk_X509_push(all, sk_X509_value(own, i));
    for (int i = 0; evidence && i < sk_X509_num(evidence->certs); i++)
        sk_X509_push(all, sk_X509_value(evidence->certs, i));
    return all;
}

void trust_judge(struct pool *pool, struct knowledge known, const struct used_certificate *used,
                 finding_list *findings) {
    struct instant moment = used->moment;
    if (!known.trust) {
        finding_add(pool, findings, FIND_NO_TRUST, 0, NULL, NULL);
        return;
    }
    X509_STORE_CTX *ctx = X509_STORE_CTX_new();
    STACK_OF(X509) *between = helpers(used->beside, known.evidence);
    if (X509_STORE_CTX_init(ctx, known.trust->store, used->cert, between) == 1) {
        X509_STORE_CTX_set_time(ctx, 0, moment.at);
        if (used->stamping)
            X509_STORE_CTX_set_purpose(ctx, X509_PURPOSE_TIMESTAMP_SIGN);
        judge_chain(pool, known, ctx, used, findings);
    }
    X509_STORE_CTX_free(ctx);
    sk_X509_free(between);
    ERR_clear_error();
    time_t now = time(NULL);
    if (!moment.proven && !in_force(used->cert, now) && in_force(used->cert, moment.at))
        finding_add(pool, findings, FIND_TIME_UNKNOWN, 0, NULL, NULL);
}
