/* What the tests of the archive share: a folder of their own. */
#ifndef CONGVAN_TESTS_ARCHIVE_HELP_H
#define CONGVAN_TESTS_ARCHIVE_HELP_H

#include "archive/durable.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Makes it, in memory where that can be had: every commit waits for the disk several times. To be
 * taken away with durable_remove_tree. */
static inline bool test_folder(char path[64]) {
    snprintf(path, 64, "%s/congvan-test-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    return mkdtemp(path) != NULL;
}

#endif
