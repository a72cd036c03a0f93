/* The inventories of an object beside one another: each with its digest, the earlier ones with the
 * present one (OCFL 1.1, sections 3.6 and 3.7). */
#include "archive/ocfl_parts.h"
#include "base/file.h"

#include <string.h>

/* ---- sidecars ---- */

/* "DIGEST inventory.json", spaces or tabs between. The digest; NULL: it does not read so. */
static const char *digest_in(struct pool *pool, const char *text, size_t len) {
    static const char name[] = "inventory.json";
    size_t n = strspn(text, "0123456789abcdefABCDEF");
    const char *p = text + n;
    size_t blank = strspn(p, " \t");
    p += blank;
    if (!n || !blank || strncmp(p, name, sizeof name - 1) != 0)
        return NULL;
    p += sizeof name - 1;
    p += strspn(p, "\r\n");
    return p == text + len ? pool_strndup(pool, text, n) : NULL;
}

static void judge_sidecar(struct ocfl *o, const struct ocfl_inventory *v, const char *path,
                          const char *below) {
    size_t len;
    char digest[DIGEST_TEXT];
    const char *text = file_read(o->pool, path, &len, (struct where){.file = path}, o->diag);
    const char *found = text ? digest_in(o->pool, text, len) : NULL;
    digest_of(v->algorithm, v->text, v->len, digest);
    if (v == &o->root)
        o->report->digest = pool_strdup(o->report->pool, digest);
    if (text && !found)
        ocfl_find(o->report, OCFL_E061, below, "");
    else if (text && !ocfl_same_digest(found, digest))
        ocfl_find(o->report, OCFL_E060, below, "");
}

void ocfl_sidecar(struct ocfl *o, const struct ocfl_inventory *v, const char *folder,
                  const ocfl_entries *entries) {
    static const char start[] = "inventory.json.";
    const char *wanted = pool_printf(o->pool, "%s%s", start, v->algorithm ? v->algorithm : "");
    const char *below = pool_printf(o->pool, "%s%s", v->path, v->algorithm ? wanted + 14 : "");
    const struct ocfl_entry *e, *sidecar = ocfl_entry(entries, wanted);
    if (v->algorithm && sidecar && sidecar->kind == OCFL_FILE) {
        judge_sidecar(o, v, path_join(o->pool, folder, wanted), below);
        return;
    }
    if (!v->algorithm && v->json && json_text(v->json, "digestAlgorithm"))
        return; /* one that nobody can compute */
    VEC_EACH (e, entries)
        if (strncmp(e->name, start, sizeof start - 1) == 0) {
            if (!v->algorithm)
                return;
            ocfl_find(o->report, OCFL_E059, v->path, e->name);
        }
    ocfl_find(o->report, OCFL_E058, v->path, v->algorithm ? wanted : start);
}

/* ---- earlier inventories ---- */

/* The digest by which the present inventory knows the file that an earlier one means: the same, or,
 * where the earlier one used another algorithm, that of the content path it gives. */
static const char *present_digest(struct ocfl *o, const struct ocfl_inventory *v,
                                  const struct ocfl_file *meant) {
    if (v->algorithm && o->root.algorithm && strcmp(v->algorithm, o->root.algorithm) == 0)
        return meant->digest;
    const struct ocfl_file *file;
    VEC_EACH (file, &v->manifest)
        if (ocfl_same_digest(file->digest, meant->digest)) {
            const struct ocfl_file *now = ocfl_lookup(&o->root.manifest, file->path);
            return now ? now->digest : NULL;
        }
    return NULL;
}

static void compare_state(struct ocfl *o, const struct ocfl_inventory *v, int n) {
    ocfl_files then = {0}, now = {0};
    ocfl_state(o, v, n, &then);
    ocfl_state(o, &o->root, n, &now);
    const struct ocfl_file *file, *other;
    VEC_EACH (file, &then) {
        other = ocfl_lookup(&now, file->path);
        const char *digest = other ? present_digest(o, v, file) : NULL;
        if (!other || !digest || !ocfl_same_digest(digest, other->digest))
            ocfl_find(o->report, OCFL_E066, v->path, file->path);
    }
    VEC_EACH (file, &now)
        if (!ocfl_lookup(&then, file->path))
            ocfl_find(o->report, OCFL_E066, v->path, file->path);
}

static bool same_json(const struct json *a, const struct json *b, int depth) {
    if (!a || !b || a->kind != b->kind || a->n != b->n || depth > 64)
        return a == b;
    if (a->kind == JSON_STRING)
        return strcmp(a->string, b->string) == 0;
    if (a->kind == JSON_INTEGER || a->kind == JSON_REAL)
        return a->integer == b->integer;
    for (size_t i = 0; i < a->n; i++) {
        const struct json *other =
            a->kind == JSON_OBJECT ? json_member(b, a->at[i].name) : &b->at[i];
        if (!same_json(&a->at[i], other, depth + 1))
            return false;
    }
    return true;
}

static void compare_metadata(struct ocfl *o, const struct ocfl_inventory *v, int n) {
    static const char *const names[] = {"created", "message", "user"};
    const struct json *then = ocfl_version(o, v, n), *now = ocfl_version(o, &o->root, n);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!same_json(json_member(then, names[i]), json_member(now, names[i]), 0))
            ocfl_find(o->report, OCFL_W011, v->path, names[i]);
}

/* What an earlier inventory says must still be said. */
static void compare(struct ocfl *o, const struct ocfl_inventory *v, int number) {
    const char *name = ocfl_version_name(o, &o->root, number);
    if (v->id && o->root.id && strcmp(v->id, o->root.id) != 0) {
        ocfl_find(o->report, OCFL_E037, v->path, v->id);
        if (o->spec >= OCFL_1_1)
            ocfl_find(o->report, OCFL_E110, v->path, v->id);
    }
    if (v->head && strcmp(v->head, name) != 0)
        ocfl_find(o->report, OCFL_E040, v->path, v->head);
    if (v->content_set && o->root.content_set && strcmp(v->content, o->root.content) != 0)
        ocfl_find(o->report, OCFL_E020, v->path, v->content);
    for (int n = 1; n <= number; n++) {
        if (!ocfl_has_version(&o->root, n))
            continue;
        if (!ocfl_has_version(v, n)) {
            ocfl_find(o->report, OCFL_E066, v->path, ocfl_version_name(o, &o->root, n));
            continue;
        }
        if (v->manifest_read && o->root.manifest_read)
            compare_state(o, v, n);
        compare_metadata(o, v, n);
    }
    if (v->highest > number)
        ocfl_find(o->report, OCFL_E066, v->path, ocfl_version_name(o, v, number + 1));
}

static void name_unlike(struct ocfl *o, const struct ocfl_inventory *v) {
    ocfl_find(o->report, OCFL_E019, v->path, v->content);
    ocfl_find(o->report, OCFL_E020, v->path, v->content);
}

/* Set from the first version on, or never. */
static void judge_content_set(struct ocfl *o, struct ocfl_inventory *const *earlier) {
    int first = 1;
    while (first < o->root.highest && !earlier[first])
        first++;
    bool set = first < o->root.highest ? earlier[first]->content_set : o->root.content_set;
    for (int n = first + 1; n < o->root.highest; n++)
        if (earlier[n] && earlier[n]->content_set != set)
            name_unlike(o, earlier[n]);
    if (o->root.content_set != set)
        name_unlike(o, &o->root);
}

/* The latest version's is a copy of the object's. */
static void judge_copy(struct ocfl *o, const char *below, const char *path) {
    size_t len;
    const char *text = file_read(o->pool, path, &len, (struct where){.file = path}, o->diag);
    if (text && (len != o->root.len || memcmp(text, o->root.text, len) != 0))
        ocfl_find(o->report, OCFL_E064, below, "");
}

/* The inventory in the folder of version n, if it has one. */
static struct ocfl_inventory *judge_earlier(struct ocfl *o, int n) {
    const char *name = ocfl_version_name(o, &o->root, n);
    const char *folder = path_join(o->pool, o->report->path, name);
    const char *below = pool_printf(o->pool, "%s/inventory.json", name);
    ocfl_entries entries = {0};
    if (!file_is_folder(folder) || !ocfl_list(o->pool, folder, &entries, o->diag))
        return NULL;
    const struct ocfl_entry *entry = ocfl_entry(&entries, "inventory.json");
    if (!entry || entry->kind != OCFL_FILE) {
        ocfl_find(o->report, OCFL_W010, name, "");
        return NULL;
    }
    struct ocfl_inventory *v = POOL_NEW(o->pool, struct ocfl_inventory);
    if (n == o->root.highest) {
        *v = o->root;
        v->path = below;
        v->text = file_read(o->pool, path_join(o->pool, folder, "inventory.json"), &v->len,
                            (struct where){.file = folder}, o->diag);
        judge_copy(o, below, path_join(o->pool, folder, "inventory.json"));
        if (v->text)
            ocfl_sidecar(o, v, folder, &entries);
        return NULL;
    }
    bool usable = ocfl_read_inventory(o, v, below, o->spec, false);
    if (v->text)
        ocfl_sidecar(o, v, folder, &entries);
    if (!usable)
        return NULL;
    compare(o, v, n);
    return v;
}

void ocfl_versions(struct ocfl *o, struct ocfl_inventory **earlier) {
    enum ocfl_spec spec = OCFL_NONE;
    for (int n = 1; n <= o->root.highest; n++) {
        if (!ocfl_has_version(&o->root, n))
            continue;
        earlier[n] = judge_earlier(o, n);
        enum ocfl_spec now = n == o->root.highest ? o->root.spec
                             : earlier[n]         ? earlier[n]->spec
                                                  : OCFL_NONE;
        if (now && now < spec)
            ocfl_find(o->report, OCFL_E103, ocfl_version_name(o, &o->root, n), ocfl_spec_text(now));
        spec = now > spec ? now : spec;
    }
    judge_content_set(o, earlier);
}
