#include "batch/state.h"
#include "base/file.h"
#include "dispatch/names.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where an outcome stands. Not the outcome: a hundred thousand of them are as many kilobytes. */
struct entry {
    const char *key;
    off_t at;
    size_t len;     /* of its line, without the end */
    size_t in_file; /* index into files */
};

/* The journal of this part or of another. */
struct journal {
    int fd;
    off_t read; /* how far */
};

struct state {
    struct pool *pool;
    const char *folder, *path; /* OUT/.congvan, the journal in it */
    int lock;
    VEC(struct journal) files; /* the own one is the last */
    struct names by_key;       /* index into entries */
    VEC(struct entry) entries;
};

static struct journal *own(const struct state *s) {
    return &s->files.at[s->files.n - 1];
}

/* ---- reading ---- */

static void keep(struct state *s, const char *key, size_t key_len, struct entry entry) {
    size_t i = names_add(&s->by_key, key, key_len, s->entries.n);
    if (i == s->entries.n) {
        entry.key = pool_strndup(s->pool, key, key_len);
        *VEC_PUSH(s->pool, &s->entries) = entry;
    } else {
        entry.key = s->entries.at[i].key;
        s->entries.at[i] = entry;
    }
}

/* What there is of it from `at` on, in room that is large enough for a line at least. */
static size_t read_at(int fd, struct buf *room, off_t at) {
    size_t n = 0;
    for (ssize_t got; n < room->cap - 1; n += (size_t)got) {
        got = pread(fd, room->data + n, room->cap - 1 - n, at + (off_t)n);
        if (got < 0 && errno == EINTR)
            got = 0;
        else if (got <= 0)
            break;
    }
    return n;
}

/* Takes the whole lines of the `n` bytes; how many bytes those are. Damaged lines are passed over:
 * their dispatches are done again. */
static size_t take_lines(struct state *s, size_t file, const char *bytes, size_t n) {
    size_t at = 0;
    for (const char *stop; (stop = memchr(bytes + at, '\n', n - at)) != NULL;) {
        size_t len = (size_t)(stop - bytes) - at, key_len;
        const char *key;
        off_t where = s->files.at[file].read + (off_t)at;
        if (outcome_key(bytes + at, len, &key, &key_len))
            keep(s, key, key_len, (struct entry){.at = where, .len = len, .in_file = file});
        at += len + 1;
    }
    return at;
}

/* From where it was left. */
static void read_journal(struct state *s, size_t file) {
    enum { CHUNK = 1 << 18 };
    struct buf room = {0};
    buf_reserve(&room, CHUNK);
    for (;;) {
        size_t n = read_at(s->files.at[file].fd, &room, s->files.at[file].read);
        size_t taken = take_lines(s, file, room.data, n);
        s->files.at[file].read += (off_t)taken;
        if (n < room.cap - 1)
            break;
        if (!taken)
            buf_reserve(&room, room.cap * 2); /* a line that is longer */
    }
    buf_free(&room);
}

void state_refresh(struct state *s) {
    read_journal(s, s->files.n - 1);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The parts of a divided run know of each other's results. */
static void open_others(struct state *s) {
    VEC(const char *) names = {0};
    DIR *dir = opendir(s->folder);
    for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;)
        if (strncmp(entry->d_name, "state", 5) == 0 && !strstr(entry->d_name, FILE_TEMPORARY))
            *VEC_PUSH(s->pool, &names) = path_join(s->pool, s->folder, entry->d_name);
    if (dir)
        closedir(dir);
    if (names.n)
        qsort(names.at, names.n, sizeof *names.at, by_name);
    const char **name;
    VEC_EACH (name, &names) {
        int fd = strcmp(*name, s->path) != 0 ? open(*name, O_RDONLY | O_CLOEXEC) : -1;
        if (fd >= 0)
            *VEC_PUSH(s->pool, &s->files) = (struct journal){.fd = fd};
    }
}

const struct outcome *state_find(const struct state *s, struct pool *pool, const char *key) {
    struct buf text = {0};
    outcome_put_key(&text, key);
    size_t i = names_find(&s->by_key, buf_text(&text), text.len);
    buf_free(&text);
    if (i == NAMES_NONE)
        return NULL;
    const struct entry *entry = &s->entries.at[i];
    struct outcome *outcome = POOL_NEW(pool, struct outcome);
    buf_reserve(&text, entry->len);
    bool found = pread(s->files.at[entry->in_file].fd, text.data, entry->len, entry->at) ==
                     (ssize_t)entry->len &&
                 outcome_parse(pool, text.data, entry->len, outcome);
    buf_free(&text);
    return found ? outcome : NULL;
}

/* ---- opening ---- */

/* What a killed writer left of a line would spoil the next one. */
static void cut_tail(int fd) {
    off_t end = lseek(fd, 0, SEEK_END);
    char c = '\n';
    while (end > 0 && pread(fd, &c, 1, end - 1) == 1 && c != '\n')
        end--;
    if (ftruncate(fd, end) != 0)
        return; /* then the next line is lost too, and its dispatch done again */
}

static bool is_own_temporary(const void *context, const char *name) {
    return strcmp(name, path_name(context)) == 0;
}

static bool take_lock(struct state *s, const char *path) {
    s->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    while (s->lock >= 0 && flock(s->lock, LOCK_EX) != 0)
        if (errno != EINTR)
            return false;
    return s->lock >= 0;
}

static bool open_own(struct state *s) {
    int fd = open(s->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (fd < 0)
        return false;
    *VEC_PUSH(s->pool, &s->files) = (struct journal){.fd = fd};
    cut_tail(fd);
    return true;
}

static void forget(struct state *s) {
    for (size_t i = 0; i < s->files.n; i++)
        close(s->files.at[i].fd);
    if (s->lock >= 0)
        close(s->lock);
    pool_free(s->pool);
}

struct state *state_open(const char *out, const char *part, struct diag *diag) {
    struct pool *pool = pool_new();
    struct state *s = POOL_NEW(pool, struct state);
    const char *suffix = part ? pool_printf(pool, ".%s", part) : "";
    *s = (struct state){.pool = pool, .lock = -1, .by_key = {.pool = pool}};
    s->folder = path_join(pool, out, ".congvan");
    s->path = pool_printf(pool, "%s/state%s", s->folder, suffix);
    if (!file_make_folder(s->folder, diag)) {
        forget(s);
        return NULL;
    }
    bool ok = take_lock(s, pool_printf(pool, "%s/lock%s", s->folder, suffix));
    if (ok)
        open_others(s);
    if (!ok || !open_own(s)) {
        diag_add(diag, FILE_CANNOT_WRITE, (struct where){.file = s->path}, strerror(errno), NULL);
        forget(s);
        return NULL;
    }
    state_clean(s->folder, is_own_temporary, s->path);
    for (size_t i = 0; i < s->files.n; i++)
        read_journal(s, i);
    return s;
}

/* ---- adding ---- */

bool state_append(struct state *s, const char *lines, size_t len) {
    ssize_t n = write(own(s)->fd, lines, len);
    bool whole = n == (ssize_t)len;
    if (!whole && n > 0 && write(own(s)->fd, "\n", 1) != 1)
        return false; /* a torn line: it and the next one are passed over when read */
    return whole;
}

/* ---- closing ---- */

static int by_key(const void *a, const void *b) {
    return strcmp(((const struct entry *)a)->key, ((const struct entry *)b)->key);
}

/* Those of the own journal, sorted. */
static void choose_own(struct state *s) {
    size_t n = 0;
    for (size_t i = 0; i < s->entries.n; i++)
        if (s->entries.at[i].in_file == s->files.n - 1)
            s->entries.at[n++] = s->entries.at[i];
    s->entries.n = n;
    if (n)
        qsort(s->entries.at, n, sizeof *s->entries.at, by_key);
}

/* Are the entries, in their order, all that is in the journal? */
static bool is_as_written(const struct state *s) {
    struct stat st;
    off_t length = 0;
    for (size_t i = 0; i < s->entries.n; i++) {
        if (s->entries.at[i].at != length)
            return false;
        length += (off_t)s->entries.at[i].len + 1;
    }
    return fstat(own(s)->fd, &st) == 0 && length == st.st_size;
}

static void write_sorted(const struct state *s, struct diag *diag) {
    struct file_stream *to = file_stream_open(s->path, diag);
    struct buf line = {0};
    bool ok = true;
    for (size_t i = 0; to && ok && i < s->entries.n; i++) {
        ssize_t n = (ssize_t)s->entries.at[i].len + 1;
        buf_clear(&line);
        ok = pread(own(s)->fd, buf_reserve(&line, (size_t)n), (size_t)n, s->entries.at[i].at) == n;
        file_stream_put(to, line.data, (size_t)n);
    }
    buf_free(&line);
    if (to)
        file_stream_close(to, ok);
}

void state_close(struct state *s, struct diag *diag) {
    if (!s)
        return;
    state_refresh(s);
    choose_own(s);
    if (!is_as_written(s))
        write_sorted(s, diag);
    forget(s);
}

/* ---- cleaning ---- */

/* The name of the file that a temporary one was to become; NULL: it is none. */
static char *target_of(struct pool *pool, const char *name) {
    const char *mark = strstr(name, FILE_TEMPORARY);
    if (!mark || strlen(mark) != sizeof FILE_TEMPORARY - 1 + 6)
        return NULL;
    return pool_strndup(pool, name, (size_t)(mark - name));
}

void state_clean(const char *folder, bool (*ours)(const void *context, const char *name),
                 const void *context) {
    struct pool *pool = pool_new();
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;) {
        const char *target = target_of(pool, entry->d_name);
        if (target && ours(context, target))
            unlink(path_join(pool, folder, entry->d_name));
    }
    if (dir)
        closedir(dir);
    pool_free(pool);
}
