#include "cli/bound.h"

#include <sys/resource.h>

enum { MAX_SECONDS = 20, MAX_MB = 1024 };

void bound_resources(void) {
    struct rlimit seconds = {MAX_SECONDS, MAX_SECONDS};
    setrlimit(RLIMIT_CPU, &seconds);
#ifndef __SANITIZE_ADDRESS__ /* whose shadow memory takes terabytes of addresses */
    struct rlimit memory = {(rlim_t)MAX_MB << 20, (rlim_t)MAX_MB << 20};
    setrlimit(RLIMIT_AS, &memory);
#endif
}
