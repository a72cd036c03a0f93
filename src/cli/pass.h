/* pass: a passphrase from wherever it may come - a file, the environment, the terminal - and never
 * from the command line, which every user of the machine can read. */
#ifndef CONGVAN_CLI_PASS_H
#define CONGVAN_CLI_PASS_H

#include "base/diag.h"

enum { PASS_MAX = 1024 };

/* Keeps what is in memory out of core dumps and of other processes' reach. */
void pass_protect(void);

/* From `file` (its first line) if given, else the variable CONGVAN_PASS, else asked for on the
 * terminal without echo. False, reported, if there is none. Wipe `pass` after use. */
bool pass_read(const char *file, enum lang lang, char pass[PASS_MAX], struct diag *diag);

#endif
