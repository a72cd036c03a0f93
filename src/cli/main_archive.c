#include "cli/archive.h"
#include "cli/program.h"

#include <stddef.h>

int main(int argc, char **argv) {
    static const struct command *const commands[] = {&command_archive, NULL};
    static const struct program archive = {commands, false};
    return program_run(&archive, argc, argv);
}
