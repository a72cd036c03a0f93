/* log: a file of lines that are only ever added to, each carrying the hash of the line before. A
 * line taken out, put in or changed breaks the chain from there on; what was cut off at the end
 * shows against the head, which the office keeps in its minutes.
 *
 * A line is one JSON object, {"seq":N,"prev":"HASH",...}\n: N from 1, HASH the SHA-256 of the line
 * before without its line end (64 zeros for the first). It is written in one piece and is on disk
 * when log_append returns; what a crash left of a line (no line end) was never promised to
 * anybody and is cut off by the next writer.
 *
 * Writers take turns: log_open waits for the one before. */
#ifndef CONGVAN_ARCHIVE_LOG_H
#define CONGVAN_ARCHIVE_LOG_H

#include "archive/digest.h"
#include "archive/json.h"
#include "base/buf.h"
#include "base/diag.h"

struct log_head {
    int64_t seq;            /* lines so far */
    char hash[DIGEST_TEXT]; /* of the last, in SHA-256; zeros before the first */
};

struct log;

/* Opens `path` for adding, creating it (its folder must be there), and keeps other writers out
 * until log_close. NULL: reported. */
struct log *log_open(const char *path, struct diag *diag);
void log_close(struct log *log); /* NULL is allowed */

/* Adds a line with these members ("\"a\":1,\"b\":2"; not empty). False: reported, and the file is
 * as it was. */
bool log_append(struct log *log, const struct buf *members, struct diag *diag);

/* Adds several at once: one write, one fsync. After a crash the first of them may be there and the
 * others not. */
bool log_append_all(struct log *log, const struct buf *members, size_t n, struct diag *diag);

/* Where in the file the next line will begin. */
int64_t log_end(const struct log *log);

/* One line as it is read. Lent until the next. */
struct log_line {
    const struct json *json;
    const char *text; /* without its line end */
    int64_t begin;    /* where it begins in the file */
    struct log_head head;
};

/* What is wrong with a chain. */
enum log_fault {
    LOG_WHOLE,
    LOG_TORN,        /* the last line has no end: a crash, or cut off */
    LOG_NOT_JSON,    /* a line is no JSON object with seq and prev */
    LOG_OUT_OF_STEP, /* seq does not count up by one */
    LOG_BROKEN       /* prev is not the hash of the line before */
};

struct log_reading {
    enum log_fault fault;
    int64_t line; /* of the fault, from 1 */
    struct log_head head;
};

/* Reads all lines in order without keeping writers out, and gives each to `each` (NULL: only
 * tests the chain); false from it ends the reading. Lines after a fault are still given, as long as
 * they are JSON objects; the first fault is kept. An absent file is an empty log. False: it cannot
 * be read, reported. */
bool log_read(const char *path, bool (*each)(void *context, const struct log_line *line),
              void *context, struct log_reading *reading, struct diag *diag);

/* How far a log was read. */
struct log_mark {
    struct log_head head;
    int64_t end; /* where in the file the next line begins */
};

/* The same from there on. */
bool log_read_from(const char *path, const struct log_mark *mark,
                   bool (*each)(void *context, const struct log_line *line), void *context,
                   struct log_reading *reading, struct diag *diag);

/* The one line that begins at `begin`. NULL: it is no JSON, or the file cannot be read, which is
 * reported. In `pool`. */
const struct json *log_line_at(const char *path, int64_t begin, struct pool *pool,
                               struct diag *diag);

#endif
