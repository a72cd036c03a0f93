/* PDFs written object by object, for the tests of what reads them. */
#ifndef CONGVAN_TESTS_PDF_BY_HAND_H
#define CONGVAN_TESTS_PDF_BY_HAND_H

#include "base/buf.h"
#include "base/pool.h"
#include "check.h"
#include "signature/range.h"

/* Writes a PDF of `bodies` (NULL-ended), which become objects 1, 2, ...; 1 is the catalogue, and
 * `trailer` (may be "") stands in the trailer as well. */
static inline void put_pdf(struct buf *out, const char *const *bodies, const char *trailer) {
    size_t at[64], n = 0;
    buf_puts(out, "%PDF-1.7\n");
    for (; bodies[n] && n < 64; n++) {
        at[n] = out->len;
        buf_printf(out, "%zu 0 obj\n%s\nendobj\n", n + 1, bodies[n]);
    }
    size_t xref = out->len;
    buf_printf(out, "xref\n0 %zu\n0000000000 65535 f \n", n + 1);
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "%010zu 00000 n \n", at[i]);
    buf_printf(out, "trailer\n<</Size %zu/Root 1 0 R%s>>\nstartxref\n%zu\n%%%%EOF\n", n + 1,
               trailer, xref);
}

/* The same as bytes in the pool. */
static inline struct bytes pdf_of(struct pool *pool, const char *const *bodies) {
    struct buf out = {0};
    put_pdf(&out, bodies, "");
    struct bytes file = {pool_strndup(pool, out.data, out.len), out.len};
    buf_free(&out);
    return file;
}

/* A stream object. */
static inline const char *stream_of(struct pool *pool, const char *entries, const char *data) {
    return pool_printf(pool, "<<%s/Length %zu>>\nstream\n%s\nendstream", entries, strlen(data),
                       data);
}

#endif
