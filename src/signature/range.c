#include "signature/range.h"

#include "pdf/lex.h"

#include <string.h>

static const char *find(const char *from, const char *end, const char *word) {
    return memmem(from, (size_t)(end - from), word, strlen(word));
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* "startxref", blanks, digits, blanks right before `eof`; *zero tells of the offset 0 that opens a
 * linearized file. */
static bool ends_section(const char *start, const char *eof, bool *zero) {
    const char *p = eof;
    while (p > start && lex_is_space(p[-1]))
        p--;
    const char *last = p;
    while (p > start && is_digit(p[-1]))
        p--;
    if (p == last)
        return false;
    *zero = last - p == 1 && *p == '0';
    while (p > start && lex_is_space(p[-1]))
        p--;
    size_t n = strlen("startxref");
    return (size_t)(p - start) >= n && memcmp(p - n, "startxref", n) == 0;
}

void revisions_find(struct pool *pool, struct bytes file, revision_ends *ends) {
    const char *end = file.s + file.len;
    for (const char *p = file.s; (p = find(p, end, "%%EOF")) != NULL; p++) {
        bool zero = false;
        if (!ends_section(file.s, p, &zero) || zero)
            continue;
        const char *after = p + strlen("%%EOF");
        if (after < end && *after == '\r')
            after++;
        if (after < end && *after == '\n')
            after++;
        *VEC_PUSH(pool, ends) = (size_t)(after - file.s);
    }
}

struct bytes revision_bytes(struct bytes file, const revision_ends *ends, size_t n) {
    size_t len = n >= 1 && n <= ends->n ? ends->at[n - 1] : 0;
    return (struct bytes){file.s, len};
}

int revision_at(const revision_ends *ends, size_t end) {
    int revision = 1;
    for (size_t i = 0; i < ends->n && ends->at[i] < end; i++)
        revision++;
    return revision;
}

bool revision_ends_at(struct bytes file, const revision_ends *ends, size_t end) {
    for (size_t i = 0; i < ends->n; i++) {
        size_t bare = ends->at[i];
        while (bare && (file.s[bare - 1] == '\n' || file.s[bare - 1] == '\r'))
            bare--;
        if (end >= bare && end <= ends->at[i])
            return true;
    }
    return false;
}

static bool read_range(struct reader *reader, struct pool *pool, struct bytes file, pdf_value value,
                       struct range *range, finding_list *findings) {
    pdf_value array = reader_key(reader, value, "/ByteRange");
    long long n[4] = {0};
    bool four = reader_count(reader, array) == 4;
    for (int i = 0; i < 4; i++)
        four = reader_integer(reader, reader_item(reader, array, i), &n[i]) && four;
    if (!four) {
        finding_add(pool, findings, FIND_RANGE_FORM, 0, NULL, NULL);
        return false;
    }
    long long len = (long long)file.len;
    if (n[0] != 0 || n[1] <= 0 || n[2] <= n[1] || n[2] > len || n[3] <= 0 || n[3] > len - n[2]) {
        finding_add(pool, findings, FIND_RANGE_BOUNDS, 0,
                    pool_printf(pool, "[%lld %lld %lld %lld]", n[0], n[1], n[2], n[3]), NULL);
        return false;
    }
    *range = (struct range){(size_t)n[1], (size_t)n[2], (size_t)(n[2] + n[3])};
    return true;
}

/* One hex string from bracket to bracket, of whole bytes, without a blank in it. */
static bool is_hex_string(const char *s, size_t len) {
    if (len < 4 || len % 2 || s[0] != '<' || s[len - 1] != '>')
        return false;
    for (size_t i = 1; i < len - 1; i++)
        if (lex_hex(s[i]) < 0)
            return false;
    return true;
}

static bool hex_equals(const char *hex, const char *bytes, size_t len) {
    for (size_t i = 0; i < len; i++)
        if ((lex_hex(hex[2 * i]) << 4 | lex_hex(hex[2 * i + 1])) != (unsigned char)bytes[i])
            return false;
    return true;
}

static bool gap_is_contents(struct reader *reader, struct pool *pool, struct bytes file,
                            pdf_value value, const struct range *range, finding_list *findings) {
    const char *gap = file.s + range->gap;
    size_t len = range->resume - range->gap, n = 0;
    if (!is_hex_string(gap, len)) {
        finding_add(pool, findings, FIND_GAP, 0, NULL, NULL);
        return false;
    }
    const char *contents = reader_string(reader, reader_key(reader, value, "/Contents"), &n);
    if (!contents || n != (len - 2) / 2 || !hex_equals(gap + 1, contents, n)) {
        finding_add(pool, findings, FIND_CONTENTS, 0, NULL, NULL);
        return false;
    }
    return true;
}

/* "N G obj" that ends right before `p`: its start, or NULL. */
static const char *object_header(const char *start, const char *p, int id) {
    int blanks = 0;
    long numbers[2] = {0, 0};
    for (int i = 1; i >= 0; i--) {
        for (blanks = 0; p > start && lex_is_space(p[-1]); p--)
            blanks++;
        const char *last = p;
        while (p > start && is_digit(p[-1]) && last - p < 10)
            p--;
        if (p == last || !blanks)
            return NULL;
        for (const char *q = p; q < last; q++)
            numbers[i] = numbers[i] * 10 + (*q - '0');
    }
    return numbers[0] == id ? p : NULL;
}

/* The last "ID G obj" before the gap opens the signature's object. */
static const char *object_start(struct bytes file, size_t gap, int id) {
    for (const char *p = file.s + gap; p - file.s >= 3; p--)
        if (memcmp(p - 3, "obj", 3) == 0 && object_header(file.s, p - 3, id))
            return p;
    return NULL;
}

/* Whether a name token means `name`, also in disguise ("/By#74eRange"). */
static bool name_is(struct token t, const char *name) {
    size_t n = 0;
    if (t.kind != LEX_NAME)
        return false;
    for (size_t i = 0; i < t.len; i++, n++) {
        int c = (unsigned char)t.s[i];
        if (c == '#' && i + 2 < t.len && lex_hex(t.s[i + 1]) >= 0 && lex_hex(t.s[i + 2]) >= 0) {
            c = lex_hex(t.s[i + 1]) << 4 | lex_hex(t.s[i + 2]);
            i += 2;
        }
        if (!c || c != (unsigned char)name[n]) /* "#00" is no end of the name */
            return false;
    }
    return !name[n];
}

/* Counts the tokens of the object around the gap: one /Contents right before the gap, one
 * /ByteRange, no end of the object on the way to the gap. */
static bool object_is_whole(struct bytes file, const char *start, const struct range *range) {
    struct lex lex = {start, file.s + range->end};
    int contents = 0, ranges = 0, depth = 0;
    bool at_gap = false, before_gap = false;
    for (struct token t = lex_next(&lex); t.kind != LEX_END; t = lex_next(&lex)) {
        if (t.s == file.s + range->gap)
            at_gap = before_gap && depth == 1 && t.s + t.len == file.s + range->resume;
        if (t.s > file.s + range->gap && !at_gap)
            return false;
        before_gap = name_is(t, "/Contents");
        contents += before_gap;
        ranges += name_is(t, "/ByteRange");
        depth += t.kind == LEX_OPEN ? 1 : t.kind == LEX_CLOSE ? -1 : 0;
        if (depth == 0)
            break;
    }
    return at_gap && depth == 0 && contents == 1 && ranges == 1;
}

static bool object_surrounds(struct reader *reader, struct bytes file,
                             const struct form_field *field, const struct range *range) {
    int id = reader_id(reader, field->value);
    const char *start = id ? object_start(file, range->gap, id) : NULL;
    return start && object_is_whole(file, start, range);
}

bool range_check(struct reader *reader, struct pool *pool, struct bytes file,
                 const struct form_field *field, struct range *range, finding_list *findings) {
    if (!read_range(reader, pool, file, field->value, range, findings) ||
        !gap_is_contents(reader, pool, file, field->value, range, findings))
        return false;
    if (!object_surrounds(reader, file, field, range)) {
        finding_add(pool, findings, FIND_OBJECT, 0, NULL, NULL);
        return false;
    }
    return true;
}
