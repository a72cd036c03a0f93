/* digest: SHA-2 and the other digests an archive may hold (OCFL 1.1, section 3.5.1.1), as
 * lower-case hexadecimal text. */
#ifndef CONGVAN_ARCHIVE_DIGEST_H
#define CONGVAN_ARCHIVE_DIGEST_H

#include "base/diag.h"
#include "base/pool.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The longest in hexadecimal (512 bits), and its NUL. */
enum { DIGEST_TEXT = 129 };

/* Hexadecimal digits of a digest by OCFL's name ("md5", "sha1", "sha256", "sha512", "sha512/256",
 * "blake2b-512"); 0: no digest of that name is known. */
size_t digest_length(const char *algorithm);

/* Of bytes; `algorithm` must be known. */
void digest_of(const char *algorithm, const void *bytes, size_t n, char text[DIGEST_TEXT]);

/* Of a whole file, read in pieces. `*size` (may be NULL) gets its length. Failure is reported. */
bool digest_file(const char *algorithm, const char *path, char text[DIGEST_TEXT], uint64_t *size,
                 struct diag *diag);

/* Several digests of it in one reading; n at most DIGEST_MOST. */
enum { DIGEST_MOST = 8 };
bool digest_file_all(const char *const *names, size_t n, const char *path,
                     char texts[][DIGEST_TEXT], uint64_t *size, struct diag *diag);

#endif
