/* One object: its folder, then its inventories, then its files. */
#include "archive/ocfl.h"

#include "archive/ocfl_parts.h"
#include "base/file.h"

#include <string.h>
#include <strings.h>

#define LEVEL(code) (#code[0] == 'E' ? DIAG_ERROR : DIAG_WARNING)

static const struct {
    struct diag_kind kind;
    const char *unseen;
} codes[OCFL_CODES] = {
#define OCFL(code, vi, en) {{#code, LEVEL(code), {vi, en}, NULL}, NULL},
#define UNSEEN(code, why) {{#code, LEVEL(code), {why, why}, NULL}, why},
#include "archive/ocfl_codes.def"
#undef OCFL
#undef UNSEEN
};

const char *ocfl_name(enum ocfl_code code) {
    return codes[code].kind.name;
}

const struct diag_kind *ocfl_kind(enum ocfl_code code) {
    return &codes[code].kind;
}

const char *ocfl_unseen(enum ocfl_code code) {
    return codes[code].unseen;
}

void ocfl_find(struct ocfl_report *report, enum ocfl_code code, const char *path,
               const char *detail) {
    *VEC_PUSH(report->pool, &report->findings) = (struct ocfl_finding){
        code, pool_strdup(report->pool, path), pool_strdup(report->pool, detail)};
    if (ocfl_kind(code)->level == DIAG_ERROR)
        report->errors++;
    else
        report->warnings++;
}

enum ocfl_spec ocfl_spec_of(const char *text) {
    return strcmp(text, "1.0") == 0 ? OCFL_1_0 : strcmp(text, "1.1") == 0 ? OCFL_1_1 : OCFL_NONE;
}

const char *ocfl_spec_text(enum ocfl_spec spec) {
    return spec == OCFL_1_0 ? "1.0" : "1.1";
}

bool ocfl_is_object(const char *path) {
    struct pool *pool = pool_new();
    struct diag *quiet = diag_new(LANG_EN);
    ocfl_entries entries = {0};
    bool object = false, root = false;
    if (file_is_folder(path) && ocfl_list(pool, path, &entries, quiet)) {
        const struct ocfl_entry *e;
        VEC_EACH (e, &entries) {
            object = object || strncmp(e->name, "0=ocfl_object", 13) == 0;
            root = root || (strncmp(e->name, "0=ocfl_", 7) == 0 && !object);
        }
        object = object || (!root && (ocfl_entry(&entries, "inventory.json") ||
                                      ocfl_entry(&entries, "v1") || entries.n == 0));
    }
    diag_free(quiet);
    pool_free(pool);
    return object;
}

static bool is_sidecar(const struct ocfl *o, const char *name) {
    static const char start[] = "inventory.json.";
    const char *algorithm = o->root.algorithm;
    return strncmp(name, start, sizeof start - 1) == 0 &&
           (!algorithm || strcmp(name + sizeof start - 1, algorithm) == 0);
}

/* An object inside an object is more than a folder too many. */
static void judge_stray_folder(struct ocfl *o, const char *name) {
    ocfl_entries entries = {0};
    const char *path = path_join(o->pool, o->report->path, name);
    const struct ocfl_entry *e;
    ocfl_find(o->report, OCFL_E001, name, name);
    ocfl_list(o->pool, path, &entries, o->diag);
    VEC_EACH (e, &entries)
        if (strncmp(e->name, "0=ocfl_object_", 14) == 0)
            ocfl_find(o->report, OCFL_E082, name, name);
}

static void judge_folder(struct ocfl *o, const char *name) {
    int number = ocfl_version_number(name);
    if (strcmp(name, "logs") == 0)
        return;
    if (strcmp(name, "extensions") == 0) {
        ocfl_extensions(o->report, path_join(o->pool, o->report->path, name), OCFL_E067, OCFL_W013,
                        o->diag);
        return;
    }
    if (!number)
        judge_stray_folder(o, name);
    else if (o->root.highest &&
             (!ocfl_has_version(&o->root, number) || strcmp(name, o->root.names[number]) != 0))
        ocfl_find(o->report, OCFL_E046, name, name);
}

static void judge_entries(struct ocfl *o, const ocfl_entries *entries) {
    const struct ocfl_entry *e;
    VEC_EACH (e, entries) {
        if (e->kind == OCFL_OTHER)
            ocfl_find(o->report, OCFL_E090, e->name, e->name);
        else if (e->kind == OCFL_FOLDER)
            judge_folder(o, e->name);
        else if (strcmp(e->name, "inventory.json") != 0 && !is_sidecar(o, e->name) &&
                 !ocfl_is_declaration(e->name))
            ocfl_find(o->report, OCFL_E001, e->name, e->name);
        if (strcasecmp(e->name, "inventory.json") == 0 && strcmp(e->name, "inventory.json") != 0)
            ocfl_find(o->report, OCFL_E034, e->name, e->name);
    }
}

static void judge_object(struct ocfl *o, const ocfl_entries *entries) {
    const struct ocfl_entry *inventory = ocfl_entry(entries, "inventory.json");
    if (!inventory || inventory->kind != OCFL_FILE) {
        ocfl_find(o->report, OCFL_E063, "", "");
        judge_entries(o, entries);
        return;
    }
    bool usable = ocfl_read_inventory(o, &o->root, "inventory.json", o->spec, true);
    judge_entries(o, entries);
    if (o->root.text)
        ocfl_sidecar(o, &o->root, o->report->path, entries);
    if (!usable)
        return;
    o->report->id = o->root.id;
    o->report->version = o->root.highest;
    struct ocfl_inventory **earlier =
        POOL_ARRAY(o->pool, struct ocfl_inventory *, o->root.highest + 1);
    ocfl_versions(o, earlier);
    ocfl_content(o, earlier);
}

struct ocfl_report *ocfl_object(struct pool *pool, const char *path, int root_spec,
                                struct diag *diag) {
    struct ocfl_report *report = POOL_NEW(pool, struct ocfl_report);
    struct ocfl o = {.pool = pool, .report = report, .diag = diag};
    ocfl_entries entries = {0};
    report->pool = pool;
    report->path = pool_strdup(pool, path);
    if (!ocfl_list(pool, path, &entries, diag))
        return report;
    o.spec = ocfl_declaration(report, &entries, true, diag);
    if (root_spec && (int)o.spec > root_spec)
        ocfl_find(report, OCFL_E081, "", ocfl_spec_text(o.spec));
    judge_object(&o, &entries);
    return report;
}
