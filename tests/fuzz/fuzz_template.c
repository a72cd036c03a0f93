/* The tags of a part: found, cut out of their runs. */
#include "docx/template_tags.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(LANG_VI);
    struct where where = {.file = "fuzz.docx", .part = "word/document.xml"};
    struct xml_node *root = xml_parse(pool, (const char *)data, size, where, diag);
    struct tag_places places = {0};
    if (root)
        template_find_tags(NULL, pool, root, where, &places, diag);
    diag_free(diag);
    pool_free(pool);
    return 0;
}
