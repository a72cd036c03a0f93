#include "signature/cms.h"

#include "signature/trust.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <string.h>

/* One signature while it is judged. */
struct cms_judging {
    struct pool *pool;
    const struct cms_input *input;
    struct signer *signer;
    finding_list *findings;
    CMS_ContentInfo *cms;
    CMS_SignerInfo *info;
    X509 *cert;
    EVP_PKEY *key;
    int digest; /* NID */
    const EVP_MD *md;
    STACK_OF(X509) * others;
};

static bool fail(struct cms_judging *j, enum finding_code code, const char *arg) {
    finding_add(j->pool, j->findings, code, 0, arg, NULL);
    return false;
}

/* DER, then nothing but the zeros that fill the room the signer reserved. */
static bool parse(struct cms_judging *j) {
    const unsigned char *start = (const unsigned char *)j->input->contents, *p = start;
    j->cms = d2i_CMS_ContentInfo(NULL, &p, (long)j->input->contents_len);
    if (!j->cms || OBJ_obj2nid(CMS_get0_type(j->cms)) != NID_pkcs7_signed)
        return fail(j, FIND_CMS, NULL);
    for (size_t used = (size_t)(p - start); used < j->input->contents_len; used++)
        if (start[used])
            return fail(j, FIND_CMS, NULL);
    return true;
}

static bool one_signer(struct cms_judging *j) {
    STACK_OF(CMS_SignerInfo) *infos = CMS_get0_SignerInfos(j->cms);
    int n = infos ? sk_CMS_SignerInfo_num(infos) : 0;
    if (n != 1)
        return fail(j, FIND_SIGNERS, pool_printf(j->pool, "%d", n));
    if (!CMS_is_detached(j->cms) || OBJ_obj2nid(CMS_get0_eContentType(j->cms)) != NID_pkcs7_data)
        return fail(j, FIND_ATTACHED, NULL);
    j->info = sk_CMS_SignerInfo_value(infos, 0);
    return true;
}

static bool find_certificate(struct cms_judging *j) {
    X509_ALGOR *digest = NULL, *algorithm = NULL;
    j->others = CMS_get1_certs(j->cms);
    if (!j->others)
        j->others = sk_X509_new_null();
    CMS_set1_signers_certs(j->cms, NULL, 0);
    CMS_SignerInfo_get0_algs(j->info, &j->key, &j->cert, &digest, &algorithm);
    if (!j->cert || !j->key)
        return fail(j, FIND_NO_CERTIFICATE, NULL);
    j->digest = OBJ_obj2nid(digest->algorithm);
    j->md = EVP_get_digestbynid(j->digest);
    int nid = OBJ_obj2nid(algorithm->algorithm);
    const char *kind = nid == NID_rsassaPss                           ? "RSA-PSS"
                       : EVP_PKEY_get_base_id(j->key) == EVP_PKEY_EC  ? "ECDSA"
                       : EVP_PKEY_get_base_id(j->key) == EVP_PKEY_RSA ? "RSA"
                                                                      : OBJ_nid2sn(nid);
    j->signer->algorithm = pool_printf(j->pool, "%s %d, %s", kind, EVP_PKEY_get_bits(j->key),
                                       j->md ? OBJ_nid2sn(j->digest) : "?");
    j->signer->name = name_common(j->pool, X509_get_subject_name(j->cert));
    j->signer->subject = name_text(j->pool, X509_get_subject_name(j->cert));
    j->signer->issuer = name_text(j->pool, X509_get_issuer_name(j->cert));
    j->signer->serial = serial_text(j->pool, j->cert);
    j->signer->certificate_pem = pem_text(j->pool, j->cert);
    return true;
}

/* The one value of a signed attribute that may occur once only; NULL if it does not. */
static const ASN1_TYPE *attribute(CMS_SignerInfo *info, int nid) {
    int at = CMS_signed_get_attr_by_NID(info, nid, -1);
    if (at < 0 || CMS_signed_get_attr_by_NID(info, nid, at) >= 0)
        return NULL;
    X509_ATTRIBUTE *found = CMS_signed_get_attr(info, at);
    return X509_ATTRIBUTE_count(found) == 1 ? X509_ATTRIBUTE_get0_type(found, 0) : NULL;
}

static bool digest_ranges(const struct cms_judging *j, unsigned char *out, unsigned *len) {
    const struct cms_input *in = j->input;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool ok =
        EVP_DigestInit_ex(ctx, j->md, NULL) && EVP_DigestUpdate(ctx, in->file.s, in->range.gap) &&
        EVP_DigestUpdate(ctx, in->file.s + in->range.resume, in->range.end - in->range.resume) &&
        EVP_DigestFinal_ex(ctx, out, len);
    EVP_MD_CTX_free(ctx);
    return ok;
}

/* The signature over the digest of the file itself, as PKCS#7 1.5 (RFC 2315) had it. */
static bool check_bare(struct cms_judging *j) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    const ASN1_OCTET_STRING *value = CMS_SignerInfo_get0_signature(j->info);
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(j->key, NULL);
    bool ok = digest_ranges(j, digest, &len) && EVP_PKEY_verify_init(ctx) == 1 &&
              EVP_PKEY_CTX_set_signature_md(ctx, j->md) == 1 &&
              EVP_PKEY_verify(ctx, value->data, (size_t)value->length, digest, len) == 1;
    EVP_PKEY_CTX_free(ctx);
    return ok || fail(j, FIND_DIGEST, NULL);
}

/* Without signed attributes a signature can be passed off as one over other bytes (the attributes
 * of another one). Programs of the time of SHA-1 made such ones as adbe.pkcs7.detached; they can
 * never be more than weak, while one of today has no excuse. */
static bool check_no_attributes(struct cms_judging *j) {
    bool old = strcmp(j->input->subfilter, "/adbe.pkcs7.detached") == 0 && j->digest == NID_sha1;
    if (!old)
        return fail(j, FIND_NO_ATTRIBUTES, NULL);
    fail(j, FIND_OLD_FORM, NULL);
    return check_bare(j);
}

/* RFC 5652, 5.4 and 11: contentType and messageDigest, each once, are what is really signed. */
static bool check_attributes(struct cms_judging *j) {
    if (CMS_signed_get_attr_count(j->info) <= 0)
        return check_no_attributes(j);
    const ASN1_TYPE *type = attribute(j->info, NID_pkcs9_contentType);
    if (!type || type->type != V_ASN1_OBJECT || OBJ_obj2nid(type->value.object) != NID_pkcs7_data)
        return fail(j, FIND_CONTENT_TYPE, NULL);
    const ASN1_TYPE *told = attribute(j->info, NID_pkcs9_messageDigest);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    if (!told || told->type != V_ASN1_OCTET_STRING || !j->md || !digest_ranges(j, digest, &len) ||
        (unsigned)told->value.octet_string->length != len ||
        memcmp(told->value.octet_string->data, digest, len) != 0)
        return fail(j, FIND_DIGEST, NULL);
    if (CMS_SignerInfo_verify(j->info) != 1)
        return fail(j, FIND_WRONG, NULL);
    return true;
}

/* RFC 5035: the certificate is pinned by its hash, so that it cannot be exchanged for another of
 * the same key. */
static bool check_pinned(struct cms_judging *j) {
    bool cades = strcmp(j->input->subfilter, "/ETSI.CAdES.detached") == 0;
    const ASN1_TYPE *one = attribute(j->info, NID_id_smime_aa_signingCertificate);
    const ASN1_TYPE *two = attribute(j->info, NID_id_smime_aa_signingCertificateV2);
    if (!one && !two)
        return cades ? fail(j, FIND_ESS_MISSING, NULL)
                     : (finding_add(j->pool, j->findings, FIND_ESS_NONE, 0, NULL, NULL), true);
    const unsigned char *p1 =
        one && one->type == V_ASN1_SEQUENCE ? one->value.sequence->data : NULL;
    const unsigned char *p2 =
        two && two->type == V_ASN1_SEQUENCE ? two->value.sequence->data : NULL;
    ESS_SIGNING_CERT *v1 = p1 ? d2i_ESS_SIGNING_CERT(NULL, &p1, one->value.sequence->length) : NULL;
    ESS_SIGNING_CERT_V2 *v2 =
        p2 ? d2i_ESS_SIGNING_CERT_V2(NULL, &p2, two->value.sequence->length) : NULL;
    STACK_OF(X509) *chain = sk_X509_new_null();
    sk_X509_push(chain, j->cert);
    for (int i = 0; i < sk_X509_num(j->others); i++)
        sk_X509_push(chain, sk_X509_value(j->others, i));
    bool ok = (v1 || v2) && OSSL_ESS_check_signing_certs(v1, v2, chain, 1) > 0;
    sk_X509_free(chain);
    ESS_SIGNING_CERT_free(v1);
    ESS_SIGNING_CERT_V2_free(v2);
    return ok || fail(j, FIND_ESS, NULL);
}

static void check_strength(struct cms_judging *j) {
    if (is_weak_digest(j->digest))
        fail(j, FIND_WEAK_DIGEST, OBJ_nid2sn(j->digest));
    if (is_weak_key(j->key))
        fail(j, FIND_WEAK_KEY, pool_printf(j->pool, "%d", EVP_PKEY_get_bits(j->key)));
    uint32_t usage = X509_get_key_usage(j->cert);
    if (usage != UINT32_MAX && !(usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)))
        fail(j, FIND_KEY_USAGE, NULL);
}

/* "D:20231225093000+07'00'" */
static bool pdf_time(const char *s, time_t *at) {
    struct tm tm = {0};
    int sign = 0, hours = 0, minutes = 0;
    char zone = 'Z';
    int n = sscanf(s, "D:%4d%2d%2d%2d%2d%2d%c%2d'%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
                   &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &zone, &hours, &minutes);
    if (n < 6)
        return false;
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    sign = zone == '+' ? -1 : zone == '-' ? 1 : 0;
    *at = timegm(&tm) + sign * (hours * 3600 + minutes * 60);
    return true;
}

static bool claimed_time(struct cms_judging *j, time_t *at) {
    const ASN1_TYPE *told = attribute(j->info, NID_pkcs9_signingTime);
    struct tm tm;
    if (told && (told->type == V_ASN1_UTCTIME || told->type == V_ASN1_GENERALIZEDTIME) &&
        ASN1_TIME_to_tm(told->value.asn1_string, &tm)) {
        *at = timegm(&tm);
        return true;
    }
    return pdf_time(j->input->claimed, at);
}

static struct knowledge known(const struct cms_input *in) {
    return (struct knowledge){in->trust, in->evidence};
}

/* The time-stamp over the signature value, an unsigned attribute (RFC 3161, appendix A). */
static bool stamped_time(struct cms_judging *j, time_t *at) {
    int i = CMS_unsigned_get_attr_by_NID(j->info, NID_id_smime_aa_timeStampToken, -1);
    X509_ATTRIBUTE *found = i < 0 ? NULL : CMS_unsigned_get_attr(j->info, i);
    const ASN1_TYPE *token = found ? X509_ATTRIBUTE_get0_type(found, 0) : NULL;
    if (!token || token->type != V_ASN1_SEQUENCE)
        return false;
    const ASN1_OCTET_STRING *value = CMS_SignerInfo_get0_signature(j->info);
    const ASN1_STRING *der = token->value.sequence;
    struct time_stamp stamp = {
        .token = {(const char *)der->data, (size_t)der->length},
        .pieces = {{(const char *)value->data, (size_t)value->length}, {"", 0}}};
    return stamp_judge(j->pool, known(j->input), &stamp, at, NULL, j->findings);
}

static void judge_who_and_when(struct cms_judging *j) {
    struct instant moment = {.at = time(NULL)};
    struct signer *signer = j->signer;
    if (stamped_time(j, &moment.at)) {
        moment.proven = true;
        signer->time_source = TIME_STAMP;
    } else if (j->input->existed) {
        moment = (struct instant){.at = (time_t)j->input->existed, .proven = true};
        signer->time_source = TIME_DOCUMENT;
    } else if (claimed_time(j, &moment.at)) {
        signer->time_source = TIME_CLAIMED;
    }
    if (signer->time_source != TIME_NONE) {
        signer->time = instant_text(j->pool, moment.at);
        signer->at = moment.at;
    }
    trust_judge(j->pool, known(j->input),
                &(struct used_certificate){.cert = j->cert, .beside = j->others, .moment = moment},
                j->findings);
}

/* A document time-stamp: the token is the signature (ETSI EN 319 142-1, 5.4.3). */
static void judge_document_stamp(struct pool *pool, const struct cms_input *in,
                                 struct signer *signer, finding_list *findings) {
    struct time_stamp stamp = {
        .token = {in->contents, in->contents_len},
        .pieces = {{in->file.s, in->range.gap},
                   {in->file.s + in->range.resume, in->range.end - in->range.resume}}};
    time_t at;
    if (!stamp_judge(pool, known(in), &stamp, &at, signer, findings))
        return;
    signer->time = instant_text(pool, at);
    signer->at = at;
    signer->time_source = TIME_STAMP;
}

struct signer signer_unknown(void) {
    return (struct signer){.name = "",
                           .subject = "",
                           .issuer = "",
                           .serial = "",
                           .algorithm = "",
                           .time = "",
                           .certificate_pem = ""};
}

void cms_judge(struct pool *pool, const struct cms_input *input, struct signer *signer,
               finding_list *findings) {
    *signer = signer_unknown();
    if (strcmp(input->subfilter, "/ETSI.RFC3161") == 0) {
        judge_document_stamp(pool, input, signer, findings);
        return;
    }
    struct cms_judging j = {.pool = pool, .input = input, .signer = signer, .findings = findings};
    if (strcmp(input->subfilter, "/ETSI.CAdES.detached") != 0 &&
        strcmp(input->subfilter, "/adbe.pkcs7.detached") != 0) {
        fail(&j, FIND_SUBFILTER, input->subfilter);
        return;
    }
    if (parse(&j) && one_signer(&j) && find_certificate(&j)) {
        bool sound = check_attributes(&j);
        sound = check_pinned(&j) && sound;
        check_strength(&j);
        if (sound)
            judge_who_and_when(&j);
    }
    sk_X509_pop_free(j.others, X509_free);
    CMS_ContentInfo_free(j.cms);
    ERR_clear_error();
}
