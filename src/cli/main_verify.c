#include "cli/program.h"

#include <stddef.h>

int main(int argc, char **argv) {
    static const struct command *const commands[] = {&command_verify, NULL};
    static const struct program verify = {commands, false};
    return program_run(&verify, argc, argv);
}
