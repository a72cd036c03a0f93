/* commands: one file per command; each gets its own arguments and answers the exit status. */
#ifndef CONGVAN_CLI_COMMANDS_H
#define CONGVAN_CLI_COMMANDS_H

#include "cli/session.h"

/* argv[0] is the command's name. `lang` may still be changed by --lang. */
struct arguments {
    int argc;
    char **argv;
    enum lang lang;
};
typedef enum status command_run(const struct arguments *arguments);

/* An option only one command has: "--NAME VALUE", or "--NAME" alone. */
struct own_option {
    const char *name; /* without the dashes; NULL ends the list */
    bool takes_value;
};

struct command {
    const char *name;
    const char *synopsis;   /* arguments, one line */
    const char *summary[2]; /* what it does, by enum lang */
    const char *options[2]; /* its options, a line each, by enum lang */
    unsigned takes;         /* enum option_flag, besides --lang, --help and --version */
    size_t least;           /* paths it needs */
    command_run *run;
    const struct own_option *own; /* NULL: none */
};

extern const struct command command_render, command_check, command_pdf, command_fields,
    command_pack, command_new, command_verify, command_sign;

#endif
