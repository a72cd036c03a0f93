/* watching: after a run, what is saved is made again at once (render --watch). */
#ifndef CONGVAN_CLI_WATCHING_H
#define CONGVAN_CLI_WATCHING_H

#include "cli/make.h"

/* Waits for saves until a signal ends the program, and makes again what depends on the files saved,
 * and what is new in the folders; in this process, with one session kept warm. */
enum status watching(const struct options *options, struct state *state);

#endif
