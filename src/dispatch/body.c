#include "dispatch/body.h"
#include "base/file.h"
#include "dispatch/body_parts.h"
#include "dispatch/source.h"

#include <string.h>

/* The reader is our own and knows lines only. A Markdown library would drop what the contract
 * keeps: raw HTML, reference definitions, which character a bullet was, the author's numbers. */

/* ---- lines ---- */

static void cut_lines(struct body_reader *reader, const char *text, size_t n) {
    size_t count = 1;
    const char *end = text + n;
    for (const char *at = text; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        count++;
    reader->lines = POOL_ARRAY(reader->pool, struct body_line, count);
    while (text < end) {
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        const char *stop = newline ? newline : end;
        struct body_line *line = &reader->lines[reader->n++];
        *line = (struct body_line){text, (size_t)(stop - text), (int)reader->n};
        while (line->n && source_space(line->s[line->n - 1]))
            line->n--;
        text = newline ? newline + 1 : end;
    }
}

/* The line without the four spaces or the tab that make it part of a note; false if it has none. */
static bool unindent(const struct body_line *line, struct body_line *inside) {
    size_t n = line->n && line->s[0] == '\t'                    ? 1
               : line->n > 4 && memcmp(line->s, "    ", 4) == 0 ? 4
                                                                : 0;
    *inside = (struct body_line){line->s + n, line->n - n, line->number};
    return n > 0;
}

/* ---- first step: raw paragraphs, tables, notes ---- */

/* What is being read: the open paragraph (NULL after a blank line) and the note it belongs to. */
struct open {
    struct raw *paragraph;
    bool in_note; /* the last of reader.notes */
};

static void new_paragraph(struct body_reader *reader, struct open *open, enum marker marker) {
    open->paragraph = POOL_NEW(reader->pool, struct raw);
    open->paragraph->marker = marker;
    if (open->in_note) {
        struct raw_note *note = &reader->notes.at[reader->notes.n - 1];
        *VEC_PUSH(reader->pool, &note->paragraphs) = open->paragraph;
    } else {
        *VEC_PUSH(reader->pool, &reader->raws) =
            (struct raw_block){.kind = RAW_PARAGRAPH, .paragraph = open->paragraph};
    }
}

/* Adds a line of text: to the open paragraph, or, after a blank line or with a marker, to a new
 * one. The first line of a paragraph keeps the spaces it opens with; "\" before a marker goes. */
static void add_text(struct body_reader *reader, struct open *open, struct body_line line) {
    size_t n = line.n;
    const char *s = source_trim(line.s, &n);
    enum marker marker = body_marker(s, n);
    bool escaped = n > 1 && s[0] == '\\' && s[1] != '*' && body_marker(s + 1, n - 1) != MARKER_NONE;
    if (!open->paragraph || marker != MARKER_NONE)
        new_paragraph(reader, open, marker);
    bool first = open->paragraph->lines.n == 0;
    if (!first || escaped)
        line = (struct body_line){s + escaped, n - escaped, line.number};
    *VEC_PUSH(reader->pool, &open->paragraph->lines) = line;
}

/* A line "[^label]: text". */
static void open_note(struct body_reader *reader, struct open *open, struct body_line line,
                      size_t head, const char *label, size_t label_len) {
    size_t i = reader->notes.n;
    struct raw_note *note = VEC_PUSH(reader->pool, &reader->notes);
    note->label = pool_strndup(reader->pool, label, label_len);
    note->where = reader_where(reader, line.number);
    size_t typed = head;
    while (typed < line.n && source_space(line.s[typed]))
        typed++;
    note->typed = pool_strndup(reader->pool, line.s, typed);
    size_t first = names_add(&reader->labels, label, label_len, i);
    note->extra = first != i;
    if (note->extra)
        diag_add(reader->diag, BODY_NOTE_TWICE, note->where, note->label,
                 pool_printf(reader->pool, "%d", reader->notes.at[first].where.line), NULL);
    *VEC_PUSH(reader->pool, &reader->raws) = (struct raw_block){.kind = RAW_NOTE, .note = i};
    *open = (struct open){.in_note = true};
    line = (struct body_line){line.s + typed, line.n - typed, line.number};
    if (line.n)
        add_text(reader, open, line);
}

static void read_table_later(struct body_reader *reader, struct open *open) {
    size_t at = reader->at;
    *VEC_PUSH(reader->pool, &reader->raws) = (struct raw_block){.kind = RAW_TABLE, .line = at};
    *open = (struct open){0};
    reader->at = table_end(reader, at);
}

static void read_line(struct body_reader *reader, struct open *open) {
    struct body_line line = reader->lines[reader->at], inside;
    const char *label;
    size_t label_len, head;
    if (line.n == 0) {
        open->paragraph = NULL;
        reader->at++;
    } else if ((head = note_head(line.s, line.n, &label, &label_len)) != 0) {
        open_note(reader, open, line, head, label, label_len);
        reader->at++;
    } else if (open->in_note && unindent(&line, &inside)) {
        add_text(reader, open, inside);
        reader->at++;
    } else if (table_opens(reader, reader->at)) {
        read_table_later(reader, open);
    } else {
        size_t n = line.n;
        const char *s = source_trim(line.s, &n);
        if (!open->paragraph || body_marker(s, n) != MARKER_NONE)
            *open = (struct open){0}; /* a paragraph at the margin ends the note */
        add_text(reader, open, line);
        reader->at++;
    }
}

/* ---- second step: the marks ---- */

/* A note no mark asks for is printed where it stands, as typed. */
static void write_stray_note(struct body_reader *reader, const struct raw_note *note,
                             struct body *body) {
    if (!note->extra)
        diag_add(reader->diag, BODY_NOTE_WITHOUT_MARK, note->where, note->label, NULL);
    for (size_t i = 0; i < note->paragraphs.n || i == 0; i++) {
        struct body_block *block = VEC_PUSH(reader->pool, &body->blocks);
        if (i == 0)
            *VEC_PUSH(reader->pool, &block->paragraph.spans) = (struct span){.text = note->typed};
        block->paragraph.where = note->where;
        if (i < note->paragraphs.n)
            inline_read(reader, note->paragraphs.at[i], true, &block->paragraph);
    }
}

static void write_note(struct body_reader *reader, const struct raw_note *raw, struct body *body) {
    struct note *note = VEC_PUSH(reader->pool, &body->notes);
    note->label = raw->label;
    note->where = raw->where;
    for (size_t i = 0; i < raw->paragraphs.n; i++)
        inline_read(reader, raw->paragraphs.at[i], true, VEC_PUSH(reader->pool, &note->paragraphs));
    if (raw->paragraphs.n == 0) {
        diag_add(reader->diag, BODY_NOTE_EMPTY, raw->where, raw->label, NULL);
        VEC_PUSH(reader->pool, &note->paragraphs)->where = raw->where;
    }
}

/* Paragraphs and tables in order; an empty place is kept where a note stood. */
static struct body_block *read_blocks(struct body_reader *reader) {
    struct body_block *blocks = POOL_ARRAY(reader->pool, struct body_block, reader->raws.n + 1);
    for (size_t i = 0; i < reader->raws.n; i++) {
        const struct raw_block *raw = &reader->raws.at[i];
        if (raw->kind == RAW_PARAGRAPH) {
            inline_read(reader, raw->paragraph, false, &blocks[i].paragraph);
        } else if (raw->kind == RAW_TABLE) {
            blocks[i].kind = BLOCK_TABLE;
            table_read(reader, raw->line, &blocks[i].table);
        }
    }
    return blocks;
}

static struct body *assemble(struct body_reader *reader) {
    struct body *body = POOL_NEW(reader->pool, struct body);
    const struct body_block *blocks = read_blocks(reader);
    for (size_t i = 0; i < reader->raws.n; i++) {
        const struct raw_block *raw = &reader->raws.at[i];
        if (raw->kind != RAW_NOTE)
            *VEC_PUSH(reader->pool, &body->blocks) = blocks[i];
        else if (!reader->notes.at[raw->note].number)
            write_stray_note(reader, &reader->notes.at[raw->note], body);
    }
    for (size_t i = 0; i < reader->order.n; i++)
        write_note(reader, &reader->notes.at[reader->order.at[i]], body);
    return body;
}

struct body *body_parse(struct pool *pool, const char *name, const char *bytes, size_t n,
                        struct diag *diag) {
    struct body_reader reader = {
        .pool = pool, .diag = diag, .file = pool_strdup(pool, name), .labels = {.pool = pool}};
    size_t len;
    const char *text = source_text(pool, name, bytes, n, &len, diag);
    cut_lines(&reader, text, len);
    struct open open = {0};
    while (reader.at < reader.n)
        read_line(&reader, &open);
    struct body *body = assemble(&reader);
    buf_free(&reader.text);
    buf_free(&reader.piece);
    return body;
}

struct body *body_read(struct pool *pool, const char *path, struct where from, struct diag *diag) {
    size_t n;
    const char *bytes = file_read(pool, path, &n, from, diag);
    return bytes ? body_parse(pool, path, bytes, n, diag) : NULL;
}

struct body *body_open(struct pool *pool, const char *path, struct where from, struct diag *diag) {
    if (!path_has_suffix(path, ".docx"))
        return body_read(pool, path, from, diag);
    struct body *body = POOL_NEW(pool, struct body);
    body->docx = pool_strdup(pool, path);
    body->from = from;
    return body;
}

/* ---- plain text ---- */

static void put_paragraph(struct buf *out, const struct paragraph *paragraph, char end) {
    const struct span *span;
    VEC_EACH (span, &paragraph->spans)
        if (span->text)
            buf_puts(out, span->text);
    buf_putc(out, end);
}

static void put_table(struct buf *out, const struct body_table *table) {
    const struct table_row *row;
    VEC_EACH (row, &table->rows)
        for (size_t i = 0; i < table->columns; i++)
            put_paragraph(out, &row->cells[i], i + 1 < table->columns ? '\t' : '\n');
}

char *body_plain_text(struct pool *pool, const struct body *body) {
    struct buf out = {0};
    const struct body_block *block;
    VEC_EACH (block, &body->blocks) {
        if (block->kind == BLOCK_TABLE)
            put_table(&out, &block->table);
        else
            put_paragraph(&out, &block->paragraph, '\n');
    }
    const struct note *note;
    VEC_EACH (note, &body->notes)
        for (size_t i = 0; i < note->paragraphs.n; i++)
            put_paragraph(&out, &note->paragraphs.at[i], '\n');
    char *text = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return text;
}
