#include "archive/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct algorithm {
    const char *name, *evp; /* OCFL's name, OpenSSL's */
    size_t length;
} algorithms[] = {
    {"sha512", "SHA512", 128}, {"sha256", "SHA256", 64},         {"md5", "MD5", 32},
    {"sha1", "SHA1", 40},      {"sha512/256", "SHA512-256", 64}, {"blake2b-512", "BLAKE2B512", 128},
};

static const struct algorithm *find(const char *name) {
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
        if (strcmp(algorithms[i].name, name) == 0)
            return &algorithms[i];
    return NULL;
}

size_t digest_length(const char *algorithm) {
    const struct algorithm *a = find(algorithm);
    return a ? a->length : 0;
}

static EVP_MD_CTX *start(const char *algorithm) {
    const struct algorithm *a = find(algorithm);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (!a || !context || EVP_DigestInit_ex(context, EVP_get_digestbyname(a->evp), NULL) != 1)
        abort(); /* memory, or an OpenSSL without its digests: nothing can be proved then */
    return context;
}

static void finish(EVP_MD_CTX *context, char text[DIGEST_TEXT]) {
    static const char hex[] = "0123456789abcdef";
    unsigned char raw[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    EVP_DigestFinal_ex(context, raw, &n);
    EVP_MD_CTX_free(context);
    for (unsigned i = 0; i < n; i++) {
        text[2 * i] = hex[raw[i] >> 4];
        text[2 * i + 1] = hex[raw[i] & 15];
    }
    text[2 * n] = '\0';
}

void digest_of(const char *algorithm, const void *bytes, size_t n, char text[DIGEST_TEXT]) {
    EVP_MD_CTX *context = start(algorithm);
    EVP_DigestUpdate(context, bytes, n);
    finish(context, text);
}

static bool add_file(EVP_MD_CTX *const *contexts, size_t n, int fd, uint64_t *size) {
    enum { PIECE = 1 << 18 };
    unsigned char *piece = mem_alloc(PIECE);
    ssize_t got;
    while ((got = read(fd, piece, PIECE)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            break;
        for (size_t i = 0; i < n; i++)
            EVP_DigestUpdate(contexts[i], piece, (size_t)got);
        *size += (uint64_t)got;
    }
    free(piece);
    return got == 0;
}

bool digest_file_all(const char *const *names, size_t n, const char *path,
                     char texts[][DIGEST_TEXT], uint64_t *size, struct diag *diag) {
    EVP_MD_CTX *contexts[DIGEST_MOST];
    uint64_t read_bytes = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    for (size_t i = 0; i < n; i++)
        contexts[i] = start(names[i]);
    bool ok = fd >= 0 && add_file(contexts, n, fd, &read_bytes);
    if (!ok)
        diag_add(diag, ARCHIVE_CANNOT_READ, (struct where){.file = path}, strerror(errno), NULL);
    for (size_t i = 0; i < n; i++)
        finish(contexts[i], texts[i]);
    if (fd >= 0)
        close(fd);
    if (size)
        *size = read_bytes;
    return ok;
}

bool digest_file(const char *algorithm, const char *path, char text[DIGEST_TEXT], uint64_t *size,
                 struct diag *diag) {
    char texts[1][DIGEST_TEXT];
    bool ok = digest_file_all(&algorithm, 1, path, texts, size, diag);
    memcpy(text, texts[0], DIGEST_TEXT);
    return ok;
}
