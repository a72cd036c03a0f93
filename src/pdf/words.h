/* words: text a reader program shows (titles, names, addresses), as PDF strings and as XML. */
#ifndef CONGVAN_PDF_WORDS_H
#define CONGVAN_PDF_WORDS_H

#include "base/buf.h"
#include "base/pool.h"

/* What both forms can hold of `text`: control characters become spaces, what Unicode forbids
 * U+FFFD; at most 1,000 UTF-16 units (a PDF/A string has at most 32,767 bytes). Spaces at the ends
 * are dropped. NULL if nothing is left. In the pool. */
const char *words_clean(struct pool *pool, const char *text);

/* Clean words as a text string (7.9.2.2): ASCII as it is, anything else in UTF-16. */
void words_put_string(struct buf *out, const char *words);
/* The same with its key: "/Title(...)"; nothing if `words` is NULL. */
void words_put_entry(struct buf *out, const char *key, const char *words);

/* Bytes as a literal string; ASCII names sort as they are written. */
void words_put_bytes(struct buf *out, const char *bytes, size_t n);

/* Clean words as XML character data. */
void words_put_xml(struct buf *out, const char *words);

#endif
