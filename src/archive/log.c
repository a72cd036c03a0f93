#include "archive/log.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TAIL = 1 << 16, MAX_LINE = 16 << 20 };

struct log {
    int fd;
    char *path;
    off_t end; /* where the next line goes */
    struct log_head head;
};

static void hash_line(const char *line, size_t n, char hash[DIGEST_TEXT]) {
    digest_of("sha256", line, n, hash);
}

static void start_head(struct log_head *head) {
    head->seq = 0;
    memset(head->hash, '0', digest_length("sha256"));
    head->hash[digest_length("sha256")] = '\0';
}

/* Where the last line with an end begins and ends, looking back from `size`. False: the file has no
 * such line. *begin and *end leave the line end out. */
static bool last_line(int fd, off_t size, off_t *begin, off_t *end) {
    char piece[TAIL];
    off_t found = -1;
    for (off_t at = size; at > 0;) {
        off_t from = at > TAIL ? at - TAIL : 0;
        ssize_t n = pread(fd, piece, (size_t)(at - from), from);
        for (ssize_t i = n - 1; i >= 0; i--) {
            if (piece[i] != '\n')
                continue;
            if (found >= 0) {
                *begin = from + i + 1;
                *end = found;
                return true;
            }
            found = from + i;
        }
        if (n <= 0)
            break;
        at = from;
    }
    *begin = 0;
    *end = found;
    return found >= 0;
}

/* Takes the head from the last line and forgets what a crash left behind it. */
static bool find_head(struct log *log) {
    struct stat st;
    off_t begin, end;
    start_head(&log->head);
    if (fstat(log->fd, &st) != 0)
        return false;
    if (!last_line(log->fd, st.st_size, &begin, &end))
        return ftruncate(log->fd, log->end = 0) == 0;
    size_t n = (size_t)(end - begin);
    errno = EBADMSG;
    if (n > MAX_LINE)
        return false;
    struct pool *pool = pool_new();
    char *line = pool_alloc(pool, n + 1);
    const char *why;
    const struct json *json = NULL;
    if (pread(log->fd, line, n, begin) == (ssize_t)n)
        json = json_read(pool, line, n, &why);
    log->head.seq = json_number(json, "seq", -1);
    hash_line(line, n, log->head.hash);
    pool_free(pool);
    log->end = end + 1;
    errno = EBADMSG;
    return log->head.seq > 0 && (log->end == st.st_size || ftruncate(log->fd, log->end) == 0);
}

/* The name of a file just made is on disk once its folder is. */
static bool sync_folder_of(const char *path) {
    struct pool *pool = pool_new();
    int fd = open(path_folder(pool, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
    if (fd >= 0)
        close(fd);
    pool_free(pool);
    return ok;
}

static void report(const struct log *log, struct diag *diag) {
    diag_add(diag, errno == EBADMSG ? ARCHIVE_LOG_UNREADABLE : FILE_CANNOT_WRITE,
             (struct where){.file = log->path}, strerror(errno), NULL);
}

struct log *log_open(const char *path, struct diag *diag) {
    struct log *log = mem_alloc(sizeof *log);
    *log = (struct log){.path = mem_alloc(strlen(path) + 1)};
    strcpy(log->path, path);
    log->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    int locked = -1;
    while (log->fd >= 0 && (locked = flock(log->fd, LOCK_EX)) != 0 && errno == EINTR)
        ;
    if (locked == 0 && find_head(log) && (log->head.seq || sync_folder_of(path)))
        return log;
    report(log, diag);
    log_close(log);
    return NULL;
}

void log_close(struct log *log) {
    if (!log)
        return;
    if (log->fd >= 0)
        close(log->fd);
    free(log->path);
    free(log);
}

int64_t log_end(const struct log *log) {
    return log->end;
}

static void put_line(struct buf *out, const struct buf *members, struct log_head *head) {
    size_t begin = out->len;
    buf_puts(out, "{\"seq\":");
    buf_put_int(out, ++head->seq);
    buf_printf(out, ",\"prev\":\"%s\",", head->hash);
    buf_append(out, members->data, members->len);
    buf_putc(out, '}');
    hash_line(out->data + begin, out->len - begin, head->hash);
    buf_putc(out, '\n');
}

static bool write_at(int fd, const struct buf *bytes, off_t at) {
    for (size_t done = 0; done < bytes->len;) {
        ssize_t n = pwrite(fd, bytes->data + done, bytes->len - done, at + (off_t)done);
        if (n < 0 && errno != EINTR)
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    return fdatasync(fd) == 0 || errno == EINVAL;
}

bool log_append_all(struct log *log, const struct buf *members, size_t n, struct diag *diag) {
    struct log_head head = log->head;
    struct buf lines = {0};
    for (size_t i = 0; i < n; i++)
        put_line(&lines, &members[i], &head);
    bool ok = write_at(log->fd, &lines, log->end);
    if (ok) {
        log->head = head;
        log->end += (off_t)lines.len;
    } else {
        report(log, diag);
        /* Should this fail as well, the next writer does it: the line has no end, or is whole. */
        if (ftruncate(log->fd, log->end) != 0)
            log->end = lseek(log->fd, 0, SEEK_END);
    }
    buf_free(&lines);
    return ok;
}

bool log_append(struct log *log, const struct buf *members, struct diag *diag) {
    return log_append_all(log, members, 1, diag);
}

/* ---- reading ---- */

struct log_reader {
    bool (*each)(void *context, const struct log_line *line);
    void *context;
    struct log_reading *reading;
    struct pool *pool;
};

static void fault(struct log_reader *r, enum log_fault what, int64_t line) {
    if (r->reading->fault == LOG_WHOLE) {
        r->reading->fault = what;
        r->reading->line = line;
    }
}

static bool read_line(struct log_reader *r, char *text, size_t n, int64_t begin, int64_t number) {
    const char *why;
    struct log_head *head = &r->reading->head;
    pool_reset(r->pool);
    const struct json *json = json_read(r->pool, text, n, &why);
    const char *prev = json_text(json, "prev");
    int64_t seq = json_number(json, "seq", -1);
    if (!prev || seq < 0)
        fault(r, LOG_NOT_JSON, number);
    else if (seq != head->seq + 1)
        fault(r, LOG_OUT_OF_STEP, number);
    else if (strcmp(prev, head->hash) != 0)
        fault(r, LOG_BROKEN, number);
    head->seq = seq;
    hash_line(text, n, head->hash);
    struct log_line line = {.json = json, .text = text, .begin = begin, .head = *head};
    return !json || json->kind != JSON_OBJECT || !r->each || r->each(r->context, &line);
}

static void read_lines(struct log_reader *r, FILE *in, int64_t begin) {
    char *text = NULL;
    size_t cap = 0;
    ssize_t n;
    for (int64_t number = 1; (n = getline(&text, &cap, in)) > 0; number++) {
        if (text[n - 1] != '\n') {
            fault(r, LOG_TORN, number);
            break;
        }
        text[n - 1] = '\0';
        if (!read_line(r, text, (size_t)n - 1, begin, number))
            break;
        begin += n;
    }
    free(text);
}

bool log_read_from(const char *path, const struct log_mark *mark,
                   bool (*each)(void *context, const struct log_line *line), void *context,
                   struct log_reading *reading, struct diag *diag) {
    *reading = (struct log_reading){.fault = LOG_WHOLE, .head = mark->head};
    FILE *in = fopen(path, "re");
    if (!in && errno == ENOENT)
        return true;
    struct log_reader reader = {each, context, reading, pool_new()};
    bool ok = in && fseeko(in, mark->end, SEEK_SET) == 0;
    if (ok)
        read_lines(&reader, in, mark->end);
    ok = ok && !ferror(in);
    if (!ok)
        diag_add(diag, ARCHIVE_CANNOT_READ, (struct where){.file = path}, strerror(errno), NULL);
    if (in)
        fclose(in);
    pool_free(reader.pool);
    return ok;
}

bool log_read(const char *path, bool (*each)(void *context, const struct log_line *line),
              void *context, struct log_reading *reading, struct diag *diag) {
    struct log_mark start = {.end = 0};
    start_head(&start.head);
    return log_read_from(path, &start, each, context, reading, diag);
}

struct one_line {
    struct pool *pool;
    const struct json *json;
};

static bool take_one(void *context, const struct log_line *line) {
    struct one_line *one = context;
    const char *why;
    one->json = json_read(one->pool, line->text, strlen(line->text), &why);
    return false;
}

const struct json *log_line_at(const char *path, int64_t begin, struct pool *pool,
                               struct diag *diag) {
    struct one_line one = {pool, NULL};
    struct log_mark mark = {.end = begin}; /* what came before does not matter */
    struct log_reading reading;
    log_read_from(path, &mark, take_one, &one, &reading, diag);
    return one.json;
}
