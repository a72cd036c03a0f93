#include "archive/audit.h"

#include "archive/store.h"
#include "base/file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

void audit_report(const struct ocfl_report *report, struct diag *diag) {
    struct pool *pool = pool_new();
    const struct ocfl_finding *f;
    VEC_EACH (f, &report->findings) {
        const char *path = *f->path ? path_join(pool, report->path, f->path) : report->path;
        const struct diag_kind *kind = ocfl_kind(f->code);
        diag_add_kind(diag, kind, kind->level, (struct where){.file = path}, &f->detail, 1);
    }
    pool_free(pool);
}

bool audit_wanted(const struct audit *audit, const char *folder) {
    struct hash hash = hash_start();
    hash_add(&hash, &audit->seed, sizeof audit->seed);
    hash_add_text(&hash, folder);
    return hash.word[0] % 100 < (uint64_t)audit->sample;
}

/* ---- one object ---- */

static void complain(const struct audit *audit, enum diag_code code, const char *path,
                     const char *a, const char *b) {
    diag_add(audit->diag, code, (struct where){.file = path}, a, b, NULL);
}

/* The inventory of version n as it lies there now; NULL: it cannot be read. */
static const char *digest_of_version(struct pool *pool, const char *object, int n) {
    struct diag *quiet = diag_new(LANG_EN);
    char digest[DIGEST_TEXT];
    const char *path = pool_printf(pool, "%s/v%d/inventory.json", object, n);
    bool ok = digest_file(INVENTORY_DIGEST, path, digest, NULL, quiet);
    diag_free(quiet);
    return ok ? pool_strdup(pool, digest) : NULL;
}

/* Each version that was logged must be the one that is there. True: all are. */
static bool compare_versions(const struct audit *audit, struct pool *pool, const char *object,
                             struct ledger_entry *entries, size_t n, bool report) {
    bool same = true;
    for (size_t i = 0; i < n; i++) {
        const char *version = pool_printf(pool, "%d", entries[i].version);
        const char *digest = digest_of_version(pool, object, entries[i].version);
        entries[i].seen = true;
        if (digest && ledger_same(&entries[i], digest))
            continue;
        same = false;
        if (report)
            complain(audit, digest ? ARCHIVE_VERSION_REPLACED : ARCHIVE_VERSION_MISSING, object,
                     version, NULL);
    }
    const char *next = pool_printf(pool, "%s/v%d", object, entries[n - 1].version + 1);
    if (!file_exists(next))
        return same;
    if (report)
        complain(audit, ARCHIVE_VERSION_SURPLUS, object,
                 pool_printf(pool, "%d", entries[n - 1].version + 1), NULL);
    return false;
}

/* Against the log. True: they agree. */
static bool compare(struct audit *audit, const char *object, bool report) {
    struct pool *pool = pool_new();
    size_t n;
    struct ledger_entry *entries = ledger_object(&audit->ledger, path_name(object), &n);
    bool same = false;
    if (entries)
        same = compare_versions(audit, pool, object, entries, n, report);
    else if (report)
        complain(audit, ARCHIVE_OBJECT_SURPLUS, object, NULL, NULL);
    pool_free(pool);
    return same;
}

static void take_object(void *context, const char *below, const struct ocfl_report *report) {
    struct audit *audit = context;
    struct pool *pool = pool_new();
    const char *object = path_join(pool, audit->archive->store, below);
    audit->objects++;
    audit->read += report != NULL;
    audit->bytes += report ? report->bytes : 0;
    bool placed =
        !report || !report->id || strcmp(store_path(pool, audit->archive, report->id), object) == 0;
    if (!compare(audit, object, false) || !placed || (report && report->findings.n))
        *VEC_PUSH(audit->pool, &audit->suspects) = pool_strdup(audit->pool, below);
    pool_free(pool);
}

static bool wants_object(void *context, const char *below) {
    return audit_wanted(context, path_name(below));
}

/* ---- all of them ---- */

static void judge_again(struct audit *audit, struct pool *pool, const char *below) {
    const char *object = path_join(pool, audit->archive->store, below);
    struct ocfl_report *report = ocfl_object(pool, object, 0, audit->diag);
    audit_report(report, audit->diag);
    if (report->id && strcmp(store_path(pool, audit->archive, report->id), object) != 0)
        complain(audit, ARCHIVE_OBJECT_MISPLACED, object, report->id, NULL);
    compare(audit, object, true);
}

/* What seemed wrong, once more and with writers kept out: an object may have been between two of
 * the renames that give it a new version, and the log may have grown. */
static void look_again(struct audit *audit, struct pool *pool) {
    struct log *held = store_wait(pool, audit->archive);
    struct diag *quiet = diag_new(LANG_EN);
    ledger_read(audit->pool, audit->archive, &audit->ledger, quiet);
    diag_free(quiet);
    struct pool *object = pool_new();
    const char **below;
    VEC_EACH (below, &audit->suspects) {
        judge_again(audit, object, *below);
        pool_reset(object);
    }
    pool_free(object);
    log_close(held);
}

/* Logged, and not there. */
static void name_missing(struct audit *audit, struct pool *pool) {
    for (size_t i = 0; i < audit->ledger.entries.n; i++) {
        const struct ledger_entry *e = &audit->ledger.entries.at[i];
        if (e->seen || e->version != 1)
            continue;
        const char *id =
            json_text(ledger_line(&audit->ledger, e, pool, audit->diag), STORE_KEY_OBJECT);
        if (!id)
            continue;
        const char *object = store_path(pool, audit->archive, id);
        if (!file_is_folder(object))
            complain(audit, ARCHIVE_OBJECT_MISSING, object, id, NULL);
    }
}

bool audit_store(struct audit *audit) {
    if (!ledger_read(audit->pool, audit->archive, &audit->ledger, audit->diag))
        return false;
    struct pool *pool = pool_new();
    if (!audit->ledger.entries.n && !store_is_made(pool, audit->archive)) {
        /* Nothing was put there yet, and who made the folders was interrupted. */
        complain(audit, ARCHIVE_UNFINISHED, audit->archive->folder, NULL, NULL);
        pool_free(pool);
        return true;
    }
    struct ocfl_visitor visitor = {take_object, wants_object, audit};
    audit_report(ocfl_root(pool, audit->archive->store, &visitor, audit->diag), audit->diag);
    name_missing(audit, pool);
    if (audit->suspects.n)
        look_again(audit, pool);
    if (store_unfinished(pool, audit->archive))
        complain(audit, ARCHIVE_UNFINISHED, audit->archive->folder, NULL, NULL);
    pool_free(pool);
    return true;
}

/* ---- the other logs ---- */

static int is_other_log(const struct dirent *entry) {
    return entry->d_name[0] != '.' && path_has_suffix(entry->d_name, ".jsonl") &&
           strcmp(entry->d_name, "store.jsonl") != 0;
}

void audit_logs(const struct audit *audit) {
    struct dirent **logs = NULL;
    int n = scandir(audit->archive->log_folder, &logs, is_other_log, alphasort);
    for (int i = 0; i < n; i++) {
        struct log_reading reading;
        const char *path = path_join(audit->pool, audit->archive->log_folder, logs[i]->d_name);
        if (log_read(path, NULL, NULL, &reading, audit->diag) && reading.fault != LOG_WHOLE)
            diag_add(audit->diag, ARCHIVE_LOG_BROKEN,
                     (struct where){.file = path, .line = (int)reading.line}, NULL);
        free(logs[i]);
    }
    free(logs);
}
