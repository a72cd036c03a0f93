/* apart: commands that are programs of their own: congvan-signature, congvan-verify,
 * congvan-archive. Loading the libraries for signatures takes longer than rendering a page, and
 * most runs sign nothing; verifying in turn needs none of those that render. */
#ifndef CONGVAN_CLI_APART_H
#define CONGVAN_CLI_APART_H

#include "base/diag.h"

#include <stdbool.h>

#define SIGN_SYNOPSIS "FILE.pdf [-o OUT.pdf] --key K.p12 | --pkcs11 URI [--role ROLE] ..."
#define SIGN_SUMMARY                                                                               \
    "Ký số tệp PDF (PAdES), nối thêm vào sau, không đổi byte nào đã có.",                          \
        "Signs a PDF (PAdES) by appending; no byte that was there changes."
#define VERIFY_SYNOPSIS                                                                            \
    "PATH... [--trust CA.pem] [--crl LIST] [--ocsp ANSWER] [--original DRAFT.pdf] [--json]"
#define VERIFY_SUMMARY                                                                             \
    "Xét chữ ký số trong tệp PDF và những gì bị sửa sau khi ký.",                                  \
        "Judges the signatures in PDFs, and what was changed after signing."

#define ARCHIVE_SYNOPSIS "add|find|show|due|export|check|reindex|head|register ... [--dir ARCHIVE]"
#define ARCHIVE_SUMMARY                                                                            \
    "Kho lưu văn bản đã ký và sổ đăng ký: cấp số, cất giữ, tìm lại, chứng minh còn nguyên.",       \
        "The archive of signed documents and the register: numbers, keeps, finds, proves "         \
        "unchanged."

/* What the list of commands says of them. */
struct apart {
    const char *name, *program, *synopsis;
    const char *summary[2]; /* by enum lang */
};

enum { APART_SIGN, APART_VERIFY, APART_ARCHIVE, APART_COMMANDS };
extern const struct apart apart_commands[APART_COMMANDS];

/* The one called `name`; NULL: there is none. */
const struct apart *apart_find(const char *name);

/* Becomes its program, which stands beside this one, with the same arguments; returns only when it
 * is not there. */
void apart_run(const struct apart *command, char **argv);

#endif
