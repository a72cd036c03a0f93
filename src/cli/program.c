#include "cli/program.h"

#include "cli/apart.h"
#include "cli/options.h"

#include <stdlib.h>
#include <string.h>

static void print_help(const struct program *program, enum lang lang, FILE *out) {
    fputs(lang == LANG_VI
              ? "congvan - soạn, kiểm tra, dàn trang công văn theo Nghị định 30/2020/NĐ-CP\n\n"
              : "congvan - writes, checks and lays out Vietnamese official dispatches\n\n",
          out);
    for (const struct command *const *c = program->commands; *c; c++)
        fprintf(out, "  congvan %s %s\n      %s\n", (*c)->name, (*c)->synopsis,
                (*c)->summary[lang]);
    for (int i = 0; i < APART_COMMANDS && program->knows_apart; i++)
        fprintf(out, "  congvan %s %s\n      %s\n", apart_commands[i].name,
                apart_commands[i].synopsis, apart_commands[i].summary[lang]);
    fputs(lang == LANG_VI
              ? "\nMọi lệnh: --help; --version; --lang vi|en (hoặc biến CONGVAN_LANG).\n"
                "Mã thoát: 0 xong, 1 có văn bản lỗi, 2 gõ sai lệnh, 3 lỗi hệ thống.\n"
              : "\nEvery command: --help; --version; --lang vi|en (or CONGVAN_LANG).\n"
                "Exit status: 0 done, 1 a document has errors, 2 wrong usage, 3 system failure.\n",
          out);
}

static enum lang language(void) {
    const char *lang = getenv("CONGVAN_LANG");
    return lang && strcmp(lang, "en") == 0 ? LANG_EN : LANG_VI;
}

/* `more` NULL: the sentence names only the word. */
static enum status wrong_word(enum diag_code code, const char *word, const char *more,
                              enum lang lang) {
    struct diag *diag = diag_new(lang);
    diag_add(diag, code, (struct where){0}, word, more, NULL);
    diag_write(diag, stderr);
    diag_free(diag);
    return STATUS_USAGE;
}

/* --lang before the command, in either spelling; *first moves behind it. */
static bool leading_lang(int argc, char **argv, int *first, enum lang *lang) {
    static const char name[] = "--lang";
    size_t n = sizeof name - 1;
    const char *word = argc > 1 ? argv[1] : "", *value = NULL;
    if (strncmp(word, name, n) == 0 && word[n] == '=')
        value = word + n + 1;
    else if (strcmp(word, name) == 0)
        value = argc > 2 ? argv[2] : "";
    if (!value)
        return true;
    *first = word[n] == '=' ? 2 : 3;
    if (options_lang(value, lang))
        return true;
    wrong_word(LANG_UNKNOWN, value, NULL, *lang);
    return false;
}

/* Standard output that could not be written (a full disk) is a failure as well. */
static enum status flushed(enum status status) {
    return fflush(stdout) == 0 && !ferror(stdout) ? status : STATUS_SYSTEM;
}

/* The zone stays what it is, but is read once: without TZ the C library asks after its file at
 * every time it makes, which is for each part of each package. */
static void settle_time_zone(void) {
    setenv("TZ", ":/etc/localtime", 0);
}

int program_run(const struct program *program, int argc, char **argv) {
    settle_time_zone();
    enum lang lang = language();
    int first = 1;
    if (!leading_lang(argc, argv, &first, &lang))
        return STATUS_USAGE;
    const char *name = argc > first ? argv[first] : NULL;
    if (!name) {
        print_help(program, lang, stderr);
        return STATUS_USAGE;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        print_help(program, lang, stdout);
        return flushed(STATUS_OK);
    }
    if (strcmp(name, "--version") == 0) {
        print_version();
        return flushed(STATUS_OK);
    }
    for (const struct command *const *c = program->commands; *c; c++)
        if (strcmp(name, (*c)->name) == 0)
            return flushed((*c)->run(&(struct arguments){argc - first, argv + first, lang}));
    const struct apart *apart = program->knows_apart ? apart_find(name) : NULL;
    if (!apart)
        return wrong_word(COMMAND_UNKNOWN, name, NULL, lang);
    apart_run(apart, argv);
    return wrong_word(COMMAND_APART, name, apart->program, lang);
}
