#include "cli/archive_trust.h"

#include "archive/store.h"
#include "base/file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* Longer lists of revoked certificates are only named by their digest: kept with every document
 * they would soon be most of the archive. */
enum { MOST_BYTES = 256 * 1024 };

static void keep_file(struct pool *pool, struct archive_trust *trust, const char *kind,
                      const char *path, struct diag *diag) {
    size_t len;
    const char *bytes = file_read(pool, path, &len, (struct where){.file = path}, diag);
    const char *name = pool_printf(pool, STORE_EVIDENCE "%s/%s", kind, path_name(path));
    const struct intake_file *file;
    VEC_EACH (file, &trust->files)
        if (strcmp(file->name, name) == 0)
            return;
    if (!bytes)
        return;
    if (len > MOST_BYTES) {
        char digest[DIGEST_TEXT];
        digest_of("sha512", bytes, len, digest);
        bytes = pool_printf(pool, "%s  %s\n", digest, path_name(path));
        len = strlen(bytes);
        name = pool_printf(pool, "%s.sha512", name);
    }
    *VEC_PUSH(pool, &trust->files) = (struct intake_file){name, bytes, len};
}

static int is_visible(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

/* A file, or those of a folder, by name. */
static void keep(struct pool *pool, struct archive_trust *trust, const char *kind, const char *path,
                 struct diag *diag) {
    struct dirent **entries = NULL;
    if (!file_is_folder(path)) {
        keep_file(pool, trust, kind, path, diag);
        return;
    }
    int n = scandir(path, &entries, is_visible, alphasort);
    for (int i = 0; i < n; i++) {
        const char *file = path_join(pool, path, entries[i]->d_name);
        if (!file_is_folder(file))
            keep_file(pool, trust, kind, file, diag);
        free(entries[i]);
    }
    free(entries);
}

bool archive_trust_read(struct pool *pool, const struct options *options,
                        const struct archive *archive, struct archive_trust *trust,
                        struct diag *diag) {
    const char *own_folder = path_join(pool, archive->folder, "trust");
    *trust = (struct archive_trust){.trust = trust_new()};
    bool ok = trusting_read(options, trust->trust, &trust->any, diag);
    if (file_is_folder(own_folder)) {
        trust->any = true;
        ok = trust_add_roots(trust->trust, own_folder, diag) && ok;
        keep(pool, trust, "trust", own_folder, diag);
    }
    const struct own_value *own;
    VEC_EACH (own, &options->own)
        if (strcmp(own->name, "trust") == 0 || strcmp(own->name, "crl") == 0 ||
            strcmp(own->name, "ocsp") == 0)
            keep(pool, trust, own->name, own->value, diag);
    return ok;
}
