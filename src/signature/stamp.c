#include "signature/trust.h"

#include <openssl/err.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <string.h>

static void damaged(struct pool *pool, finding_list *findings, const char *why) {
    finding_add(pool, findings, FIND_STAMP, 0, why, NULL);
}

/* Whether the token's imprint is the digest of the pieces. */
static bool imprint_fits(TS_TST_INFO *info, const struct bytes pieces[2]) {
    TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
    const ASN1_OCTET_STRING *told = TS_MSG_IMPRINT_get_msg(imprint);
    const EVP_MD *md = EVP_get_digestbyobj(TS_MSG_IMPRINT_get_algo(imprint)->algorithm);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool ok = md && EVP_DigestInit_ex(ctx, md, NULL) &&
              EVP_DigestUpdate(ctx, pieces[0].s, pieces[0].len) &&
              EVP_DigestUpdate(ctx, pieces[1].s, pieces[1].len) &&
              EVP_DigestFinal_ex(ctx, digest, &len);
    EVP_MD_CTX_free(ctx);
    return ok && (unsigned)told->length == len && memcmp(told->data, digest, len) == 0;
}

/* The token's own signature, and its signer, whose certificate must be for time-stamping. */
static X509 *token_signer(PKCS7 *token) {
    if (!PKCS7_type_is_signed(token) ||
        PKCS7_verify(token, NULL, NULL, NULL, NULL, PKCS7_NOVERIFY) != 1)
        return NULL;
    STACK_OF(X509) *signers = PKCS7_get0_signers(token, NULL, 0);
    X509 *cert = signers && sk_X509_num(signers) == 1 ? sk_X509_value(signers, 0) : NULL;
    sk_X509_free(signers);
    return cert && (X509_get_extended_key_usage(cert) & XKU_TIMESTAMP) ? cert : NULL;
}

static bool read_time(TS_TST_INFO *info, time_t *at) {
    struct tm tm;
    if (!ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &tm))
        return false;
    *at = timegm(&tm);
    return true;
}

/* Who signed the token, and when; NULL, with a finding: it proves nothing. */
static X509 *sound_signer(struct pool *pool, PKCS7 *token, TS_TST_INFO *info,
                          const struct bytes pieces[2], time_t *at, finding_list *findings) {
    X509 *cert = NULL;
    if (!imprint_fits(info, pieces))
        damaged(pool, findings, "imprint");
    else if ((cert = token_signer(token)) == NULL || !read_time(info, at))
        damaged(pool, findings, "signature");
    else
        return cert;
    return NULL;
}

/* The imprint, what was signed with it, and the key must each hold. */
static void check_strength(struct pool *pool, PKCS7 *token, TS_TST_INFO *info, X509 *cert,
                           finding_list *findings) {
    TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
    const PKCS7_SIGNER_INFO *signer = sk_PKCS7_SIGNER_INFO_value(PKCS7_get_signer_info(token), 0);
    int taken = OBJ_obj2nid(TS_MSG_IMPRINT_get_algo(imprint)->algorithm);
    int sealed = OBJ_obj2nid(signer->digest_alg->algorithm);
    const EVP_PKEY *key = X509_get0_pubkey(cert);
    if (is_weak_digest(taken) || is_weak_digest(sealed))
        finding_add(pool, findings, FIND_STAMP_WEAK, 0,
                    OBJ_nid2sn(is_weak_digest(taken) ? taken : sealed), NULL);
    if (is_weak_key(key))
        finding_add(
            pool, findings, FIND_STAMP_WEAK, 0,
            pool_printf(pool, "%s %d", EVP_PKEY_get0_type_name(key), EVP_PKEY_get_bits(key)), NULL);
}

static void describe(struct pool *pool, X509 *cert, struct signer *authority) {
    authority->name = name_common(pool, X509_get_subject_name(cert));
    authority->subject = name_text(pool, X509_get_subject_name(cert));
    authority->issuer = name_text(pool, X509_get_issuer_name(cert));
    authority->serial = serial_text(pool, cert);
    authority->certificate_pem = pem_text(pool, cert);
}

bool stamp_judge(struct pool *pool, struct knowledge known, const struct time_stamp *stamp,
                 time_t *at, struct signer *authority, finding_list *findings) {
    const unsigned char *p = (const unsigned char *)stamp->token.s;
    PKCS7 *token = d2i_PKCS7(NULL, &p, (long)stamp->token.len);
    TS_TST_INFO *info = token && PKCS7_type_is_signed(token) ? PKCS7_to_TS_TST_INFO(token) : NULL;
    X509 *cert = NULL;
    if (info)
        cert = sound_signer(pool, token, info, stamp->pieces, at, findings);
    else
        damaged(pool, findings, "ASN.1");
    if (cert && authority)
        describe(pool, cert, authority);
    if (cert) {
        check_strength(pool, token, info, cert, findings);
        struct used_certificate used = {.cert = cert,
                                        .beside = token->d.sign->cert,
                                        .moment = {.at = *at, .proven = true},
                                        .stamping = true};
        trust_judge(pool, known, &used, findings);
    }
    TS_TST_INFO_free(info);
    PKCS7_free(token);
    ERR_clear_error();
    return cert != NULL;
}
