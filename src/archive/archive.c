#include "archive/archive.h"

#include "archive/durable.h"
#include "base/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool is_there(const struct archive *archive) {
    return file_is_folder(archive->store) && file_is_folder(archive->log_folder);
}

/* What is written into the folders is only as sure as their own names are. */
static bool make(const struct archive *archive, struct diag *diag) {
    if (!file_make_folder(archive->store, diag) || !file_make_folder(archive->log_folder, diag))
        return false;
    if (durable_sync_all(archive->folder))
        return true;
    diag_add(diag, FILE_CANNOT_WRITE, (struct where){.file = archive->folder}, strerror(errno),
             NULL);
    return false;
}

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
    return !create || is_there(archive) || make(archive, diag) ? archive : NULL;
}

const char *archive_log_path(struct pool *pool, const struct archive *archive, const char *name) {
    return path_join(pool, archive->log_folder, pool_printf(pool, "%s.jsonl", name));
}

const char *archive_default_folder(void) {
    const char *folder = getenv("CONGVAN_ARCHIVE");
    return folder && *folder ? folder : "luu-tru";
}
