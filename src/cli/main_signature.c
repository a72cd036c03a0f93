#include "cli/check.h"
#include "cli/program.h"

#include <stddef.h>

int main(int argc, char **argv) {
    static const struct command *const commands[] = {&command_sign, &command_check_pdf, NULL};
    static const struct program signature = {commands, false};
    return program_run(&signature, argc, argv);
}
