/* The body of a dispatch as WordprocessingML: paragraphs formatted like the one that held the tag,
 * tables across the whole column. */
#include "docx/build.h"
#include "docx/merge_parts.h"

#include <string.h>

enum {
    CELL_MARGIN = 108,       /* twips left and right, Word's default */
    CELL_SPACE = 40,         /* twips above and below a cell's text */
    SPACE_ABOVE_TABLE = 120, /* twips, as between paragraphs */
    MIN_COLUMN = 400,        /* twips */
    HALF_POINT_BORDER = 4,   /* eighths of a point */
};

struct body_merger {
    struct merger *m;
    struct xml_node *parent;
    const struct xml_node *paragraph_props; /* w:pPr of the tag's paragraph; may be NULL */
    const struct xml_node *run_props;       /* w:rPr of the tag's run; may be NULL */
    const struct body *body;
    enum merge_heading heading; /* what the last paragraph was */
    int available;              /* twips across the column the body stands in */
};

void merge_spans(struct merger *m, struct xml_node *paragraph, const struct body *body,
                 const struct paragraph *text, const struct xml_node *run_props) {
    const struct span *span;
    VEC_EACH (span, &text->spans) {
        if (span->note) {
            merge_note_mark(m, paragraph, body, span->note, run_props);
            continue;
        }
        struct xml_node *run = build_run(m->pool, run_props);
        struct xml_node *props = span->flags ? build_props(m->pool, run, w_rPr) : NULL;
        if (span->flags & SPAN_BOLD)
            build_on(m->pool, props, w_b);
        if (span->flags & SPAN_ITALIC)
            build_on(m->pool, props, w_i);
        build_text(m->pool, run, span->text);
        xml_append(paragraph, run);
    }
}

static struct xml_node *new_paragraph(struct body_merger *b, struct xml_node *parent) {
    struct xml_node *paragraph = xml_new(b->m->pool, w_p);
    if (b->paragraph_props) {
        struct xml_node *props = xml_copy(b->m->pool, b->paragraph_props);
        struct xml_node *section = xml_child(props, w_sectPr);
        if (section)
            xml_remove(section);
        xml_append(paragraph, props);
    }
    xml_append(parent, paragraph);
    return paragraph;
}

/* A division of the text and its title stand in the middle, and no heading ends a page. */
static void set_heading(struct body_merger *b, struct xml_node *paragraph) {
    struct pool *pool = b->m->pool;
    struct xml_node *props = build_props(pool, paragraph, w_pPr);
    build_property(pool, props, w_keepNext);
    if (b->heading != HEADING_DIVISION && b->heading != HEADING_TITLE)
        return;
    xml_set(pool, build_property(pool, props, w_jc), w_val, "center");
    struct xml_node *ind = build_property(pool, props, w_ind);
    ind->attrs = NULL;
    xml_set(pool, ind, w_firstLine, "0");
    if (b->heading == HEADING_TITLE)
        xml_set(pool, build_property(pool, props, w_spacing), w_before, "0");
}

static void put_paragraph(struct body_merger *b, const struct paragraph *text) {
    size_t label;
    struct xml_node *paragraph = new_paragraph(b, b->parent);
    b->heading = merge_heading(b->m->pool, text, b->heading, &label);
    if (b->heading != HEADING_NONE && b->heading != HEADING_ARTICLE)
        set_heading(b, paragraph);
    merge_spans(b->m, paragraph, b->body, merge_heading_spans(b->m->pool, text, b->heading, label),
                b->run_props);
}

/* ---- tables ---- */

/* Narrowest (longest word) and natural width of a column, in twips without margins. */
struct column {
    int narrowest, natural, width;
};

static int twips(mpt width) {
    return (width + 49) / 50;
}

/* A stretch of text without a forced line break: its width; the column's narrowest grows with its
 * longest word. */
static mpt measure_words(struct body_merger *b, const struct xml_node *props, const char *text,
                         struct column *column) {
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, " ");
        const char *word = pool_strndup(b->m->pool, p, n);
        int w = twips(measure_text(b->m->measure, b->paragraph_props, props, word));
        if (w > column->narrowest)
            column->narrowest = w;
        p += n + strspn(p + n, " ");
    }
    return measure_text(b->m->measure, b->paragraph_props, props, text);
}

static void end_cell_line(struct column *column, mpt *line) {
    if (twips(*line) > column->natural)
        column->natural = twips(*line);
    *line = 0;
}

static void measure_cell(struct body_merger *b, const struct paragraph *cell, bool bold,
                         struct column *column) {
    struct xml_node *run = build_run(b->m->pool, b->run_props);
    if (bold)
        build_property(b->m->pool, build_props(b->m->pool, run, w_rPr), w_b);
    const struct xml_node *props = xml_child(run, w_rPr);
    mpt line = 0;
    const struct span *span;
    VEC_EACH (span, &cell->spans)
        for (const char *p = span->text; p && *p;) {
            size_t n = strcspn(p, "\n");
            line += measure_words(b, props, pool_strndup(b->m->pool, p, n), column);
            p += n;
            if (*p == '\n') {
                end_cell_line(column, &line);
                p++;
            }
        }
    end_cell_line(column, &line);
}

/* Every column its longest word, the rest shared by how much more each would take. */
static void share_width(struct column *columns, size_t n, int available) {
    int64_t least = 0, wish = 0;
    for (size_t i = 0; i < n; i++) {
        int margins = 2 * CELL_MARGIN + 20;
        columns[i].narrowest += margins;
        columns[i].natural += margins;
        if (columns[i].narrowest < MIN_COLUMN)
            columns[i].narrowest = MIN_COLUMN;
        if (columns[i].natural < columns[i].narrowest)
            columns[i].natural = columns[i].narrowest;
        least += columns[i].narrowest;
        wish += columns[i].natural - columns[i].narrowest + 1;
    }
    int64_t left = available;
    for (size_t i = 0; i < n; i++) {
        int64_t width = columns[i].narrowest;
        if (least <= available)
            width += (available - least) * (columns[i].natural - columns[i].narrowest + 1) / wish;
        else
            width = width * available / least;
        if (i + 1 == n)
            width = left;
        columns[i].width = width > 1 ? (int)width : 1;
        left -= columns[i].width;
    }
}

/* The widest that any table of the body must be for no word to break. */
static int least_width(struct body_merger *b) {
    int widest = 0;
    const struct body_block *block;
    VEC_EACH (block, &b->body->blocks) {
        const struct body_table *table = &block->table;
        if (block->kind != BLOCK_TABLE)
            continue;
        struct column *columns = POOL_ARRAY(b->m->pool, struct column, table->columns + 1);
        for (size_t r = 0; r < table->rows.n; r++)
            for (size_t c = 0; c < table->columns; c++)
                measure_cell(b, &table->rows.at[r].cells[c], r == 0, &columns[c]);
        int width = 0;
        for (size_t c = 0; c < table->columns; c++)
            width += columns[c].narrowest + 2 * CELL_MARGIN + 20;
        widest = width > widest ? width : widest;
    }
    return widest;
}

static struct column *measure_columns(struct body_merger *b, const struct body_table *table) {
    struct column *columns = POOL_ARRAY(b->m->pool, struct column, table->columns + 1);
    for (size_t r = 0; r < table->rows.n; r++)
        for (size_t c = 0; c < table->columns; c++)
            measure_cell(b, &table->rows.at[r].cells[c], r == 0, &columns[c]);
    share_width(columns, table->columns, b->available);
    return columns;
}

static void put_borders(struct pool *pool, struct xml_node *props) {
    static const enum xml_name edges[] = {w_top, w_left, w_bottom, w_right, w_insideH, w_insideV};
    struct xml_node *borders = build_property(pool, props, w_tblBorders);
    for (size_t i = 0; i < sizeof edges / sizeof edges[0]; i++) {
        struct xml_node *edge = build_add(pool, borders, edges[i], w_val, "single");
        xml_set(pool, edge, w_sz, pool_printf(pool, "%d", HALF_POINT_BORDER));
        xml_set(pool, edge, w_space, "0");
        xml_set(pool, edge, w_color, "auto");
    }
}

static void put_table_props(struct pool *pool, struct xml_node *table, int width) {
    struct xml_node *props = build_add(pool, table, w_tblPr, w_val, NULL);
    struct xml_node *w = build_property(pool, props, w_tblW);
    xml_set(pool, w, w_w, pool_printf(pool, "%d", width));
    xml_set(pool, w, w_type, "dxa");
    put_borders(pool, props);
    xml_set(pool, build_property(pool, props, w_tblLayout), w_type, "fixed");
}

static const char *alignment(enum column_align align, bool header) {
    switch (align) {
    case COLUMN_CENTER:
        return "center";
    case COLUMN_RIGHT:
        return header ? "center" : "right";
    case COLUMN_LEFT:
        return "left";
    default:
        return header ? "center" : "left";
    }
}

struct xml_node *merge_cell_props(struct pool *pool, const struct xml_node *paragraph_props) {
    static const enum xml_name not_in_cells[] = {w_keepNext, w_sectPr, w_framePr};
    struct xml_node *props =
        paragraph_props ? xml_copy(pool, paragraph_props) : xml_new(pool, w_pPr);
    for (size_t i = 0; i < sizeof not_in_cells / sizeof *not_in_cells; i++) {
        struct xml_node *child = xml_child(props, not_in_cells[i]);
        if (child)
            xml_remove(child);
    }
    struct xml_node *spacing = build_property(pool, props, w_spacing);
    xml_set(pool, spacing, w_before, pool_printf(pool, "%d", CELL_SPACE));
    xml_set(pool, spacing, w_after, pool_printf(pool, "%d", CELL_SPACE));
    struct xml_node *ind = build_property(pool, props, w_ind);
    ind->attrs = NULL;
    xml_set(pool, ind, w_left, "0");
    xml_set(pool, ind, w_right, "0");
    xml_set(pool, ind, w_firstLine, "0");
    return props;
}

/* The paragraph of a cell keeps the body's style but none of its indents. */
static struct xml_node *cell_paragraph(struct body_merger *b, struct xml_node *cell,
                                       const char *jc) {
    struct pool *pool = b->m->pool;
    struct xml_node *paragraph = build_add(pool, cell, w_p, w_val, NULL);
    struct xml_node *props = merge_cell_props(pool, b->paragraph_props);
    xml_append(paragraph, props);
    xml_set(pool, build_property(pool, props, w_jc), w_val, jc);
    return paragraph;
}

static void put_row(struct body_merger *b, struct xml_node *table, const struct body_table *t,
                    size_t r, const struct column *columns) {
    struct pool *pool = b->m->pool;
    struct xml_node *row = build_add(pool, table, w_tr, w_val, NULL);
    struct xml_node *row_props = build_add(pool, row, w_trPr, w_val, NULL);
    build_add(pool, row_props, w_cantSplit, w_val, NULL);
    if (r == 0)
        build_add(pool, row_props, w_tblHeader, w_val, NULL);
    struct xml_node *run = build_run(pool, b->run_props);
    if (r == 0)
        build_property(pool, build_props(pool, run, w_rPr), w_b);
    for (size_t c = 0; c < t->columns; c++) {
        struct xml_node *cell = build_add(pool, row, w_tc, w_val, NULL);
        struct xml_node *props = build_add(pool, cell, w_tcPr, w_val, NULL);
        struct xml_node *w = build_property(pool, props, w_tcW);
        xml_set(pool, w, w_w, pool_printf(pool, "%d", columns[c].width));
        xml_set(pool, w, w_type, "dxa");
        if (r == 0)
            xml_set(pool, build_property(pool, props, w_vAlign), w_val, "center");
        merge_spans(b->m, cell_paragraph(b, cell, alignment(t->align[c], r == 0)), b->body,
                    &t->rows.at[r].cells[c], xml_child(run, w_rPr));
    }
}

static void put_table(struct body_merger *b, const struct body_table *t) {
    struct pool *pool = b->m->pool;
    const struct column *columns = measure_columns(b, t);
    struct xml_node *table = xml_new(pool, w_tbl);
    int width = 0;
    for (size_t c = 0; c < t->columns; c++)
        width += columns[c].width;
    put_table_props(pool, table, width);
    struct xml_node *grid = build_add(pool, table, w_tblGrid, w_val, NULL);
    for (size_t c = 0; c < t->columns; c++)
        build_add_int(pool, grid, w_gridCol, w_w, columns[c].width);
    for (size_t r = 0; r < t->rows.n; r++)
        put_row(b, table, t, r, columns);
    xml_append(b->parent, table);
}

void merge_space_below(struct pool *pool, struct xml_node *paragraph) {
    xml_set(pool, build_property(pool, build_props(pool, paragraph, w_pPr), w_spacing), w_after,
            pool_printf(pool, "%d", SPACE_ABOVE_TABLE));
}

/* Two tables in a row need a paragraph between them, and a border some space above it. */
static void make_room_for_table(struct body_merger *b) {
    struct xml_node *last = b->parent->last;
    if (last && last->name == w_tbl)
        last = new_paragraph(b, b->parent);
    if (last && last->name == w_p)
        merge_space_below(b->m->pool, last);
}

/* ---- the whole ---- */

static const struct xml_node *run_props_of_tag(const struct xml_node *node) {
    struct xml_node *child;
    XML_EACH_CHILD (child, node) {
        if (child->name == XML_MARK && child->first)
            return xml_child(child->first, w_rPr);
        const struct xml_node *found = child->dynamic ? run_props_of_tag(child) : NULL;
        if (found)
            return found;
    }
    return NULL;
}

/* The signature block that follows must not stand alone on a page: the last paragraph is kept with
 * it, of which Word then takes the last two lines along. */
static void keep_last_with_next(struct body_merger *b) {
    struct xml_node *last = b->parent->last;
    if (last && last->name == w_p)
        build_property(b->m->pool, build_props(b->m->pool, last, w_pPr), w_keepNext);
}

/* A section that ended in the tag's paragraph ends after the body; two tables in a row, or a table
 * at the end of a cell, need a paragraph behind them. */
static void close_body(struct body_merger *b, const struct xml_node *section) {
    bool table_last = b->parent->last && b->parent->last->name == w_tbl;
    if (!section && !table_last)
        return;
    if (table_last)
        new_paragraph(b, b->parent);
    if (section)
        xml_append(build_props(b->m->pool, b->parent->last, w_pPr), xml_copy(b->m->pool, section));
}

static void put_blocks(struct body_merger *b) {
    const struct body_block *block;
    VEC_EACH (block, &b->body->blocks) {
        if (block->kind == BLOCK_TABLE) {
            b->heading = HEADING_NONE;
            make_room_for_table(b);
            put_table(b, &block->table);
        } else {
            put_paragraph(b, &block->paragraph);
        }
    }
}

void merge_body(struct merger *m, struct xml_node *parent, const struct xml_node *paragraph,
                const char *part, const struct body *body) {
    struct body_merger b = {.m = m,
                            .parent = parent,
                            .paragraph_props = xml_child(paragraph, w_pPr),
                            .run_props = run_props_of_tag(paragraph),
                            .body = body,
                            .available = twips(measure_column(paragraph))};
    bool appendix = m->appendices.n && parent->name == w_body;
    if (appendix)
        b.available = merge_appendix_column(m, paragraph, body, body->word ? 0 : least_width(&b),
                                            b.available);
    if (body->word)
        import_place(m, parent, paragraph, part, b.run_props, body);
    else
        put_blocks(&b);
    close_body(&b, xml_child(b.paragraph_props, w_sectPr));
    if (!appendix)
        keep_last_with_next(&b);
}
