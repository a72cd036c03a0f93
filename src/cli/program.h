/* program: the first words of the command line, common to congvan and the programs of apart.h. */
#ifndef CONGVAN_CLI_PROGRAM_H
#define CONGVAN_CLI_PROGRAM_H

#include "cli/commands.h"

struct program {
    const struct command *const *commands; /* NULL at the end */
    bool knows_apart;                      /* hands the commands of apart.h to their programs */
};

/* Runs the command named; the exit status of the process. */
int program_run(const struct program *program, int argc, char **argv);

#endif
