/* body: the text of a dispatch (NAME.md) as paragraphs, tables and footnotes.
 *
 * Only the marks of contract section 2 mean anything; every other character is text and stays. */
#ifndef CONGVAN_DISPATCH_BODY_H
#define CONGVAN_DISPATCH_BODY_H

#include "base/diag.h"
#include "base/pool.h"

#include <stdbool.h>

enum span_flag { SPAN_BOLD = 1, SPAN_ITALIC = 2 };

/* Text in one style, or (note > 0) a footnote mark. */
struct span {
    const char *text; /* UTF-8 NFC, no line breaks; NULL for a footnote mark */
    unsigned flags;   /* enum span_flag */
    int note;         /* 1-based index into body.notes */
};

enum marker { /* what the paragraph opens with; the characters stay in the text */
              MARKER_NONE,
              MARKER_CLAUSE, /* "1." "1.1." */
              MARKER_POINT,  /* "a)" */
              MARKER_BULLET, /* "-" "+" "*" */
              MARKER_ARTICLE /* "Điều 1." */
};

struct paragraph {
    VEC(struct span) spans;
    enum marker marker;
    struct where where;
};

enum column_align { COLUMN_DEFAULT, COLUMN_LEFT, COLUMN_CENTER, COLUMN_RIGHT };

struct table_row {
    struct paragraph *cells; /* `columns` of them */
    struct where where;
};

struct body_table {
    size_t columns;
    enum column_align *align;   /* by column */
    VEC(struct table_row) rows; /* the first is the header row */
};

enum block_kind { BLOCK_PARAGRAPH, BLOCK_TABLE };

struct body_block {
    enum block_kind kind;
    struct paragraph paragraph; /* BLOCK_PARAGRAPH */
    struct body_table table;    /* BLOCK_TABLE */
};

struct note {
    const char *label;                /* as typed between [^ and ] */
    VEC(struct paragraph) paragraphs; /* at least one */
    struct where where;
};

struct word_body; /* what a body written in Word is made of (docx/import.h) */

struct body {
    VEC(struct body_block) blocks;
    VEC(struct note) notes; /* in the order their marks first occur */
    /* A DOCX: its path, and who names it. Blocks and notes hold its text, for whoever asks what the
     * body says, once import_bodies has read it; the document gets the original itself. */
    const char *docx;
    struct where from;
    struct word_body *word; /* NULL: not read (yet) */
};

/* The body in the file at `path`, which `from` names: a DOCX is only noted down, anything else is
 * read as text (body_read). */
struct body *body_open(struct pool *pool, const char *path, struct where from, struct diag *diag);

/* Reads the file; failure to read is reported at `from` and gives NULL. An unclosed mark, a mark
 * without its note, a note without its mark are reported; the body is still whole text. */
struct body *body_read(struct pool *pool, const char *path, struct where from, struct diag *diag);
struct body *body_parse(struct pool *pool, const char *name, const char *bytes, size_t n,
                        struct diag *diag);

/* What the text `s` of `n` bytes, the head of a line, opens with. */
enum marker body_marker(const char *s, size_t n);

/* All text of the body, in order, without marks (a footnote mark gives nothing). In the pool. */
char *body_plain_text(struct pool *pool, const struct body *body);

#endif
