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

enum { MAX_DEPTH = 32, LONGEST_COMMON = 32 };

/* One walk. */
struct walk {
    struct pool *pool;
    const char *const *suffixes;
    struct inputs *inputs;
    struct names folders; /* read already, by device and number: links may lead in circles */
    struct diag *diag;
};

static bool wanted(const struct walk *w, const char *name) {
    if (name[0] == '.' || name[0] == '~')
        return false;
    bool fits = false;
    for (const char *const *suffix = w->suffixes; *suffix && !fits; suffix++)
        fits = path_has_suffix(name, *suffix);
    return fits &&
           (strlen(name) > LONGEST_COMMON || strcmp(utf8_fold(w->pool, name), "chung.ini") != 0);
}

/* By bytes, so that the order does not depend on the locale. */
static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct name_list {
    VEC(const char *) at;
};

static void sort_names(struct name_list *list) {
    if (list->at.n)
        qsort(list->at.at, list->at.n, sizeof *list->at.at, by_name);
}

static bool is_new(struct walk *w, const char *folder) {
    struct stat st;
    if (stat(folder, &st) != 0)
        return false;
    const char *id = pool_printf(w->pool, "%ju:%ju", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino);
    size_t n = w->folders.n;
    return names_add(&w->folders, id, strlen(id), n) == n;
}

static bool is_folder(const struct walk *w, const char *folder, const struct dirent *entry) {
    if (entry->d_name[0] == '.' ||
        (entry->d_type != DT_DIR && entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN))
        return false;
    return entry->d_type == DT_DIR || file_is_folder(path_join(w->pool, folder, entry->d_name));
}

static bool list_folder(struct walk *w, const char *folder, struct name_list *files,
                        struct name_list *folders) {
    DIR *dir = opendir(folder);
    struct where where = {.file = folder};
    if (!dir) {
        if (errno == EACCES)
            diag_add(w->diag, FILE_NOT_ALLOWED, where, folder, NULL);
        else
            diag_add(w->diag, FILE_CANNOT_READ, where, strerror(errno), NULL);
        return false;
    }
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (w->inputs->deep && is_folder(w, folder, entry))
            *VEC_PUSH(w->pool, &folders->at) = pool_strdup(w->pool, entry->d_name);
        else if (wanted(w, entry->d_name))
            *VEC_PUSH(w->pool, &files->at) = pool_strdup(w->pool, entry->d_name);
    }
    closedir(dir);
    sort_names(files);
    sort_names(folders);
    return true;
}

static bool walk_folder(struct walk *w, const char *folder, const char *shape, int depth) {
    struct name_list files = {0}, folders = {0};
    if (depth > MAX_DEPTH || !is_new(w, folder))
        return true;
    *VEC_PUSH(w->pool, &w->inputs->folders) = folder;
    if (!list_folder(w, folder, &files, &folders))
        return false;
    const char **name;
    bool ok = true;
    VEC_EACH (name, &files.at) {
        *VEC_PUSH(w->pool, &w->inputs->at) = path_join(w->pool, folder, *name);
        *VEC_PUSH(w->pool, &w->inputs->shapes) = shape;
    }
    VEC_EACH (name, &folders.at)
        ok &= walk_folder(w, path_join(w->pool, folder, *name),
                          *shape ? path_join(w->pool, shape, *name) : *name, depth + 1);
    return ok;
}

static bool collect_folder(struct walk *w, const char *folder) {
    size_t first = w->inputs->at.n;
    w->folders = (struct names){.pool = w->pool}; /* given twice is said by what comes out twice */
    if (!walk_folder(w, folder, "", 0))
        return false;
    if (w->inputs->at.n > first)
        return true;
    diag_add(w->diag, FOLDER_EMPTY, (struct where){.file = folder}, w->suffixes[0], NULL);
    return false;
}

/* The identity of the folder `path` is in; files that follow each other are mostly in one. */
struct folder_of {
    const char *path;
    size_t len;
    const char *id;
};

/* The folder's identity and the name in it. Not the file's own: two names of one file are two
 * dispatches, each with its own body and results. */
static const char *place_of(struct pool *pool, struct folder_of *last, const char *path) {
    const char *name = path_name(path);
    size_t len = (size_t)(name - path);
    if (!last->path || last->len != len || memcmp(last->path, path, len) != 0) {
        struct stat st;
        bool known = stat(path_folder(pool, path), &st) == 0;
        *last = (struct folder_of){
            path, len,
            known ? pool_printf(pool, "%ju:%ju", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino)
                  : NULL};
    }
    return last->id ? pool_printf(pool, "%s/%s", last->id, name) : path;
}

/* A file given twice, by whatever paths, is done once: where it came first. */
static void drop_repeated(struct pool *pool, struct inputs *inputs) {
    struct names seen = {.pool = pool};
    struct folder_of last = {0};
    size_t kept = 0;
    for (size_t i = 0; i < inputs->at.n; i++) {
        const char *place = place_of(pool, &last, inputs->at.at[i]);
        if (names_add(&seen, place, strlen(place), i) != i)
            continue;
        inputs->at.at[kept] = inputs->at.at[i];
        inputs->shapes.at[kept++] = inputs->shapes.at[i];
    }
    inputs->at.n = inputs->shapes.n = kept;
}

bool inputs_collect(struct pool *pool, const char *const *paths, size_t n,
                    const char *const *suffixes, struct inputs *inputs, struct diag *diag) {
    struct walk walk = {.pool = pool, .suffixes = suffixes, .inputs = inputs, .diag = diag};
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        if (file_is_folder(paths[i])) {
            ok = collect_folder(&walk, paths[i]) && ok;
        } else if (file_exists(paths[i])) {
            *VEC_PUSH(pool, &inputs->at) = paths[i];
            *VEC_PUSH(pool, &inputs->shapes) = "";
        } else {
            diag_add(diag, FILE_CANNOT_READ, (struct where){.file = paths[i]}, strerror(errno),
                     NULL);
            ok = false;
        }
    }
    drop_repeated(pool, inputs);
    return ok;
}
