/* Document trees made by hand, and questions to ask of their pages. */
#ifndef CONGVAN_TESTS_LAYOUT_HELP_H
#define CONGVAN_TESTS_LAYOUT_HELP_H

#include "base/utf8.h"
#include "check.h"
#include "layout/page.h"

#include <stdlib.h>

/* All of one test: set up by begin(), freed by finish(). */
static struct {
    struct pool *pool;
    struct diag *diag;
    struct fonts *fonts;
    struct document doc;
    struct wml_section section; /* A4, margins 20 20 20 30 mm as dispatches have */
    struct run_props run;       /* Times New Roman 14 */
    struct para_props para;
    struct layout_options options;
    struct block *first, *last;
    struct pages *pages;
} t;

static inline void finish(void) {
    diag_free(t.diag);
    pool_free(t.pool);
    t.pool = NULL;
}

/* A test may begin again: what it had is done with. */
static inline void begin(void) {
    if (t.pool)
        finish();
    struct fonts *fonts = t.fonts ? t.fonts : fonts_new(NULL, 0);
    memset(&t, 0, sizeof t);
    t.fonts = fonts;
    t.pool = pool_new();
    t.diag = diag_new(LANG_EN);
    t.run = (struct run_props){.family = "Times New Roman",
                               .size = 14000,
                               .highlight = -1,
                               .underline_color = -1,
                               .scale = 100};
    t.para = (struct para_props){
        .line = 240, .shade = -1, .widow_control = true, .outline_level = -1, .style_id = "Normal"};
    t.section = (struct wml_section){.page_width = 595300,
                                     .page_height = 841900,
                                     .top = 56700,
                                     .right = 56700,
                                     .bottom = 56700,
                                     .left = 85050,
                                     .header = 36000,
                                     .footer = 36000,
                                     .page_start = -1};
    t.doc = (struct document){.path = "thu.docx",
                              .sections = &t.section,
                              .compat_mode = 15,
                              .default_tab = 36000,
                              .normal = &t.run};
    t.doc.pool = t.pool;
}

static inline void layout(void) {
    if (!t.section.blocks)
        t.section.blocks = t.first;
    t.pages = layout_pages(t.pool, &t.doc, t.fonts, &t.options, t.diag);
}

/* ---- making ---- */

static inline struct run_props *run_copy(void) {
    struct run_props *r = POOL_NEW(t.pool, struct run_props);
    *r = t.run;
    return r;
}

static inline struct para_props *para_copy(void) {
    struct para_props *p = POOL_NEW(t.pool, struct para_props);
    *p = t.para;
    return p;
}

/* A paragraph on its own, formatted by t.para and t.run as they are now. In the text, \t is a tab,
 * \n a line break, \f a page break. */
static inline struct block *para_new(const char *text) {
    struct block *b = POOL_NEW(t.pool, struct block);
    struct para *p = POOL_NEW(t.pool, struct para);
    struct run_props *run = run_copy();
    *b = (struct block){.kind = WML_PARA, .para = p};
    *p = (struct para){.props = para_copy(), .mark = run};
    p->items = POOL_ARRAY(t.pool, struct inline_item, strlen(text) + 4);
    while (*text) {
        size_t n = strcspn(text, "\t\n\f");
        struct inline_item *item = &p->items[p->item_count++];
        item->props = run;
        if (n)
            item->text = pool_strndup(t.pool, text, n);
        else
            item->kind = *text == '\t'   ? INLINE_TAB
                         : *text == '\n' ? INLINE_LINE_BREAK
                                         : INLINE_PAGE_BREAK;
        text += n ? n : 1;
    }
    return b;
}

static inline struct block *add(struct block *b) {
    if (t.last)
        t.last->next = b;
    else
        t.first = b;
    return t.last = b;
}

static inline struct para *para(const char *text) {
    return add(para_new(text))->para;
}

/* Appends an item with the paragraph's own run properties (room for three after the text). */
static inline struct inline_item *item(struct para *p, enum inline_kind kind) {
    struct inline_item *i = &p->items[p->item_count++];
    *i = (struct inline_item){.kind = kind, .props = p->mark};
    return i;
}

/* `n` lines of one word each: "w0" ... in one paragraph. */
static inline struct para *lines_para(int n) {
    struct buf b = {0};
    for (int i = 0; i < n; i++)
        buf_printf(&b, "%sw%d", i ? "\n" : "", i);
    struct para *p = para(buf_text(&b));
    buf_free(&b);
    return p;
}

static inline void fill_with(int n) {
    for (int i = 0; i < n; i++)
        para(pool_printf(t.pool, "f%d", i));
}

/* A table of `columns` equal columns over 450 pt; its cells are empty, borders none. */
static inline struct table *table_new(size_t rows, size_t columns) {
    struct table *table = POOL_NEW(t.pool, struct table);
    *table = (struct table){.column_count = columns, .row_count = rows, .cell_left = 5400};
    table->grid = POOL_ARRAY(t.pool, mpt, columns);
    table->rows = POOL_ARRAY(t.pool, struct row, rows);
    for (size_t c = 0; c < columns; c++)
        table->width += table->grid[c] = 450000 / (mpt)columns;
    for (size_t r = 0; r < rows; r++) {
        struct row *row = &table->rows[r];
        row->cells = POOL_ARRAY(t.pool, struct cell, columns);
        row->cell_count = columns;
        for (size_t c = 0; c < columns; c++)
            row->cells[c] = (struct cell){.width = table->grid[c],
                                          .column = c,
                                          .span = 1,
                                          .margin = {0, 5400, 0, 5400},
                                          .shade = -1,
                                          .blocks = para_new("")};
    }
    return table;
}

static inline struct block *table_block(struct table *table) {
    struct block *b = POOL_NEW(t.pool, struct block);
    *b = (struct block){.kind = WML_TABLE, .table = table};
    return b;
}

static inline struct table *table(size_t rows, size_t columns) {
    return add(table_block(table_new(rows, columns)))->table;
}

static inline void set_borders(struct table *table, mpt width) {
    for (size_t r = 0; r < table->row_count; r++)
        for (size_t c = 0; c < table->rows[r].cell_count; c++)
            for (int e = 0; e < 4; e++)
                table->rows[r].cells[c].borders[e].width = width;
}

/* ---- asking ---- */

static inline void put_draw_text(struct buf *out, const struct draw *d) {
    for (size_t i = 0; d->kind == DRAW_TEXT && i < d->as.text.n; i++) {
        char utf8[4];
        buf_append(out, utf8, utf8_put(utf8, d->as.text.glyphs[i].cp));
    }
}

static inline char *draw_string(const struct draw *d) {
    struct buf b = {0};
    put_draw_text(&b, d);
    char *s = pool_strdup(t.pool, buf_text(&b));
    buf_free(&b);
    return s;
}

/* All text of a page, draws separated by '|'. Page -1: of all pages, nothing between. */
static inline char *page_string(int page) {
    struct buf b = {0};
    const struct draw *d;
    for (size_t i = 0; i < t.pages->at.n; i++)
        if (page < 0 || (size_t)page == i)
            VEC_EACH (d, &t.pages->at.at[i].draws)
                if (d->kind == DRAW_TEXT) {
                    if (page >= 0 && b.len)
                        buf_putc(&b, '|');
                    put_draw_text(&b, d);
                }
    char *s = pool_strdup(t.pool, buf_text(&b));
    buf_free(&b);
    return s;
}

/* The n-th draw of a kind on a page; a test that asks for one that is not there fails. */
static inline const struct draw *nth(size_t page, enum draw_kind kind, size_t n) {
    static const struct draw none;
    const struct draw *d;
    if (page < t.pages->at.n)
        VEC_EACH (d, &t.pages->at.at[page].draws)
            if (d->kind == kind && n-- == 0)
                return d;
    CHECK(!"the draw is there");
    return &none;
}

static inline size_t count_draws(size_t page, enum draw_kind kind) {
    size_t n = 0;
    const struct draw *d;
    if (page < t.pages->at.n)
        VEC_EACH (d, &t.pages->at.at[page].draws)
            n += d->kind == kind;
    return n;
}

static inline const struct draw_text *text_at(size_t page, size_t n) {
    return &nth(page, DRAW_TEXT, n)->as.text;
}

/* The first text draw, of any page, whose text begins with `start`; *page tells which. */
static inline const struct draw_text *find_text(const char *start, size_t *page) {
    const struct draw *d;
    for (*page = 0; *page < t.pages->at.n; ++*page)
        VEC_EACH (d, &t.pages->at.at[*page].draws)
            if (d->kind == DRAW_TEXT && strncmp(draw_string(d), start, strlen(start)) == 0)
                return &d->as.text;
    printf("# no text \"%s\"\n", start);
    check_failed_ = 1;
    static const struct draw_text none;
    return &none;
}

static inline mpt y_of(const char *start) {
    size_t page;
    return find_text(start, &page)->y;
}

static inline int page_of(const char *start) {
    size_t page;
    find_text(start, &page);
    return (int)page;
}

/* Where glyph i of a draw ends. */
static inline mpt glyph_end(const struct draw_text *d, size_t i) {
    int64_t advance = face_advance(d->face, d->glyphs[i].id);
    return d->x + d->glyphs[i].x +
           (mpt)((advance * d->size * 2 / face_metrics(d->face)->upem + 1) / 2);
}

static inline mpt visible_end(const struct draw_text *d) {
    size_t i = d->n;
    while (i > 1 && d->glyphs[i - 1].cp == ' ')
        i--;
    return i ? glyph_end(d, i - 1) : d->x;
}

static inline bool near(int64_t a, int64_t b, int64_t by) {
    return a - b <= by && b - a <= by;
}

#define CHECK_NEAR(got, want, by)                                                                  \
    do {                                                                                           \
        long long g_ = (long long)(got), w_ = (long long)(want);                                   \
        if (!near(g_, w_, (by))) {                                                                 \
            printf("# %s:%d: %s is %lld, want %lld\n", __FILE__, __LINE__, #got, g_, w_);          \
            check_failed_ = 1;                                                                     \
        }                                                                                          \
    } while (0)

#endif
