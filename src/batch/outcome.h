/* outcome: what became of one dispatch - what it was made from, what came out, what was said.
 *
 * A worker sends it to its parent, a report is made of many, and the state of a folder is the
 * outcomes of the finished ones. All three use the one form below: a line of text. */
#ifndef CONGVAN_BATCH_OUTCOME_H
#define CONGVAN_BATCH_OUTCOME_H

#include "base/buf.h"
#include "base/hash.h"
#include "base/pool.h"

/* A file by its content. */
struct outcome_file {
    const char *path;
    bool there; /* false: a source that was looked for in vain */
    struct hash hash;
};

struct outcome {
    const char *key;        /* tells the dispatches of one output folder apart: "cong-van/015" */
    struct hash conditions; /* program, options, fonts to choose from */
    const char *input;      /* the INI; of a mail merge, with the row: "mau.ini, ds.csv:7" */
    const char *number, *subject; /* số/ký hiệu, trích yếu; "" where open */
    int pages;                    /* 0: no PDF was asked for */
    int warnings, errors;
    int milliseconds;     /* spent on it; not kept in the state */
    const char *messages; /* as printed, a line each */
    VEC(struct outcome_file) sources;
    VEC(struct outcome_file)
    outputs; /* in a worker's outcome what follows the output's common name,
                ".docx"; in a listing's the whole path */
};

/* Appends the outcome as one line ending in '\n'. */
void outcome_put(const struct outcome *outcome, struct buf *out);

/* Reads the line (`n` bytes without '\n') back. False if it is none, or damaged. In the pool. */
bool outcome_parse(struct pool *pool, const char *line, size_t n, struct outcome *outcome);

/* The key alone, as it stands in the line (lent, not ended by a NUL); false: a damaged line. */
bool outcome_key(const char *line, size_t n, const char **key, size_t *key_len);
/* A key as outcome_put writes it. */
void outcome_put_key(struct buf *out, const char *key);

#endif
