/* intake: what can be found out about a PDF before it is put into the store: its signatures'
 * verdict, its record, what it carries with it and by what it is known again. It needs no store and
 * can be found out in another process (intake_put_bytes), since a PDF can be made to swell or to
 * loop. */
#ifndef CONGVAN_ARCHIVE_INTAKE_H
#define CONGVAN_ARCHIVE_INTAKE_H

#include "archive/digest.h"
#include "archive/registers.h"
#include "base/buf.h"
#include "signature/verify.h"

struct intake_file {
    const char *name; /* its logical path in the store */
    const char *bytes;
    size_t len;
};

struct intake {
    enum validity verdict;
    const char *file;  /* SHA-512 of the PDF */
    const char *first; /* of its first revision */
    VEC(const char *)
    before; /* of each beginning of it that may once have been a whole file, the
               longest first */
    const char *agency, *year, *symbol; /* "5/UBND-VP"; "" not known */
    const char *number;            /* the three folded, as STORE_KEY_NUMBER; "" not all known */
    const char *lacking;           /* names of fields that could not be read; "" none */
    const char *verification;      /* JSON of signature/verify.h */
    VEC(struct intake_file) files; /* record, sources, certificates of the signers */
};

/* What the office knows: whom it trusts (NULL: nobody), and the registers (NULL: none), which tell
 * what the pages of a PDF do not. */
struct office_knowledge {
    const struct trust *trust;
    const struct registers *registers;
};

/* Everything is in `pool`. What lies beside the PDF under its name (.ini, .md, .docx) is taken
 * along as its source, unless the PDF carries its own. */
void intake_read(struct pool *pool, const char *path, struct bytes pdf,
                 struct office_knowledge office, struct intake *intake, struct diag *diag);

/* From one process to another. False: the bytes are not whole. */
void intake_put_bytes(const struct intake *intake, struct buf *out);
bool intake_take_bytes(struct pool *pool, const char *bytes, size_t len, struct intake *intake);

#endif
