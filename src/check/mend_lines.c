/* Mending an INI or a body: words are replaced where they stand in the author's lines. */
#include "check/check.h"
#include "base/file.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* The bytes of the paragraph that begins on line `number`: up to a blank line, or in an INI the
 * line alone. */
static void find_lines(const char *bytes, size_t n, int number, bool one, size_t *from,
                       size_t *to) {
    size_t at = 0;
    for (int line = 1; line < number && at < n; line++) {
        const char *end = memchr(bytes + at, '\n', n - at);
        at = end ? (size_t)(end - bytes) + 1 : n;
    }
    *from = at;
    while (at < n) {
        const char *end = memchr(bytes + at, '\n', n - at);
        size_t next = end ? (size_t)(end - bytes) + 1 : n;
        bool blank = next - at <= 1 || (next - at == 2 && bytes[at] == '\r');
        if (blank && at > *from)
            break;
        at = next;
        if (one)
            break;
    }
    *to = at;
}

/* Where `word` stands in the bytes from..to: the last time, or the first; `to` if nowhere. */
static size_t find_bytes(const char *bytes, size_t from, size_t to, const char *word, bool last) {
    size_t n = strlen(word), at = to;
    for (size_t i = from; n && i + n <= to;) {
        const char *found = memmem(bytes + i, to - i, word, n);
        if (!found)
            break;
        at = (size_t)(found - bytes);
        if (!last)
            break;
        i = at + 1;
    }
    return at;
}

static bool replace(struct buf *text, const struct mend *mend, bool one) {
    size_t from, to;
    find_lines(text->data, text->len, mend->where.line, one, &from, &to);
    size_t at = find_bytes(text->data, from, to, mend->from, mend->at_end);
    if (at == to)
        return false;
    struct buf out = {0};
    buf_append(&out, text->data, at);
    buf_puts(&out, mend->to);
    size_t rest = at + strlen(mend->from);
    buf_append(&out, text->data + rest, text->len - rest);
    buf_free(text);
    *text = out;
    return true;
}

static void compose(struct buf *text) {
    struct pool *pool = pool_new();
    size_t n;
    const char *composed = utf8_nfc(pool, text->data, text->len, &n);
    buf_clear(text);
    buf_append(text, composed, n);
    pool_free(pool);
}

size_t mend_lines(const char *path, const char *bytes, size_t n, const struct report *report,
                  struct buf *out, struct diag *changes) {
    struct buf text = {0};
    size_t done = 0;
    const struct mend *mend;
    bool one = path_has_suffix(path, ".ini");
    buf_append(&text, bytes, n);
    VEC_EACH (mend, &report->mends) {
        if (mend->kind == MEND_COMPOSED && mend->where.file &&
            strcmp(mend->where.file, path) == 0) {
            compose(&text);
            diag_add(changes, CHANGE_COMPOSED, mend->where, mend->rule, NULL);
            done++;
            continue;
        }
        if (mend->kind != MEND_TEXT || !mend->where.file || strcmp(mend->where.file, path) != 0 ||
            mend->where.line < 1 || !replace(&text, mend, one))
            continue;
        diag_add(changes, CHANGE_TEXT, mend->where, mend->from, mend->to, mend->rule, NULL);
        done++;
    }
    buf_append(out, text.data, text.len);
    buf_free(&text);
    return done;
}
