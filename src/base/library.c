#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

bool library_load(const char *file, const char *const *names, void *pointers) {
    /* Closing it would only count down: it stays (RTLD_NODELETE). */
    void *library = dlopen(file, RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
    bool all = library != NULL;
    for (char *to = pointers; all && *names; names++) {
        void *function = dlsym(library, *names); /* POSIX: as large as a pointer to a function */
        memcpy(to, &function, sizeof function);
        to += sizeof function;
        all = function != NULL;
    }
    if (library)
        dlclose(library);
    return all;
}
