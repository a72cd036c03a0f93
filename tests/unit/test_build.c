/* The order of the schema: in nodes made here, and in the templates as they are shipped. */
#include "base/file.h"
#include "check.h"
#include "docx/build.h"

#include <dirent.h>

static struct pool *pool;
static struct diag *diag;

static void properties_fall_into_the_order_of_the_schema(void) {
    static const enum xml_name hostile[] = {w_jc,     w_ind, w_spacing, w_keepNext,
                                            w_pStyle, w_rPr, w_pBdr,    w_contextualSpacing};
    struct xml_node *props = xml_new(pool, w_pPr);
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
        build_property(pool, props, hostile[i]);
    CHECK(build_in_order(props));
    CHECK(props->first->name == w_pStyle && props->last->name == w_rPr);
    props = xml_new(pool, w_rPr);
    build_property(pool, props, w_vertAlign);
    build_property(pool, props, w_i);
    build_property(pool, props, w_sz);
    build_property(pool, props, w_b);
    build_property(pool, props, w_rStyle);
    CHECK(build_in_order(props));
    CHECK(build_property(pool, props, w_b) == xml_child(props, w_b));
}

static void a_wrong_order_is_seen(void) {
    struct xml_node *props = xml_new(pool, w_rPr);
    xml_append(props, xml_new(pool, w_sz));
    xml_append(props, xml_new(pool, w_b));
    CHECK(!build_in_order(props));
}

static void text_becomes_runs_with_breaks_and_tabs(void) {
    struct xml_node *run = xml_new(pool, w_r);
    build_text(pool, run,
               "a\nb\t\xEF\xBF\xBE"
               "c");
    struct buf out = {0};
    xml_write(run, &out);
    CHECK(strstr(buf_text(&out), "<w:t xml:space=\"preserve\">a</w:t><w:br/>"
                                 "<w:t xml:space=\"preserve\">b</w:t><w:tab/>"
                                 "<w:t xml:space=\"preserve\">\xEF\xBF\xBD</w:t>"
                                 "<w:t xml:space=\"preserve\">c</w:t>") != NULL);
    buf_free(&out);
}

static size_t wrong_in(const struct xml_node *node, const char *part) {
    size_t wrong = 0;
    bool props =
        node->name == w_pPr || node->name == w_rPr || node->name == w_tblPr || node->name == w_tcPr;
    if (props && !build_in_order(node)) {
        struct buf out = {0};
        xml_write(node, &out);
        printf("# %s: %s\n", part, buf_text(&out));
        buf_free(&out);
        wrong++;
    }
    struct xml_node *child;
    XML_EACH_CHILD (child, node)
        wrong += wrong_in(child, part);
    return wrong;
}

/* Every part and fragment in the folder `templates/ENTRY/below`. */
static size_t look_into(const char *entry, const char *below) {
    const char *folder = pool_printf(pool, "templates/%s/%s", entry, below);
    DIR *dir = opendir(folder);
    size_t parts = 0;
    for (struct dirent *file; dir && (file = readdir(dir)) != NULL;) {
        if (!path_has_suffix(file->d_name, ".xml"))
            continue;
        const char *path = path_join(pool, folder, file->d_name);
        size_t n;
        const char *bytes = file_read(pool, path, &n, (struct where){.file = path}, diag);
        struct xml_node *root =
            bytes ? xml_parse(pool, bytes, n, (struct where){.file = path}, diag) : NULL;
        CHECK(root != NULL);
        if (root)
            CHECK_INT(wrong_in(root, path), 0);
        parts++;
    }
    if (dir)
        closedir(dir);
    return parts;
}

static void shipped_templates_keep_the_order(void) {
    DIR *dir = opendir("templates");
    size_t parts = 0;
    CHECK(dir != NULL);
    for (struct dirent *entry; dir && (entry = readdir(dir)) != NULL;)
        if (entry->d_name[0] != '.')
            parts += look_into(entry->d_name, "word") + look_into(entry->d_name, "manh");
    closedir(dir);
    CHECK(parts >= 30);
}

int main(void) {
    pool = pool_new();
    diag = diag_new(LANG_EN);
    RUN(properties_fall_into_the_order_of_the_schema);
    RUN(a_wrong_order_is_seen);
    RUN(text_becomes_runs_with_breaks_and_tabs);
    RUN(shipped_templates_keep_the_order);
    diag_free(diag);
    pool_free(pool);
    return CHECK_RESULT();
}
