/* apart: commands that are a program of their own, congvan-signature. Loading the libraries for
 * signatures takes longer than rendering a page, and most runs sign nothing. */
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

/* What the list of commands says of them. */
struct apart {
    const char *name, *synopsis;
    const char *summary[2]; /* by enum lang */
};

enum { APART_SIGN, APART_VERIFY, APART_COMMANDS };
extern const struct apart apart_commands[APART_COMMANDS];

bool apart_is(const char *name);

/* Becomes the program beside this one, with the same arguments; returns only when there is none. */
void apart_run(char **argv);

#endif
