/* How the store is written.
 *
 * What must hold at every moment, whenever a process is killed or the power goes: every folder in
 * DIR/store is a whole object; a version once there never changes; every version has its line in
 * the log, in the order of entry, and no line speaks of what is not there. Renaming a folder is the
 * only step a file system does whole or not at all, so everything is built from it:
 *
 *  1. An entry is written below DIR/staging, outside the storage root but on its file system, each
 *     file O_EXCL and read-only. A new object is staged with the folders above it
 *     (staging/0/ab/cd/abcd...), so that one rename of the first folder that is missing puts it
 * into the hierarchy, which never holds an empty folder. A later version is staged as the folder
 * vN, with the inventory and its digest that are to take the place of the object's.
 *  2. Commit: all that is staged is synced - a few entries file by file, many by one syncfs, which
 * is what makes adding in groups fast.
 *  3. The journal, staging/group.json, is written and synced: which entries, at which end of the
 * log, with which lines. From here on the group will be in the store; before, it never was.
 *  4. Each entry is put in place. For a version: the folder vN, the inventory, its digest, in this
 *     order; each rename finds out by itself whether it was done before.
 *  5. The folders renamed into are synced; the lines are added to the log, and synced; the journal
 *     is removed, then what is left in staging.
 *
 * A writer that finds a journal does steps 4 and 5 again from the start: what is done already is
 * skipped, lines that are in the log are not written twice. One that finds none, but staged
 * folders, takes them away. The lock on the log keeps writers apart, and the kernel drops it with
 * the process.
 *
 * A reader may meet an object between two of the renames of step 4, vN there and the inventory
 * still the old one. Who finds an object wrong looks again with the lock held (store_wait). */
#include "archive/store.h"

#include "archive/durable.h"
#include "archive/store_parts.h"
#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LAYOUT "0004-hashed-n-tuple-storage-layout"
#define DECLARATION "0=ocfl_1.1"

/* Of the layout: 65,536 folders for the objects, so that some millions are still few in each. */
enum { TUPLE_SIZE = 2, TUPLES = 2 };

/* From how many entries on one syncfs is cheaper than syncing their files. */
enum { MANY = 8 };

static bool fail(const char *path, struct diag *diag) {
    diag_add(diag, FILE_CANNOT_WRITE, (struct where){.file = path}, strerror(errno), NULL);
    return false;
}

const char *store_relative(struct pool *pool, const char *id) {
    char digest[DIGEST_TEXT];
    digest_of("sha256", id, strlen(id), digest);
    return pool_printf(pool, "%.*s/%.*s/%s", TUPLE_SIZE, digest, TUPLE_SIZE, digest + TUPLE_SIZE,
                       digest);
}

const char *store_path(struct pool *pool, const struct archive *archive, const char *id) {
    return path_join(pool, archive->store, store_relative(pool, id));
}

/* ---- opening ---- */

/* A file of the storage root, written in staging as everything is, since what a crash leaves of it
 * must not lie where files have a meaning. */
static bool put_root_file(struct store *store, const char *name, const char *text,
                          struct diag *diag) {
    struct pool *pool = pool_new();
    const char *from = path_join(pool, store->staging, "root"),
               *to = path_join(pool, store->archive->store, name);
    bool ok = durable_make_folders(path_folder(pool, to)) &&
              (file_exists(to) || (durable_write(from, text, strlen(text)) && durable_sync(from) &&
                                   rename(from, to) == 0)) &&
              durable_sync(path_folder(pool, to));
    if (!ok)
        fail(to, diag);
    pool_free(pool);
    return ok;
}

/* The declaration comes last, when all that was made on the way is on disk, the folders above the
 * root among it: a storage root without it is made anew. */
static bool make_root(struct store *store, struct diag *diag) {
    static const char layout[] =
        "{\n  \"extension\": \"" LAYOUT "\",\n"
        "  \"description\": \"The SHA-256 of an object's id, in hexadecimal, below two folders of "
        "two digits each from its start.\"\n}\n";
    static const char config[] =
        "{\n  \"extensionName\": \"" LAYOUT "\",\n  \"digestAlgorithm\": \"sha256\",\n"
        "  \"tupleSize\": 2,\n  \"numberOfTuples\": 2,\n  \"shortObjectRoot\": false\n}\n";
    return put_root_file(store, "extensions/" LAYOUT "/config.json", config, diag) &&
           put_root_file(store, "ocfl_layout.json", layout, diag) &&
           (durable_sync_all(store->archive->folder) || fail(store->archive->folder, diag)) &&
           put_root_file(store, DECLARATION, "ocfl_1.1\n", diag);
}

struct store *store_open(const struct archive *archive, struct diag *diag) {
    static const char *const names[] = {STORE_KEY_OBJECT, STORE_KEY_FILE, STORE_KEY_FIRST,
                                        STORE_KEY_NUMBER, NULL};
    struct pool *pool = pool_new();
    struct store *store = POOL_NEW(pool, struct store);
    store->archive = archive;
    store->pool = pool;
    store->group = pool_new();
    pool_own(pool, store->group);
    store->staging = path_join(pool, archive->folder, "staging");
    store->journal = path_join(pool, store->staging, "group.json");
    store->log_path = archive_log_path(pool, archive, "store");
    store->log = log_open(store->log_path, diag);
    bool ok = store->log && file_make_folder(store->staging, diag) &&
              journal_recover(store, diag) &&
              (store_is_made(pool, archive) || make_root(store, diag));
    if (ok)
        store->keys =
            keys_open(path_join(pool, archive->folder, "keys"), store->log_path, names, diag);
    if (store->keys)
        return store;
    store_close(store);
    return NULL;
}

void store_close(struct store *store) {
    if (!store)
        return;
    if (store->log && store->waiting.n && !store->failed)
        durable_remove_tree(store->staging);
    keys_close(store->keys);
    log_close(store->log);
    pool_free(store->pool);
}

const struct archive *store_archive(const struct store *store) {
    return store->archive;
}

/* ---- entries ---- */

size_t store_waiting(const struct store *store) {
    return store->waiting.n;
}

static bool is_key(const struct waiting *w, const char *name, const char *value) {
    const struct {
        const char *name, *value;
    } keys[] = {{STORE_KEY_OBJECT, w->id},
                {STORE_KEY_FILE, w->file},
                {STORE_KEY_FIRST, w->first},
                {STORE_KEY_NUMBER, w->number}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].value && strcmp(keys[i].name, name) == 0)
            return strcmp(keys[i].value, value) == 0;
    return false;
}

const struct json *store_find(struct store *store, struct pool *pool, const char *name,
                              const char *value) {
    for (size_t i = store->waiting.n; i-- > 0;)
        if (is_key(&store->waiting.at[i], name, value)) {
            const char *why, *text = pool_printf(pool, "{%s}", store->waiting.at[i].line);
            return json_read(pool, text, strlen(text), &why);
        }
    return keys_find(store->keys, pool, name, value);
}

static bool waits(const struct store *store, const char *id) {
    const struct waiting *w;
    VEC_EACH (w, &store->waiting)
        if (strcmp(w->id, id) == 0)
            return true;
    return false;
}

bool store_put(struct store *store, const struct store_entry *entry, int *version,
               struct diag *diag) {
    /* The next version of an object builds on one that is in place. */
    if (store->failed || (waits(store, entry->id) && !store_commit(store, diag)))
        return false;
    struct pool *pool = pool_new();
    struct inventory *inventory = POOL_NEW(pool, struct inventory);
    if (file_exists(store_path(pool, store->archive, entry->id)))
        inventory = store_inventory(pool, store->archive, entry->id, diag);
    struct waiting waiting = {.folder = (int)store->staged};
    bool ok = inventory != NULL;
    if (ok) {
        inventory->id = entry->id;
        store->staged++;
        ok = store_stage(store, entry, inventory, &waiting, diag);
    }
    if (ok) {
        *VEC_PUSH(store->group, &store->waiting) = waiting;
        *version = waiting.version;
    } else {
        durable_remove_tree(pool_printf(pool, "%s/%d", store->staging, waiting.folder));
    }
    pool_free(pool);
    return ok;
}

static bool sync_staged(const struct store *store) {
    return store->waiting.n < MANY ? durable_sync_tree(store->staging)
                                   : durable_sync_all(store->staging);
}

/* The folders that were renamed into: those above a new object, the object itself for a version. */
static bool sync_placed(const struct store *store) {
    if (store->waiting.n >= MANY)
        return durable_sync_all(store->archive->store);
    struct pool *pool = pool_new();
    bool ok = durable_sync(store->archive->store);
    const struct waiting *w;
    VEC_EACH (w, &store->waiting) {
        const char *path = path_join(pool, store->archive->store, w->object);
        for (; ok && strlen(path) > strlen(store->archive->store); path = path_folder(pool, path))
            ok = durable_sync(path);
    }
    pool_free(pool);
    return ok;
}

bool store_commit(struct store *store, struct diag *diag) {
    if (!store->waiting.n)
        return true;
    if (store->failed)
        return false;
    bool ok = sync_staged(store) && journal_write(store);
    store->failed = !ok;
    if (!ok)
        return fail(store->staging, diag);
    const struct waiting *w;
    VEC_EACH (w, &store->waiting)
        ok = ok && journal_place(store, w);
    ok = (ok && sync_placed(store)) || fail(store->archive->store, diag);
    ok = ok && journal_log(store, diag) && (journal_end(store) || fail(store->staging, diag)) &&
         keys_follow(store->keys, diag);
    store->failed = !ok;
    store->staged = 0;
    store->waiting.at = NULL;
    store->waiting.n = store->waiting.cap = 0;
    pool_reset(store->group);
    return ok;
}

/* ---- reading ---- */

struct inventory *store_inventory(struct pool *pool, const struct archive *archive, const char *id,
                                  struct diag *diag) {
    const char *path = path_join(pool, store_path(pool, archive, id), "inventory.json");
    size_t len;
    const char *why, *text = file_read(pool, path, &len, (struct where){.file = path}, diag);
    const struct json *json = text ? json_read(pool, text, len, &why) : NULL;
    struct inventory *inventory = json ? inventory_read(pool, json) : NULL;
    if (text && (!inventory || strcmp(inventory->id, id) != 0)) {
        diag_add(diag, ARCHIVE_INVENTORY_BAD, (struct where){.file = path}, NULL);
        return NULL;
    }
    return inventory;
}

struct bytes store_read(struct pool *pool, const struct archive *archive,
                        const struct inventory *inventory, int n, const char *name,
                        struct diag *diag) {
    const struct bytes none = {NULL, 0};
    const char *digest = inventory_digest(inventory, n, name);
    const char *content = digest ? inventory_content(inventory, digest) : NULL;
    if (!content)
        return none;
    const char *path = path_join(pool, store_path(pool, archive, inventory->id), content);
    struct bytes file = none;
    char found[DIGEST_TEXT];
    file.s = file_read(pool, path, &file.len, (struct where){.file = path}, diag);
    if (!file.s)
        return none;
    digest_of(INVENTORY_DIGEST, file.s, file.len, found);
    if (strcmp(found, digest) == 0)
        return file;
    diag_add(diag, ARCHIVE_FILE_ALTERED, (struct where){.file = path}, NULL);
    return none;
}

struct log *store_wait(struct pool *pool, const struct archive *archive) {
    const char *path = archive_log_path(pool, archive, "store");
    struct diag *quiet = diag_new(LANG_EN);
    struct log *log = access(path, W_OK) == 0 ? log_open(path, quiet) : NULL;
    diag_free(quiet);
    return log;
}

bool store_is_made(struct pool *pool, const struct archive *archive) {
    return file_exists(path_join(pool, archive->store, DECLARATION));
}

bool store_unfinished(struct pool *pool, const struct archive *archive) {
    return file_exists(path_join(pool, archive->folder, "staging/group.json"));
}
