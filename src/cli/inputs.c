#include "cli/inputs.h"
#include "base/file.h"
#include "base/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool wanted(struct pool *pool, const char *name, const char *const *suffixes) {
    if (name[0] == '.' || name[0] == '~' || strcmp(utf8_fold(pool, name), "chung.ini") == 0)
        return false;
    for (; *suffixes; suffixes++)
        if (path_has_suffix(name, *suffixes))
            return true;
    return false;
}

/* By bytes, so that the order does not depend on the locale. */
static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool collect_folder(struct pool *pool, const char *folder, const char *const *suffixes,
                           struct inputs *inputs, struct diag *diag) {
    DIR *dir = opendir(folder);
    struct where where = {.file = folder};
    if (!dir) {
        diag_add(diag, FILE_CANNOT_READ, where, strerror(errno), NULL);
        return false;
    }
    size_t first = inputs->at.n;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        if (wanted(pool, entry->d_name, suffixes))
            *VEC_PUSH(pool, &inputs->at) = path_join(pool, folder, entry->d_name);
    closedir(dir);
    if (inputs->at.n == first) {
        diag_add(diag, FOLDER_EMPTY, where, suffixes[0], NULL);
        return false;
    }
    qsort(inputs->at.at + first, inputs->at.n - first, sizeof *inputs->at.at, by_name);
    return true;
}

bool inputs_collect(struct pool *pool, const char *const *paths, size_t n,
                    const char *const *suffixes, struct inputs *inputs, struct diag *diag) {
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        if (file_is_folder(paths[i])) {
            ok = collect_folder(pool, paths[i], suffixes, inputs, diag) && ok;
        } else if (file_exists(paths[i])) {
            *VEC_PUSH(pool, &inputs->at) = paths[i];
        } else {
            diag_add(diag, FILE_CANNOT_READ, (struct where){.file = paths[i]}, strerror(errno),
                     NULL);
            ok = false;
        }
    }
    return ok;
}
