#include "base/file.h"
#include "base/font_parts.h"
#include "base/utf8.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_DEPTH = 8, MAX_FILES = 10000, MAX_FOLDERS = 1000 };

const char *font_key(struct pool *pool, const char *name) {
    char *key = utf8_fold(pool, name), *to = key;
    for (const char *from = key; *from; from++)
        if (*from != ' ')
            *to++ = *from;
    *to = '\0';
    return key;
}

/* ---- the files of a folder ---- */

static bool is_font_name(const char *path) {
    return path_has_suffix(path, ".ttf") || path_has_suffix(path, ".otf") ||
           path_has_suffix(path, ".ttc");
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* `folders` counts those read: links may lead in circles. */
static void list_folder(struct pool *pool, const char *folder, int depth, int *folders,
                        struct font_paths *paths) {
    DIR *dir = depth < MAX_DEPTH && ++*folders < MAX_FOLDERS ? opendir(folder) : NULL;
    if (!dir)
        return;
    struct dirent *item;
    while ((item = readdir(dir)) && paths->at.n < MAX_FILES) {
        if (item->d_name[0] == '.')
            continue;
        char *path = path_join(pool, folder, item->d_name);
        struct stat st;
        if (!is_font_name(path) && item->d_type == DT_REG)
            continue;
        if (stat(path, &st) != 0)
            continue;
        if (S_ISDIR(st.st_mode))
            list_folder(pool, path, depth + 1, folders, paths);
        else if (S_ISREG(st.st_mode) && is_font_name(path))
            *VEC_PUSH(pool, &paths->at) = path;
    }
    closedir(dir);
}

void font_list_folders(struct pool *pool, const char *folder, struct font_paths *folders) {
    DIR *dir = opendir(folder);
    if (!dir)
        return;
    *VEC_PUSH(pool, &folders->at) = pool_strdup(pool, folder);
    size_t first = folders->at.n;
    struct dirent *item;
    while ((item = readdir(dir)) && folders->at.n < MAX_FILES)
        if (item->d_name[0] != '.' && (item->d_type == DT_DIR || item->d_type == DT_LNK))
            *VEC_PUSH(pool, &folders->at) = path_join(pool, folder, item->d_name);
    closedir(dir);
    qsort(folders->at.at + first, folders->at.n - first, sizeof *folders->at.at, by_name);
}

/* All font files below the folder, by name. */
static struct font_paths fonts_below(struct pool *pool, const char *folder) {
    struct font_paths paths = {0};
    int folders = 0;
    list_folder(pool, folder, 0, &folders, &paths);
    if (paths.at.n)
        qsort(paths.at.at, paths.at.n, sizeof *paths.at.at, by_name);
    return paths;
}

static void add_damaged(struct pool *pool, const char *path, struct font_list *list) {
    struct font_entry *entry = VEC_PUSH(pool, &list->at);
    entry->file = POOL_NEW(pool, struct font_file);
    entry->file->path = path;
}

void font_list_scan(struct pool *pool, const char *folder, struct font_list *list) {
    struct font_paths paths = fonts_below(pool, folder);
    char **path;
    VEC_EACH (path, &paths.at)
        if (!font_names_read(pool, *path, list))
            add_damaged(pool, *path, list);
}

void font_list_digest(const char *folder, struct hash *hash) {
    struct pool *pool = pool_new();
    struct font_paths paths = fonts_below(pool, folder);
    char **path;
    VEC_EACH (path, &paths.at) {
        struct stat st;
        int64_t size = stat(*path, &st) == 0 ? st.st_size : -1;
        hash_add_text(hash, *path);
        hash_add(hash, &size, sizeof size);
    }
    pool_free(pool);
}

/* ---- searching ---- */

static bool has_family(const struct font_entry *entry, const char *key) {
    for (size_t i = 0; i < entry->families.n; i++)
        if (strcmp(entry->families.at[i], key) == 0)
            return true;
    return false;
}

/* How far a face is from the style wanted. Upright for italic is worse than light for bold. */
static int distance(const struct font_entry *entry, struct face_style style) {
    int d = abs(entry->weight - (style.bold ? 700 : 400));
    return d + (entry->narrow ? 4000 : 0) + (entry->italic != style.italic ? 2000 : 0);
}

struct font_entry *font_list_family(const struct font_list *list, const char *key,
                                    struct face_style style, bool exact, enum font_use use) {
    struct font_entry *entry, *best = NULL;
    VEC_EACH (entry, &list->at) {
        if (!has_family(entry, key) || entry->file->refused[use])
            continue;
        bool same = (entry->weight >= BOLD_FROM) == style.bold && entry->italic == style.italic;
        if ((same || !exact) && (!best || distance(entry, style) < distance(best, style)))
            best = entry;
    }
    return best;
}

struct font_entry *font_list_name(const struct font_list *list, const char *key,
                                  enum font_use use) {
    struct font_entry *entry;
    VEC_EACH (entry, &list->at)
        for (size_t i = 0; i < entry->names.n; i++)
            if (strcmp(entry->names.at[i], key) == 0 && entry->families.n &&
                !entry->file->refused[use])
                return entry;
    return NULL;
}
