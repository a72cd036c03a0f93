#include "archive/bag.h"

#include "archive/digest.h"
#include "archive/durable.h"
#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct listed {
    const char *path, *digest;
};

typedef VEC(struct listed) listing;

struct bag {
    struct pool *pool;
    const char *path, *temporary;
    listing payload, tags;
    size_t octets;
    struct buf info;
    bool finished;
};

static bool fail(const char *path, struct diag *diag) {
    diag_add(diag, FILE_CANNOT_WRITE, (struct where){.file = path}, strerror(errno), NULL);
    return false;
}

struct bag *bag_begin(const char *path, struct diag *diag) {
    if (file_exists(path)) {
        diag_add(diag, ARCHIVE_EXPORT_EXISTS, (struct where){.file = path}, NULL);
        return NULL;
    }
    struct pool *pool = pool_new();
    struct bag *bag = POOL_NEW(pool, struct bag);
    bag->pool = pool;
    bag->path = pool_strdup(pool, path);
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    char *temporary = pool_printf(pool, "%.*s%sXXXXXX", (int)n, path, FILE_TEMPORARY);
    if (mkdtemp(temporary) && chmod(temporary, 0755) == 0) {
        bag->temporary = temporary;
        return bag;
    }
    fail(path, diag);
    bag_close(bag);
    return NULL;
}

/* ---- files ---- */

static bool write_file(struct bag *bag, listing *list, const char *path, const void *bytes,
                       size_t n, struct diag *diag) {
    char digest[DIGEST_TEXT];
    const char *full = path_join(bag->pool, bag->temporary, path);
    if (!durable_make_folders(path_folder(bag->pool, full)) || !durable_write(full, bytes, n))
        return fail(full, diag);
    digest_of("sha512", bytes, n, digest);
    if (list)
        *VEC_PUSH(bag->pool, list) =
            (struct listed){pool_strdup(bag->pool, path), pool_strdup(bag->pool, digest)};
    return true;
}

bool bag_add(struct bag *bag, const char *path, const void *bytes, size_t n, struct diag *diag) {
    bag->octets += n;
    return write_file(bag, &bag->payload, pool_printf(bag->pool, "data/%s", path), bytes, n, diag);
}

/* A file beside the payload, about it. */
static bool add_tag(struct bag *bag, const char *path, const void *bytes, size_t n,
                    struct diag *diag) {
    return write_file(bag, &bag->tags, path, bytes, n, diag);
}

/* Long values are folded by no reader we know of as the RFC would have it, so they stay on a line.
 */
void bag_info(struct bag *bag, const char *label, const char *value) {
    buf_printf(&bag->info, "%s: ", label);
    for (const char *p = value; *p; p++)
        buf_putc(&bag->info, *p == '\n' || *p == '\r' ? ' ' : *p);
    buf_putc(&bag->info, '\n');
}

/* ---- manifests ---- */

static int by_path(const void *a, const void *b) {
    return strcmp(((const struct listed *)a)->path, ((const struct listed *)b)->path);
}

/* Line ends and per cent signs in a path are written as such (RFC 8493, section 2.1.3). */
static void put_path(struct buf *out, const char *path) {
    for (; *path; path++) {
        if (*path == '\n' || *path == '\r' || *path == '%')
            buf_printf(out, "%%%02X", (unsigned char)*path);
        else
            buf_putc(out, *path);
    }
    buf_putc(out, '\n');
}

static bool write_manifest(struct bag *bag, const char *name, listing *files, listing *list,
                           struct diag *diag) {
    struct buf text = {0};
    if (files->n)
        qsort(files->at, files->n, sizeof *files->at, by_path);
    for (size_t i = 0; i < files->n; i++) {
        buf_printf(&text, "%s  ", files->at[i].digest);
        put_path(&text, files->at[i].path);
    }
    bool ok = write_file(bag, list, name, buf_text(&text), text.len, diag);
    buf_free(&text);
    return ok;
}

bool bag_finish(struct bag *bag, struct diag *diag) {
    static const char declaration[] = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    bag_info(bag, "Payload-Oxum", pool_printf(bag->pool, "%zu.%zu", bag->octets, bag->payload.n));
    bool ok = durable_make_folders(path_join(bag->pool, bag->temporary, "data")) ||
              fail(bag->temporary, diag);
    ok = ok && add_tag(bag, "bagit.txt", declaration, sizeof declaration - 1, diag) &&
         add_tag(bag, "bag-info.txt", bag->info.data, bag->info.len, diag) &&
         write_manifest(bag, "manifest-sha512.txt", &bag->payload, &bag->tags, diag) &&
         write_manifest(bag, "tagmanifest-sha512.txt", &bag->tags, NULL, diag);
    if (!ok)
        return false;
    bag->finished = durable_sync_tree(bag->temporary) && rename(bag->temporary, bag->path) == 0 &&
                    durable_sync(path_folder(bag->pool, bag->path));
    return bag->finished || fail(bag->path, diag);
}

void bag_close(struct bag *bag) {
    if (!bag)
        return;
    if (!bag->finished && bag->temporary)
        durable_remove_tree(bag->temporary);
    buf_free(&bag->info);
    pool_free(bag->pool);
}
