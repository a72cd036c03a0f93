/* Folders as they are found: entries, declarations, extensions. */
#include "archive/ocfl_parts.h"
#include "base/file.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int by_name(const void *a, const void *b) {
    const struct ocfl_entry *x = a, *y = b;
    return strcmp(x->name, y->name);
}

static enum ocfl_kind_of kind_of(struct pool *pool, const char *folder,
                                 const struct dirent *entry) {
    struct stat st;
    if (entry->d_type == DT_REG)
        return OCFL_FILE;
    if (entry->d_type == DT_DIR)
        return OCFL_FOLDER;
    if (entry->d_type != DT_UNKNOWN || lstat(path_join(pool, folder, entry->d_name), &st) != 0)
        return OCFL_OTHER;
    return S_ISREG(st.st_mode) ? OCFL_FILE : S_ISDIR(st.st_mode) ? OCFL_FOLDER : OCFL_OTHER;
}

bool ocfl_list(struct pool *pool, const char *folder, ocfl_entries *entries, struct diag *diag) {
    DIR *dir = opendir(folder);
    struct dirent *entry;
    errno = dir ? 0 : errno;
    while (dir && (entry = readdir(dir)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            *VEC_PUSH(pool, entries) =
                (struct ocfl_entry){pool_strdup(pool, entry->d_name), kind_of(pool, folder, entry)};
    if (!dir || errno)
        diag_add(diag, ARCHIVE_CANNOT_READ, (struct where){.file = folder}, strerror(errno), NULL);
    if (dir)
        closedir(dir);
    if (entries->n)
        qsort(entries->at, entries->n, sizeof *entries->at, by_name);
    return dir != NULL;
}

const struct ocfl_entry *ocfl_entry(const ocfl_entries *entries, const char *name) {
    struct ocfl_entry wanted = {.name = name};
    return entries->n ? bsearch(&wanted, entries->at, entries->n, sizeof *entries->at, by_name)
                      : NULL;
}

/* ---- declarations ---- */

/* NAMASTE: a number, "=", a value. */
static const char *namaste_value(const char *name) {
    const char *p = name;
    while (isdigit((unsigned char)*p))
        p++;
    return p > name && *p == '=' ? p + 1 : NULL;
}

bool ocfl_is_declaration(const char *name) {
    return namaste_value(name) || strncmp(name, "ocfl_object_", 12) == 0 ||
           strncmp(name, "=ocfl", 5) == 0;
}

/* The codes of the two kinds of declaration. */
struct declared {
    enum ocfl_code form, pattern, zero, value, content, count;
    const char *start;
};

static const struct declared of_object = {OCFL_E002, OCFL_E004, OCFL_E005,     OCFL_E006,
                                          OCFL_E007, OCFL_E003, "ocfl_object_"};
static const struct declared of_root = {OCFL_E075, OCFL_E077, OCFL_E078, OCFL_E079,
                                        OCFL_E080, OCFL_E076, "ocfl_"};

static void judge_contents(struct ocfl_report *report, const struct declared *d, const char *name,
                           struct diag *diag) {
    size_t len;
    const char *path = path_join(report->pool, report->path, name);
    const char *text = file_read(report->pool, path, &len, (struct where){.file = path}, diag);
    const char *value = namaste_value(name);
    size_t n = strlen(value);
    if (text && (len != n + 1 || memcmp(text, value, n) != 0 || text[n] != '\n'))
        ocfl_find(report, d->content, name, "");
}

/* What is wrong with a name; the version of the specification it gives. */
static enum ocfl_spec judge_name(struct ocfl_report *report, const struct declared *d,
                                 const char *name) {
    const char *value = namaste_value(name);
    size_t n = strlen(d->start);
    if (!value) {
        ocfl_find(report, d->form, name, name);
        return OCFL_NONE;
    }
    if (value - name != 2 || name[0] != '0')
        ocfl_find(report, d->zero, name, name);
    if (strncmp(value, d->start, n) != 0) {
        ocfl_find(report, d->value, name, name);
        return OCFL_NONE;
    }
    enum ocfl_spec spec = ocfl_spec_of(value + n);
    if (!spec)
        ocfl_find(report, d->pattern, name, name);
    return spec;
}

static bool concerns(const struct ocfl_entry *e, bool object) {
    return e->kind == OCFL_FILE && ocfl_is_declaration(e->name) &&
           (object || namaste_value(e->name) || strncmp(e->name, "=ocfl", 5) == 0);
}

enum ocfl_spec ocfl_declaration(struct ocfl_report *report, const ocfl_entries *entries,
                                bool object, struct diag *diag) {
    const struct declared *d = object ? &of_object : &of_root;
    enum ocfl_spec spec = OCFL_NONE;
    int n = 0, good = 0;
    const struct ocfl_entry *e;
    VEC_EACH (e, entries) {
        if (!concerns(e, object))
            continue;
        enum ocfl_spec found = judge_name(report, d, e->name);
        spec = found > spec ? found : spec;
        n++;
        good += e->name[0] == '0' && found;
        if (found)
            judge_contents(report, d, e->name, diag);
    }
    if (good != 1 || n != 1)
        ocfl_find(report, !object && n == 0 ? OCFL_E069 : d->count, "",
                  pool_printf(report->pool, "%d", n != 1 ? n : good));
    return spec ? spec : OCFL_1_1;
}

/* ---- extensions ---- */

bool ocfl_registered(const char *extension) {
    static const char *const names[] = {"0001-digest-algorithms",
                                        "0002-flat-direct-storage-layout",
                                        "0003-hash-and-id-n-tuple-storage-layout",
                                        "0004-hashed-n-tuple-storage-layout",
                                        "0005-mutable-head",
                                        "0006-flat-omit-prefix-storage-layout",
                                        "0007-n-tuple-omit-prefix-storage-layout",
                                        "0008-schema-registry",
                                        "0009-digest-algorithms",
                                        "0010-differential-n-tuple-omit-prefix-storage-layout",
                                        "0011-direct-clean-path-layout",
                                        "initial"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], extension) == 0)
            return true;
    return false;
}

void ocfl_extensions(struct ocfl_report *report, const char *folder, enum ocfl_code files,
                     enum ocfl_code names, struct diag *diag) {
    ocfl_entries entries = {0};
    const struct ocfl_entry *e;
    ocfl_list(report->pool, folder, &entries, diag);
    VEC_EACH (e, &entries) {
        if (e->kind == OCFL_OTHER)
            ocfl_find(report, OCFL_E090, "extensions", e->name);
        else if (e->kind != OCFL_FOLDER)
            ocfl_find(report, files, "extensions", e->name);
        else if (!ocfl_registered(e->name))
            ocfl_find(report, names, "extensions", e->name);
    }
}
