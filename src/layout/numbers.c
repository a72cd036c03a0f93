#include "layout/numbers.h"

#include "base/buf.h"
#include "docx/numbering.h"

const char *page_number_text(struct pool *pool, int number, const char *format) {
    struct buf out = {0};
    number_format(&out, format ? format : "decimal", number);
    const char *text = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return text;
}
