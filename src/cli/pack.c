/* pack: a folder of readable XML parts becomes a DOCX template. The build uses it for templates/;
 * who keeps templates of his own as text can too. */
#include "cli/commands.h"
#include "cli/options.h"

#include "base/file.h"
#include "docx/xml.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FOLDERS = 8 };

static int by_name(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct names {
    VEC(const char *) at; /* relative to the folder packed */
};

static bool list(struct pool *pool, const char *root, const char *below, int depth,
                 struct names *names, struct diag *diag) {
    const char *folder = below[0] ? path_join(pool, root, below) : root;
    DIR *dir = depth < MAX_FOLDERS ? opendir(folder) : NULL;
    if (!dir) {
        diag_add(diag, FILE_CANNOT_READ, (struct where){.file = folder}, strerror(errno), NULL);
        return false;
    }
    bool ok = true;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        const char *name = below[0] ? pool_printf(pool, "%s/%s", below, entry->d_name)
                                    : pool_strdup(pool, entry->d_name);
        if (file_is_folder(path_join(pool, root, name)))
            ok = list(pool, root, name, depth + 1, names, diag) && ok;
        else if (!path_has_suffix(name, ".ini"))
            *VEC_PUSH(pool, &names->at) = name;
    }
    closedir(dir);
    return ok;
}

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

static bool pack_part(struct pool *pool, struct package *package, const char *root,
                      const char *name, struct diag *diag) {
    size_t n;
    const char *path = path_join(pool, root, name);
    char *bytes = file_read(pool, path, &n, (struct where){.file = path}, diag);
    if (!bytes)
        return false;
    if (!path_has_suffix(name, ".xml") && !path_has_suffix(name, ".rels")) {
        package_set(package, name, bytes, n);
        return true;
    }
    struct xml_node *tree = xml_parse(pool, bytes, n, (struct where){.file = path}, diag);
    if (!tree)
        return false;
    drop_blanks(tree);
    struct buf out = {0};
    xml_write(tree, &out);
    package_set(package, name, buf_text(&out), out.len);
    buf_free(&out);
    return true;
}

static bool pack(struct pool *pool, const char *folder, const char *out, struct diag *diag) {
    struct names names = {0};
    if (!list(pool, folder, "", 0, &names, diag))
        return false;
    qsort(names.at.at, names.at.n, sizeof *names.at.at, by_name);
    struct package *package = package_new(out);
    bool ok = true;
    for (size_t i = 0; i < names.at.n; i++)
        ok = pack_part(pool, package, folder, names.at.at[i], diag) && ok;
    struct buf bytes = {0};
    ok = ok && package_write(package, &bytes, diag) && file_write(out, bytes.data, bytes.len, diag);
    buf_free(&bytes);
    package_close(package);
    return ok;
}

static enum status run_pack(int argc, char **argv, enum lang lang) {
    struct pool *pool = pool_new();
    struct options options;
    enum status status;
    if (options_read(pool, &options, &command_pack, OPTION_OUT, 1, argc, argv, lang, &status)) {
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
    .run = run_pack,
};
