/* inputs: the files that the paths of a command line stand for. */
#ifndef CONGVAN_CLI_INPUTS_H
#define CONGVAN_CLI_INPUTS_H

#include "base/diag.h"
#include "base/pool.h"

struct inputs {
    bool deep;                 /* a folder's subfolders too, behind its own files */
    VEC(const char *) at;      /* sorted within each folder, folders in the order given */
    VEC(const char *) folders; /* all that were looked into */
    VEC(const char *) shapes;  /* of each, the subfolder below the one given; "" none */
};

/* A folder stands for every file in it with one of the NULL-ended `suffixes`, chung.ini and hidden
 * files and folders excepted; a file for itself, once. False (reported) if a path does not exist or
 * a folder holds nothing; the rest is there all the same. */
bool inputs_collect(struct pool *pool, const char *const *paths, size_t n,
                    const char *const *suffixes, struct inputs *inputs, struct diag *diag);

#endif
