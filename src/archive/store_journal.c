/* Steps 3 to 5 of store.c, the first time and after a crash. */
#include "archive/durable.h"
#include "archive/store_parts.h"
#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the journal ---- */

static void put_entry(struct buf *out, const struct waiting *w) {
    buf_puts(out, "{\"object\":");
    json_string(out, w->object);
    buf_printf(out, ",\"version\":%d,\"folder\":%d,\"line\":", w->version, w->folder);
    json_string(out, w->line);
    buf_putc(out, '}');
}

bool journal_write(struct store *store) {
    struct buf text = {0};
    const char *temporary = pool_printf(store->group, "%s.new", store->journal);
    buf_printf(&text, "{\"log_end\":%lld,\"entries\":[", (long long)log_end(store->log));
    for (size_t i = 0; i < store->waiting.n; i++) {
        buf_puts(&text, i ? ",\n" : "\n");
        put_entry(&text, &store->waiting.at[i]);
    }
    buf_puts(&text, "\n]}\n");
    bool ok = durable_write(temporary, text.data, text.len) && durable_sync(temporary) &&
              rename(temporary, store->journal) == 0 && durable_sync(store->staging);
    buf_free(&text);
    return ok;
}

static bool read_entry(struct store *store, const struct json *json) {
    struct waiting *w = VEC_PUSH(store->group, &store->waiting);
    w->object = json_text(json, "object");
    w->version = (int)json_number(json, "version", 0);
    w->folder = (int)json_number(json, "folder", -1);
    w->line = json_text(json, "line");
    return w->object && w->version > 0 && w->folder >= 0 && w->line;
}

/* False, reported: it is damaged, and somebody has to look. */
static bool journal_read(struct store *store, int64_t *end, struct diag *diag) {
    size_t len;
    const char *why = NULL;
    const char *text =
        file_read(store->group, store->journal, &len, (struct where){.file = store->journal}, diag);
    if (!text)
        return false;
    const struct json *json = json_read(store->group, text, len, &why);
    const struct json *entries = json_member(json, "entries");
    bool ok = entries && entries->kind == JSON_ARRAY;
    *end = json_number(json, "log_end", -1);
    for (size_t i = 0; ok && i < entries->n; i++)
        ok = read_entry(store, &entries->at[i]);
    if (!ok || *end < 0)
        diag_add(diag, ARCHIVE_JOURNAL_BAD, (struct where){.file = store->journal}, NULL);
    return ok && *end >= 0;
}

/* ---- putting in place ---- */

/* Renames what is still there to be renamed. */
static bool move(const char *from, const char *to) {
    return rename(from, to) == 0 || (errno == ENOENT && access(to, F_OK) == 0);
}

/* A new object, with those of the folders above it that are not there yet. */
static bool place_object(struct store *store, struct pool *pool, const struct waiting *w) {
    const char *from = pool_printf(pool, "%s/%d", store->staging, w->folder);
    const char *to = store->archive->store;
    size_t begun = 0;
    for (const char *name = w->object; *name;) {
        size_t n = strcspn(name, "/");
        begun = (size_t)(name - w->object) + n;
        const char *part = pool_strndup(pool, w->object, begun);
        if (access(path_join(pool, to, part), F_OK) != 0 &&
            !move(path_join(pool, from, part), path_join(pool, to, part)))
            return false;
        name += n + (name[n] == '/');
    }
    return chmod(path_join(pool, to, w->object), 0555) == 0;
}

static bool place_version(struct store *store, struct pool *pool, const struct waiting *w) {
    const char *from = pool_printf(pool, "%s/%d", store->staging, w->folder);
    const char *object = path_join(pool, store->archive->store, w->object);
    const char *const names[] = {pool_printf(pool, "v%d", w->version), "inventory.json",
                                 "inventory.json." INVENTORY_DIGEST};
    bool ok = chmod(object, 0755) == 0;
    /* A folder that changes its place must be writable itself while it does. */
    chmod(path_join(pool, from, names[0]), 0755);
    for (size_t i = 0; ok && i < sizeof names / sizeof *names; i++)
        ok = move(path_join(pool, from, names[i]), path_join(pool, object, names[i]));
    return ok && chmod(path_join(pool, object, names[0]), 0555) == 0 && chmod(object, 0555) == 0;
}

bool journal_place(struct store *store, const struct waiting *w) {
    struct pool *pool = pool_new();
    bool ok = w->version == 1 ? place_object(store, pool, w) : place_version(store, pool, w);
    int error = errno;
    pool_free(pool);
    errno = error;
    return ok;
}

static bool log_lines(struct store *store, const struct waiting *from, size_t n,
                      struct diag *diag) {
    struct buf *lines = POOL_ARRAY(store->group, struct buf, n + 1);
    for (size_t i = 0; i < n; i++)
        buf_puts(&lines[i], from[i].line);
    bool ok = !n || log_append_all(store->log, lines, n, diag);
    for (size_t i = 0; i < n; i++)
        buf_free(&lines[i]);
    return ok;
}

bool journal_log(struct store *store, struct diag *diag) {
    return log_lines(store, store->waiting.at, store->waiting.n, diag);
}

bool journal_end(struct store *store) {
    return unlink(store->journal) == 0 && durable_remove_tree(store->staging) &&
           durable_make_folders(store->staging);
}

/* ---- after a crash ---- */

struct logged {
    struct store *store;
    size_t n; /* entries found in the log, from the first */
};

/* Lines are added in the order of the entries, so those that are there are the first of them. */
static bool match_line(void *context, const struct log_line *line) {
    struct logged *logged = context;
    if (logged->n < logged->store->waiting.n) {
        const char *wanted = logged->store->waiting.at[logged->n].line;
        const char *found = strstr(line->text, wanted);
        logged->n += found && strcmp(found + strlen(wanted), "}") == 0;
    }
    return true;
}

static bool finish(struct store *store, int64_t end, struct diag *diag) {
    struct logged logged = {.store = store};
    struct log_reading reading;
    struct log_mark mark = {.end = end}; /* only which lines are there matters */
    if (!log_read_from(store->log_path, &mark, match_line, &logged, &reading, diag))
        return false;
    const struct waiting *w;
    VEC_EACH (w, &store->waiting)
        if (!journal_place(store, w)) {
            diag_add(diag, FILE_CANNOT_WRITE, (struct where){.file = store->archive->store},
                     strerror(errno), NULL);
            return false;
        }
    return durable_sync_all(store->archive->store) &&
           log_lines(store, store->waiting.at + logged.n, store->waiting.n - logged.n, diag);
}

bool journal_recover(struct store *store, struct diag *diag) {
    int64_t end;
    bool ok =
        !file_exists(store->journal) || (journal_read(store, &end, diag) &&
                                         finish(store, end, diag) && unlink(store->journal) == 0);
    store->waiting.at = NULL;
    store->waiting.n = store->waiting.cap = 0;
    pool_reset(store->group);
    if (!ok)
        return false;
    if (durable_remove_tree(store->staging) && durable_make_folders(store->staging))
        return true;
    diag_add(diag, FILE_CANNOT_WRITE, (struct where){.file = store->staging}, strerror(errno),
             NULL);
    return false;
}
