#include "batch/state.h"
#include "base/file.h"
#include "dispatch/names.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

struct state {
    struct pool *pool;
    const char *folder, *path; /* OUT/.congvan, the journal in it */
    int lock, journal;         /* descriptors */
    struct names by_key;       /* index into records */
    VEC(struct record) records;
};

/* ---- reading ---- */

static void keep(struct state *s, const struct record *record) {
    size_t i = names_add(&s->by_key, record->key, strlen(record->key), s->records.n);
    if (i == s->records.n)
        VEC_PUSH(s->pool, &s->records);
    s->records.at[i] = *record;
}

/* Damaged lines are passed over: their dispatches are done again. */
static void read_journal(struct state *s, const char *path, struct diag *diag) {
    size_t n;
    if (!file_exists(path))
        return;
    const char *bytes = file_read(s->pool, path, &n, (struct where){.file = path}, diag);
    const char *end = bytes ? bytes + n : NULL;
    for (const char *p = bytes, *stop; p && (stop = memchr(p, '\n', (size_t)(end - p)));
         p = stop + 1) {
        struct record record;
        if (record_parse(s->pool, p, (size_t)(stop - p), &record))
            keep(s, &record);
    }
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The parts of a divided run know of each other's results; the own part last, so that it counts. */
static void read_all(struct state *s, struct diag *diag) {
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
    VEC_EACH (name, &names)
        if (strcmp(*name, s->path) != 0)
            read_journal(s, *name, diag);
    read_journal(s, s->path, diag);
}

const struct record *state_find(const struct state *s, const char *key) {
    size_t i = names_find(&s->by_key, key, strlen(key));
    return i == NAMES_NONE ? NULL : &s->records.at[i];
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

static bool open_files(struct state *s, const char *lock) {
    s->lock = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    while (s->lock >= 0 && flock(s->lock, LOCK_EX) != 0)
        if (errno != EINTR)
            return false;
    s->journal = open(s->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    return s->lock >= 0 && s->journal >= 0;
}

static void forget(struct state *s) {
    if (s->journal >= 0)
        close(s->journal);
    if (s->lock >= 0)
        close(s->lock);
    pool_free(s->pool);
}

struct state *state_open(const char *out, const char *part, struct diag *diag) {
    struct pool *pool = pool_new();
    struct state *s = POOL_NEW(pool, struct state);
    *s = (struct state){.pool = pool, .lock = -1, .journal = -1, .by_key = {.pool = pool}};
    s->folder = path_join(pool, out, ".congvan");
    const char *suffix = part ? pool_printf(pool, ".%s", part) : "";
    s->path = pool_printf(pool, "%s/state%s", s->folder, suffix);
    if (!file_make_folder(s->folder, diag)) {
        forget(s);
        return NULL;
    }
    if (!open_files(s, pool_printf(pool, "%s/lock%s", s->folder, suffix))) {
        diag_add(diag, FILE_CANNOT_WRITE, (struct where){.file = s->path}, strerror(errno), NULL);
        forget(s);
        return NULL;
    }
    cut_tail(s->journal);
    state_clean(s->folder, is_own_temporary, s->path);
    read_all(s, diag);
    return s;
}

/* ---- adding ---- */

bool state_append(struct state *s, const char *lines, size_t len) {
    ssize_t n = write(s->journal, lines, len);
    bool whole = n == (ssize_t)len;
    if (!whole && n > 0 && write(s->journal, "\n", 1) != 1)
        return false; /* a torn line: it and the next one are passed over when read */
    return whole;
}

/* ---- closing ---- */

static int by_key(const void *a, const void *b) {
    return strcmp((*(const struct record *const *)a)->key, (*(const struct record *const *)b)->key);
}

static void sort_journal(struct state *s, struct diag *diag) {
    size_t n = s->records.n;
    const struct record **sorted = POOL_ARRAY(s->pool, const struct record *, n + 1);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &s->records.at[i];
    qsort(sorted, n, sizeof *sorted, by_key);
    struct buf all = {0};
    for (size_t i = 0; i < n; i++)
        record_put(sorted[i], &all);
    size_t old_n = 0;
    const char *old = file_read(s->pool, s->path, &old_n, (struct where){.file = s->path}, diag);
    if (!old || old_n != all.len || memcmp(old, buf_text(&all), all.len) != 0)
        file_write(s->path, buf_text(&all), all.len, diag);
    buf_free(&all);
}

void state_close(struct state *s, struct diag *diag) {
    if (!s)
        return;
    s->records.n = 0;
    s->by_key = (struct names){.pool = s->pool};
    read_journal(s, s->path, diag); /* what the workers added is on disk only */
    sort_journal(s, diag);
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
