/* body_parts: what the files of the body reader share. Not for other stages.
 *
 * body.c cuts the text into lines and the lines into raw paragraphs, tables and notes;
 * body_inline.c reads the marks inside one paragraph; body_table.c knows pipe tables. The labels of
 * all notes must be known before the first mark is read, hence the two steps. */
#ifndef CONGVAN_DISPATCH_BODY_PARTS_H
#define CONGVAN_DISPATCH_BODY_PARTS_H

#include "base/buf.h"
#include "dispatch/body.h"
#include "dispatch/names.h"

struct body_line {
    const char *s;
    size_t n;
    int number;
};

/* A paragraph whose marks are not read yet: its lines without the spaces between them. */
struct raw {
    VEC(struct body_line) lines;
    enum marker marker;
};

struct raw_note {
    const char *label;
    const char *typed; /* "[^label]:" and the spaces after it, as the author wrote them */
    VEC(struct raw *) paragraphs; /* at least one */
    struct where where;
    int number; /* index into body.notes, from 1; 0 while no mark asked for it */
    bool extra; /* a second note of one label: printed as text */
};

/* A '*', '[' or '\' of the text that may mean something. */
struct body_mark {
    enum { MARK_ESCAPE, MARK_STARS, MARK_NOTE } kind;
    size_t at, len;  /* bytes of the text */
    unsigned toggle; /* MARK_STARS: the styles it begins or ends here */
    int note;        /* MARK_NOTE */
};

struct body_reader {
    struct pool *pool;
    struct diag *diag;
    const char *file;
    struct body_line *lines;
    size_t n, at;
    struct names labels; /* label -> index into notes */
    VEC(struct raw_note) notes;
    VEC(struct raw_block) raws;
    VEC(size_t) order; /* the notes in the order of their first marks */
    /* scratch for one paragraph */
    struct buf text, piece;
    VEC(struct body_mark) marks;
};

/* What a piece of the text becomes. */
struct raw_block {
    enum { RAW_PARAGRAPH, RAW_TABLE, RAW_NOTE } kind;
    struct raw *paragraph; /* RAW_PARAGRAPH */
    size_t line;           /* RAW_TABLE: index of its header line */
    size_t note;           /* RAW_NOTE: index into reader.notes */
};

struct where reader_where(const struct body_reader *reader, int line);

/* If a line opens with "[^label]:" the length of that, and the label; else 0. */
size_t note_head(const char *s, size_t n, const char **label, size_t *label_len);

/* Reads the marks of `raw` into spans. In a note (`in_note`) note marks are reported and stay
 * text. */
void inline_read(struct body_reader *reader, const struct raw *raw, bool in_note,
                 struct paragraph *paragraph);

/* Whether a table opens at line `at`: a line with '|' and then the line of dashes. */
bool table_opens(struct body_reader *reader, size_t at);
/* Index of the first line after the table that opens at line `at`. */
size_t table_end(const struct body_reader *reader, size_t at);
void table_read(struct body_reader *reader, size_t at, struct body_table *table);

#endif
