#include "dispatch/dispatch.h"

#include <string.h>

/* Text between quotes; what cannot be seen is escaped. */
static void put_quoted(struct buf *out, const char *s) {
    buf_putc(out, '"');
    for (; *s; s++) {
        if (*s == '\n') {
            buf_puts(out, "\\n");
        } else if (*s == '\t') {
            buf_puts(out, "\\t");
        } else if (*s == '"' || *s == '\\') {
            buf_putc(out, '\\');
            buf_putc(out, *s);
        } else if (strncmp(s, "\xC2\xA0", 2) == 0) {
            buf_puts(out, "\\~");
            s++;
        } else {
            buf_putc(out, *s);
        }
    }
    buf_putc(out, '"');
}

static void put_where(struct buf *out, struct where where) {
    buf_puts(out, where.file ? where.file : "-");
    if (where.line > 0)
        buf_printf(out, ":%d", where.line);
}

static void put_text(struct buf *out, const struct text *text) {
    put_quoted(out, text->s);
    for (size_t i = 0; i < text->emphasis_count; i++) {
        const struct emphasis *e = &text->emphasis[i];
        buf_printf(out, "{%s%s %zu-%zu}", e->flags & SPAN_BOLD ? "b" : "",
                   e->flags & SPAN_ITALIC ? "i" : "", e->at, e->at + e->len);
    }
}

static void dump_field(struct buf *out, const struct field *field) {
    static const char *const kinds[] = {"text", "list", "flag", "body", "sections"};
    buf_printf(out, "%s [%s%s%s] ", field->key, kinds[field->kind], field->given ? ", given" : "",
               field->blank ? ", blank" : "");
    put_where(out, field->where);
    if (field->kind == FIELD_TEXT) {
        buf_puts(out, " = ");
        put_text(out, &field->text);
    } else if (field->kind == FIELD_FLAG) {
        buf_puts(out, field->flag ? " = true" : " = false");
    }
    buf_putc(out, '\n');
    const struct text *item;
    VEC_EACH (item, &field->items) {
        buf_puts(out, "    ");
        put_where(out, item->where);
        buf_puts(out, " = ");
        put_text(out, item);
        buf_putc(out, '\n');
    }
}

static void dump_paragraph(struct buf *out, const char *head, const struct paragraph *paragraph) {
    static const char *const markers[] = {"", ", clause", ", point", ", bullet", ", article"};
    buf_printf(out, "%s (", head);
    put_where(out, paragraph->where);
    buf_printf(out, "%s)", markers[paragraph->marker]);
    const struct span *span;
    VEC_EACH (span, &paragraph->spans) {
        buf_putc(out, ' ');
        if (span->note)
            buf_printf(out, "^%d", span->note);
        else
            put_quoted(out, span->text);
        if (span->flags)
            buf_printf(out, "{%s%s}", span->flags & SPAN_BOLD ? "b" : "",
                       span->flags & SPAN_ITALIC ? "i" : "");
    }
    buf_putc(out, '\n');
}

static void dump_table(struct buf *out, const struct body_table *table) {
    static const char aligns[] = "dlcr";
    buf_puts(out, "table ");
    for (size_t i = 0; i < table->columns; i++)
        buf_putc(out, aligns[table->align[i]]);
    buf_putc(out, '\n');
    const struct table_row *row;
    VEC_EACH (row, &table->rows) {
        buf_puts(out, "  row ");
        put_where(out, row->where);
        buf_putc(out, '\n');
        for (size_t i = 0; i < table->columns; i++)
            dump_paragraph(out, "    cell", &row->cells[i]);
    }
}

static void dump_body(struct buf *out, const struct body *body) {
    const struct body_block *block;
    VEC_EACH (block, &body->blocks) {
        if (block->kind == BLOCK_TABLE)
            dump_table(out, &block->table);
        else
            dump_paragraph(out, "p", &block->paragraph);
    }
    for (size_t i = 0; i < body->notes.n; i++) {
        const struct note *note = &body->notes.at[i];
        buf_printf(out, "note %zu [^%s] ", i + 1, note->label);
        put_where(out, note->where);
        buf_putc(out, '\n');
        const struct paragraph *paragraph;
        VEC_EACH (paragraph, &note->paragraphs)
            dump_paragraph(out, "  p", paragraph);
    }
}

void dispatch_dump(const struct dispatch *dispatch, struct buf *out) {
    buf_printf(out, "dispatch %s type %s\n", dispatch->path, dispatch->type);
    const struct field *field;
    VEC_EACH (field, &dispatch->fields)
        dump_field(out, field);
    if (dispatch->body)
        dump_body(out, dispatch->body);
}
