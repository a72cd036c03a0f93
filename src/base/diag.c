#include "base/diag.h"
#include "base/utf8.h"
#include "base/pool.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const struct diag_kind table[DIAG_CODES] = {
#define DIAG(code, name, level, vi, en) [code] = {name, level, {vi, en}, NULL},
#include "base/messages/all.def"
#undef DIAG
};

static const char *const level_names[] = {"note", "warning", "error"};

enum { MAX_ARGS = 9 };

struct message {
    const struct diag_kind *kind;
    enum diag_level level;
    struct where where;
    const char *text;
};

struct diag {
    struct pool *pool;
    enum lang lang;
    VEC(struct message) messages;
    size_t counts[3];
    bool remembers;
    VEC(struct diag_file) files;
};

struct diag *diag_new(enum lang lang) {
    struct diag *diag = mem_alloc(sizeof *diag);
    *diag = (struct diag){.pool = pool_new(), .lang = lang};
    return diag;
}

void diag_free(struct diag *diag) {
    if (!diag)
        return;
    pool_free(diag->pool);
    free(diag);
}

static void fill(struct buf *out, const char *sentence, const char *const *args, size_t n) {
    for (const char *p = sentence; *p; p++) {
        if (p[0] == '{' && p[1] >= '1' && p[1] <= '9' && p[2] == '}') {
            size_t i = (size_t)(p[1] - '1');
            buf_puts(out, i < n ? args[i] : "?");
            p += 2;
        } else {
            buf_putc(out, *p);
        }
    }
}

void diag_add_kind(struct diag *diag, const struct diag_kind *kind, enum diag_level level,
                   struct where where, const char *const *args, size_t n) {
    struct buf text = {0};
    fill(&text, kind->text[diag->lang], args, n);
    struct message *m = VEC_PUSH(diag->pool, &diag->messages);
    m->kind = kind;
    m->level = level;
    m->where = where;
    m->where.file = where.file ? pool_strdup(diag->pool, where.file) : NULL;
    m->where.part = where.part ? pool_strdup(diag->pool, where.part) : NULL;
    m->where.words = where.words ? pool_strdup(diag->pool, where.words) : NULL;
    m->text = pool_strdup(diag->pool, buf_text(&text));
    diag->counts[m->level]++;
    buf_free(&text);
}

void diag_add(struct diag *diag, enum diag_code code, struct where where, ...) {
    const char *args[MAX_ARGS];
    size_t n = 0;
    va_list list;
    va_start(list, where);
    for (const char *arg; n < MAX_ARGS && (arg = va_arg(list, const char *)) != NULL;)
        args[n++] = arg;
    va_end(list);
    diag_add_kind(diag, &table[code], table[code].level, where, args, n);
}

size_t diag_count(const struct diag *diag, enum diag_level level) {
    return diag->counts[level];
}

bool diag_has(const struct diag *diag, enum diag_code code) {
    const struct message *m;
    VEC_EACH (m, &diag->messages)
        if (m->kind == &table[code])
            return true;
    return false;
}

/* " (trang 2, đoạn “Kính gửi: …”)" */
static void put_place(const struct diag *diag, const struct where *where, struct buf *out) {
    bool english = diag->lang == LANG_EN;
    if (where->page > 0) {
        buf_puts(out, english ? " (page " : " (trang ");
        buf_put_int(out, where->page);
    }
    if (where->words) {
        buf_puts(out, where->page > 0 ? ", " : " (");
        buf_puts(out, english ? "“" : "đoạn “");
        buf_puts(out, where->words);
        buf_puts(out, "”");
    }
    if (where->page > 0 || where->words)
        buf_putc(out, ')');
}

static void put_message(const struct diag *diag, const struct message *m, struct buf *out) {
    buf_puts(out, m->where.file ? m->where.file : "congvan");
    if (m->where.part) {
        buf_putc(out, ':');
        buf_puts(out, m->where.part);
    }
    if (m->where.line > 0) {
        buf_putc(out, ':');
        buf_put_int(out, m->where.line);
    }
    buf_puts(out, ": ");
    buf_puts(out, level_names[m->level]);
    buf_puts(out, ": ");
    buf_puts(out, m->text);
    put_place(diag, &m->where, out);
    buf_puts(out, " [");
    buf_puts(out, m->kind->name);
    buf_puts(out, "]\n");
}

void diag_put(const struct diag *diag, struct buf *out) {
    const struct message *m;
    VEC_EACH (m, &diag->messages)
        put_message(diag, m, out);
}

void diag_write(const struct diag *diag, FILE *out) {
    struct buf text = {0};
    diag_put(diag, &text);
    fwrite(buf_text(&text), 1, text.len, out);
    buf_free(&text);
}

static void put_escaped(struct buf *out, const char *s, size_t n) {
    for (const char *end = s + n; s < end; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7F)
            buf_printf(out, "\\u%04x", c);
        else
            buf_putc(out, (char)c);
    }
}

void json_string(struct buf *out, const char *s) {
    size_t n = strlen(s), good;
    buf_putc(out, '"');
    while (!utf8_valid(s, n, &good)) {
        put_escaped(out, s, good);
        buf_puts(out, "\uFFFD");
        s += good + 1;
        n -= good + 1;
    }
    put_escaped(out, s, n);
    buf_putc(out, '"');
}

static void write_json_message(const struct message *m, struct buf *out) {
    buf_puts(out, "{\"file\":");
    json_string(out, m->where.file ? m->where.file : "");
    if (m->where.part) {
        buf_puts(out, ",\"part\":");
        json_string(out, m->where.part);
    }
    if (m->where.page > 0)
        buf_printf(out, ",\"page\":%d", m->where.page);
    if (m->where.words) {
        buf_puts(out, ",\"words\":");
        json_string(out, m->where.words);
    }
    buf_printf(out, ",\"line\":%d,\"level\":\"%s\",\"code\":\"%s\",\"text\":", m->where.line,
               level_names[m->level], m->kind->name);
    json_string(out, m->text);
    if (m->kind->clause) {
        buf_puts(out, ",\"clause\":");
        json_string(out, m->kind->clause);
    }
    buf_putc(out, '}');
}

void diag_write_json(const struct diag *diag, struct buf *out) {
    const struct message *m;
    buf_putc(out, '[');
    VEC_EACH (m, &diag->messages) {
        if (m != diag->messages.at)
            buf_putc(out, ',');
        write_json_message(m, out);
    }
    buf_putc(out, ']');
}

/* A dispatch reads a handful of files. */
void diag_remember_files(struct diag *diag) {
    diag->remembers = true;
}

bool diag_remembers_files(const struct diag *diag) {
    return diag->remembers;
}

void diag_add_file(struct diag *diag, const char *path, const struct hash *hash) {
    const struct diag_file *known;
    if (!diag->remembers)
        return;
    VEC_EACH (known, &diag->files)
        if (strcmp(known->path, path) == 0)
            return;
    struct diag_file *file = VEC_PUSH(diag->pool, &diag->files);
    file->path = pool_strdup(diag->pool, path);
    file->there = hash != NULL;
    if (hash)
        file->hash = *hash;
}

size_t diag_file_count(const struct diag *diag) {
    return diag->files.n;
}

const struct diag_file *diag_file(const struct diag *diag, size_t i) {
    return &diag->files.at[i];
}

const char *diag_name(enum diag_code code) {
    return table[code].name;
}

enum lang diag_lang(const struct diag *diag) {
    return diag->lang;
}
