#include "cli/commands.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const struct command *const commands[] = {&command_render, &command_check, &command_pdf,
                                                 &command_fields, &command_pack};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static const char version[] = "congvan 0.1";

static void print_help(enum lang lang, FILE *out) {
    fputs(lang == LANG_VI
              ? "congvan - soạn, kiểm tra, dàn trang công văn theo Nghị định 30/2020/NĐ-CP\n\n"
              : "congvan - writes, checks and lays out Vietnamese official dispatches\n\n",
          out);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(out, "  congvan %s %s\n      %s\n", commands[i]->name, commands[i]->synopsis,
                commands[i]->summary[lang]);
    fputs(lang == LANG_VI
              ? "\nMọi lệnh: --help; --lang vi|en (hoặc biến CONGVAN_LANG).\n"
                "Mã thoát: 0 xong, 1 có văn bản lỗi, 2 gõ sai lệnh, 3 lỗi hệ thống.\n"
              : "\nEvery command: --help; --lang vi|en (or CONGVAN_LANG).\n"
                "Exit status: 0 done, 1 a document has errors, 2 wrong usage, 3 system failure.\n",
          out);
}

static enum lang language(void) {
    const char *lang = getenv("CONGVAN_LANG");
    return lang && strcmp(lang, "en") == 0 ? LANG_EN : LANG_VI;
}

static enum status wrong_command(const char *name, enum lang lang) {
    struct diag *diag = diag_new(lang);
    diag_add(diag, COMMAND_UNKNOWN, (struct where){0}, name, NULL);
    diag_write(diag, stderr);
    diag_free(diag);
    return STATUS_USAGE;
}

/* Standard output that could not be written (a full disk) is a failure as well. */
static enum status flushed(enum status status) {
    return fflush(stdout) == 0 && !ferror(stdout) ? status : STATUS_SYSTEM;
}

int main(int argc, char **argv) {
    enum lang lang = language();
    int first = 1;
    if (argc > 2 && strcmp(argv[1], "--lang") == 0) {
        lang = strcmp(argv[2], "en") == 0 ? LANG_EN : LANG_VI;
        first = 3;
    }
    const char *name = argc > first ? argv[first] : NULL;
    if (!name) {
        print_help(lang, stderr);
        return STATUS_USAGE;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        print_help(lang, stdout);
        return flushed(STATUS_OK);
    }
    if (strcmp(name, "--version") == 0) {
        puts(version);
        return flushed(STATUS_OK);
    }
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(name, commands[i]->name) == 0)
            return flushed(commands[i]->run(argc - first, argv + first, lang));
    return wrong_command(name, lang);
}
