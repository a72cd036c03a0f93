/* bound: what one hostile file may take before it is given up. */
#ifndef CONGVAN_CLI_BOUND_H
#define CONGVAN_CLI_BOUND_H

#include <stddef.h>

/* For a process that does more than judge one file. */
#define BOUND_MEMORY ((size_t)1 << 30)

/* For one that only judges a file of this size: 192 MiB and 24 times the file. An honest one of the
 * size of a dispatch takes a twentieth of that. */
size_t bound_memory_for(size_t file_size);

/* From here on this process ends itself when it has used 20 seconds of a processor, or asks for
 * more than `memory` bytes; call it in a child. */
void bound_resources(size_t memory);

#endif
