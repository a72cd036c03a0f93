#include "signature/trust.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

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
static bool revokes(X509_CRL *list, X509 *cert, struct moment moment) {
    X509_REVOKED *entry = NULL;
    if (X509_CRL_get0_by_cert(list, &entry, cert) != 1)
        return false;
    return !moment.proven || X509_cmp_time(X509_REVOKED_get0_revocationDate(entry), &moment.at) < 0;
}

/* What one answer says of the certificate (RFC 6960): true if it speaks of the moment. It must be
 * signed by the issuer, or by whom the issuer lets answer. */
static bool ask_answer(struct pool *pool, OCSP_BASICRESP *answer, X509_STORE *store, X509 *cert,
                       X509 *issuer, struct moment moment, finding_list *findings) {
    int status = V_OCSP_CERTSTATUS_UNKNOWN, reason;
    ASN1_GENERALIZEDTIME *revoked = NULL, *from = NULL, *until = NULL;
    OCSP_CERTID *id = OCSP_cert_to_id(NULL, cert, issuer);
    STACK_OF(X509) *signers = sk_X509_new_null();
    sk_X509_push(signers, issuer);
    bool found = OCSP_basic_verify(answer, signers, store, 0) == 1 &&
                 OCSP_resp_find_status(answer, id, &status, &reason, &revoked, &from, &until) == 1;
    if (found && status == V_OCSP_CERTSTATUS_REVOKED &&
        (!moment.proven || X509_cmp_time(revoked, &moment.at) < 0))
        finding_add(pool, findings, FIND_REVOKED, 0, name_common(pool, X509_get_subject_name(cert)),
                    NULL);
    bool covers =
        found && status != V_OCSP_CERTSTATUS_UNKNOWN &&
        (X509_cmp_time(from, &moment.at) > 0 || (until && X509_cmp_time(until, &moment.at) > 0));
    sk_X509_free(signers);
    OCSP_CERTID_free(id);
    ERR_clear_error();
    return covers;
}

static bool ask_answers(struct pool *pool, const struct trust *trust, X509 *cert, X509 *issuer,
                        struct moment moment, finding_list *findings) {
    bool known = false;
    for (int i = 0; i < sk_OCSP_BASICRESP_num(trust->answers); i++)
        known = ask_answer(pool, sk_OCSP_BASICRESP_value(trust->answers, i), trust->store, cert,
                           issuer, moment, findings) ||
                known;
    return known;
}

/* A certificate that names no place to ask at cannot be asked about. */
static bool names_revocation_source(X509 *cert) {
    return X509_get_ext_by_NID(cert, NID_crl_distribution_points, -1) >= 0 ||
           X509_get_ext_by_NID(cert, NID_info_access, -1) >= 0;
}

void revocation_judge(struct pool *pool, const struct trust *trust, X509 *cert, X509 *issuer,
                      struct moment moment, finding_list *findings) {
    bool known = ask_answers(pool, trust, cert, issuer, moment, findings);
    for (int i = 0; i < sk_X509_CRL_num(trust->lists); i++) {
        X509_CRL *list = sk_X509_CRL_value(trust->lists, i);
        if (!list_is_of(list, issuer))
            continue;
        known = known || list_covers(list, moment.at);
        if (revokes(list, cert, moment))
            finding_add(pool, findings, FIND_REVOKED, 0,
                        name_common(pool, X509_get_subject_name(cert)), NULL);
    }
    if (!known && names_revocation_source(cert))
        finding_add(pool, findings, FIND_REVOCATION, 0, NULL, NULL);
}
