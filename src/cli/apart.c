#include "cli/apart.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const struct apart apart_commands[APART_COMMANDS] = {
    [APART_SIGN] = {"sign", "congvan-signature", SIGN_SYNOPSIS, {SIGN_SUMMARY}},
    [APART_VERIFY] = {"verify", "congvan-verify", VERIFY_SYNOPSIS, {VERIFY_SUMMARY}},
    [APART_ARCHIVE] = {"archive", "congvan-archive", ARCHIVE_SYNOPSIS, {ARCHIVE_SUMMARY}}};

const struct apart *apart_find(const char *name) {
    for (int i = 0; i < APART_COMMANDS; i++)
        if (strcmp(name, apart_commands[i].name) == 0)
            return &apart_commands[i];
    return NULL;
}

void apart_run(const struct apart *command, char **argv) {
    char self[PATH_MAX], path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n <= 0)
        return;
    self[n] = '\0';
    char *slash = strrchr(self, '/');
    if (!slash)
        return;
    *slash = '\0';
    if (snprintf(path, sizeof path, "%s/%s", self, command->program) < (int)sizeof path)
        execv(path, argv);
}
