#include "signature/keyring.h"

#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Authorities have been seen to take two minutes to answer. */
enum { TIMEOUT_SECONDS = 150, CONNECT_SECONDS = 30, MAX_ANSWER = 1 << 20 };

/* One request, and why it failed. */
struct asking {
    struct pool *pool;
    char *host, *port, *path;
    int tls;
    SSL_CTX *context;
    enum diag_code failure; /* DIAG_CODES: none */
    const char *detail;
};

/* A request with the SHA-256 of the bytes, a nonce, and the wish for the authority's certificate.
 */
static TS_REQ *make_request(const unsigned char *bytes, size_t len) {
    unsigned char digest[EVP_MAX_MD_SIZE], random[8];
    unsigned n = 0;
    TS_REQ *request = TS_REQ_new();
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();
    ASN1_INTEGER *nonce = ASN1_INTEGER_new();
    EVP_Digest(bytes, len, digest, &n, EVP_sha256(), NULL);
    X509_ALGOR_set_md(algorithm, EVP_sha256());
    TS_MSG_IMPRINT_set_algo(imprint, algorithm);
    TS_MSG_IMPRINT_set_msg(imprint, digest, (int)n);
    if (RAND_bytes(random, sizeof random) != 1)
        abort(); /* without chance nothing is signed */
    /* DER has no leading zeros: an authority would answer with another string of the same value. */
    random[0] = (unsigned char)((random[0] & 0x7F) | 0x40);
    ASN1_STRING_set(nonce, random, sizeof random);
    TS_REQ_set_version(request, 1);
    TS_REQ_set_msg_imprint(request, imprint);
    TS_REQ_set_nonce(request, nonce);
    TS_REQ_set_cert_req(request, 1);
    TS_MSG_IMPRINT_free(imprint);
    X509_ALGOR_free(algorithm);
    ASN1_INTEGER_free(nonce);
    return request;
}

static void fail(struct asking *a, enum diag_code failure, const char *detail) {
    if (a->failure != DIAG_CODES)
        return;
    a->failure = failure;
    a->detail = pool_strdup(a->pool, detail ? detail : "?");
}

static void fail_by_library(struct asking *a, enum diag_code failure) {
    fail(a, failure, ERR_reason_error_string(ERR_peek_last_error()));
}

static bool is_address(const char *host) {
    ASN1_OCTET_STRING *address = a2i_IPADDRESS(host);
    ASN1_OCTET_STRING_free(address);
    return address;
}

/* A server is who its certificate says, by the roots of the system (SSL_CERT_FILE names others). */
static BIO *tls_connection(struct asking *a) {
    SSL *ssl = NULL;
    a->context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(a->context, TLS1_2_VERSION);
    SSL_CTX_set_default_verify_paths(a->context);
    SSL_CTX_set_verify(a->context, SSL_VERIFY_PEER, NULL);
    BIO *bio = BIO_new_ssl_connect(a->context);
    BIO_get_ssl(bio, &ssl);
    if (is_address(a->host)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), a->host);
    } else {
        SSL_set_tlsext_host_name(ssl, a->host);
        SSL_set1_host(ssl, a->host);
    }
    BIO_set_conn_hostname(bio, a->host);
    return bio;
}

/* Once: OSSL_HTTP_transfer by itself would go on trying until its time is up. */
static bool connect_once(BIO *bio) {
    time_t until = time(NULL) + CONNECT_SECONDS;
    BIO_set_nbio(bio, 1);
    while (BIO_do_connect(bio) != 1)
        if (!BIO_should_retry(bio) || BIO_wait(bio, until, 100) <= 0)
            return false;
    return true;
}

static BIO *connect_to(struct asking *a) {
    BIO *bio = a->tls ? tls_connection(a) : BIO_new_connect(a->host);
    SSL *ssl = NULL;
    BIO_set_conn_port(bio, a->port);
    if (connect_once(bio))
        return bio;
    long verdict =
        a->tls && BIO_get_ssl(bio, &ssl) > 0 && ssl ? SSL_get_verify_result(ssl) : X509_V_OK;
    if (verdict != X509_V_OK)
        fail(a, SIGN_STAMP_SERVER, X509_verify_cert_error_string(verdict));
    else
        fail_by_library(a, SIGN_NO_STAMP);
    BIO_free_all(bio);
    return NULL;
}

static TS_RESP *ask(struct asking *a, const char *url, TS_REQ *request) {
    TS_RESP *response = NULL;
    if (!OSSL_HTTP_parse_url(url, &a->tls, NULL, &a->host, &a->port, NULL, &a->path, NULL, NULL)) {
        fail(a, SIGN_STAMP_URL, NULL);
        return NULL;
    }
    BIO *server = connect_to(a);
    if (!server)
        return NULL;
    /* The connection speaks TLS already: the transfer is told of none. */
    BIO *body = BIO_new(BIO_s_mem());
    i2d_TS_REQ_bio(body, request);
    BIO *answer =
        OSSL_HTTP_transfer(NULL, a->host, a->port, a->path, 0, NULL, NULL, server, NULL, NULL, NULL,
                           0, NULL, "application/timestamp-query", body,
                           "application/timestamp-reply", 1, MAX_ANSWER, TIMEOUT_SECONDS, 0);
    response = answer ? d2i_TS_RESP_bio(answer, NULL) : NULL;
    if (!response)
        fail_by_library(a, SIGN_STAMP_ANSWER);
    BIO_free(answer);
    BIO_free(body);
    BIO_free_all(server);
    return response;
}

/* Why an authority refused: in its own words, else by the code (RFC 3161, 2.4.2). */
static const char *refusal(struct pool *pool, const TS_STATUS_INFO *info) {
    static const struct {
        int bit;
        const char *name;
    } reasons[] = {{0, "badAlg"},
                   {2, "badRequest"},
                   {5, "badDataFormat"},
                   {14, "timeNotAvailable"},
                   {15, "unacceptedPolicy"},
                   {16, "unacceptedExtension"},
                   {17, "addInfoNotAvailable"},
                   {25, "systemFailure"}};
    const STACK_OF(ASN1_UTF8STRING) *words = TS_STATUS_INFO_get0_text(info);
    const ASN1_BIT_STRING *failure = TS_STATUS_INFO_get0_failure_info(info);
    const char *text = "", *name = "";
    if (words && sk_ASN1_UTF8STRING_num(words) > 0) {
        const ASN1_UTF8STRING *first = sk_ASN1_UTF8STRING_value(words, 0);
        text = pool_strndup(pool, (const char *)ASN1_STRING_get0_data(first),
                            (size_t)ASN1_STRING_length(first));
    }
    for (size_t i = 0; failure && i < sizeof reasons / sizeof *reasons; i++)
        if (ASN1_BIT_STRING_get_bit(failure, reasons[i].bit))
            name = reasons[i].name;
    return pool_printf(pool, "%s%s%s", name, *name && *text ? ": " : "", text);
}

/* The answer must be granted, and to this request: same imprint, same nonce. Who the authority is,
 * is judged when the signature is. */
static bool answers(struct asking *a, TS_RESP *response, TS_REQ *request) {
    TS_STATUS_INFO *info = TS_RESP_get_status_info(response);
    long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(info));
    if (status != TS_STATUS_GRANTED && status != TS_STATUS_GRANTED_WITH_MODS) {
        fail(a, SIGN_STAMP_REFUSED, refusal(a->pool, info));
        return false;
    }
    TS_VERIFY_CTX *ctx = TS_REQ_to_TS_VERIFY_CTX(request, NULL);
    TS_VERIFY_CTX_set_flags(ctx, TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_NONCE);
    bool ok = TS_RESP_verify_response(ctx, response) == 1;
    TS_VERIFY_CTX_free(ctx);
    if (!ok)
        fail_by_library(a, SIGN_STAMP_ANSWER);
    return ok;
}

const unsigned char *stamp_request(struct pool *pool, const char *url, const unsigned char *bytes,
                                   size_t len, size_t *token_len, struct diag *diag) {
    struct asking a = {.pool = pool, .failure = DIAG_CODES};
    ERR_clear_error();
    TS_REQ *request = make_request(bytes, len);
    TS_RESP *response = ask(&a, url, request);
    const unsigned char *token = NULL;
    if (response && answers(&a, response, request)) {
        unsigned char *der = NULL;
        int n = i2d_PKCS7(TS_RESP_get_token(response), &der);
        *token_len = n > 0 ? (size_t)n : 0;
        token = n > 0 ? (unsigned char *)pool_strndup(pool, (char *)der, *token_len) : NULL;
        OPENSSL_free(der);
    }
    if (!token)
        diag_add(diag, a.failure == DIAG_CODES ? SIGN_STAMP_ANSWER : a.failure,
                 (struct where){.file = url}, a.detail, NULL);
    OPENSSL_free(a.host);
    OPENSSL_free(a.port);
    OPENSSL_free(a.path);
    SSL_CTX_free(a.context);
    TS_RESP_free(response);
    TS_REQ_free(request);
    ERR_clear_error();
    return token;
}
