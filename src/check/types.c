#include "check/types.h"
#include "base/file.h"
#include "base/utf8.h"
#include "dispatch/ini.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static int by_file(const void *a, const void *b) {
    return strcmp(((const struct doc_type *)a)->file, ((const struct doc_type *)b)->file);
}

/* A frame has no name. */
static bool is_type(struct pool *pool, const char *path) {
    struct diag *diag = diag_new(LANG_EN);
    const struct ini *ini = ini_read(pool, path, diag);
    const struct ini_key *name = ini ? ini_key(ini_section(ini, "ho so"), "ten") : NULL;
    diag_free(diag);
    return name && *name->value;
}

void types_read(struct pool *pool, const char *folder, struct doc_types *types, struct diag *diag) {
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;) {
        const char *path = path_join(pool, folder, entry->d_name);
        if (!path_has_suffix(path, ".ini") || !is_type(pool, path))
            continue;
        const struct profile *profile = profile_read(pool, path, diag);
        if (profile)
            *VEC_PUSH(pool, &types->at) = (struct doc_type){path_stem(pool, path), profile};
    }
    if (dir)
        closedir(dir);
    if (types->at.n)
        qsort(types->at.at, types->at.n, sizeof *types->at.at, by_file);
}

const struct doc_type *types_nearest(const struct doc_types *types, const char *word,
                                     size_t *distance) {
    struct pool *pool = pool_new();
    const char *folded = utf8_fold(pool, word);
    const struct doc_type *best = NULL, *type;
    size_t least = utf8_slip(folded) + 1;
    VEC_EACH (type, &types->at) {
        const char *names[] = {type->profile->name, type->profile->abbreviation};
        for (size_t i = 0; i < 2 && least; i++) {
            size_t d = utf8_distance(folded, utf8_fold(pool, names[i]), least);
            /* Abbreviations are all near each other: they count only when exact. */
            if (d >= least || (i == 1 && d))
                continue;
            least = d;
            best = type;
        }
    }
    *distance = least;
    pool_free(pool);
    return best;
}
