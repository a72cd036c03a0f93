/* Step 1 of store.c: an entry written where nobody looks yet. */
#include "archive/durable.h"
#include "archive/store_parts.h"
#include "base/file.h"

#include <errno.h>
#include <string.h>

struct staging {
    struct pool *pool; /* of this entry */
    const char *root;  /* where the object's root will come from */
    const char *at;    /* the path that failed */
    struct inventory *inventory;
    int version;
};

static bool write_file(struct staging *s, const char *folder, const char *name, const void *bytes,
                       size_t n) {
    s->at = path_join(s->pool, folder, name);
    return durable_write(s->at, bytes, n);
}

/* An inventory and the file with its digest. */
static bool write_inventory(struct staging *s, const char *folder, const struct buf *inventory,
                            const char *digest) {
    const char *sidecar = pool_printf(s->pool, "%s inventory.json\n", digest);
    return write_file(s, folder, "inventory.json", inventory->data, inventory->len) &&
           write_file(s, folder, "inventory.json." INVENTORY_DIGEST, sidecar, strlen(sidecar));
}

/* One file of the version: in its state in any case, on disk if the object does not have it. */
static bool write_content(struct staging *s, const struct store_file *file,
                          struct inventory_version *version) {
    char digest[DIGEST_TEXT];
    digest_of(INVENTORY_DIGEST, file->bytes, file->len, digest);
    const char *kept = pool_strdup(s->pool, digest);
    *VEC_PUSH(s->pool, &version->state) = (struct inventory_file){kept, file->name};
    if (inventory_content(s->inventory, kept))
        return true;
    const char *content = pool_printf(s->pool, "v%d/content/%s", s->version, file->name);
    *VEC_PUSH(s->pool, &s->inventory->manifest) = (struct inventory_file){kept, content};
    s->at = path_join(s->pool, s->root, content);
    return durable_make_folders(path_folder(s->pool, s->at)) &&
           durable_write(s->at, file->bytes, file->len);
}

static void put_member(struct buf *out, const char *name, const char *value) {
    if (!value)
        return;
    buf_printf(out, ",\"%s\":", name);
    json_string(out, value);
}

static void describe(struct store *store, const struct store_entry *entry, const struct staging *s,
                     const char *inventory_digest_text, struct waiting *w) {
    struct buf line = {0};
    const char *file = inventory_digest(s->inventory, 0, STORE_DOCUMENT);
    w->object = store_relative(store->group, entry->id);
    w->version = s->version;
    w->id = pool_strdup(store->group, entry->id);
    w->file = pool_strdup(store->group, file ? file : "");
    w->first = pool_strdup(store->group, entry->first);
    w->number = entry->number ? pool_strdup(store->group, entry->number) : NULL;
    buf_printf(&line, "\"event\":\"%s\"", s->version == 1 ? "add" : "version");
    put_member(&line, "time", entry->created);
    put_member(&line, STORE_KEY_OBJECT, entry->id);
    buf_printf(&line, ",\"version\":%d", s->version);
    put_member(&line, "inventory", inventory_digest_text);
    put_member(&line, STORE_KEY_FILE, w->file);
    put_member(&line, STORE_KEY_FIRST, w->first);
    put_member(&line, STORE_KEY_NUMBER, w->number);
    put_member(&line, "replaces", entry->replaces);
    buf_printf(&line, ",\"files\":%zu", entry->n);
    w->line = pool_strndup(store->group, line.data, line.len);
    buf_free(&line);
}

static bool write_version(struct staging *s, const struct store_entry *entry, char *digest) {
    struct inventory_version *version = VEC_PUSH(s->pool, &s->inventory->versions);
    *version = (struct inventory_version){.created = entry->created,
                                          .message = entry->message,
                                          .user_name = entry->user_name,
                                          .address = entry->address};
    const char *folder = pool_printf(s->pool, "%s/v%d", s->root, s->version);
    s->at = folder;
    if (!durable_make_folders(folder))
        return false;
    for (size_t i = 0; i < entry->n; i++)
        if (!write_content(s, &entry->files[i], version))
            return false;
    struct buf text = {0};
    inventory_write(s->inventory, &text);
    digest_of(INVENTORY_DIGEST, text.data, text.len, digest);
    bool ok = write_inventory(s, folder, &text, digest) && durable_lock_tree(folder) &&
              write_inventory(s, s->root, &text, digest);
    buf_free(&text);
    return ok;
}

bool store_stage(struct store *store, const struct store_entry *entry, struct inventory *inventory,
                 struct waiting *waiting, struct diag *diag) {
    static const char declaration[] = "ocfl_object_1.1\n";
    struct pool *pool = pool_new();
    struct staging s = {
        .pool = pool, .inventory = inventory, .version = (int)inventory->versions.n + 1};
    char digest[DIGEST_TEXT];
    const char *folder = pool_printf(pool, "%s/%d", store->staging, waiting->folder);
    s.root = s.version > 1 ? folder : path_join(pool, folder, store_relative(pool, entry->id));
    s.at = s.root;
    bool ok = durable_make_folders(s.root) &&
              (s.version > 1 ||
               write_file(&s, s.root, "0=ocfl_object_1.1", declaration, sizeof declaration - 1)) &&
              write_version(&s, entry, digest);
    if (ok)
        describe(store, entry, &s, digest, waiting);
    else
        diag_add(diag, FILE_CANNOT_WRITE, (struct where){.file = s.at}, strerror(errno), NULL);
    pool_free(pool);
    return ok;
}
