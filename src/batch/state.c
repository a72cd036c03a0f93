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

/* A record as it was read: kept as its line and parsed when it is asked for, since twenty thousand
 * of them parsed are four times as large. */
struct entry {
    const char *line, *key;
    size_t len, key_len;
};

struct state {
    struct pool *pool;
    const char *folder, *path; /* OUT/.congvan, the journal in it */
    int lock, journal;         /* descriptors */
    struct pool *contents;     /* of the journals, and what points into them */
    struct names by_key;       /* index into entries */
    VEC(struct entry) entries;
};

/* ---- reading ---- */

static void keep(struct state *s, struct entry entry) {
    size_t i = names_add(&s->by_key, entry.key, entry.key_len, s->entries.n);
    if (i == s->entries.n)
        VEC_PUSH(s->contents, &s->entries);
    s->entries.at[i] = entry;
}

/* Damaged lines are passed over: their dispatches are done again. */
static void read_journal(struct state *s, const char *path, struct diag *diag) {
    size_t n;
    if (!file_exists(path))
        return;
    const char *bytes = file_read(s->contents, path, &n, (struct where){.file = path}, diag);
    const char *end = bytes ? bytes + n : NULL;
    for (const char *p = bytes, *stop; p && (stop = memchr(p, '\n', (size_t)(end - p)));
         p = stop + 1) {
        struct entry entry = {.line = p, .len = (size_t)(stop - p)};
        if (record_key(p, entry.len, &entry.key, &entry.key_len))
            keep(s, entry);
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

const struct record *state_find(const struct state *s, struct pool *pool, const char *key) {
    struct buf escaped = {0};
    record_put_key(&escaped, key);
    size_t i = names_find(&s->by_key, buf_text(&escaped), escaped.len);
    buf_free(&escaped);
    struct record *record = POOL_NEW(pool, struct record);
    bool found =
        i != NAMES_NONE && record_parse(pool, s->entries.at[i].line, s->entries.at[i].len, record);
    return found ? record : NULL;
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

static void begin_contents(struct state *s) {
    s->contents = pool_new();
    s->by_key = (struct names){.pool = s->contents};
    s->entries.at = NULL;
    s->entries.n = s->entries.cap = 0;
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
    pool_free(s->contents);
    pool_free(s->pool);
}

struct state *state_open(const char *out, const char *part, struct diag *diag) {
    struct pool *pool = pool_new();
    struct state *s = POOL_NEW(pool, struct state);
    *s = (struct state){.pool = pool, .lock = -1, .journal = -1};
    begin_contents(s);
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
    const struct entry *x = a, *y = b;
    size_t common = x->key_len < y->key_len ? x->key_len : y->key_len;
    int order = memcmp(x->key, y->key, common);
    return order ? order : (x->key_len > y->key_len) - (x->key_len < y->key_len);
}

/* Are the entries, in their order, all that is in the journal? */
static bool is_as_written(const struct state *s, const struct stat *journal) {
    off_t length = 0;
    for (size_t i = 0; i < s->entries.n; i++) {
        if (i && s->entries.at[i].line < s->entries.at[i - 1].line)
            return false;
        length += (off_t)s->entries.at[i].len + 1;
    }
    return length == journal->st_size;
}

static void sort_journal(struct state *s, struct diag *diag) {
    struct stat journal;
    if (s->entries.n)
        qsort(s->entries.at, s->entries.n, sizeof *s->entries.at, by_key);
    if (fstat(s->journal, &journal) == 0 && is_as_written(s, &journal))
        return;
    struct buf all = {0};
    for (size_t i = 0; i < s->entries.n; i++)
        buf_append(&all, s->entries.at[i].line, s->entries.at[i].len + 1);
    file_write(s->path, buf_text(&all), all.len, diag);
    buf_free(&all);
}

void state_close(struct state *s, struct diag *diag) {
    if (!s)
        return;
    pool_free(s->contents);
    begin_contents(s);
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
