/* update: a PDF with something appended (ISO 32000-1, 7.5.6). Every byte that was there stays, so
 * that earlier signatures and the draft itself remain what they were. */
#ifndef CONGVAN_SIGNATURE_UPDATE_H
#define CONGVAN_SIGNATURE_UPDATE_H

#include "base/buf.h"
#include "signature/range.h"

struct update;

/* Starts an update of `file`, which `reader` reads and in which there are numbers left
 * (reader_next_id). Lives in `pool`, but for its buffer: free it
 * with update_free. */
struct update *update_new(struct pool *pool, struct reader *reader, struct bytes file);
void update_free(struct update *update);

/* The number of an object that will be new. */
int update_reserve(struct update *update);

/* Writes the new object `id`: `body` without "obj" and "endobj". Returns the offset of the body in
 * the whole file, for what is filled in later. */
size_t update_object(struct update *update, int id, const char *body, size_t len);
/* Writes one in place of an object of the file. */
void update_rewrite(struct update *update, pdf_value object, const char *body, size_t len);

/* Closes the update with a cross-reference section of the kind the file has. The whole file, base
 * and update, then is in `out`. */
void update_finish(struct update *update, struct buf *out);

/* How a value is written: references stay references. */
void spell_value(struct reader *reader, pdf_value value, struct buf *out);
/* A key or name with its slash, escaped where it must be. */
void spell_name(const char *name, struct buf *out);
/* A text string: PDFDocEncoding where ASCII is enough, else UTF-16BE with its mark. */
void spell_text(const char *utf8, struct buf *out);
/* The dictionary but for the NULL-ended keys `without`, open at its end for more entries. */
void spell_dictionary(struct reader *reader, pdf_value dictionary, const char *const *without,
                      struct buf *out);

#endif
