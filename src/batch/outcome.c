#include "batch/outcome.h"

#include <stdlib.h>
#include <string.h>

/* ---- writing ---- */

/* Fields end with a tab, so tabs, line ends and the backslash itself are escaped. */
static void put_escaped(struct buf *out, const char *s) {
    for (;; s++) {
        size_t plain = strcspn(s, "\t\n\\");
        buf_append(out, s, plain);
        s += plain;
        if (!*s)
            return;
        buf_puts(out, *s == '\t' ? "\\t" : *s == '\n' ? "\\n" : "\\\\");
    }
}

static void put_text(struct buf *out, const char *s) {
    put_escaped(out, s);
    buf_putc(out, '\t');
}

void outcome_put_key(struct buf *out, const char *key) {
    put_escaped(out, key);
}

static void put_number(struct buf *out, int64_t n) {
    buf_put_int(out, n);
    buf_putc(out, '\t');
}

static void put_hash(struct buf *out, struct hash hash) {
    char text[HASH_TEXT];
    hash_print(hash, text);
    buf_puts(out, text);
    buf_putc(out, '\t');
}

static void put_files(struct buf *out, const struct outcome_file *files, size_t n) {
    put_number(out, (int64_t)n);
    for (size_t i = 0; i < n; i++) {
        put_text(out, files[i].path);
        put_number(out, files[i].there);
        put_hash(out, files[i].hash);
    }
}

void outcome_put(const struct outcome *r, struct buf *out) {
    struct buf line = {0};
    put_text(&line, r->key);
    put_hash(&line, r->conditions);
    put_text(&line, r->input);
    put_text(&line, r->number);
    put_text(&line, r->subject);
    put_number(&line, r->pages);
    put_number(&line, r->warnings);
    put_number(&line, r->errors);
    put_number(&line, r->milliseconds);
    put_text(&line, r->messages);
    put_files(&line, r->sources.at, r->sources.n);
    put_files(&line, r->outputs.at, r->outputs.n);
    put_hash(out, hash_of(line.data, line.len));
    buf_append(out, line.data, line.len);
    buf_putc(out, '\n');
    buf_free(&line);
}

/* ---- reading ---- */

struct cursor {
    struct pool *pool;
    const char *p, *end;
    bool ok;
};

static const char *take_text(struct cursor *c) {
    const char *stop = c->ok ? memchr(c->p, '\t', (size_t)(c->end - c->p)) : NULL;
    if (!stop) {
        c->ok = false;
        return "";
    }
    char *text = pool_alloc(c->pool, (size_t)(stop - c->p) + 1), *to = text;
    for (const char *p = c->p; p < stop; p++) {
        if (*p == '\\' && p + 1 < stop) {
            p++;
            *to++ = *p == 't' ? '\t' : *p == 'n' ? '\n' : *p;
        } else {
            *to++ = *p;
        }
    }
    c->p = stop + 1;
    return text;
}

static int take_number(struct cursor *c) {
    return atoi(take_text(c));
}

static struct hash take_hash(struct cursor *c) {
    struct hash hash = {{0, 0}};
    if (!hash_parse(take_text(c), &hash))
        c->ok = false;
    return hash;
}

static void take_file(struct cursor *c, struct outcome_file *file) {
    file->path = take_text(c);
    file->there = take_number(c) != 0;
    file->hash = take_hash(c);
}

/* Past the hash that opens the line; NULL: it is not the line's. */
static const char *sound(const char *line, size_t n) {
    struct hash hash;
    const char *text = line + HASH_TEXT;
    if (n < HASH_TEXT || !hash_parse(line, &hash) || text[-1] != '\t' ||
        !hash_same(hash, hash_of(text, n - HASH_TEXT)))
        return NULL;
    return text;
}

bool outcome_key(const char *line, size_t n, const char **key, size_t *key_len) {
    const char *text = sound(line, n);
    const char *end = text ? memchr(text, '\t', (size_t)(line + n - text)) : NULL;
    *key = text;
    *key_len = end ? (size_t)(end - text) : 0;
    return end != NULL;
}

bool outcome_parse(struct pool *pool, const char *line, size_t n, struct outcome *r) {
    struct cursor c = {pool, sound(line, n), line + n, true};
    *r = (struct outcome){0};
    if (!c.p)
        return false;
    r->key = take_text(&c);
    r->conditions = take_hash(&c);
    r->input = take_text(&c);
    r->number = take_text(&c);
    r->subject = take_text(&c);
    r->pages = take_number(&c);
    r->warnings = take_number(&c);
    r->errors = take_number(&c);
    r->milliseconds = take_number(&c);
    r->messages = take_text(&c);
    for (int left = take_number(&c); c.ok && left > 0; left--)
        take_file(&c, VEC_PUSH(pool, &r->sources));
    for (int left = take_number(&c); c.ok && left > 0; left--)
        take_file(&c, VEC_PUSH(pool, &r->outputs));
    return c.ok && c.p == c.end;
}
