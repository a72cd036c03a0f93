/* reader: the objects of a PDF file, as qpdf parses them (ISO 32000-1, 7).
 *
 * A judge reads strictly: a file that has to be repaired is not the file that was signed, so
 * nothing is repaired and whatever qpdf warns about is remembered. Values are handles of one
 * reader; an indirect reference is followed silently, `reader_id` tells that it was one. Every
 * question can be asked of any value: of the wrong kind of value the answer is "nothing". */
#ifndef CONGVAN_SIGNATURE_READER_H
#define CONGVAN_SIGNATURE_READER_H

#include "base/pool.h"

#include <stdbool.h>
#include <stdint.h>

struct reader;
typedef unsigned pdf_value; /* valid as long as its reader */

enum pdf_kind {
    PDF_NULL,
    PDF_BOOLEAN,
    PDF_INTEGER,
    PDF_REAL,
    PDF_STRING,
    PDF_NAME,
    PDF_ARRAY,
    PDF_DICTIONARY,
    PDF_STREAM,
};

/* Reads `len` bytes, which must outlive the reader. NULL if they are no PDF or a damaged one. What
 * it answers is in `pool`; the reader itself is the caller's to close (NULL is fine). */
struct reader *reader_open(struct pool *pool, const void *bytes, size_t len);
void reader_close(struct reader *reader);

/* How many places in the file, as far as it was read until now, needed guessing. */
int reader_warnings(struct reader *reader);
bool reader_encrypted(struct reader *reader);

/* A number that no object of the file has, nor any above it; 0: there is none left. */
int reader_next_id(struct reader *reader);

pdf_value reader_null(struct reader *reader);
pdf_value reader_trailer(struct reader *reader);
pdf_value reader_root(struct reader *reader);
/* Pages in their order, found by qpdf through the page tree. */
int reader_pages(struct reader *reader);
pdf_value reader_page(struct reader *reader, int i);

enum pdf_kind reader_kind(struct reader *reader, pdf_value value);
/* The number of the indirect object `value` is, 0 for a direct one. */
int reader_id(struct reader *reader, pdf_value value);
int reader_generation(struct reader *reader, pdf_value value);

/* Members. A key names its slash: "/Type". Missing: a null value. */
pdf_value reader_key(struct reader *reader, pdf_value dictionary, const char *key);
/* A key of a page that may be one of its ancestors' (ISO 32000-1, 7.7.3.4). */
pdf_value reader_inherited(struct reader *reader, pdf_value page, const char *key);
bool reader_has(struct reader *reader, pdf_value dictionary, const char *key);
int reader_count(struct reader *reader, pdf_value array);
pdf_value reader_item(struct reader *reader, pdf_value array, int i);

/* All keys of a dictionary or of a stream's, sorted by bytes, NULL at the end. */
const char **reader_keys(struct reader *reader, pdf_value dictionary);

bool reader_is_name(struct reader *reader, pdf_value value, const char *name);
/* With its slash; "" for what is no name. In the pool. */
const char *reader_name(struct reader *reader, pdf_value value);
bool reader_integer(struct reader *reader, pdf_value value, long long *out);
double reader_number(struct reader *reader, pdf_value value); /* 0 for what is none */
/* Bytes of a string; NULL for what is none. In the pool, a NUL behind it. */
const char *reader_string(struct reader *reader, pdf_value value, size_t *len);
/* A text string as UTF-8 (ISO 32000-1, 7.9.2.2); "" for what is none. In the pool. */
const char *reader_text(struct reader *reader, pdf_value value);

/* The bytes of a stream as they stand in the file, or decoded. NULL when that fails, or when what
 * was asked for would come to more than a file of this length honestly holds: a few times its
 * length as it stands, decoded READER_SWELL times, and READER_STREAM_MAX in any case. In the pool.
 */
enum { READER_STREAM_MAX = 32 << 20, READER_SWELL = 20 };
const char *reader_raw(struct reader *reader, pdf_value stream, size_t *len);
const char *reader_decoded(struct reader *reader, pdf_value stream, size_t *len);

/* How a scalar is written, for comparing two of them. In the pool. */
const char *reader_spelled(struct reader *reader, pdf_value scalar);

#endif
