#include "dispatch/ini.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(LANG_VI);
    ini_parse(pool, "fuzz.ini", (const char *)data, size, diag);
    diag_free(diag);
    pool_free(pool);
    return 0;
}
