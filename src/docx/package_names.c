/* The Unicode Path field of a ZIP entry (Info-ZIP, 0x7075) gives it a second name. Word, and
 * whatever reads ZIP by the book of OPC (ECMA-376 part 2, annex C), knows only the one in the
 * header; libzip takes the other. So one package could be two documents: what was checked and
 * signed here would not be what Word shows. The field is made unknown to libzip before it reads. */
#include "docx/package_parts.h"

#include <string.h>

enum {
    END_SIZE = 22,
    ENTRY_SIZE = 46,
    LONGEST_COMMENT = 65535,
    UNICODE_PATH = 0x7075,
    PATH_HEAD = 5, /* version and CRC before the name */
    UNUSED_ID = 0x7570
};

static uint32_t number(const char *p, int bytes) {
    uint32_t n = 0;
    while (bytes-- > 0)
        n = n << 8 | (unsigned char)p[bytes];
    return n;
}

/* The end record of the central directory; NULL: none. */
static const char *find_end(const char *bytes, size_t n) {
    size_t lowest = n > END_SIZE + LONGEST_COMMENT ? n - END_SIZE - LONGEST_COMMENT : 0;
    for (size_t at = n >= END_SIZE ? n - END_SIZE + 1 : 0; at-- > lowest;)
        if (memcmp(bytes + at, "PK\5\6", 4) == 0)
            return bytes + at;
    return NULL;
}

/* Hides the second names among the extra fields of an entry called `name`. True: one differs. */
static bool hide_in_fields(char *extra, size_t len, const char *name, size_t name_len) {
    bool other = false;
    for (size_t at = 0; at + 4 <= len;) {
        size_t size = number(extra + at + 2, 2);
        char *field = extra + at;
        at += 4 + size;
        if (at > len || number(field, 2) != UNICODE_PATH || size < PATH_HEAD)
            continue;
        size_t second = size - PATH_HEAD;
        other |= second != name_len || memcmp(field + 4 + PATH_HEAD, name, name_len) != 0;
        field[0] = (char)(UNUSED_ID & 0xFF);
        field[1] = (char)(UNUSED_ID >> 8);
    }
    return other;
}

static bool hide_second_names(char *directory, size_t len) {
    bool other = false;
    for (size_t at = 0; at + ENTRY_SIZE <= len && memcmp(directory + at, "PK\1\2", 4) == 0;) {
        char *entry = directory + at;
        size_t name = number(entry + 28, 2), extra = number(entry + 30, 2);
        size_t comment = number(entry + 32, 2);
        at += ENTRY_SIZE + name + extra + comment;
        if (at <= len)
            other |= hide_in_fields(entry + ENTRY_SIZE + name, extra, entry + ENTRY_SIZE, name);
    }
    return other;
}

const char *package_header_names(struct package *package, const char *bytes, size_t n,
                                 struct diag *diag) {
    const char *end = find_end(bytes, n);
    size_t size = end ? number(end + 12, 4) : 0;
    if (!end || size > (size_t)(end - bytes))
        return bytes;
    size_t start = (size_t)(end - bytes) - size;
    if (!memmem(bytes + start, size, "up", 2))
        return bytes;
    char *copy = pool_alloc(package->pool, n);
    memcpy(copy, bytes, n);
    if (hide_second_names(copy + start, size))
        diag_add(diag, PACKAGE_SECOND_NAME, (struct where){.file = package->path}, NULL);
    return copy;
}
