/* The text of a document as lines, for judging what it says. */
#ifndef CONGVAN_TESTS_LINES_HELP_H
#define CONGVAN_TESTS_LINES_HELP_H

#include "base/buf.h"
#include "docx/wml.h"

struct lines {
    struct pool *pool;
    VEC(const char *) at;
    struct buf line;
};

static inline void lines_end(struct lines *lines) {
    *VEC_PUSH(lines->pool, &lines->at) =
        pool_strndup(lines->pool, buf_text(&lines->line), lines->line.len);
    buf_clear(&lines->line);
}

static inline void lines_of_blocks(struct lines *lines, const struct block *block);

static inline void lines_of_item(struct lines *lines, const struct inline_item *item) {
    if (item->props && item->props->hidden)
        return;
    switch (item->kind) {
    case INLINE_TEXT:
        buf_puts(&lines->line, item->text);
        break;
    case INLINE_TAB:
        buf_putc(&lines->line, '\t');
        break;
    case INLINE_NO_BREAK_HYPHEN:
        buf_putc(&lines->line, '-');
        break;
    case INLINE_LINE_BREAK:
    case INLINE_PAGE_BREAK:
    case INLINE_COLUMN_BREAK:
        lines_end(lines);
        break;
    default:
        break; /* marks and numbers are not the author's text */
    }
}

/* Text boxes after the paragraph they hang on. */
static inline void lines_of_para(struct lines *lines, const struct para *para) {
    for (size_t i = 0; i < para->item_count; i++)
        lines_of_item(lines, &para->items[i]);
    lines_end(lines);
    for (size_t i = 0; i < para->item_count; i++)
        if (para->items[i].kind == INLINE_SHAPE)
            lines_of_blocks(lines, para->items[i].shape->blocks);
}

/* The depth of nesting was capped when the document was read. */
static inline void lines_of_blocks(struct lines *lines, const struct block *block) {
    for (; block; block = block->next) {
        if (block->kind == WML_PARA) {
            lines_of_para(lines, block->para);
            continue;
        }
        for (size_t r = 0; r < block->table->row_count; r++)
            for (size_t c = 0; c < block->table->rows[r].cell_count; c++)
                lines_of_blocks(lines, block->table->rows[r].cells[c].blocks);
    }
}

/* Every paragraph's text in reading order (tables by rows, notes after the body), forced line
 * breaks splitting lines. In the pool. */
static inline const char **document_lines(struct pool *pool, const struct document *document,
                                          size_t *n) {
    struct lines lines = {.pool = pool};
    for (const struct wml_section *s = document->sections; s; s = s->next)
        lines_of_blocks(&lines, s->blocks);
    for (size_t i = 0; i < document->note_count; i++)
        lines_of_blocks(&lines, document->notes[i].blocks);
    buf_free(&lines.line);
    *n = lines.at.n;
    return lines.at.at;
}

#endif
