/* The files: each in its manifest, each as its digests say (OCFL 1.1, sections 3.3 and 3.4). */
#include "archive/ocfl_parts.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_DEPTH = 64 };

/* A digest that some inventory gives for a content path. */
struct claim {
    const char *path, *algorithm, *digest;
    const char *inventory;
    enum ocfl_code code; /* when it is wrong */
};

/* A file with more than one name. */
struct linked {
    dev_t device;
    ino_t inode;
    const char *path;
};

struct content {
    struct ocfl *o;
    struct ocfl_inventory *const *earlier;
    VEC(struct claim) claims; /* by path */
    VEC(const char *) files;  /* that are there, by path */
    VEC(struct linked) linked;
};

/* ---- what the inventories claim ---- */

static void claim_files(struct content *c, const ocfl_files *files, const char *algorithm,
                        const char *inventory, enum ocfl_code code) {
    const struct ocfl_file *file;
    VEC_EACH (file, files)
        *VEC_PUSH(c->o->pool, &c->claims) =
            (struct claim){file->path, algorithm, file->digest, inventory, code};
}

static void claim_fixity(struct content *c, const struct ocfl_inventory *v) {
    const struct json *fixity = json_member(v->json, "fixity");
    if (!fixity || fixity->kind != JSON_OBJECT)
        return;
    for (size_t i = 0; i < fixity->n; i++) {
        const struct json *block = &fixity->at[i];
        for (size_t k = 0; block->kind == JSON_OBJECT && k < block->n; k++)
            for (size_t m = 0; block->at[k].kind == JSON_ARRAY && m < block->at[k].n; m++)
                if (block->at[k].at[m].kind == JSON_STRING && digest_length(block->name) &&
                    ocfl_lookup(&v->manifest, block->at[k].at[m].string))
                    *VEC_PUSH(c->o->pool, &c->claims) =
                        (struct claim){block->at[k].at[m].string, block->name, block->at[k].name,
                                       v->path, OCFL_E093};
    }
}

static void claim_all(struct content *c, const struct ocfl_inventory *v) {
    claim_files(c, &v->manifest, v->algorithm, v->path, OCFL_E092);
    claim_fixity(c, v);
}

static int by_claim(const void *a, const void *b) {
    const struct claim *x = a, *y = b;
    int order = strcmp(x->path, y->path);
    return order ? order : strcmp(x->inventory, y->inventory);
}

/* The claims about a path: the first, and how many. */
static size_t claims_of(const struct content *c, const char *path, const struct claim **first) {
    size_t low = 0, high = c->claims.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(c->claims.at[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    size_t n = 0;
    while (low + n < c->claims.n && strcmp(c->claims.at[low + n].path, path) == 0)
        n++;
    *first = c->claims.at + low;
    return n;
}

/* ---- what is there ---- */

static size_t algorithms_of(const struct claim *claims, size_t n, const char **algorithms) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        if (!claims[i].algorithm)
            continue;
        while (k < count && strcmp(algorithms[k], claims[i].algorithm) != 0)
            k++;
        if (k == count && count < DIGEST_MOST)
            algorithms[count++] = claims[i].algorithm;
    }
    return count;
}

static void judge_digests(struct content *c, const char *path, const struct claim *claims,
                          size_t n) {
    const char *algorithms[DIGEST_MOST];
    char found[DIGEST_MOST][DIGEST_TEXT];
    uint64_t size = 0;
    size_t count = algorithms_of(claims, n, algorithms);
    if (!count ||
        !digest_file_all(algorithms, count, path_join(c->o->pool, c->o->report->path, path), found,
                         &size, c->o->diag))
        return;
    c->o->report->bytes += size;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < count; k++)
            if (claims[i].algorithm && strcmp(claims[i].algorithm, algorithms[k]) == 0 &&
                !ocfl_same_digest(claims[i].digest, found[k]))
                ocfl_find(c->o->report, claims[i].code, path, claims[i].inventory);
}

/* A file of version n must be in the manifest of every inventory from n on. */
static void judge_file(struct content *c, int version, const char *path) {
    const struct claim *claims;
    size_t n = claims_of(c, path, &claims);
    struct stat st;
    *VEC_PUSH(c->o->pool, &c->files) = path;
    if (c->o->root.manifest_read && !ocfl_lookup(&c->o->root.manifest, path))
        ocfl_find(c->o->report, OCFL_E023, path, c->o->root.path);
    for (int i = version; i < c->o->root.highest; i++)
        if (c->earlier[i] && c->earlier[i]->manifest_read &&
            !ocfl_lookup(&c->earlier[i]->manifest, path))
            ocfl_find(c->o->report, OCFL_E023, path, c->earlier[i]->path);
    judge_digests(c, path, claims, n);
    if (lstat(path_join(c->o->pool, c->o->report->path, path), &st) == 0 && st.st_nlink > 1)
        *VEC_PUSH(c->o->pool, &c->linked) = (struct linked){st.st_dev, st.st_ino, path};
}

/* True: there is something in it. */
static bool walk(struct content *c, int version, const char *below, int depth) {
    ocfl_entries entries = {0};
    struct pool *pool = c->o->pool;
    if (!ocfl_list(pool, path_join(pool, c->o->report->path, below), &entries, c->o->diag))
        return true;
    const struct ocfl_entry *e;
    VEC_EACH (e, &entries) {
        const char *path = pool_printf(pool, "%s/%s", below, e->name);
        if (e->kind == OCFL_OTHER)
            ocfl_find(c->o->report, OCFL_E090, path, e->name);
        else if (e->kind == OCFL_FILE)
            judge_file(c, version, path);
        else if (depth < MAX_DEPTH && !walk(c, version, path, depth + 1))
            ocfl_find(c->o->report, OCFL_E024, path, "");
    }
    return entries.n > 0;
}

static bool has_files(const struct content *c, const char *name) {
    size_t n = strlen(name);
    const struct ocfl_file *file;
    VEC_EACH (file, &c->o->root.manifest)
        if (strncmp(file->path, name, n) == 0 && file->path[n] == '/')
            return true;
    return false;
}

static bool is_inventory(const char *name) {
    static const char start[] = "inventory.json";
    return strncmp(name, start, sizeof start - 1) == 0 &&
           (!name[sizeof start - 1] ||
            (name[sizeof start - 1] == '.' && digest_length(name + sizeof start)));
}

static void judge_version_folder(struct content *c, int n) {
    struct ocfl *o = c->o;
    const char *name = ocfl_version_name(o, &o->root, n);
    const char *folder = path_join(o->pool, o->report->path, name);
    const struct ocfl_entry *e;
    ocfl_entries entries = {0};
    bool content = false;
    if (!file_is_folder(folder)) {
        ocfl_find(o->report, OCFL_E046, name, name);
        return;
    }
    ocfl_list(o->pool, folder, &entries, o->diag);
    VEC_EACH (e, &entries) {
        if (e->kind == OCFL_OTHER)
            ocfl_find(o->report, OCFL_E090, name, e->name);
        else if (e->kind == OCFL_FILE && !is_inventory(e->name))
            ocfl_find(o->report, OCFL_E015, name, e->name);
        else if (e->kind == OCFL_FOLDER && strcmp(e->name, o->root.content) != 0)
            ocfl_find(o->report, OCFL_W002, name, e->name);
        else if (e->kind == OCFL_FOLDER) {
            content = true;
            if (!walk(c, n, pool_printf(o->pool, "%s/%s", name, e->name), 0))
                ocfl_find(o->report, OCFL_W003, name, e->name);
        }
    }
    if (!content && has_files(c, name))
        ocfl_find(o->report, OCFL_E016, name, o->root.content);
}

/* ---- what is not there ---- */

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In a folder that is no version's a file may be there and not have been seen. */
static bool is_there(const struct content *c, const char *path) {
    struct stat st;
    return (c->files.n && bsearch(&path, c->files.at, c->files.n, sizeof *c->files.at, by_text)) ||
           (lstat(path_join(c->o->pool, c->o->report->path, path), &st) == 0 &&
            S_ISREG(st.st_mode));
}

static void judge_missing(struct content *c) {
    if (c->files.n)
        qsort(c->files.at, c->files.n, sizeof *c->files.at, by_text);
    const struct claim *claim;
    VEC_EACH (claim, &c->claims)
        if (!is_there(c, claim->path)) {
            ocfl_find(c->o->report, claim->code, claim->path, claim->inventory);
            if (claim->code == OCFL_E092)
                ocfl_find(c->o->report, OCFL_E023, claim->path, claim->inventory);
        }
}

static int by_inode(const void *a, const void *b) {
    const struct linked *x = a, *y = b;
    if (x->device != y->device)
        return x->device < y->device ? -1 : 1;
    return x->inode < y->inode ? -1 : x->inode > y->inode;
}

/* Two names of one file within the object; what links to it from elsewhere is not seen here. */
static void judge_linked(struct content *c) {
    if (c->linked.n)
        qsort(c->linked.at, c->linked.n, sizeof *c->linked.at, by_inode);
    for (size_t i = 1; i < c->linked.n; i++)
        if (by_inode(&c->linked.at[i - 1], &c->linked.at[i]) == 0)
            ocfl_find(c->o->report, OCFL_E090, c->linked.at[i].path, c->linked.at[i - 1].path);
}

void ocfl_content(struct ocfl *o, struct ocfl_inventory *const *earlier) {
    struct content c = {.o = o, .earlier = earlier};
    claim_all(&c, &o->root);
    for (int n = 1; n < o->root.highest; n++)
        if (earlier[n])
            claim_all(&c, earlier[n]);
    if (c.claims.n)
        qsort(c.claims.at, c.claims.n, sizeof *c.claims.at, by_claim);
    for (int n = 1; n <= o->root.highest; n++)
        if (ocfl_has_version(&o->root, n))
            judge_version_folder(&c, n);
    judge_missing(&c);
    judge_linked(&c);
}
