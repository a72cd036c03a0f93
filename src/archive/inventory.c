#include "archive/inventory.h"

#include "base/diag.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

/* {"DIGEST": ["path", ...], ...} */
static bool read_files(struct pool *pool, const struct json *json, inventory_files *files) {
    if (!json || json->kind != JSON_OBJECT)
        return false;
    for (size_t i = 0; i < json->n; i++) {
        const struct json *paths = &json->at[i];
        if (paths->kind != JSON_ARRAY)
            return false;
        for (size_t k = 0; k < paths->n; k++) {
            if (paths->at[k].kind != JSON_STRING)
                return false;
            *VEC_PUSH(pool, files) = (struct inventory_file){paths->name, paths->at[k].string};
        }
    }
    return true;
}

static const char *text_or_empty(const struct json *json, const char *name) {
    const char *text = json_text(json, name);
    return text ? text : "";
}

static bool read_version(struct pool *pool, const struct json *json,
                         struct inventory_version *version) {
    const struct json *user = json_member(json, "user");
    version->created = text_or_empty(json, "created");
    version->message = text_or_empty(json, "message");
    version->user_name = text_or_empty(user, "name");
    version->address = text_or_empty(user, "address");
    return read_files(pool, json_member(json, "state"), &version->state);
}

struct inventory *inventory_read(struct pool *pool, const struct json *json) {
    struct inventory *inventory = POOL_NEW(pool, struct inventory);
    const struct json *versions = json_member(json, "versions");
    const char *head = json_text(json, "head"), *digest = json_text(json, "digestAlgorithm");
    inventory->id = json_text(json, "id");
    if (!inventory->id || !head || !digest || strcmp(digest, INVENTORY_DIGEST) != 0 || !versions ||
        json_member(json, "contentDirectory") ||
        !read_files(pool, json_member(json, "manifest"), &inventory->manifest))
        return NULL;
    for (size_t n = 1; n <= versions->n; n++) {
        const struct json *version = json_member(versions, pool_printf(pool, "v%zu", n));
        if (!version || !read_version(pool, version, VEC_PUSH(pool, &inventory->versions)))
            return NULL;
    }
    bool ok = versions->n && strcmp(head, pool_printf(pool, "v%zu", versions->n)) == 0;
    return ok ? inventory : NULL;
}

/* ---- writing ---- */

static int by_digest(const void *a, const void *b) {
    const struct inventory_file *x = a, *y = b;
    int order = strcmp(x->digest, y->digest);
    return order ? order : strcmp(x->path, y->path);
}

static void write_member(struct buf *out, const char *indent, const char *name, const char *value) {
    buf_printf(out, "%s\"%s\": ", indent, name);
    json_string(out, value);
}

static void write_files(struct buf *out, inventory_files *files, const char *indent) {
    if (files->n)
        qsort(files->at, files->n, sizeof *files->at, by_digest);
    buf_puts(out, "{");
    for (size_t i = 0; i < files->n; i++) {
        bool again = i > 0 && strcmp(files->at[i - 1].digest, files->at[i].digest) == 0;
        if (again)
            buf_puts(out, ", ");
        else
            buf_printf(out, "%s\n%s  \"%s\": [", i ? "]," : "", indent, files->at[i].digest);
        json_string(out, files->at[i].path);
    }
    buf_printf(out, "%s\n%s}", files->n ? "]" : "", indent);
}

static void write_version(struct buf *out, struct inventory_version *version, size_t number) {
    buf_printf(out, "    \"v%zu\": {\n", number);
    write_member(out, "      ", "created", version->created);
    buf_puts(out, ",\n");
    write_member(out, "      ", "message", version->message);
    buf_puts(out, ",\n      \"state\": ");
    write_files(out, &version->state, "      ");
    buf_puts(out, ",\n");
    write_member(out, "      \"user\": { ", "address", version->address);
    write_member(out, ", ", "name", version->user_name);
    buf_puts(out, " }\n    }");
}

void inventory_write(struct inventory *inventory, struct buf *out) {
    buf_puts(out, "{\n");
    write_member(out, "  ", "digestAlgorithm", INVENTORY_DIGEST);
    buf_printf(out, ",\n  \"head\": \"v%zu\",\n", inventory->versions.n);
    write_member(out, "  ", "id", inventory->id);
    buf_puts(out, ",\n  \"manifest\": ");
    write_files(out, &inventory->manifest, "  ");
    buf_puts(out, ",\n");
    write_member(out, "  ", "type", INVENTORY_TYPE);
    buf_puts(out, ",\n  \"versions\": {\n");
    for (size_t i = 0; i < inventory->versions.n; i++) {
        write_version(out, &inventory->versions.at[i], i + 1);
        buf_puts(out, i + 1 < inventory->versions.n ? ",\n" : "\n");
    }
    buf_puts(out, "  }\n}\n");
}

/* ---- asking ---- */

const char *inventory_content(const struct inventory *inventory, const char *digest) {
    const struct inventory_file *file;
    VEC_EACH (file, &inventory->manifest)
        if (strcmp(file->digest, digest) == 0)
            return file->path;
    return NULL;
}

const char *inventory_digest(const struct inventory *inventory, int n, const char *path) {
    size_t number = n ? (size_t)n : inventory->versions.n;
    const struct inventory_file *file;
    if (number < 1 || number > inventory->versions.n)
        return NULL;
    VEC_EACH (file, &inventory->versions.at[number - 1].state)
        if (strcmp(file->path, path) == 0)
            return file->digest;
    return NULL;
}
