/* draw: pages -> the bytes of a PDF, through libharu.
 *
 * PDF/A-2u, or PDF/A-3u where files are attached (archival.h). Reproducible: no date, and an ID
 * made from the content. Fonts are subsets, one per face used in the document. */
#ifndef CONGVAN_PDF_DRAW_H
#define CONGVAN_PDF_DRAW_H

#include "base/buf.h"
#include "base/diag.h"
#include "layout/page.h"

/* Per process (or per thread: it is not shared): faces prepared for subsetting once. It may outlive
 * the `struct fonts` its faces came from. */
struct pdf_fonts;

struct pdf_fonts *pdf_fonts_new(void);
void pdf_fonts_free(struct pdf_fonts *fonts);

#define PDF_PRODUCER "congvan"

/* What an attached file is to the document (ISO 19005-3, 6.8). */
enum pdf_relation { PDF_SOURCE, PDF_DATA, PDF_SUPPLEMENT };

struct pdf_attachment {
    const char *name; /* without folders; a second file of one name gets a number */
    const char *mime; /* "text/plain" */
    const char *description;
    enum pdf_relation relation;
    const void *bytes;
    size_t len;
};

/* An empty signature field, in mpt from the page's top left corner. */
struct pdf_field {
    const char *name;  /* ASCII without '.' */
    const char *label; /* what a reader program calls it */
    size_t page;       /* index into pages.at */
    mpt x, y, width, height;
};

struct pdf_options {
    const char *path; /* of the document, for messages; NULL: none */
    const struct pdf_attachment *attachments;
    size_t attachment_count;
    const struct pdf_field *fields;
    size_t field_count;
};

/* Appends the PDF to `out`. `options` may be NULL: none. False (reported) on failure, `out` then
 * unchanged. */
bool pdf_write(const struct pages *pages, struct pdf_fonts *fonts,
               const struct pdf_options *options, struct buf *out, struct diag *diag);

#endif
