/* archive: `congvan archive WORDS ...`, one file of this folder for each of the WORDS
 * (archive_add.c is `congvan archive add`). */
#ifndef CONGVAN_CLI_ARCHIVE_H
#define CONGVAN_CLI_ARCHIVE_H

#include "cli/commands.h"

extern const struct command command_archive;

/* Named by all their words ("archive register next"); argv[0] of their run is the last of them. */
extern const struct command command_archive_head;

#endif
