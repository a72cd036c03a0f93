/* record: what became of one dispatch - what it was made from, what came out, what was said.
 *
 * A worker sends it to its parent, a report is made of many, and the state of a folder is the
 * records of the finished ones. All three use the one form below: a line of text. */
#ifndef CONGVAN_BATCH_RECORD_H
#define CONGVAN_BATCH_RECORD_H

#include "base/buf.h"
#include "base/hash.h"
#include "base/pool.h"

/* A file by its content. */
struct record_file {
    const char *path;
    bool there; /* false: a source that was looked for in vain */
    struct hash hash;
};

struct record {
    const char *key;        /* tells the dispatches of one output folder apart: "cong-van/015" */
    struct hash conditions; /* program, options, fonts to choose from */
    const char *input;      /* the INI; of a mail merge, with the row: "mau.ini, ds.csv:7" */
    const char *number, *subject; /* số/ký hiệu, trích yếu; "" where open */
    int pages;                    /* 0: no PDF was asked for */
    int warnings, errors;
    int milliseconds;     /* spent on it; not kept in the state */
    const char *messages; /* as printed, a line each */
    VEC(struct record_file) sources;
    VEC(struct record_file)
    outputs; /* in a worker's record what follows the output's common name,
                ".docx"; in a listing's the whole path */
};

/* Appends the record as one line ending in '\n'. */
void record_put(const struct record *record, struct buf *out);

/* Reads the line (`n` bytes without '\n') back. False if it is none, or damaged. In the pool. */
bool record_parse(struct pool *pool, const char *line, size_t n, struct record *record);

/* The key alone, as it stands in the line (lent, not ended by a NUL); false: a damaged line. */
bool record_key(const char *line, size_t n, const char **key, size_t *key_len);
/* A key as record_put writes it. */
void record_put_key(struct buf *out, const char *key);

#endif
