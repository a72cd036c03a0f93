#include "cli/bound.h"

#include <sys/resource.h>

enum { MAX_SECONDS = 20, MAX_MB = 192, MAX_SWELL = 24 };

size_t bound_memory_for(size_t file_size) {
    return ((size_t)MAX_MB << 20) + MAX_SWELL * file_size;
}

void bound_resources(size_t memory) {
    struct rlimit seconds = {MAX_SECONDS, MAX_SECONDS};
    setrlimit(RLIMIT_CPU, &seconds);
#ifndef __SANITIZE_ADDRESS__ /* whose shadow memory takes terabytes of addresses */
    struct rlimit most = {memory, memory};
    setrlimit(RLIMIT_AS, &most);
#else
    (void)memory;
#endif
}
