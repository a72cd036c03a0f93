/* Each fuzz target feeds bytes to one entrance of the program. Built with clang's libFuzzer
 * (make fuzz) it searches; linked with replay.c it runs over its corpus in `make test`. */
#ifndef CONGVAN_TESTS_FUZZ_H
#define CONGVAN_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
