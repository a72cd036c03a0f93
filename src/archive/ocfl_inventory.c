/* An inventory by itself (OCFL 1.1, section 3.5): keys, versions, manifest, fixity. */
#include "archive/ocfl_parts.h"
#include "base/file.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Objects are judged by the rules of the specification they declare. */
static bool since_1_1(const struct ocfl_inventory *v) {
    return v->spec >= OCFL_1_1;
}

static void find(struct ocfl *o, const struct ocfl_inventory *v, enum ocfl_code code,
                 const char *detail) {
    ocfl_find(o->report, code, v->path, detail);
}

static bool is_object(const struct json *json) {
    return json && json->kind == JSON_OBJECT;
}

/* Keys that are not among the NULL-ended `known`. */
static void judge_keys(struct ocfl *o, const struct ocfl_inventory *v, const struct json *object,
                       const char *const *known) {
    for (size_t i = 0; i < object->n; i++) {
        const char *name = object->at[i].name;
        size_t k = 0;
        while (known[k] && strcmp(known[k], name) != 0)
            k++;
        if (known[k])
            continue;
        find(o, v, OCFL_E102, name);
        if (strcasecmp(name, "fixity") == 0)
            find(o, v, OCFL_E055, name);
    }
}

/* ---- the keys at the top ---- */

static void judge_id(struct ocfl *o, struct ocfl_inventory *v) {
    const struct json *id = json_member(v->json, "id");
    v->id = json_text(v->json, "id");
    if (!id)
        find(o, v, OCFL_E036, "id");
    else if (!v->id || !*v->id)
        find(o, v, OCFL_E037, v->id ? "\"\"" : "id");
    else if (!ocfl_is_uri(v->id))
        find(o, v, OCFL_W005, v->id);
}

static enum ocfl_spec spec_of_type(const char *type) {
    static const char start[] = "https://ocfl.io/", end[] = "/spec/#inventory";
    size_t n = sizeof start - 1;
    if (!type || strncmp(type, start, n) != 0 || strlen(type) != n + 3 + sizeof end - 1 ||
        strcmp(type + n + 3, end) != 0)
        return OCFL_NONE;
    char version[4] = {type[n], type[n + 1], type[n + 2], '\0'};
    return ocfl_spec_of(version);
}

/* In the object's inventory the type must be that of the declaration; in earlier ones it may be
 * that of an earlier specification. */
static void judge_type(struct ocfl *o, struct ocfl_inventory *v, enum ocfl_spec spec, bool root) {
    const char *type = json_text(v->json, "type");
    enum ocfl_spec found = spec_of_type(type);
    if (!json_member(v->json, "type"))
        find(o, v, OCFL_E036, "type");
    else if (!found || (root ? found != spec : found > spec))
        find(o, v, OCFL_E038, type ? type : "type");
    v->spec = found ? found : spec;
}

static void judge_algorithm(struct ocfl *o, struct ocfl_inventory *v) {
    const struct json *member = json_member(v->json, "digestAlgorithm");
    const char *name = json_text(v->json, "digestAlgorithm");
    if (!member)
        find(o, v, OCFL_E036, "digestAlgorithm");
    else if (name && strcmp(name, "sha256") == 0)
        find(o, v, OCFL_W004, name);
    else if (!name || strcmp(name, "sha512") != 0)
        find(o, v, OCFL_E025, name ? name : "digestAlgorithm");
    bool allowed = name && (strcmp(name, "sha512") == 0 || strcmp(name, "sha256") == 0);
    v->algorithm = allowed ? name : NULL;
}

static void judge_content_directory(struct ocfl *o, struct ocfl_inventory *v) {
    const struct json *member = json_member(v->json, "contentDirectory");
    const char *name = json_text(v->json, "contentDirectory");
    v->content = "content";
    v->content_set = member != NULL;
    if (!member)
        return;
    if (!name) {
        find(o, v, OCFL_E033, "contentDirectory");
        return;
    }
    if (strchr(name, '/'))
        find(o, v, OCFL_E017, name);
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        find(o, v, OCFL_E018, name);
    else if (*name && !strchr(name, '/'))
        v->content = name;
    if (since_1_1(v) && v->content != name)
        find(o, v, OCFL_E108, name);
}

/* ---- versions ---- */

int ocfl_version_number(const char *name) {
    if (name[0] != 'v' || strlen(name) > 9 || !name[1] ||
        strspn(name + 1, "0123456789") != strlen(name + 1))
        return 0;
    return atoi(name + 1);
}

bool ocfl_has_version(const struct ocfl_inventory *v, int n) {
    return n > 0 && n <= v->highest && v->names[n];
}

const char *ocfl_version_name(struct ocfl *o, const struct ocfl_inventory *v, int n) {
    if (ocfl_has_version(v, n))
        return v->names[n];
    return v->width ? pool_printf(o->pool, "v%0*d", v->width, n) : pool_printf(o->pool, "v%d", n);
}

const struct json *ocfl_version(struct ocfl *o, const struct ocfl_inventory *v, int n) {
    return json_member(json_member(v->json, "versions"), ocfl_version_name(o, v, n));
}

static void judge_version_name(struct ocfl *o, const struct ocfl_inventory *v, const char *name) {
    if (ocfl_version_number(name))
        return;
    find(o, v, OCFL_E046, name);
    if (since_1_1(v))
        find(o, v, name[0] == 'v' ? OCFL_E105 : OCFL_E104, name);
}

/* Takes the names by their numbers; false: they are too high to be counted. */
static bool take_names(struct ocfl *o, struct ocfl_inventory *v, const struct json *versions) {
    enum { MOST = 1000000 };
    int highest = 0;
    for (size_t i = 0; i < versions->n; i++) {
        int number = ocfl_version_number(versions->at[i].name);
        highest = number > highest ? number : highest;
    }
    if (highest > MOST)
        return false;
    v->names = POOL_ARRAY(o->pool, const char *, highest + 1);
    for (size_t i = 0; i < versions->n; i++) {
        int number = ocfl_version_number(versions->at[i].name);
        if (number && !v->names[number])
            v->names[number] = versions->at[i].name;
    }
    v->highest = highest;
    return highest > 0;
}

/* The way the first version is named holds for all: without zeros, or with as many digits. */
static void judge_padding(struct ocfl *o, struct ocfl_inventory *v, const struct json *versions) {
    const char *first = NULL;
    for (int n = 1; n <= v->highest && !first; n++)
        first = v->names[n];
    v->width = first && first[1] == '0' ? (int)strlen(first) - 1 : 0;
    if (v->width)
        find(o, v, OCFL_W001, first);
    for (size_t i = 0; i < versions->n; i++) {
        const char *name = versions->at[i].name;
        int number = ocfl_version_number(name);
        const char *wanted = v->width ? pool_printf(o->pool, "v%0*d", v->width, number)
                                      : pool_printf(o->pool, "v%d", number);
        if (!number)
            continue;
        if (strcmp(name, wanted) != 0) {
            find(o, v, OCFL_E012, name);
            find(o, v, OCFL_E013, name);
        }
        if (v->width && name[1] != '0')
            find(o, v, OCFL_E011, name);
    }
}

static void judge_sequence(struct ocfl *o, struct ocfl_inventory *v, const struct json *versions) {
    int first = 1;
    while (first <= v->highest && !v->names[first])
        first++;
    if (versions->n && first != 1)
        find(o, v, OCFL_E009, first <= v->highest ? v->names[first] : versions->at[0].name);
    for (int n = first + 1; n < v->highest; n++)
        if (!v->names[n])
            find(o, v, OCFL_E010, ocfl_version_name(o, v, n));
    v->head = json_text(v->json, "head");
    if (!json_member(v->json, "head"))
        find(o, v, OCFL_E036, "head");
    else if (!v->head || (v->highest && strcmp(v->head, v->names[v->highest]) != 0))
        find(o, v, OCFL_E040, v->head ? v->head : "head");
}

static void judge_user(struct ocfl *o, const struct ocfl_inventory *v, const struct json *user) {
    static const char *const known[] = {"name", "address", NULL};
    if (!is_object(user)) {
        find(o, v, OCFL_E054, "user");
        return;
    }
    judge_keys(o, v, user, known);
    const char *name = json_text(user, "name"), *address = json_text(user, "address");
    if (!name || !*name)
        find(o, v, OCFL_E054, "name");
    if (!json_member(user, "address"))
        find(o, v, OCFL_W008, "");
    else if (!address)
        find(o, v, OCFL_E054, "address");
    else if (!ocfl_is_uri(address))
        find(o, v, OCFL_W009, address);
}

static void judge_version(struct ocfl *o, const struct ocfl_inventory *v,
                          const struct json *version) {
    static const char *const known[] = {"created", "state", "message", "user", NULL};
    if (!is_object(version)) {
        find(o, v, OCFL_E047, version->name);
        return;
    }
    judge_keys(o, v, version, known);
    const struct json *created = json_member(version, "created");
    const struct json *message = json_member(version, "message");
    const struct json *user = json_member(version, "user");
    if (!created)
        find(o, v, OCFL_E048, "created");
    else if (created->kind != JSON_STRING || !ocfl_is_time(created->string))
        find(o, v, OCFL_E049, created->kind == JSON_STRING ? created->string : "created");
    if (!json_member(version, "state"))
        find(o, v, OCFL_E048, "state");
    if (!message)
        find(o, v, OCFL_W007, "message");
    else if (message->kind != JSON_STRING)
        find(o, v, OCFL_E094, "");
    if (!user)
        find(o, v, OCFL_W007, "user");
    else
        judge_user(o, v, user);
}

/* False: there are none that could be judged further. */
static bool judge_versions(struct ocfl *o, struct ocfl_inventory *v) {
    const struct json *versions = json_member(v->json, "versions");
    if (!versions)
        find(o, v, OCFL_E041, "versions");
    if (!versions)
        find(o, v, OCFL_E043, "");
    if (!is_object(versions)) {
        find(o, v, OCFL_E044, "");
        if (versions)
            find(o, v, OCFL_E045, "");
        if (!json_member(v->json, "head"))
            find(o, v, OCFL_E036, "head");
        return false;
    }
    if (!versions->n)
        find(o, v, OCFL_E008, "");
    for (size_t i = 0; i < versions->n; i++) {
        judge_version_name(o, v, versions->at[i].name);
        judge_version(o, v, &versions->at[i]);
    }
    bool counted = take_names(o, v, versions);
    if (!counted && versions->n && ocfl_version_number(versions->at[0].name))
        find(o, v, OCFL_E010, versions->at[0].name);
    judge_padding(o, v, versions);
    judge_sequence(o, v, versions);
    return counted;
}

/* ---- digests and paths ---- */

/* How a digest of `algorithm` must be written. */
static void judge_digest(struct ocfl *o, const struct ocfl_inventory *v, const char *algorithm,
                         const char *digest, enum ocfl_code otherwise) {
    static const struct {
        const char *name;
        enum ocfl_code code;
    } codes[] = {{"sha1", OCFL_E029},
                 {"sha256", OCFL_E030},
                 {"sha512", OCFL_E031},
                 {"blake2b-512", OCFL_E032}};
    size_t length = algorithm ? digest_length(algorithm) : 0;
    if (!length || ocfl_is_hex(digest, length))
        return;
    enum ocfl_code code = otherwise;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(codes[i].name, algorithm) == 0)
            code = codes[i].code;
    find(o, v, code, digest);
    if (otherwise == OCFL_E039)
        find(o, v, OCFL_E039, digest);
}

static int by_digest(const void *a, const void *b) {
    return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

/* Digests that are there twice, in different case. */
static void judge_repeated(struct ocfl *o, const struct ocfl_inventory *v, const struct json *block,
                           enum ocfl_code code) {
    const char **names = POOL_ARRAY(o->pool, const char *, block->n);
    for (size_t i = 0; i < block->n; i++)
        names[i] = block->at[i].name;
    if (block->n)
        qsort(names, block->n, sizeof *names, by_digest);
    for (size_t i = 1; i < block->n; i++)
        if (strcasecmp(names[i - 1], names[i]) == 0)
            find(o, v, code, names[i]);
}

/* Whether a content path leads into the content folder of a version there is. */
static void judge_place(struct ocfl *o, const struct ocfl_inventory *v, const char *path) {
    const char *slash = strchr(path, '/');
    const char *first = slash ? pool_strndup(o->pool, path, (size_t)(slash - path)) : path;
    int number = ocfl_version_number(first);
    size_t n = strlen(v->content);
    bool known = ocfl_has_version(v, number);
    if (known && strcmp(first, ocfl_version_name(o, v, number)) != 0) {
        find(o, v, OCFL_E014, path);
        known = false;
    }
    if (!known || !slash || strncmp(slash + 1, v->content, n) != 0 || slash[1 + n] != '/')
        find(o, v, OCFL_E042, path);
}

/* Takes the paths of one digest. False: it is no list, or not all of them are texts. */
static bool collect(struct pool *pool, const struct json *paths, ocfl_files *files) {
    bool ok = paths->kind == JSON_ARRAY;
    for (size_t i = 0; paths->kind == JSON_ARRAY && i < paths->n; i++) {
        bool text = paths->at[i].kind == JSON_STRING;
        if (text)
            *VEC_PUSH(pool, files) = (struct ocfl_file){paths->at[i].string, paths->name};
        ok = ok && text;
    }
    return ok;
}

static void take_paths(struct ocfl *o, const struct ocfl_inventory *v, const struct json *paths,
                       enum ocfl_code code, ocfl_files *files) {
    if (!collect(o->pool, paths, files))
        find(o, v, code, paths->name);
}

static void judge_manifest(struct ocfl *o, struct ocfl_inventory *v) {
    const struct json *manifest = json_member(v->json, "manifest");
    if (!manifest)
        find(o, v, OCFL_E041, "manifest");
    else if (!is_object(manifest))
        find(o, v, since_1_1(v) ? OCFL_E106 : OCFL_E041, "manifest");
    v->manifest_read = is_object(manifest);
    if (!v->manifest_read)
        return;
    ocfl_files files = {0};
    judge_repeated(o, v, manifest, OCFL_E096);
    for (size_t i = 0; i < manifest->n; i++) {
        judge_digest(o, v, v->algorithm, manifest->at[i].name, OCFL_E039);
        take_paths(o, v, &manifest->at[i], OCFL_E092, &files);
    }
    const struct ocfl_file *file;
    VEC_EACH (file, &files) {
        if (ocfl_content_path(o, v->path, file->path))
            *VEC_PUSH(o->pool, &v->manifest) = *file;
        if (v->highest)
            judge_place(o, v, file->path);
    }
    ocfl_conflicts(o, OCFL_E101, v->path, &files);
    ocfl_sort(&v->manifest);
}

void ocfl_state(struct ocfl *o, const struct ocfl_inventory *v, int n, ocfl_files *state) {
    const struct json *block = json_member(ocfl_version(o, v, n), "state");
    for (size_t i = 0; is_object(block) && i < block->n; i++)
        collect(o->pool, &block->at[i], state);
    ocfl_sort(state);
}

/* `used` collects the digests of all states. */
static void judge_state(struct ocfl *o, const struct ocfl_inventory *v, const struct json *version,
                        const struct json *manifest, ocfl_files *used) {
    const struct json *state = json_member(version, "state");
    ocfl_files files = {0};
    if (state && !is_object(state))
        find(o, v, OCFL_E050, version->name);
    for (size_t i = 0; is_object(state) && i < state->n; i++) {
        const char *digest = state->at[i].name;
        if (is_object(manifest) && !ocfl_lookup(used, digest))
            find(o, v, OCFL_E050, digest);
        take_paths(o, v, &state->at[i], state->at[i].kind == JSON_ARRAY ? OCFL_E051 : OCFL_E050,
                   &files);
    }
    const struct ocfl_file *file;
    VEC_EACH (file, &files)
        ocfl_logical_path(o, v->path, file->path);
    ocfl_conflicts(o, OCFL_E095, v->path, &files);
}

/* Every digest of the manifest must be some version's; 1.0 has no code of its own for it. */
static void judge_unused(struct ocfl *o, const struct ocfl_inventory *v,
                         const struct json *versions, const struct json *manifest) {
    ocfl_files used = {0};
    for (size_t i = 0; i < versions->n; i++) {
        const struct json *state = json_member(&versions->at[i], "state");
        for (size_t k = 0; is_object(state) && k < state->n; k++)
            *VEC_PUSH(o->pool, &used) = (struct ocfl_file){.path = state->at[k].name};
    }
    ocfl_sort(&used);
    for (size_t i = 0; i < manifest->n; i++)
        if (!ocfl_lookup(&used, manifest->at[i].name))
            find(o, v, since_1_1(v) ? OCFL_E107 : OCFL_E050, manifest->at[i].name);
}

static void judge_states(struct ocfl *o, const struct ocfl_inventory *v) {
    const struct json *versions = json_member(v->json, "versions");
    const struct json *manifest = json_member(v->json, "manifest");
    ocfl_files digests = {0};
    for (size_t i = 0; is_object(manifest) && i < manifest->n; i++)
        *VEC_PUSH(o->pool, &digests) = (struct ocfl_file){.path = manifest->at[i].name};
    ocfl_sort(&digests);
    for (size_t i = 0; i < versions->n; i++)
        judge_state(o, v, &versions->at[i], manifest, &digests);
    if (is_object(manifest))
        judge_unused(o, v, versions, manifest);
}

/* ---- fixity ---- */

static bool known_algorithm(const char *name) {
    /* Of the extensions 0001 and 0009; those of the specification digest_length knows. */
    static const char *const others[] = {"blake2b-160", "blake2b-256", "blake2b-384", "size"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(others[i], name) == 0)
            return true;
    return digest_length(name) > 0;
}

static void judge_fixity_block(struct ocfl *o, struct ocfl_inventory *v, const struct json *block) {
    ocfl_files files = {0};
    if (!known_algorithm(block->name)) {
        find(o, v, OCFL_E056, block->name);
        find(o, v, OCFL_E026, block->name);
    }
    if (!is_object(block)) {
        find(o, v, OCFL_E057, block->name);
        return;
    }
    judge_repeated(o, v, block, OCFL_E097);
    for (size_t i = 0; i < block->n; i++) {
        judge_digest(o, v, block->name, block->at[i].name, OCFL_E057);
        take_paths(o, v, &block->at[i], OCFL_E057, &files);
    }
    const struct ocfl_file *file;
    VEC_EACH (file, &files)
        if (ocfl_content_path(o, v->path, file->path) && !ocfl_lookup(&v->manifest, file->path))
            find(o, v, OCFL_E093, file->path);
}

static void judge_fixity(struct ocfl *o, struct ocfl_inventory *v) {
    const struct json *fixity = json_member(v->json, "fixity");
    if (!fixity)
        return;
    if (!is_object(fixity)) {
        find(o, v, since_1_1(v) ? OCFL_E111 : OCFL_E057, "fixity");
        return;
    }
    for (size_t i = 0; i < fixity->n; i++)
        judge_fixity_block(o, v, &fixity->at[i]);
}

/* ---- all of it ---- */

bool ocfl_read_inventory(struct ocfl *o, struct ocfl_inventory *v, const char *path,
                         enum ocfl_spec spec, bool root) {
    static const char *const known[] = {"id",       "type",     "digestAlgorithm",  "head",
                                        "manifest", "versions", "contentDirectory", "fixity",
                                        NULL};
    const char *full = path_join(o->pool, o->report->path, path), *why = NULL;
    v->path = path;
    v->text = file_read(o->pool, full, &v->len, (struct where){.file = full}, o->diag);
    const struct json *json = v->text ? json_read(o->pool, v->text, v->len, &why) : NULL;
    if (!v->text)
        return false;
    if (!is_object(json)) {
        find(o, v, OCFL_E033, why ? why : "{}");
        return false;
    }
    v->json = json;
    judge_type(o, v, spec, root);
    judge_keys(o, v, json, known);
    judge_id(o, v);
    judge_algorithm(o, v);
    judge_content_directory(o, v);
    bool usable = judge_versions(o, v);
    judge_manifest(o, v);
    if (usable)
        judge_states(o, v);
    judge_fixity(o, v);
    return usable;
}
