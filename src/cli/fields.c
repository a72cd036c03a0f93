#include "cli/commands.h"
#include "cli/options.h"

#include <string.h>

static void print_tag(const struct tag *tag) {
    static const char *const signs[] = {[TAG_VALUE] = "",   [TAG_ITEM] = "", [TAG_EACH] = "#",
                                        [TAG_UNLESS] = "^", [TAG_END] = "/", [TAG_PICTURE] = ""};
    char page[16] = "-";
    if (tag->page)
        snprintf(page, sizeof page, "%d", tag->page);
    printf("{{%s%s}}\t%s\t%s\t%zu\t%s\n", signs[tag->kind], tag->name, tag->where.part, page,
           tag->paragraph, tag->words);
}

static enum status print_fields(const char *path, enum lang lang) {
    struct diag *diag = diag_new(lang);
    struct template *template = template_open(path, diag);
    for (size_t i = 0; template && i < template_tag_count(template); i++) {
        const struct tag *tag = template_tag(template, i);
        if (tag->kind != TAG_END && tag->kind != TAG_ITEM)
            print_tag(tag);
    }
    if (template && !template_tag_count(template))
        diag_add(diag, TEMPLATE_NO_TAGS, (struct where){.file = path}, NULL);
    enum status status = status_of(diag);
    diag_write(diag, stderr);
    template_close(template);
    diag_free(diag);
    return status;
}

static enum status run_fields(int argc, char **argv, enum lang lang) {
    struct pool *pool = pool_new();
    struct options options;
    enum status status;
    if (options_read(pool, &options, &command_fields, 0, 1, argc, argv, lang, &status))
        for (size_t i = 0; i < options.path_count; i++) {
            enum status one = print_fields(options.paths[i], options.lang);
            status = worse(status, one);
        }
    pool_free(pool);
    return status;
}

const struct command command_fields = {
    .name = "fields",
    .synopsis = "TEMPLATE.docx...",
    .summary = {"Liệt kê các thẻ {{...}} của mẫu: thẻ, phần, trang, đoạn thứ mấy, chữ đầu đoạn.",
                "Lists the {{tags}} of a template: tag, part, page, paragraph, its first words."},
    .options = {"", ""},
    .run = run_fields,
};
