#include "cli/apart.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const struct apart apart_commands[APART_COMMANDS] = {
    [APART_SIGN] = {"sign", SIGN_SYNOPSIS, {SIGN_SUMMARY}},
    [APART_VERIFY] = {"verify", VERIFY_SYNOPSIS, {VERIFY_SUMMARY}}};

bool apart_is(const char *name) {
    for (int i = 0; i < APART_COMMANDS; i++)
        if (strcmp(name, apart_commands[i].name) == 0)
            return true;
    return false;
}

void apart_run(char **argv) {
    char self[PATH_MAX], path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n <= 0)
        return;
    self[n] = '\0';
    char *slash = strrchr(self, '/');
    if (!slash)
        return;
    *slash = '\0';
    if (snprintf(path, sizeof path, "%s/congvan-signature", self) < (int)sizeof path)
        execv(path, argv);
}
