/* png_size: how many pixels a PNG has, from its first chunk. */
#ifndef CONGVAN_DOCX_PNG_SIZE_H
#define CONGVAN_DOCX_PNG_SIZE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* False when `n` bytes do not begin like a PNG, or one side is zero. */
bool png_size(const char *bytes, size_t n, uint32_t *width, uint32_t *height);

#endif
