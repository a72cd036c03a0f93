#include "dispatch/ini_edit.h"

#include "base/utf8.h"
#include "dispatch/ini.h"
#include "dispatch/source.h"

#include <stdlib.h>
#include <string.h>

/* ---- the bytes as UTF-8 and back ---- */

/* The file as text with its own line ends; `order` is what it begins with when it is UTF-16. */
struct ini_bytes {
    const char *s;
    size_t n;
    const char *order; /* "\xFF\xFE" or "\xFE\xFF"; NULL: the bytes are the text */
};

static void put_unit(struct buf *out, const char *order, uint32_t unit) {
    bool little = (unsigned char)order[0] == 0xFF;
    char high = (char)(unit >> 8), low = (char)(unit & 0xFF);
    buf_putc(out, little ? low : high);
    buf_putc(out, little ? high : low);
}

static void encode(const struct ini_bytes *raw, struct buf *out) {
    if (!raw->order) {
        buf_append(out, raw->s, raw->n);
        return;
    }
    buf_append(out, raw->order, 2);
    for (const char *p = raw->s, *end = p + raw->n; p < end;) {
        uint32_t c = utf8_next(&p, end);
        if (c < 0x10000) {
            put_unit(out, raw->order, c);
        } else {
            put_unit(out, raw->order, 0xD800 + ((c - 0x10000) >> 10));
            put_unit(out, raw->order, 0xDC00 + ((c - 0x10000) & 0x3FF));
        }
    }
}

/* False: the text does not give the same bytes again. */
static bool decode(struct pool *pool, const char *bytes, size_t n, struct ini_bytes *raw) {
    *raw = (struct ini_bytes){bytes, n, NULL};
    size_t len;
    const char *text = utf8_from_utf16(pool, bytes, n, &len);
    if (!text)
        return true;
    *raw = (struct ini_bytes){text, len, bytes};
    struct buf again = {0};
    encode(raw, &again);
    bool same = again.len == n && memcmp(again.data, bytes, n) == 0;
    buf_free(&again);
    return same;
}

/* ---- lines ---- */

struct ini_line {
    size_t begin, end; /* without its line end */
    size_t next;
};

/* Line `number`, from 1, counted as source_text does. */
static bool find_line(const struct ini_bytes *raw, int number, struct ini_line *line) {
    *line = (struct ini_line){0};
    for (int i = 1;; i++) {
        line->begin = line->next;
        for (line->end = line->begin; line->end < raw->n; line->end++)
            if (raw->s[line->end] == '\n' || raw->s[line->end] == '\r')
                break;
        size_t gap = line->end < raw->n;
        if (line->end + 1 < raw->n && raw->s[line->end] == '\r' && raw->s[line->end + 1] == '\n')
            gap = 2;
        line->next = line->end + gap;
        if (i == number)
            return true;
        if (!gap)
            return false;
    }
}

/* Where the value of a line "key = value" stands: inside its quotes, or without the spaces around
 * it. An empty one stands a space behind the sign. */
static void find_value(const struct ini_bytes *raw, const struct ini_line *line, size_t *at,
                       size_t *len) {
    const char *s = raw->s + line->begin, *end = raw->s + line->end;
    const char *equals = memchr(s, '=', (size_t)(end - s));
    const char *from = equals ? equals + 1 : end;
    *len = (size_t)(end - from);
    const char *value = source_trim(from, len);
    if (*len > 1 && *value == '"') {
        const char *close = memchr(value + 1, '"', *len - 1);
        value++;
        *len = close ? (size_t)(close - value) : *len - 1;
    }
    if (!*len)
        value = from < end && source_space(*from) ? from + 1 : from;
    *at = (size_t)(value - raw->s);
}

/* ---- the edit ---- */

struct edit {
    size_t at, cut;  /* bytes `at` to `at + cut` go, */
    const char *put; /* this comes */
};

static void apply(struct pool *pool, struct ini_bytes *raw, const struct edit *edit) {
    struct buf out = {0};
    buf_append(&out, raw->s, edit->at);
    buf_puts(&out, edit->put);
    buf_append(&out, raw->s + edit->at + edit->cut, raw->n - edit->at - edit->cut);
    raw->n = out.len;
    raw->s = pool_strndup(pool, buf_text(&out), out.len);
    buf_free(&out);
}

static struct edit replace_value(struct pool *pool, const struct ini_bytes *raw,
                                 const struct ini_line *line, const char *value) {
    struct edit edit;
    find_value(raw, line, &edit.at, &edit.cut);
    bool tight = edit.at && raw->s[edit.at - 1] == '=';
    edit.put = tight && !edit.cut ? pool_printf(pool, " %s", value) : value;
    return edit;
}

static struct edit add_line(struct pool *pool, const struct ini_bytes *raw,
                            const struct ini_line *head, const char *key, const char *value) {
    const char *eol = pool_strndup(pool, raw->s + head->end, head->next - head->end);
    struct edit edit = {.at = head->next};
    edit.put = *eol ? pool_printf(pool, "%s = %s%s", key, value, eol)
                    : pool_printf(pool, "\n%s = %s", key, value);
    return edit;
}

/* Whether `after` is `before` with just that value changed. */
static bool only_that(const struct ini *before, const struct ini *after, const char *section,
                      const char *key, const char *value) {
    const struct ini_key *set = ini_key(ini_section(after, section), key);
    if (!set || strcmp(set->value, value) != 0 || before->sections.n != after->sections.n)
        return false;
    const struct ini_section *s;
    VEC_EACH (s, &before->sections) {
        const struct ini_section *other = &after->sections.at[s - before->sections.at];
        bool here = strcmp(s->folded, section) == 0;
        size_t more = here && !ini_key(s, key);
        if (strcmp(s->name, other->name) != 0 || s->keys.n + more != other->keys.n)
            return false;
        for (size_t i = 0; i < s->keys.n; i++) {
            const struct ini_key *a = &s->keys.at[i], *b = &other->keys.at[i + more];
            bool target = here && strcmp(a->folded, key) == 0;
            if (strcmp(a->name, b->name) != 0 || (!target && strcmp(a->value, b->value) != 0))
                return false;
        }
    }
    return true;
}

/* Messages of a trial reading are nobody's. */
static const struct ini *parse(struct pool *pool, const char *name, const struct buf *bytes) {
    struct diag *none = diag_new(LANG_VI);
    const struct ini *ini = ini_parse(pool, name, buf_text(bytes), bytes->len, none);
    diag_free(none);
    return ini;
}

/* The edit that makes the change, of which `folded` is the key as it is looked for. */
static bool find_edit(struct pool *pool, const struct ini_bytes *raw,
                      const struct ini_section *section, const char *folded,
                      const struct ini_change *change, struct edit *edit) {
    const struct ini_key *there = ini_key(section, folded);
    struct ini_line line;
    if (!section || !find_line(raw, there ? there->where.line : section->where.line, &line))
        return false;
    *edit = there ? replace_value(pool, raw, &line, change->value)
                  : add_line(pool, raw, &line, change->key, change->value);
    return true;
}

bool ini_edit(struct pool *pool, struct ini_file *file, const struct ini_change *change,
              struct diag *diag) {
    const char *in = utf8_fold(pool, change->section), *folded = utf8_fold(pool, change->key);
    struct buf old = {0}, new = {0};
    struct ini_bytes raw;
    struct edit edit;
    buf_append(&old, file->bytes, file->n);
    const struct ini *before = parse(pool, file->name, &old);
    const struct ini_section *found = before ? ini_section(before, in) : NULL;
    bool ok = before && decode(pool, file->bytes, file->n, &raw) &&
              find_edit(pool, &raw, found, folded, change, &edit);
    if (ok) {
        apply(pool, &raw, &edit);
        encode(&raw, &new);
        const struct ini *after = parse(pool, file->name, &new);
        ok = after && only_that(before, after, in, folded, change->value);
    }
    if (ok) {
        file->bytes = pool_strndup(pool, buf_text(&new), new.len);
        file->n = new.len;
    } else {
        diag_add(diag, INI_CANNOT_EDIT, (struct where){.file = file->name}, change->section,
                 change->key, change->value, NULL);
    }
    buf_free(&old);
    buf_free(&new);
    return ok;
}
