#include "signature/trust.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <time.h>

/* A list speaks of a moment if it was still the newest then, or came later. */
static bool list_covers(X509_CRL *list, time_t at) {
    const ASN1_TIME *next = X509_CRL_get0_nextUpdate(list);
    return X509_cmp_time(X509_CRL_get0_lastUpdate(list), &at) > 0 ||
           (next && X509_cmp_time(next, &at) > 0);
}

static bool list_is_of(X509_CRL *list, X509 *issuer) {
    return X509_NAME_cmp(X509_CRL_get_issuer(list), X509_get_subject_name(issuer)) == 0 &&
           X509_CRL_verify(list, X509_get0_pubkey(issuer)) == 1;
}

/* A revocation after a proven time of signing does not reach back. */
static bool revokes(X509_CRL *list, X509 *cert, struct instant moment) {
    X509_REVOKED *entry = NULL;
    if (X509_CRL_get0_by_cert(list, &entry, cert) != 1)
        return false;
    return !moment.proven || X509_cmp_time(X509_REVOKED_get0_revocationDate(entry), &moment.at) < 0;
}

/* Whether who gave the answer could be believed when it was given: the issuer, or whom the issuer
 * lets answer (RFC 6960, 4.2.2.2), whose certificate often is a matter of weeks. */
static bool is_answer_of(OCSP_BASICRESP *answer, X509_STORE *store, X509 *issuer) {
    STACK_OF(X509) *signers = sk_X509_new_null();
    X509_VERIFY_PARAM *rules = X509_STORE_get0_param(store);
    struct tm tm;
    bool dated = ASN1_TIME_to_tm(OCSP_resp_get0_produced_at(answer), &tm) == 1;
    if (dated)
        X509_VERIFY_PARAM_set_time(rules, timegm(&tm));
    sk_X509_push(signers, issuer);
    bool ok = dated && OCSP_basic_verify(answer, signers, store, 0) == 1;
    sk_X509_free(signers);
    X509_VERIFY_PARAM_clear_flags(rules, X509_V_FLAG_USE_CHECK_TIME);
    return ok;
}

static void revoked(struct pool *pool, X509 *cert, finding_list *findings) {
    finding_add(pool, findings, FIND_REVOKED, 0, name_common(pool, X509_get_subject_name(cert)),
                NULL);
}

/* What is asked: whether this certificate was revoked at that moment. */
struct question {
    X509 *cert, *issuer;
    struct instant moment;
    X509_STORE *store; /* who may answer for the issuer */
};

/* What one answer says: true if it speaks of the moment. */
static bool ask_answer(struct pool *pool, const struct question *q, OCSP_BASICRESP *answer,
                       finding_list *findings) {
    struct instant moment = q->moment;
    int status = V_OCSP_CERTSTATUS_UNKNOWN, reason;
    ASN1_GENERALIZEDTIME *since = NULL, *from = NULL, *until = NULL;
    OCSP_CERTID *id = OCSP_cert_to_id(NULL, q->cert, q->issuer);
    bool found = OCSP_resp_find_status(answer, id, &status, &reason, &since, &from, &until) == 1 &&
                 is_answer_of(answer, q->store, q->issuer);
    if (found && status == V_OCSP_CERTSTATUS_REVOKED &&
        (!moment.proven || X509_cmp_time(since, &moment.at) < 0))
        revoked(pool, q->cert, findings);
    bool covers =
        found && status != V_OCSP_CERTSTATUS_UNKNOWN &&
        (X509_cmp_time(from, &moment.at) > 0 || (until && X509_cmp_time(until, &moment.at) > 0));
    OCSP_CERTID_free(id);
    ERR_clear_error();
    return covers;
}

/* What all lists and answers of one source say: true if any speaks of the moment. */
static bool ask(struct pool *pool, const struct question *q, const struct evidence *evidence,
                finding_list *findings) {
    bool known = false;
    for (int i = 0; evidence && i < sk_OCSP_BASICRESP_num(evidence->answers); i++)
        known =
            ask_answer(pool, q, sk_OCSP_BASICRESP_value(evidence->answers, i), findings) || known;
    for (int i = 0; evidence && i < sk_X509_CRL_num(evidence->lists); i++) {
        X509_CRL *list = sk_X509_CRL_value(evidence->lists, i);
        if (!list_is_of(list, q->issuer))
            continue;
        known = known || list_covers(list, q->moment.at);
        if (revokes(list, q->cert, q->moment))
            revoked(pool, q->cert, findings);
    }
    return known;
}

/* A certificate that names no place to ask at cannot be asked about. */
static bool names_revocation_source(X509 *cert) {
    return X509_get_ext_by_NID(cert, NID_crl_distribution_points, -1) >= 0 ||
           X509_get_ext_by_NID(cert, NID_info_access, -1) >= 0;
}

void revocation_judge(struct pool *pool, struct knowledge known, X509 *cert, X509 *issuer,
                      struct instant moment, finding_list *findings) {
    struct question q = {cert, issuer, moment, known.trust->store};
    bool given = ask(pool, &q, known.trust->given, findings);
    bool kept = ask(pool, &q, known.evidence, findings);
    if (kept && !given)
        finding_add(pool, findings, FIND_REVOCATION_KEPT, 0,
                    name_common(pool, X509_get_subject_name(cert)), NULL);
    else if (!given && names_revocation_source(cert))
        finding_add(pool, findings, FIND_REVOCATION, 0, NULL, NULL);
}
