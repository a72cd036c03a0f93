#include "cli/inputs.h"
#include "base/file.h"
#include "base/utf8.h"
#include "dispatch/names.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
        if (errno == EACCES)
            diag_add(diag, FILE_NOT_ALLOWED, where, folder, NULL);
        else
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

/* The folder's identity and the name in it. Not the file's own: two names of one file are two
 * dispatches, each with its own body and results. */
static const char *place_of(struct pool *pool, const char *path) {
    struct stat st;
    if (stat(path_folder(pool, path), &st) != 0)
        return path;
    return pool_printf(pool, "%ju:%ju/%s", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino,
                       path_name(path));
}

/* A file given twice, by whatever paths, is done once: where it came first. */
static void drop_repeated(struct pool *pool, struct inputs *inputs) {
    struct names seen = {.pool = pool};
    size_t kept = 0;
    for (size_t i = 0; i < inputs->at.n; i++) {
        const char *place = place_of(pool, inputs->at.at[i]);
        if (names_add(&seen, place, strlen(place), i) == i)
            inputs->at.at[kept++] = inputs->at.at[i];
    }
    inputs->at.n = kept;
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
    drop_repeated(pool, inputs);
    return ok;
}
