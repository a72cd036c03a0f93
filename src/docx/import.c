/* The body's file opened, and its text as the dispatch knows text. */
#include "docx/import.h"
#include "base/file.h"
#include "base/utf8.h"
#include "docx/import_parts.h"
#include "docx/legacy.h"
#include "docx/wml.h"

#include <string.h>

/* ---- its text ---- */

struct viewer {
    struct pool *pool;
    struct body *body;
    const struct document *document;
    struct where where;
    size_t *notes; /* by note of the document: its number in the body; 0: no mark seen yet */
    struct buf text;
};

static void add_span(struct viewer *v, struct paragraph *to, const struct run_props *props) {
    if (!v->text.len)
        return;
    struct span *span = VEC_PUSH(v->pool, &to->spans);
    span->text = pool_strdup(v->pool, buf_text(&v->text));
    span->flags = (props && props->bold ? (unsigned)SPAN_BOLD : 0) |
                  (props && props->italic ? (unsigned)SPAN_ITALIC : 0);
    buf_clear(&v->text);
}

static void add_mark(struct viewer *v, struct paragraph *to, size_t note) {
    if (!v->notes[note]) {
        struct note *new = VEC_PUSH(v->pool, &v->body->notes);
        new->label = v->document->notes[note].mark;
        new->where = v->where;
        v->notes[note] = v->body->notes.n;
    }
    struct span *span = VEC_PUSH(v->pool, &to->spans);
    span->note = (int)v->notes[note];
}

static bool same_style(const struct run_props *a, const struct run_props *b) {
    return a && b && a->bold == b->bold && a->italic == b->italic;
}

/* One run of items of one style is one span. */
static void add_items(struct viewer *v, const struct para *para, struct paragraph *to) {
    const struct run_props *props = NULL;
    for (size_t i = 0; i < para->item_count; i++) {
        const struct inline_item *item = &para->items[i];
        if (item->props && item->props->hidden)
            continue;
        if (props && !same_style(props, item->props))
            add_span(v, to, props);
        props = item->props;
        if (item->kind == INLINE_TEXT) {
            buf_puts(&v->text, item->text);
        } else if (item->kind == INLINE_NO_BREAK_HYPHEN) {
            buf_putc(&v->text, '-');
        } else if (item->kind == INLINE_TAB || item->kind == INLINE_LINE_BREAK) {
            buf_putc(&v->text, ' ');
        } else if (item->kind == INLINE_NOTE_REF) {
            add_span(v, to, props);
            add_mark(v, to, item->note);
        }
    }
    add_span(v, to, props);
}

static void set_marker(struct viewer *v, struct paragraph *paragraph) {
    struct buf *text = &v->text;
    const struct span *span;
    VEC_EACH (span, &paragraph->spans)
        if (span->text)
            buf_puts(text, span->text);
    paragraph->marker = body_marker(buf_text(text), text->len);
    buf_clear(text);
}

static void view_blocks(struct viewer *v, const struct block *block);

static void view_para(struct viewer *v, const struct para *para) {
    struct paragraph paragraph = {.where = v->where};
    add_items(v, para, &paragraph);
    if (paragraph.spans.n) {
        set_marker(v, &paragraph);
        struct body_block *to = VEC_PUSH(v->pool, &v->body->blocks);
        to->kind = BLOCK_PARAGRAPH;
        to->paragraph = paragraph;
    }
    for (size_t i = 0; i < para->item_count; i++)
        if (para->items[i].kind == INLINE_SHAPE)
            view_blocks(v, para->items[i].shape->blocks);
}

/* Everything in the cell as one paragraph; nested tables give their text in order. The reader has
 * capped the depth. */
static void view_cell(struct viewer *v, const struct block *block, struct paragraph *to) {
    for (; block; block = block->next) {
        if (to->spans.n && block->kind == WML_PARA) {
            struct span *last = &to->spans.at[to->spans.n - 1];
            if (last->text)
                last->text = pool_printf(v->pool, "%s ", last->text);
        }
        if (block->kind == WML_PARA) {
            add_items(v, block->para, to);
            continue;
        }
        for (size_t r = 0; r < block->table->row_count; r++)
            for (size_t c = 0; c < block->table->rows[r].cell_count; c++)
                view_cell(v, block->table->rows[r].cells[c].blocks, to);
    }
}

static void view_table(struct viewer *v, const struct table *table) {
    struct body_table view = {0};
    for (size_t r = 0; r < table->row_count; r++)
        if (table->rows[r].cell_count > view.columns)
            view.columns = table->rows[r].cell_count;
    view.align = POOL_ARRAY(v->pool, enum column_align, view.columns + 1);
    for (size_t r = 0; r < table->row_count; r++) {
        struct table_row *row = VEC_PUSH(v->pool, &view.rows);
        row->where = v->where;
        row->cells = POOL_ARRAY(v->pool, struct paragraph, view.columns + 1);
        for (size_t c = 0; c < view.columns; c++)
            row->cells[c].where = v->where;
        for (size_t c = 0; c < table->rows[r].cell_count; c++)
            view_cell(v, table->rows[r].cells[c].blocks, &row->cells[c]);
    }
    struct body_block *to = VEC_PUSH(v->pool, &v->body->blocks);
    to->kind = BLOCK_TABLE;
    to->table = view;
}

static void view_blocks(struct viewer *v, const struct block *block) {
    for (; block; block = block->next) {
        if (block->kind == WML_PARA)
            view_para(v, block->para);
        else
            view_table(v, block->table);
    }
}

static void view_note(struct viewer *v, size_t number, const struct block *block) {
    struct paragraph all = {.where = v->where};
    view_cell(v, block, &all);
    struct note *note = &v->body->notes.at[number - 1];
    *VEC_PUSH(v->pool, &note->paragraphs) = all;
}

static void view(struct pool *pool, const struct document *document, struct body *body) {
    struct viewer v = {.pool = pool,
                       .body = body,
                       .document = document,
                       .where = {.file = body->docx, .part = "word/document.xml"},
                       .notes = POOL_ARRAY(pool, size_t, document->note_count + 1)};
    for (const struct wml_section *s = document->sections; s; s = s->next)
        view_blocks(&v, s->blocks);
    for (size_t i = 0; i < document->note_count; i++)
        if (v.notes[i])
            view_note(&v, v.notes[i], document->notes[i].blocks);
    buf_free(&v.text);
}

/* ---- the file ---- */

static bool opens_across(const struct document *document) {
    const struct wml_section *first = document->sections;
    return first && first->page_width > first->page_height;
}

/* Fonts of the old codes are named in few documents, and asking for every run's is work. */
static bool names_legacy_font(struct pool *pool, struct package *package, const char *main_part,
                              struct diag *diag) {
    const char *parts[] = {main_part, package_related(pool, package, main_part, "styles", diag)};
    for (size_t i = 0; i < 2; i++) {
        size_t n;
        const char *bytes = parts[i] ? package_part(package, parts[i], &n, diag) : NULL;
        if (bytes && (strcasestr(bytes, "\".vn") || strcasestr(bytes, "\"vni-")))
            return true;
    }
    return false;
}

static struct word_body *open_parts(struct pool *pool, struct package *package, const char *path,
                                    struct diag *diag) {
    struct word_body *word = POOL_NEW(pool, struct word_body);
    const char *main_part = package_related(pool, package, "", "officeDocument", diag);
    word->path = path;
    word->package = package;
    word->main_part = main_part ? main_part : "word/document.xml";
    size_t n;
    const char *bytes = package_part(package, word->main_part, &n, diag);
    struct where where = {.file = path, .part = word->main_part};
    word->root = bytes ? xml_parse(pool, bytes, n, where, diag) : NULL;
    if (!word->root)
        return NULL;
    word->theme = theme_new(pool, package, word->main_part, diag);
    if (names_legacy_font(pool, package, word->main_part, diag)) {
        word->legacy_document = legacy_part(word->root);
        word->styles =
            styles_read(pool, package, word->main_part,
                        numbering_read(pool, package, word->main_part, diag), word->theme, diag);
    }
    return word;
}

/* What the reader does not know is said when the finished document is read, not twice. */
static struct document *read_document(struct pool *pool, struct package *package,
                                      struct diag *diag) {
    struct diag *quiet = diag_new(diag_lang(diag));
    struct document *document = wml_read(pool, package, quiet);
    if (!document || diag_count(quiet, DIAG_ERROR))
        document = wml_read(pool, package, diag);
    diag_free(quiet);
    return document;
}

bool import_read_bytes(struct pool *pool, struct body *body, const char *bytes, size_t n,
                       struct diag *diag) {
    struct package *package = package_open(body->docx, bytes, n, diag);
    if (!package)
        return false;
    package_belongs(package, pool);
    struct document *document = read_document(pool, package, diag);
    body->word = document ? open_parts(pool, package, body->docx, diag) : NULL;
    if (!body->word)
        return false;
    body->word->opens_across = opens_across(document);
    view(pool, document, body);
    return true;
}

static bool open_body(struct pool *pool, struct body *body, struct diag *diag) {
    size_t n;
    const char *bytes = file_read(pool, body->docx, &n, body->from, diag);
    return bytes && import_read_bytes(pool, body, bytes, n, diag);
}

bool import_bodies(struct pool *pool, const struct dispatch *dispatch, struct diag *diag) {
    bool ok = true;
    const struct field *field;
    VEC_EACH (field, &dispatch->fields) {
        struct body *body = field->kind == FIELD_BODY ? field->body : NULL;
        if (body && body->docx && !body->word)
            ok = open_body(pool, body, diag) && ok;
    }
    return ok;
}

bool import_opens_across(const struct body *body) {
    return body->word && body->word->opens_across;
}
