/* What merging hands over as trees is what parsing the bytes would give: over all samples. */
#include "base/face.h"
#include "base/file.h"
#include "check.h"
#include "dispatch/appendix.h"
#include "dispatch/dispatch.h"
#include "docx/import.h"
#include "docx/merge.h"
#include "docx/package.h"
#include "docx/wml.h"
#include "docx/xml.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

static struct pool *pool;
static struct fonts *fonts;
static const char *templates; /* the folder of the build */

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_sample(const struct dirent *entry) {
    return path_has_suffix(entry->d_name, ".ini") && strcmp(entry->d_name, "chung.ini") != 0;
}

static struct template *template_named(const char *name, struct diag *diag) {
    return template_open(pool_printf(pool, "%s/%s.docx", templates, name), diag);
}

static bool is_xml(const char *name) {
    return path_has_suffix(name, ".xml") || path_has_suffix(name, ".rels");
}

/* Every part as it is handed over and as it is parsed; whether the main one was handed over. */
static bool compare_parts(struct package *package, struct diag *diag) {
    const char *name;
    for (size_t i = 0; (name = package_name(package, i)) != NULL; i++) {
        size_t n;
        const char *bytes = is_xml(name) ? package_part(package, name, &n, diag) : NULL;
        if (!bytes)
            continue;
        const struct xml_node *tree = package_tree(pool, package, name, diag);
        const struct xml_node *parsed =
            xml_parse(pool, bytes, n, (struct where){.part = name}, diag);
        bool same = tree && parsed && xml_same(tree, parsed);
        CHECK(same);
        if (!same)
            printf("# %s: %s\n", package_path(package), name);
    }
    static const char main_part[] = "word/document.xml";
    return package_tree(pool, package, main_part, diag) ==
           package_tree(pool, package, main_part, diag);
}

static struct dispatch *read_named(const char *path, struct diag *diag) {
    struct dispatch *dispatch = dispatch_read(pool, path, diag);
    CHECK(dispatch != NULL);
    import_bodies(pool, dispatch, diag);
    dispatch_set(pool, dispatch, "tên loại", "TÊN LOẠI");
    dispatch_set(pool, dispatch, "tên văn bản", "Tên văn bản");
    appendix_name_document(pool, dispatch, "Tên văn bản");
    return dispatch;
}

static void compare_sample(const char *path, struct template *form) {
    struct diag *diag = diag_new(LANG_EN);
    struct dispatch *dispatch = read_named(path, diag);
    struct template *template = template_named(dispatch->type, diag);
    struct merge_options options = {.fonts = fonts, .mark_slots = true, .form = form};
    struct package *package =
        template ? merge(pool, template, dispatch, path, &options, diag) : NULL;
    CHECK(package != NULL);
    if (!package)
        diag_write(diag, stdout);
    else
        CHECK(compare_parts(package, diag));
    package_close(package);
    template_close(template);
    diag_free(diag);
}

static void parsing_what_was_written_gives_the_tree_over_all_samples(void) {
    struct dirent **names;
    int n = scandir("samples", &names, is_sample, by_name);
    CHECK(n > 20);
    struct diag *diag = diag_new(LANG_EN);
    struct template *form = template_named("phu-luc", diag);
    CHECK(form != NULL);
    for (int i = 0; i < n; i++) {
        compare_sample(pool_printf(pool, "samples/%s", names[i]->d_name), form);
        free(names[i]);
    }
    free(names);
    template_close(form);
    diag_free(diag);
}

/* ---- one process, several templates ---- */

static const char *dump_of(struct template *template, const char *path) {
    struct diag *diag = diag_new(LANG_EN);
    struct dispatch *dispatch = read_named(path, diag);
    struct package *merged =
        merge(pool, template, dispatch, path, &(struct merge_options){.fonts = fonts}, diag);
    struct buf bytes = {0};
    bool written = merged && package_write(merged, &bytes, diag);
    CHECK(written);
    struct package *read =
        written ? package_reopen(path, bytes.data, bytes.len, merged, diag) : NULL;
    const struct document *document = read ? wml_read(pool, read, diag) : NULL;
    struct buf out = {0};
    if (document)
        wml_dump(document, &out);
    const char *text = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    package_close(read);
    package_close(merged);
    buf_free(&bytes);
    diag_free(diag);
    return text;
}

static void documents_do_not_depend_on_what_was_merged_before(void) {
    static const char letter[] = "samples/02-rat-ngan.ini", notice[] = "samples/13-thong-bao.ini";
    struct diag *diag = diag_new(LANG_EN);
    struct template *a = template_named("cong-van", diag), *b = template_named("thong-bao", diag);
    const char *letter_first = dump_of(a, letter), *notice_second = dump_of(b, notice);
    const char *letter_again = dump_of(a, letter);
    template_close(a);
    template_close(b);
    a = template_named("cong-van", diag);
    b = template_named("thong-bao", diag);
    const char *notice_first = dump_of(b, notice), *letter_second = dump_of(a, letter);
    CHECK(*letter_first && *notice_first && strcmp(letter_first, notice_first) != 0);
    CHECK_STR(letter_again, letter_first);
    CHECK_STR(letter_second, letter_first);
    CHECK_STR(notice_second, notice_first);
    template_close(a);
    template_close(b);
    diag_free(diag);
}

int main(void) {
    pool = pool_new();
    fonts = fonts_new(NULL, 0);
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    self[n > 0 ? n : 0] = '\0';
    templates = path_join(pool, path_folder(pool, path_folder(pool, self)), "templates");
    RUN(parsing_what_was_written_gives_the_tree_over_all_samples);
    RUN(documents_do_not_depend_on_what_was_merged_before);
    fonts_free(fonts);
    pool_free(pool);
    return CHECK_RESULT();
}
