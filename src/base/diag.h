/* diag: every sentence the program says about a document.
 *
 * The sentences are one table (base/messages/ *.def, a file per stage): code, level, Vietnamese,
 * English. Whoever finds something wrong adds it to the document's list and returns failure;
 * callers add nothing. The list is written when the document is done, so output never depends on
 * which worker was faster.
 *
 * It can also remember which files were read on the document's behalf, and what was in them: a
 * result is as good as new while they stay the same. */
#ifndef CONGVAN_BASE_DIAG_H
#define CONGVAN_BASE_DIAG_H

#include "base/buf.h"
#include "base/hash.h"

#include <stdbool.h>
#include <stdio.h>

/* Where in the author's files something stands. `part` is a package part such as
 * "word/document.xml" when `file` is a DOCX; its lines are paragraphs. */
struct where {
    const char *file;  /* NULL: no file, e.g. the command line */
    const char *part;  /* NULL: none */
    int line;          /* from 1: a line, or a paragraph of the part; 0: the whole */
    int page;          /* of the document laid out, from 1; 0: unknown */
    const char *words; /* the paragraph's first; NULL: unknown, or said already */
};

enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };
enum lang { LANG_VI, LANG_EN };

enum diag_code {
#define DIAG(code, name, level, vi, en) code,
#include "base/messages/all.def"
#undef DIAG
    DIAG_CODES
};

/* What can be said. The table of base/messages is one set of these; src/check has its own. */
struct diag_kind {
    const char *name; /* as printed, e.g. "ini-repeated-key" */
    enum diag_level level;
    const char *text[2]; /* by enum lang; {1}, {2} ... are filled */
    const char *clause;  /* of the decree; NULL: none */
};

struct diag;

struct diag *diag_new(enum lang lang); /* free with diag_free */
void diag_free(struct diag *diag);

/* Adds a message. The variable arguments are strings that fill {1}, {2}, ... of the sentence;
 * the list ends with NULL. `where` and the strings are copied. */
void diag_add(struct diag *diag, enum diag_code code, struct where where, ...)
    __attribute__((sentinel));

/* The same for a kind from elsewhere, which must outlive `diag`, at a level that may be lower than
 * its own. */
void diag_add_kind(struct diag *diag, const struct diag_kind *kind, enum diag_level level,
                   struct where where, const char *const *args, size_t n);

/* How many messages of exactly this level were added. */
size_t diag_count(const struct diag *diag, enum diag_level level);
bool diag_has(const struct diag *diag, enum diag_code code);

/* `file:line: level: text [code]`, one line each, in the order added. In a DOCX
 * `file:part: ...`, or `file:part:paragraph: ...`, and page and first words, where they are known,
 * in brackets behind the text. */
void diag_write(const struct diag *diag, FILE *out);
void diag_put(const struct diag *diag, struct buf *out);
/* The same as a JSON array of objects. */
void diag_write_json(const struct diag *diag, struct buf *out);

/* A file that was read for the document, in the order first read. */
struct diag_file {
    const char *path;
    bool there; /* false: it was looked for in vain */
    struct hash hash;
};

/* From now on they are remembered; else not, since who goes through a whole archive reads too many.
 */
void diag_remember_files(struct diag *diag);
bool diag_remembers_files(const struct diag *diag);

/* Remembers one; `hash` NULL: it is not there. Called by file_read, for others where a file counts
 * that is not read (chung.ini). */
void diag_add_file(struct diag *diag, const char *path, const struct hash *hash);
size_t diag_file_count(const struct diag *diag);
const struct diag_file *diag_file(const struct diag *diag, size_t i);

const char *diag_name(enum diag_code code); /* the code as printed, e.g. "ini-repeated-key" */
enum lang diag_lang(const struct diag *diag);

/* `s` with JSON escapes and quotes; bytes that are no UTF-8, as names of old files may have, are
 * U+FFFD each. */
void json_string(struct buf *out, const char *s);

#endif
