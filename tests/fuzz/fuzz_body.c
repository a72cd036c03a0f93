#include "dispatch/body.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(LANG_VI);
    struct body *body = body_parse(pool, "fuzz.md", (const char *)data, size, diag);
    body_plain_text(pool, body);
    diag_free(diag);
    pool_free(pool);
    return 0;
}
