/* A document's lines in reading order: a forced break ends a line, and so does a tab between two
 * things that stand side by side. */
#include "check/check.h"
#include "check/view.h"
#include "base/utf8.h"
#include "check/words.h"

#include <string.h>
#include <strings.h>

struct gatherer {
    struct view *view;
    const struct document *document;
    enum element element; /* of the story: header, footer, note; OTHER for the body */
    const char *part;
    bool first_page, boxed;
    size_t table, tables, row, cell, row_cells;
    struct buf raw;
    struct look look;
    bool inked; /* the line has shown something */
    bool has_number;
};

/* ---- looks ---- */

static void share(enum share *so_far, bool yes, bool first) {
    if (first)
        *so_far = yes ? SHARE_ALL : SHARE_NONE;
    else if (*so_far != (yes ? SHARE_ALL : SHARE_NONE))
        *so_far = SHARE_SOME;
}

static bool is_times(const char *family) {
    return family && strcasecmp(family, "Times New Roman") == 0;
}

static void look_at(struct gatherer *g, const struct run_props *props, const char *text) {
    struct look *look = &g->look;
    bool first = !g->inked;
    if (!props || !text[strspn(text, " \t")] || strcmp(text, "\xC2\xA0") == 0)
        return;
    if (has_letter(text) && (!look->family || is_times(look->family)))
        look->family = props->family ? props->family : "";
    if (first || props->size < look->smallest)
        look->smallest = props->size;
    if (first || props->size > look->largest)
        look->largest = props->size;
    share(&look->bold, props->bold, first);
    share(&look->italic, props->italic, first);
    share(&look->underline, props->underline != UNDERLINE_NONE, first);
    if (!look->color)
        look->color = props->color;
    g->inked = true;
}

/* ---- lines ---- */

static void end_line(struct gatherer *g, const struct para *para, bool opens, int column) {
    const char *raw = pool_strndup(g->view->pool, buf_text(&g->raw), g->raw.len);
    buf_clear(&g->raw);
    if (raw[strspn(raw, " \t")]) {
        struct line *line = view_add(g->view, raw);
        line->element = g->element;
        line->where =
            (struct where){.file = g->document->path, .part = g->part, .line = (int)para->number};
        line->para = para;
        line->look = g->look;
        line->opens = opens;
        line->given = true;
        line->first_page = g->first_page;
        line->has_number = g->has_number;
        line->boxed = g->boxed;
        line->table = g->table;
        line->row = g->row;
        line->cell = g->cell;
        line->row_cells = g->row_cells;
        line->column = g->row_cells == 2 ? (int)g->cell - 1 : column;
    }
    g->look = (struct look){0};
    g->inked = g->has_number = false;
}

/* A tab behind a list's marker belongs to the line; behind more than that, it parts two things. */
static bool tab_parts(const struct gatherer *g) {
    enum { MARKER = 9 };
    return word_count(buf_text(&g->raw)) > 1 || g->raw.len > MARKER;
}

static void add_text(struct gatherer *g, const struct inline_item *item, const char *text) {
    const struct run_props *props = item->props;
    if (props && (props->caps || props->small_caps))
        text = utf8_upper(g->view->pool, text);
    look_at(g, props, text);
    buf_puts(&g->raw, text);
}

static bool ends_here(const struct gatherer *g, const struct inline_item *item) {
    switch (item->kind) {
    case INLINE_LINE_BREAK:
    case INLINE_PAGE_BREAK:
    case INLINE_COLUMN_BREAK:
        return true;
    case INLINE_TAB:
        return tab_parts(g);
    default:
        return false;
    }
}

static void add_item(struct gatherer *g, const struct inline_item *item) {
    if (item->props && item->props->hidden)
        return;
    if (item->kind == INLINE_TEXT)
        add_text(g, item, item->text);
    else if (item->kind == INLINE_TAB)
        buf_putc(&g->raw, '\t');
    else if (item->kind == INLINE_NO_BREAK_HYPHEN)
        add_text(g, item, "-");
    else if (item->kind == INLINE_PAGE_NUMBER) {
        add_text(g, item, "1");
        g->has_number = true;
    }
}

static void add_blocks(struct gatherer *g, const struct block *block);

static void add_text_box(struct gatherer *g, const struct shape *shape) {
    bool outer = g->boxed;
    g->boxed = shape->stroke > 0;
    add_blocks(g, shape->blocks);
    g->boxed = outer;
}

static void add_para(struct gatherer *g, const struct para *para) {
    bool opens = true;
    int column = -1;
    for (size_t i = 0; i < para->item_count; i++) {
        const struct inline_item *item = &para->items[i];
        if (!ends_here(g, item)) {
            add_item(g, item);
            continue;
        }
        bool tab = item->kind == INLINE_TAB;
        if (tab && column < 0)
            column = 0;
        end_line(g, para, opens, column);
        opens = false;
        column = tab ? 1 : -1;
    }
    end_line(g, para, opens, column);
    for (size_t i = 0; i < para->item_count; i++)
        if (para->items[i].kind == INLINE_SHAPE)
            add_text_box(g, para->items[i].shape);
}

static void add_table(struct gatherer *g, const struct table *table) {
    struct gatherer outer = *g;
    size_t number = ++g->tables;
    for (size_t r = 0; r < table->row_count; r++)
        for (size_t c = 0; c < table->rows[r].cell_count; c++) {
            g->table = number;
            g->row = r + 1;
            g->cell = c + 1;
            g->row_cells = table->rows[r].cell_count;
            g->boxed = table->rows[r].cells[c].borders[EDGE_TOP].width > 0;
            add_blocks(g, table->rows[r].cells[c].blocks);
        }
    g->table = outer.table;
    g->row = outer.row;
    g->cell = outer.cell;
    g->row_cells = outer.row_cells;
    g->boxed = outer.boxed;
}

/* The depth of nesting was capped when the document was read. */
static void add_blocks(struct gatherer *g, const struct block *block) {
    for (; block; block = block->next)
        if (block->kind == WML_PARA)
            add_para(g, block->para);
        else
            add_table(g, block->table);
}

static void add_story(struct gatherer *g, enum element element, const char *part, bool first_page,
                      const struct block *blocks) {
    g->element = element;
    g->part = part;
    g->first_page = first_page;
    add_blocks(g, blocks);
}

/* What stands above and below the pages of the first section; the others mostly repeat it. */
static void add_margins(struct gatherer *g, const struct wml_section *s) {
    int first = s->title_page ? STORY_FIRST : STORY_DEFAULT, rest = STORY_DEFAULT;
    add_story(g, ELEMENT_HEADER, s->header_parts[first], true, s->headers[first]);
    add_story(g, ELEMENT_FOOTER, s->footer_parts[first], true, s->footers[first]);
    add_story(g, ELEMENT_HEADER, s->header_parts[rest], false, s->headers[rest]);
    add_story(g, ELEMENT_FOOTER, s->footer_parts[rest], false, s->footers[rest]);
}

struct view *check_view(struct pool *pool, const struct document *document,
                        const struct dispatch *dispatch, const struct doc_types *types) {
    struct view *view = POOL_NEW(pool, struct view);
    *view = (struct view){.pool = pool,
                          .document = document,
                          .dispatch = dispatch,
                          .types = types,
                          .path = document->path};
    struct gatherer g = {.view = view, .document = document};
    for (const struct wml_section *s = document->sections; s; s = s->next)
        add_story(&g, ELEMENT_OTHER, "word/document.xml", false, s->blocks);
    for (size_t i = 0; i < document->note_count; i++)
        add_story(&g, ELEMENT_NOTE,
                  document->notes[i].endnote ? "word/endnotes.xml" : "word/footnotes.xml", false,
                  document->notes[i].blocks);
    if (document->sections)
        add_margins(&g, document->sections);
    buf_free(&g.raw);
    recognise(view);
    recognise_body(view);
    return view;
}

const struct profile *check_profile(const struct view *view) {
    return view->profile;
}

bool check_is_appendix(const struct view *view) {
    return view->type && strcmp(view->type, "phu luc") == 0;
}
