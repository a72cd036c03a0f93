#include "cli/archive.h"

#include "cli/apart.h"

#include "archive/index.h"

#include <string.h>

static const struct command *const commands[] = {
    &command_archive_add,      &command_archive_find,   &command_archive_show,
    &command_archive_due,      &command_archive_export, &command_archive_check,
    &command_archive_reindex,  &command_archive_head,   &command_register_next,
    &command_register_reserve, &command_register_void,  &command_register_list,
    &command_register_import,  &command_register_print, NULL,
};

/* How many of the words, from "archive" on, are the whole of `name`; 0: they are not. */
static int words_of(const char *name, const struct arguments *arguments) {
    for (int i = 0; i < arguments->argc; i++) {
        size_t n = strlen(arguments->argv[i]);
        if (strncmp(name, arguments->argv[i], n) != 0)
            return 0;
        if (!name[n])
            return i + 1;
        if (name[n] != ' ')
            return 0;
        name += n + 1;
    }
    return 0;
}

static void print_commands(enum lang lang, FILE *out) {
    for (const struct command *const *c = commands; *c; c++)
        fprintf(out, "  congvan %s %s\n      %s\n", (*c)->name, (*c)->synopsis,
                (*c)->summary[lang]);
}

static enum status fail_unknown(enum lang lang) {
    struct diag *diag = diag_new(lang);
    struct buf names = {0};
    for (const struct command *const *c = commands; *c; c++)
        buf_printf(&names, "%s%s", c == commands ? "" : ", ", (*c)->name + strlen("archive "));
    diag_add(diag, ARCHIVE_WHAT, (struct where){0}, buf_text(&names), NULL);
    diag_write(diag, stderr);
    buf_free(&names);
    diag_free(diag);
    return STATUS_USAGE;
}

struct archive *archive_of_options(struct pool *pool, const struct options *options, bool create,
                                   struct diag *diag) {
    const char *folder = options_own(options, "dir");
    return archive_open(pool, folder ? folder : archive_default_folder(), create, diag);
}

bool archive_session_open(struct archive_session *s, bool create) {
    s->archive = archive_of_options(s->pool, s->options, create, s->diag);
    return s->archive != NULL;
}

enum status archive_run(const struct command *command,
                        enum status (*work)(struct archive_session *s),
                        const struct arguments *arguments) {
    struct pool *pool = pool_new();
    struct options options;
    enum status status;
    if (options_read(pool, &options, command, arguments, &status)) {
        struct archive_session s = {
            .pool = pool, .options = &options, .diag = diag_new(options.lang)};
        status = work(&s);
        status = worse(status, status_of(s.diag));
        diag_write(s.diag, stderr);
        index_close(s.index);
        diag_free(s.diag);
    }
    pool_free(pool);
    return status;
}

static enum status run_archive(const struct arguments *arguments) {
    struct arguments rest = *arguments;
    for (const struct command *const *c = commands; *c; c++) {
        int words = words_of((*c)->name, arguments);
        if (!words)
            continue;
        rest.argc -= words - 1;
        rest.argv += words - 1;
        return (*c)->run(&rest);
    }
    const char *word = arguments->argc == 2 ? arguments->argv[1] : "";
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        print_commands(arguments->lang, stdout);
        return STATUS_OK;
    }
    return fail_unknown(arguments->lang);
}

const struct command command_archive = {
    .name = "archive",
    .synopsis = ARCHIVE_SYNOPSIS,
    .summary = {ARCHIVE_SUMMARY},
    .options = {"", ""},
    .run = run_archive,
};
