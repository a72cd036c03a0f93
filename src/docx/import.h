/* import: a body written in Word.
 *
 * `[nội dung] tệp = than.docx`, and an appendix likewise. The author's paragraphs, tables, lists,
 * notes, pictures and links go into the document as they are; what belongs to the document as a
 * whole (page size, headers, default font) is the template's. A style is the template's own of the
 * same name, or comes along. Paragraphs in Word's default style become what {{nội dung}} is in the
 * template, with whatever the author set directly kept. Tracked changes are accepted, comments left
 * out, text in TCVN3 and VNI fonts and decomposed text becomes Unicode NFC. Tags in the text are
 * text.
 *
 * For whoever gives a document a body (the dispatch, an appendix): make the field's body with
 * body_open (dispatch/body.h), call import_bodies once the dispatch is read, and let the template's
 * {{nội dung}} or {{phụ lục 1.nội dung}} place it; the merger calls import_place by itself. */
#ifndef CONGVAN_DOCX_IMPORT_H
#define CONGVAN_DOCX_IMPORT_H

#include "dispatch/dispatch.h"

/* Reads every body of the dispatch that is a DOCX and is not read yet: fills its blocks and notes
 * with its text and keeps the original for the merger. False (reported) if one cannot be read. The
 * files are closed together with `pool`. */
bool import_bodies(struct pool *pool, const struct dispatch *dispatch, struct diag *diag);

/* One body from the bytes of its DOCX, which must live as long as `pool`. */
bool import_read_bytes(struct pool *pool, struct body *body, const char *bytes, size_t n,
                       struct diag *diag);

/* Whether the body's first page lies across, so that what stands above it should too. */
bool import_opens_across(const struct body *body);

#endif
