#include "signature/keyring.h"

#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/rand.h>
#include <openssl/ts.h>

/* Authorities have been seen to take two minutes. */
enum { TIMEOUT_SECONDS = 150, MAX_ANSWER = 1 << 20 };

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
    RAND_bytes(random, sizeof random);
    random[0] &= 0x7F;
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

/* Connects once: OSSL_HTTP_transfer would go on trying until its time is up. */
static BIO *connect_once(const char *host, const char *port) {
    BIO *bio = BIO_new_connect(host);
    BIO_set_conn_port(bio, port);
    if (BIO_do_connect(bio) == 1)
        return bio;
    BIO_free_all(bio);
    return NULL;
}

static TS_RESP *ask_at(const char *host, const char *port, const char *path, TS_REQ *request) {
    TS_RESP *response = NULL;
    BIO *server = connect_once(host, port);
    if (!server)
        return NULL;
    BIO *body = BIO_new(BIO_s_mem());
    i2d_TS_REQ_bio(body, request);
    BIO *answer =
        OSSL_HTTP_transfer(NULL, host, port, path, 0, NULL, NULL, server, NULL, NULL, NULL, 0, NULL,
                           "application/timestamp-query", body, "application/timestamp-reply", 1,
                           MAX_ANSWER, TIMEOUT_SECONDS, 0);
    response = answer ? d2i_TS_RESP_bio(answer, NULL) : NULL;
    BIO_free(answer);
    BIO_free(body);
    BIO_free_all(server);
    return response;
}

static TS_RESP *ask(const char *url, TS_REQ *request) {
    char *host = NULL, *port = NULL, *path = NULL;
    TS_RESP *response = NULL;
    int ssl = 0;
    if (OSSL_HTTP_parse_url(url, &ssl, NULL, &host, &port, NULL, &path, NULL, NULL) && !ssl)
        response = ask_at(host, port, path, request);
    OPENSSL_free(host);
    OPENSSL_free(port);
    OPENSSL_free(path);
    return response;
}

/* The answer must be to this request: same imprint, same nonce, granted. Who the authority is, is
 * judged when the signature is. */
static bool answers(TS_RESP *response, TS_REQ *request) {
    TS_VERIFY_CTX *ctx = TS_REQ_to_TS_VERIFY_CTX(request, NULL);
    TS_VERIFY_CTX_set_flags(ctx, TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_NONCE);
    bool ok = TS_RESP_verify_response(ctx, response) == 1;
    TS_VERIFY_CTX_free(ctx);
    return ok;
}

const unsigned char *stamp_request(struct pool *pool, const char *url, const unsigned char *bytes,
                                   size_t len, size_t *token_len, struct diag *diag) {
    TS_REQ *request = make_request(bytes, len);
    TS_RESP *response = ask(url, request);
    const unsigned char *token = NULL;
    if (response && answers(response, request)) {
        unsigned char *der = NULL;
        int n = i2d_PKCS7(TS_RESP_get_token(response), &der);
        *token_len = n > 0 ? (size_t)n : 0;
        token = n > 0 ? (unsigned char *)pool_strndup(pool, (char *)der, *token_len) : NULL;
        OPENSSL_free(der);
    }
    if (!token)
        diag_add(diag, SIGN_NO_STAMP, (struct where){.file = url}, NULL);
    TS_RESP_free(response);
    TS_REQ_free(request);
    ERR_clear_error();
    return token;
}
