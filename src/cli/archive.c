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

/* How many of the words of `argv`, from "archive" on, are the whole of `name`; 0: they are not. */
static int words_of(const char *name, int argc, char **argv) {
    for (int i = 0; i < argc; i++) {
        size_t n = strlen(argv[i]);
        if (strncmp(name, argv[i], n) != 0)
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

enum status archive_run(const struct command *command, unsigned allowed, size_t least,
                        enum status (*work)(struct archive_session *s), int argc, char **argv,
                        enum lang lang) {
    struct pool *pool = pool_new();
    struct options options;
    enum status status;
    if (options_read(pool, &options, command, allowed, least, argc, argv, lang, &status)) {
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

static enum status run_archive(int argc, char **argv, enum lang lang) {
    for (const struct command *const *c = commands; *c; c++) {
        int words = words_of((*c)->name, argc, argv);
        if (words)
            return (*c)->run(argc - words + 1, argv + words - 1, lang);
    }
    if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        print_commands(lang, stdout);
        return STATUS_OK;
    }
    return fail_unknown(lang);
}

const struct command command_archive = {
    .name = "archive",
    .synopsis = ARCHIVE_SYNOPSIS,
    .summary = {ARCHIVE_SUMMARY},
    .options = {"", ""},
    .run = run_archive,
};
