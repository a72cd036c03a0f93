#include "archive/archive.h"

#include "base/file.h"

#include <stdlib.h>

struct archive *archive_open(struct pool *pool, const char *folder, bool create,
                             struct diag *diag) {
    struct archive *archive = POOL_NEW(pool, struct archive);
    archive->folder = pool_strdup(pool, folder);
    archive->store = path_join(pool, folder, "store");
    archive->log_folder = path_join(pool, folder, "log");
    if (!create && !file_is_folder(archive->store) && !file_is_folder(archive->log_folder)) {
        diag_add(diag, ARCHIVE_NOT_THERE, (struct where){.file = archive->folder}, NULL);
        return NULL;
    }
    bool ok = !create || (file_make_folder(archive->store, diag) &&
                          file_make_folder(archive->log_folder, diag));
    return ok ? archive : NULL;
}

const char *archive_log_path(struct pool *pool, const struct archive *archive, const char *name) {
    return path_join(pool, archive->log_folder, pool_printf(pool, "%s.jsonl", name));
}

const char *archive_default_folder(void) {
    const char *folder = getenv("CONGVAN_ARCHIVE");
    return folder && *folder ? folder : "luu-tru";
}
