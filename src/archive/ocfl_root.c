/* A storage root: its declaration, its layout, the folders that lead to objects (OCFL 1.1,
 * section 4). */
#include "archive/ocfl_parts.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 64 };

/* How ids become paths, where that can be told: extension 0004, or 0003 without its last name. */
struct root_layout {
    const char *extension; /* NULL: unknown, or not one that is computed here */
    const char *algorithm;
    int tuple, tuples;
    bool shortened;
};

struct seen {
    const char *id, *below;
};

struct root {
    struct ocfl_report *report;
    struct diag *diag;
    enum ocfl_spec spec;
    struct root_layout layout;
    const struct ocfl_visitor *visitor;
    struct pool *object; /* of the object at hand */
    VEC(struct seen) ids;
    int least, most; /* depths at which objects lie */
    bool top;        /* some lie at the top */
};

/* ---- the layout ---- */

static const struct json *read_json(struct root *r, const char *below, const char **why) {
    size_t len;
    struct pool *pool = r->report->pool;
    const char *path = path_join(pool, r->report->path, below);
    *why = "";
    const char *text = file_read(pool, path, &len, (struct where){.file = path}, r->diag);
    return text ? json_read(pool, text, len, why) : NULL;
}

static void read_config(struct root *r, const char *extension) {
    const char *why;
    const char *below = pool_printf(r->report->pool, "extensions/%s/config.json", extension);
    if (strcmp(extension, "0004-hashed-n-tuple-storage-layout") != 0)
        return;
    const struct json *config = NULL;
    if (file_exists(path_join(r->report->pool, r->report->path, below)))
        config = read_json(r, below, &why);
    const char *algorithm = json_text(config, "digestAlgorithm");
    const struct json *shortened = json_member(config, "shortObjectRoot");
    r->layout = (struct root_layout){.extension = extension,
                                     .algorithm = algorithm ? algorithm : "sha256",
                                     .tuple = (int)json_number(config, "tupleSize", 3),
                                     .tuples = (int)json_number(config, "numberOfTuples", 3),
                                     .shortened = shortened && shortened->kind == JSON_TRUE};
    size_t length = digest_length(r->layout.algorithm);
    if (r->layout.tuple < 0 || r->layout.tuples < 0 || r->layout.tuple > 64 ||
        r->layout.tuples > 64 || (size_t)(r->layout.tuple * r->layout.tuples) > length || !length)
        r->layout.extension = NULL;
}

static void judge_layout(struct root *r) {
    const char *why;
    const struct json *layout = read_json(r, "ocfl_layout.json", &why);
    const char *extension = json_text(layout, "extension");
    if (!layout || layout->kind != JSON_OBJECT)
        ocfl_find(r->report, OCFL_E070, "ocfl_layout.json", why ? why : "{}");
    else if (!extension)
        ocfl_find(r->report, OCFL_E070, "ocfl_layout.json", "extension");
    else if (!ocfl_registered(extension))
        ocfl_find(r->report, OCFL_E071, "ocfl_layout.json", extension);
    if (layout && layout->kind == JSON_OBJECT && !json_text(layout, "description"))
        ocfl_find(r->report, OCFL_E070, "ocfl_layout.json", "description");
    if (extension)
        read_config(r, extension);
}

/* Where the layout puts an id. */
static const char *place_of(const struct root *r, struct pool *pool, const char *id) {
    char digest[DIGEST_TEXT];
    const struct root_layout *l = &r->layout;
    struct buf path = {0};
    digest_of(l->algorithm, id, strlen(id), digest);
    for (int i = 0; i < l->tuples; i++)
        buf_printf(&path, "%.*s/", l->tuple, digest + i * l->tuple);
    buf_puts(&path, digest + (l->shortened ? l->tuple * l->tuples : 0));
    const char *text = pool_strdup(pool, buf_text(&path));
    buf_free(&path);
    return text;
}

/* ---- objects ---- */

static void note_depth(struct root *r, int depth) {
    r->top = r->top || depth == 1;
    r->least = !r->least || depth < r->least ? depth : r->least;
    r->most = depth > r->most ? depth : r->most;
}

static void judge_object(struct root *r, const char *below, int depth) {
    struct pool *pool = r->object;
    const struct ocfl_visitor *v = r->visitor;
    note_depth(r, depth);
    if (v->wanted && !v->wanted(v->context, below)) {
        v->each(v->context, below, NULL);
        return;
    }
    struct ocfl_report *object =
        ocfl_object(pool, path_join(pool, r->report->path, below), (int)r->spec, r->diag);
    if (object->id && r->layout.extension && strcmp(place_of(r, pool, object->id), below) != 0)
        ocfl_find(object, OCFL_E083, "", object->id);
    if (object->id && !r->layout.extension)
        *VEC_PUSH(r->report->pool, &r->ids) = (struct seen){
            pool_strdup(r->report->pool, object->id), pool_strdup(r->report->pool, below)};
    v->each(v->context, below, object);
    pool_reset(pool);
}

/* Whether this is an object, even one whose declaration is lost. */
static bool declares_object(const ocfl_entries *entries) {
    const struct ocfl_entry *e;
    VEC_EACH (e, entries)
        if (e->kind == OCFL_FILE &&
            (strncmp(e->name, "0=ocfl_object", 13) == 0 || strcmp(e->name, "inventory.json") == 0))
            return true;
    return false;
}

/* True: it leads to an object. The pool of its entries lives as long as it is walked. */
static bool walk(struct root *r, const char *below, int depth);

static bool walk_entries(struct root *r, const ocfl_entries *entries, const char *below, int depth,
                         struct pool *pool) {
    bool files = false, objects = false, folders = false;
    const struct ocfl_entry *e;
    VEC_EACH (e, entries) {
        const char *path = pool_printf(pool, "%s/%s", below, e->name);
        if (e->kind == OCFL_OTHER) {
            ocfl_find(r->report, OCFL_E090, path, e->name);
        } else if (e->kind == OCFL_FILE) {
            files = true;
            ocfl_find(r->report, OCFL_E072, path, e->name);
            ocfl_find(r->report, OCFL_E084, path, e->name);
        } else {
            folders = true;
            objects = (depth < MAX_DEPTH && walk(r, path, depth + 1)) || objects;
        }
    }
    if (files && !folders)
        ocfl_find(r->report, OCFL_E085, below, "");
    return objects;
}

static bool walk(struct root *r, const char *below, int depth) {
    struct pool *pool = pool_new();
    ocfl_entries entries = {0};
    bool objects = true;
    if (ocfl_list(pool, path_join(pool, r->report->path, below), &entries, r->diag)) {
        if (declares_object(&entries)) {
            judge_object(r, below, depth);
        } else {
            objects = walk_entries(r, &entries, below, depth, pool);
            if (!entries.n)
                ocfl_find(r->report, OCFL_E073, below, "");
        }
    }
    pool_free(pool);
    return objects;
}

/* ---- the root ---- */

static void judge_entry(struct root *r, const struct ocfl_entry *e) {
    if (e->kind == OCFL_OTHER) {
        ocfl_find(r->report, OCFL_E090, e->name, e->name);
    } else if (e->kind == OCFL_FOLDER && strcmp(e->name, "extensions") == 0) {
        ocfl_extensions(r->report, path_join(r->report->pool, r->report->path, e->name),
                        r->spec == OCFL_1_0 ? OCFL_E086 : OCFL_E112, OCFL_W016, r->diag);
    } else if (e->kind == OCFL_FOLDER && !walk(r, e->name, 1)) {
        ocfl_find(r->report, OCFL_E088, e->name, "");
    } else if (e->kind == OCFL_FILE && strcmp(e->name, "ocfl_layout.json") == 0) {
        return; /* read before, since objects are judged by it */
    }
}

static int by_id(const void *a, const void *b) {
    const struct seen *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order ? order : strcmp(x->below, y->below);
}

static void judge_ids(struct root *r) {
    if (r->ids.n)
        qsort(r->ids.at, r->ids.n, sizeof *r->ids.at, by_id);
    for (size_t i = 1; i < r->ids.n; i++)
        if (strcmp(r->ids.at[i - 1].id, r->ids.at[i].id) == 0)
            ocfl_find(r->report, OCFL_E037, r->ids.at[i].below, r->ids.at[i].id);
}

struct ocfl_report *ocfl_root(struct pool *pool, const char *path,
                              const struct ocfl_visitor *visitor, struct diag *diag) {
    struct ocfl_report *report = POOL_NEW(pool, struct ocfl_report);
    struct root r = {.report = report, .diag = diag, .visitor = visitor};
    ocfl_entries entries = {0};
    report->pool = pool;
    report->path = pool_strdup(pool, path);
    if (!ocfl_list(pool, path, &entries, diag))
        return report;
    r.object = pool_new();
    r.spec = ocfl_declaration(report, &entries, false, diag);
    const struct ocfl_entry *layout = ocfl_entry(&entries, "ocfl_layout.json");
    if (layout && layout->kind == OCFL_FILE)
        judge_layout(&r);
    const struct ocfl_entry *e;
    VEC_EACH (e, &entries)
        judge_entry(&r, e);
    judge_ids(&r);
    if (r.top && r.most > 1)
        ocfl_find(report, OCFL_W015, "", "");
    else if (r.least < r.most)
        ocfl_find(report, OCFL_W014, "", pool_printf(pool, "%d-%d", r.least, r.most));
    pool_free(r.object);
    return report;
}
