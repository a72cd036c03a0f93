/* sign: a signature is appended to a PDF (PAdES, ETSI EN 319 142-1), in an empty signature field
 * that is there or in a new one. */
#ifndef CONGVAN_SIGNATURE_SIGN_H
#define CONGVAN_SIGNATURE_SIGN_H

#include "signature/key.h"
#include "signature/range.h"

struct sign_request {
    const char *path;  /* of the PDF, for messages */
    const char *field; /* name of the field; made when there is none of that name */
    /* Page from 1 (0: the last) of a new field; rectangle of the field, new or not, in points from
     * the bottom left corner; all zero: the signature is not seen. */
    int page;
    double rect[4];
    struct bytes
        appearance; /* a PDF whose page shows it, top left; empty: the field stays as it is */
    /* 1 to 3: a certifying signature (DocMDP, ISO 32000-1, 12.8.2.2), which must be the first:
     * nothing may be changed after it, or forms filled in and fields signed, or annotations made as
     * well. 0: an ordinary one. */
    int certify;
    const char *time; /* "D:20231225093000+07'00'", the signer's clock */
    struct key *key;
    struct cms_options cms;
};

/* Signs `file`; the whole signed file is in `out`. False, reported, on failure. */
bool sign(struct pool *pool, struct bytes file, const struct sign_request *request, struct buf *out,
          struct diag *diag);

/* The rectangle of the empty signature field `name`, its page (from 1) and whether it is there. */
bool sign_find_field(struct pool *pool, struct bytes file, const char *name, double rect[4],
                     int *page);

/* Width and height of page `page` (from 1), in points; false if there is none. */
bool sign_page_size(struct pool *pool, struct bytes file, int page, double *width, double *height);

#endif
