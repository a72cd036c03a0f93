#include "signature/update.h"

#include "base/utf8.h"
#include "pdf/lex.h"

#include <stdlib.h>
#include <string.h>

struct xref_entry {
    int id, generation;
    size_t offset; /* in the whole file */
};

struct update {
    struct pool *pool;
    struct reader *reader;
    struct bytes file;
    struct buf added;
    int next_id;
    size_t startxref; /* of the base's last section */
    VEC(struct xref_entry) entries;
};

/* The number after the last "startxref". */
static size_t last_startxref(struct bytes file) {
    const char *at = NULL;
    for (const char *p = file.s; (p = memmem(p, (size_t)(file.s + file.len - p), "startxref", 9));
         p++)
        at = p;
    return at ? strtoul(at + 9, NULL, 10) : 0;
}

struct update *update_new(struct pool *pool, struct reader *reader, struct bytes file) {
    struct update *u = POOL_NEW(pool, struct update);
    u->pool = pool;
    u->reader = reader;
    u->file = file;
    u->startxref = last_startxref(file);
    u->next_id = reader_next_id(reader);
    if (file.len && file.s[file.len - 1] != '\n')
        buf_putc(&u->added, '\n');
    return u;
}

void update_free(struct update *u) {
    if (u)
        buf_free(&u->added);
}

int update_reserve(struct update *u) {
    return u->next_id++;
}

static size_t position(const struct update *u) {
    return u->file.len + u->added.len;
}

static size_t put_object(struct update *u, int id, int generation, const char *body, size_t len) {
    *VEC_PUSH(u->pool, &u->entries) = (struct xref_entry){id, generation, position(u)};
    buf_printf(&u->added, "%d %d obj\n", id, generation);
    size_t at = position(u);
    buf_append(&u->added, body, len);
    buf_puts(&u->added, "\nendobj\n");
    return at;
}

size_t update_object(struct update *u, int id, const char *body, size_t len) {
    return put_object(u, id, 0, body, len);
}

void update_rewrite(struct update *u, pdf_value object, const char *body, size_t len) {
    put_object(u, reader_id(u->reader, object), reader_generation(u->reader, object), body, len);
}

static int by_id(const void *a, const void *b) {
    const struct xref_entry *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

/* The trailer's entries that go on; the second half of /ID changes with every update (14.4). */
static void put_trailer(struct update *u, struct buf *out) {
    pdf_value trailer = reader_trailer(u->reader);
    pdf_value id = reader_key(u->reader, trailer, "/ID");
    buf_printf(out, "/Size %d/Prev %zu/Root ", u->next_id, u->startxref);
    spell_value(u->reader, reader_key(u->reader, trailer, "/Root"), out);
    if (reader_has(u->reader, trailer, "/Info")) {
        buf_puts(out, "/Info ");
        spell_value(u->reader, reader_key(u->reader, trailer, "/Info"), out);
    }
    if (reader_count(u->reader, id) == 2) {
        buf_puts(out, "/ID[");
        spell_value(u->reader, reader_item(u->reader, id, 0), out);
        /* From the length: unlike the first, and the same for the same update. */
        buf_printf(out, "<%032zx>]", position(u));
    }
}

static void put_table(struct update *u, struct buf *out) {
    buf_puts(out, "xref\n");
    for (size_t i = 0; i < u->entries.n;) {
        size_t n = 1;
        while (i + n < u->entries.n && u->entries.at[i + n].id == u->entries.at[i].id + (int)n)
            n++;
        buf_printf(out, "%d %zu\n", u->entries.at[i].id, n);
        for (; n; n--, i++)
            buf_printf(out, "%010zu %05d n \n", u->entries.at[i].offset,
                       u->entries.at[i].generation);
    }
    buf_puts(out, "trailer\n<<");
    put_trailer(u, out);
    buf_puts(out, ">>\n");
}

/* A cross-reference stream names itself too (7.5.8). Fields of 1, 5 and 2 bytes. */
static void put_stream(struct update *u, struct buf *out) {
    int self = u->next_id++;
    *VEC_PUSH(u->pool, &u->entries) = (struct xref_entry){self, 0, position(u)};
    buf_printf(out, "%d 0 obj\n<</Type/XRef/W[1 5 2]/Index[", self);
    struct buf rows = {0};
    for (size_t i = 0; i < u->entries.n; i++) {
        const struct xref_entry *e = &u->entries.at[i];
        buf_printf(out, "%d 1 ", e->id);
        buf_putc(&rows, 1);
        for (int shift = 32; shift >= 0; shift -= 8)
            buf_putc(&rows, (char)(e->offset >> shift));
        buf_putc(&rows, (char)(e->generation >> 8));
        buf_putc(&rows, (char)e->generation);
    }
    buf_printf(out, "]/Length %zu", rows.len);
    put_trailer(u, out);
    buf_puts(out, ">>\nstream\n");
    buf_append(out, rows.data, rows.len);
    buf_puts(out, "\nendstream\nendobj\n");
    buf_free(&rows);
}

void update_finish(struct update *u, struct buf *out) {
    qsort(u->entries.at, u->entries.n, sizeof *u->entries.at, by_id);
    size_t at = position(u);
    bool table =
        u->startxref + 4 <= u->file.len && memcmp(u->file.s + u->startxref, "xref", 4) == 0;
    struct buf section = {0};
    if (table)
        put_table(u, &section);
    else
        put_stream(u, &section);
    buf_append(out, u->file.s, u->file.len);
    buf_append(out, u->added.data, u->added.len);
    buf_append(out, section.data, section.len);
    buf_printf(out, "startxref\n%zu\n%%%%EOF\n", at);
    buf_free(&section);
}

void spell_value(struct reader *reader, pdf_value value, struct buf *out) {
    int id = reader_id(reader, value);
    if (id)
        buf_printf(out, "%d %d R", id, reader_generation(reader, value));
    else
        buf_puts(out, reader_spelled(reader, value));
}

void spell_name(const char *name, struct buf *out) {
    buf_putc(out, '/');
    for (const char *p = name + 1; *p; p++) {
        if (*p <= ' ' || *p > '~' || strchr("()<>[]{}/%#", *p))
            buf_printf(out, "#%02X", (unsigned char)*p);
        else
            buf_putc(out, *p);
    }
}

void spell_text(const char *utf8, struct buf *out) {
    const char *end = utf8 + strlen(utf8);
    bool ascii = true;
    for (const char *p = utf8; p < end; p++)
        ascii = ascii && *p >= ' ' && *p <= '~';
    buf_puts(out, ascii ? "(" : "<FEFF");
    for (const char *p = utf8; p < end;) {
        uint32_t cp = utf8_next(&p, end);
        if (ascii) {
            buf_puts(out, strchr("()\\", (int)cp) ? "\\" : "");
            buf_putc(out, (char)cp);
        } else if (cp < 0x10000) {
            buf_printf(out, "%04X", cp);
        } else {
            cp -= 0x10000;
            buf_printf(out, "%04X%04X", 0xD800 + (cp >> 10), 0xDC00 + (cp & 0x3FF));
        }
    }
    buf_putc(out, ascii ? ')' : '>');
}

static bool is_one_of(const char *key, const char *const *list) {
    for (; *list; list++)
        if (strcmp(key, *list) == 0)
            return true;
    return false;
}

void spell_dictionary(struct reader *reader, pdf_value dictionary, const char *const *without,
                      struct buf *out) {
    buf_puts(out, "<<");
    for (const char **key = reader_keys(reader, dictionary); *key; key++) {
        if (is_one_of(*key, without))
            continue;
        spell_name(*key, out);
        buf_putc(out, ' ');
        spell_value(reader, reader_key(reader, dictionary, *key), out);
    }
}
