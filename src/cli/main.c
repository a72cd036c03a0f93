#include "cli/program.h"

#include <stddef.h>

int main(int argc, char **argv) {
    static const struct command *const commands[] = {
        &command_render, &command_check, &command_pdf, &command_fields,
        &command_pack,   &command_new,   NULL};
    static const struct program congvan = {commands, true};
    return program_run(&congvan, argc, argv);
}
