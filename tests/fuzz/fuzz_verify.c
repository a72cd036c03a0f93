/* A PDF, judged; whatever it is, an unsigned or altered one must never be called valid. */
#include "fuzz.h"
#include "signature/verify.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct pool *pool = pool_new();
    struct buf out = {0};
    struct bytes file = {(const char *)data, size};
    struct verification *found = verify(pool, file, NULL);
    /* Nobody is trusted here, so nothing can be valid. */
    if (verification_verdict(found) == VALIDITY_VALID)
        abort();
    verification_write(pool, found, "a.pdf", LANG_VI, &out);
    verification_write_json(pool, found, "a.pdf", LANG_EN, &out);
    compare_files(pool, (struct bytes){"%PDF-1.7\n", 9}, file);
    buf_free(&out);
    pool_free(pool);
    return 0;
}
