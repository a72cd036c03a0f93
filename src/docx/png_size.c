#include "docx/png_size.h"

#include <string.h>

/* Sides in pixels from the IHDR chunk (PNG 11.2.2); false: no PNG. */
bool png_size(const char *bytes, size_t n, uint32_t *width, uint32_t *height) {
    const unsigned char *b = (const unsigned char *)bytes;
    if (n < 24 || memcmp(bytes, "\x89PNG\r\n\x1A\n", 8) != 0)
        return false;
    *width = (uint32_t)b[16] << 24 | (uint32_t)b[17] << 16 | (uint32_t)b[18] << 8 | b[19];
    *height = (uint32_t)b[20] << 24 | (uint32_t)b[21] << 16 | (uint32_t)b[22] << 8 | b[23];
    return *width > 0 && *height > 0;
}
