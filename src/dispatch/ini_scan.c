#include "dispatch/ini_scan.h"
#include "base/utf8.h"
#include "dispatch/names.h"
#include "dispatch/source.h"

#include <string.h>

struct scan {
    struct pool *pool;
    struct diag *diag;
    struct ini *ini;
    struct names sections, keys; /* keys: "N.folded", N the section's index */
    struct buf id;               /* of a key, while it is added */
    size_t section;              /* index of the section the next key belongs to */
    bool in_section;
    struct where where; /* of the line being read */
};

/* The start of a piece of the author's text, for a message. */
static const char *excerpt(struct pool *pool, const char *s, size_t n) {
    enum { MOST = 60 };
    if (n <= MOST)
        return pool_strndup(pool, s, n);
    n = MOST;
    while (n && ((unsigned char)s[n] & 0xC0) == 0x80)
        n--;
    return pool_printf(pool, "%.*s…", (int)n, s);
}

static bool starts_comment(const char *s, size_t n) {
    return n > 0 && (*s == ';' || *s == '#');
}

/* ---- sections ---- */

static void add_section(struct scan *scan, const char *name) {
    const char *folded = utf8_fold(scan->pool, name);
    size_t next = scan->ini->sections.n;
    scan->in_section = true;
    scan->section = names_add(&scan->sections, folded, strlen(folded), next);
    if (scan->section != next) {
        const struct ini_section *first = &scan->ini->sections.at[scan->section];
        diag_add(scan->diag, INI_REPEATED_SECTION, scan->where, name,
                 pool_printf(scan->pool, "%d", first->where.line), NULL);
        return;
    }
    struct ini_section *section = VEC_PUSH(scan->pool, &scan->ini->sections);
    section->name = name;
    section->folded = folded;
    section->where = scan->where;
}

/* A line that opens with '['. A broken one still names a section, so that the keys after it do not
 * land in the section before. */
static void scan_section(struct scan *scan, const char *s, size_t n) {
    const char *close = memchr(s, ']', n);
    size_t inside = close ? (size_t)(close - s) - 1 : n - 1;
    size_t rest = close ? n - inside - 2 : 0;
    const char *after = source_trim(s + n - rest, &rest);
    if (!close || (rest && !starts_comment(after, rest)))
        diag_add(scan->diag, INI_BAD_SECTION, scan->where, excerpt(scan->pool, s, n), NULL);
    const char *name = source_trim(s + 1, &inside);
    if (inside == 0) {
        if (close)
            diag_add(scan->diag, INI_BAD_SECTION, scan->where, excerpt(scan->pool, s, n), NULL);
        scan->in_section = false;
        return;
    }
    add_section(scan, pool_strndup(scan->pool, name, inside));
}

/* ---- values ---- */

/* Index of the '"' that ends a value opened by s[0], 0 if there is none. \" is a quote inside. */
static size_t closing_quote(const char *s, size_t n) {
    for (size_t i = 1; i < n; i++) {
        if (s[i] == '\\' && i + 1 < n && s[i + 1] == '"')
            i++;
        else if (s[i] == '"')
            return i;
    }
    return 0;
}

static const char *unquote(struct scan *scan, const char *s, size_t n) {
    char *value = pool_alloc(scan->pool, n + 1), *to = value;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '\\' && i + 1 < n && s[i + 1] == '"')
            i++;
        *to++ = s[i];
    }
    return value;
}

/* An unquoted value is kept whole. iniparser would cut it at ';' or '#': where the sign stands
 * after a space it may be meant as a remark, and only the author knows, so that is an error. */
static void judge_unquoted(struct scan *scan, const char *key, const char *s, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (!starts_comment(s + i, 1))
            continue;
        bool remark = i == 0 || source_space(s[i - 1]);
        diag_add(scan->diag, remark ? INI_REMARK_OR_VALUE : INI_UNQUOTED_SIGN, scan->where, key,
                 pool_strndup(scan->pool, s + i, 1), excerpt(scan->pool, s, n), NULL);
        break;
    }
    if (n && s[n - 1] == '\\')
        diag_add(scan->diag, INI_TRAILING_BACKSLASH, scan->where, key, NULL);
}

static const char *scan_value(struct scan *scan, const char *key, const char *s, size_t n) {
    if (n && *s == '"') {
        size_t close = closing_quote(s, n);
        size_t rest = close ? n - close - 1 : 0;
        const char *after = source_trim(s + n - rest, &rest);
        if (close && (!rest || starts_comment(after, rest)))
            return unquote(scan, s + 1, close - 1);
        diag_add(scan->diag, close ? INI_TEXT_AFTER_QUOTE : INI_UNCLOSED_QUOTE, scan->where, key,
                 NULL);
    }
    judge_unquoted(scan, key, s, n);
    return pool_strndup(scan->pool, s, n);
}

/* ---- keys ---- */

/* Whether the key is new in its section. In a list every key is an item: none is lost. */
static bool admit(struct scan *scan, struct ini_section *section, const struct ini_key *key) {
    buf_clear(&scan->id);
    buf_put_int(&scan->id, (int64_t)scan->section);
    buf_putc(&scan->id, '.');
    buf_puts(&scan->id, key->folded);
    size_t first = names_add(&scan->keys, scan->id.data, scan->id.len, section->keys.n);
    if (first == section->keys.n)
        return true;
    const struct ini_key *before = &section->keys.at[first];
    bool item = ini_is_list(section->folded) && strcmp(key->folded, "luu") != 0;
    diag_add(scan->diag, item ? INI_REPEATED_ITEM : INI_REPEATED_KEY, scan->where, key->name,
             pool_printf(scan->pool, "%d", before->where.line),
             excerpt(scan->pool, before->value, strlen(before->value)), NULL);
    return item;
}

static void scan_key(struct scan *scan, const char *s, size_t n) {
    const char *equals = memchr(s, '=', n);
    if (!equals || equals == s) {
        diag_add(scan->diag, INI_NO_KEY, scan->where, excerpt(scan->pool, s, n), NULL);
        return;
    }
    size_t name_len = (size_t)(equals - s), value_len = n - name_len - 1;
    const char *name = source_trim(s, &name_len);
    const char *value = source_trim(equals + 1, &value_len);
    struct ini_key key = {.name = pool_strndup(scan->pool, name, name_len), .where = scan->where};
    key.folded = utf8_fold(scan->pool, key.name);
    key.value = scan_value(scan, key.name, value, value_len);
    if (!scan->in_section) {
        diag_add(scan->diag, INI_OUTSIDE_SECTION, scan->where, key.name, NULL);
        return;
    }
    struct ini_section *section = &scan->ini->sections.at[scan->section];
    if (admit(scan, section, &key))
        *VEC_PUSH(scan->pool, &section->keys) = key;
}

static void scan_line(struct scan *scan, const char *s, size_t n) {
    s = source_trim(s, &n);
    if (n == 0 || starts_comment(s, n))
        return;
    if (*s == '[')
        scan_section(scan, s, n);
    else
        scan_key(scan, s, n);
}

struct ini *ini_scan(struct pool *pool, const char *name, const char *text, size_t n,
                     struct diag *diag) {
    struct scan scan = {.pool = pool,
                        .diag = diag,
                        .ini = POOL_NEW(pool, struct ini),
                        .sections = {.pool = pool},
                        .keys = {.pool = pool},
                        .where = {.file = pool_strdup(pool, name), .line = 1}};
    for (const char *end = text + n; text < end; scan.where.line++) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        const char *stop = newline ? newline : end;
        scan_line(&scan, text, (size_t)(stop - text));
        text = newline ? newline + 1 : end;
    }
    buf_free(&scan.id);
    return scan.ini;
}
