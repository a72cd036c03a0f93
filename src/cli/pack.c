/* pack: a folder of readable XML parts becomes a DOCX template. The build uses it for templates/;
 * who keeps templates of his own as text can too. Folders may share parts and fragments of parts.
 */
#include "cli/commands.h"
#include "cli/options.h"

#include "base/file.h"
#include "dispatch/ini.h"
#include "docx/xml.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FOLDERS = 8, MAX_FRAMES = 4, MAX_INCLUSIONS = 8 };

/* The folder to pack, and behind it the frames it builds on: profile.ini may say `khung = NAME`,
 * which is the folder ../NAME. What a folder lacks, parts and fragments, comes from its frame. */
struct packing {
    struct pool *pool;
    struct diag *diag;
    const char *folders[MAX_FRAMES];
    size_t count;
    struct package *package;
};

struct part_names {
    VEC(const char *) at; /* relative to the folder packed */
};

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* ---- frames ---- */

static const char *frame_of(struct packing *p, const char *folder) {
    const char *profile = path_join(p->pool, folder, "profile.ini");
    const struct ini *ini = file_exists(profile) ? ini_read(p->pool, profile, p->diag) : NULL;
    const struct ini_key *key = ini ? ini_key(ini_section(ini, "ho so"), "khung") : NULL;
    if (!key || !*key->value)
        return NULL;
    const char *frame = path_join(p->pool, folder, pool_printf(p->pool, "../%s", key->value));
    if (file_is_folder(frame) && p->count < MAX_FRAMES)
        return frame;
    diag_add(p->diag, PACK_NO_FRAME, key->where, key->value, NULL);
    return NULL;
}

static void find_folders(struct packing *p, const char *folder) {
    while (folder) {
        p->folders[p->count++] = folder;
        folder = frame_of(p, folder);
    }
}

/* The file `name` in the first folder that has it; NULL: none has. */
static const char *find_file(const struct packing *p, const char *name) {
    for (size_t i = 0; i < p->count; i++) {
        const char *path = path_join(p->pool, p->folders[i], name);
        if (file_exists(path) && !file_is_folder(path))
            return path;
    }
    return NULL;
}

/* ---- what there is to pack ---- */

static bool list(struct packing *p, const char *root, const char *below, int depth,
                 struct part_names *names) {
    const char *folder = below[0] ? path_join(p->pool, root, below) : root;
    DIR *dir = depth < MAX_FOLDERS ? opendir(folder) : NULL;
    if (!dir) {
        diag_add(p->diag, FILE_CANNOT_READ, (struct where){.file = folder}, strerror(errno), NULL);
        return false;
    }
    bool ok = true;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        const char *name = below[0] ? pool_printf(p->pool, "%s/%s", below, entry->d_name)
                                    : pool_strdup(p->pool, entry->d_name);
        bool is_folder = file_is_folder(path_join(p->pool, root, name));
        if (is_folder && strcmp(name, "manh") != 0)
            ok = list(p, root, name, depth + 1, names) && ok;
        else if (!is_folder && !path_has_suffix(name, ".ini"))
            *VEC_PUSH(p->pool, &names->at) = name;
    }
    closedir(dir);
    return ok;
}

/* Sorted, each once. */
static bool list_all(struct packing *p, struct part_names *names) {
    bool ok = true;
    for (size_t i = 0; i < p->count; i++)
        ok = list(p, p->folders[i], "", 0, names) && ok;
    if (!names->at.n)
        return ok;
    qsort(names->at.at, names->at.n, sizeof *names->at.at, by_name);
    size_t n = 1;
    for (size_t i = 1; i < names->at.n; i++)
        if (strcmp(names->at.at[i], names->at.at[n - 1]) != 0)
            names->at.at[n++] = names->at.at[i];
    names->at.n = n;
    return ok;
}

/* ---- parts ---- */

/* Line breaks and indents that make the parts readable here are no text of the document. */
static void drop_blanks(struct xml_node *node) {
    for (struct xml_node *child = node->first, *next; child; child = next) {
        next = child->next;
        bool keeps = node->name == w_t || node->name == w_instrText;
        if (child->name == XML_TEXT && !keeps && !child->text[strspn(child->text, " \n\t\r")])
            xml_remove(child);
        else
            drop_blanks(child);
    }
}

static struct xml_node *read_tree(struct packing *p, const char *path) {
    size_t n;
    struct where where = {.file = path};
    char *bytes = file_read(p->pool, path, &n, where, p->diag);
    struct xml_node *tree = bytes ? xml_parse(p->pool, bytes, n, where, p->diag) : NULL;
    if (tree)
        drop_blanks(tree);
    return tree;
}

/* <manh src="NAME"/> stands for what is inside <manh> in manh/NAME.xml. NULL: another element. */
static const char *fragment_name(const struct xml_node *node) {
    if (!node->qname || strcmp(node->qname, "manh") != 0)
        return NULL;
    for (const struct xml_attr *a = node->attrs; a; a = a->next)
        if (strcmp(a->qname, "src") == 0)
            return a->value;
    return NULL;
}

static bool include_all(struct packing *p, struct xml_node *root, const char *in, int depth);

static bool include(struct packing *p, struct xml_node *place, const char *name, const char *in,
                    int depth) {
    const char *path = find_file(p, pool_printf(p->pool, "manh/%s.xml", name));
    if (!path || depth == MAX_INCLUSIONS) {
        diag_add(p->diag, PACK_NO_FRAGMENT, (struct where){.file = in}, name, NULL);
        return false;
    }
    struct xml_node *tree = read_tree(p, path), *child;
    if (!tree || !include_all(p, tree, path, depth + 1))
        return false;
    XML_EACH_CHILD (child, tree)
        xml_insert_before(place, xml_transplant(p->pool, child, place->parent));
    return true;
}

static bool include_all(struct packing *p, struct xml_node *root, const char *in, int depth) {
    for (struct xml_node *n = root, *next; n; n = next) {
        const char *name = n != root ? fragment_name(n) : NULL;
        next = name ? xml_after(root, n) : xml_next(root, n);
        if (!name)
            continue;
        if (!include(p, n, name, in, depth))
            return false;
        xml_remove(n);
    }
    return true;
}

static bool pack_part(struct packing *p, const char *name) {
    const char *path = find_file(p, name);
    if (!path_has_suffix(name, ".xml") && !path_has_suffix(name, ".rels")) {
        size_t n;
        char *bytes = file_read(p->pool, path, &n, (struct where){.file = path}, p->diag);
        if (bytes)
            package_set(p->package, name, bytes, n);
        return bytes != NULL;
    }
    struct xml_node *tree = read_tree(p, path);
    if (!tree || !include_all(p, tree, path, 0))
        return false;
    struct buf out = {0};
    xml_write(tree, &out);
    package_set(p->package, name, buf_text(&out), out.len);
    buf_free(&out);
    return true;
}

static bool pack(struct pool *pool, const char *folder, const char *out, struct diag *diag) {
    struct packing p = {.pool = pool, .diag = diag};
    struct part_names names = {0};
    find_folders(&p, folder);
    if (!list_all(&p, &names) || diag_count(diag, DIAG_ERROR))
        return false;
    p.package = package_new(out);
    bool ok = true;
    for (size_t i = 0; i < names.at.n; i++)
        ok = pack_part(&p, names.at.at[i]) && ok;
    struct buf bytes = {0};
    ok = ok && package_write(p.package, &bytes, diag) &&
         file_write(out, bytes.data, bytes.len, diag);
    buf_free(&bytes);
    package_close(p.package);
    return ok;
}

static enum status run_pack(const struct arguments *arguments) {
    struct pool *pool = pool_new();
    struct options options;
    enum status status;
    if (options_read(pool, &options, &command_pack, arguments, &status)) {
        struct diag *diag = diag_new(options.lang);
        const char *folder = options.paths[0];
        const char *out = options.out ? options.out : pool_printf(pool, "%s.docx", folder);
        pack(pool, folder, out, diag);
        status = status_of(diag);
        diag_write(diag, stderr);
        diag_free(diag);
    }
    pool_free(pool);
    return status;
}

const struct command command_pack = {
    .name = "pack",
    .synopsis = "FOLDER [-o TEMPLATE.docx]",
    .summary = {"Đóng thư mục các phần XML thành tệp DOCX (dành cho người làm mẫu).",
                "Packs a folder of XML parts into a DOCX (for makers of templates)."},
    .options = {"  -o TEMPLATE.docx  tên tệp kết quả\n",
                "  -o TEMPLATE.docx  name of the result\n"},
    .takes = OPTION_OUT,
    .least = 1,
    .run = run_pack,
};
