/* Tables of RTF. A row says where its cells end only by where they end on the page, each for
 * itself; the columns of the table are found when it is over, from the edges of all its rows. */
#include "docx/rtf_parts.h"

#include <stdlib.h>

enum { COLUMNS_MOST = 1000, NEAR = 8 /* twips: one edge */ };

/* ---- when a table ends ---- */

static int by_value(const void *a, const void *b) {
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

/* The edges of all rows, sorted, each once; *n of them. */
static int *columns_of(struct rtf *r, const struct rtf_table *table, size_t *n) {
    VEC(int) all = {0};
    const struct rtf_done_row *row;
    VEC_EACH (row, &table->rows)
        for (size_t i = 0; i < row->n; i++)
            *VEC_PUSH(r->pool, &all) = row->edges[i];
    if (all.n)
        qsort(all.at, all.n, sizeof *all.at, by_value);
    *n = 0;
    for (size_t i = 0; i < all.n && *n <= COLUMNS_MOST; i++)
        if (!*n || all.at[i] > all.at[*n - 1] + NEAR)
            all.at[(*n)++] = all.at[i];
    return all.at;
}

/* Which of the columns' edges this one is. */
static size_t column_at(const int *columns, size_t n, int edge) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (columns[middle] < edge - NEAR)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void set_spans(struct rtf *r, const struct rtf_done_row *row, const int *columns, size_t n) {
    struct xml_node *cell = row->node->first;
    size_t from = row->n ? column_at(columns, n, row->edges[0]) : 0;
    if (from > 0)
        rtf_add_int(r, xml_child(row->node, w_trPr), w_gridBefore, (int)from);
    for (size_t i = 1; cell; cell = cell->next) {
        if (cell->name != w_tc)
            continue;
        size_t to = i < row->n ? column_at(columns, n, row->edges[i]) : from + 1;
        if (to > from + 1)
            rtf_add_int(r, xml_child(cell, w_tcPr), w_gridSpan, (int)(to - from));
        from = to;
        i++;
    }
}

static void set_grid(struct rtf *r, struct rtf_table *table) {
    struct xml_node *grid = xml_child(table->node, w_tblGrid);
    const struct rtf_done_row *row;
    size_t n;
    const int *columns = columns_of(r, table, &n);
    if (n > COLUMNS_MOST)
        return; /* no table of anybody's: its cells keep their widths */
    for (size_t i = 1; i < n; i++)
        rtf_set_int(r, rtf_add(r, grid, w_gridCol), w_w, columns[i] - columns[i - 1]);
    VEC_EACH (row, &table->rows)
        set_spans(r, row, columns, n);
}

void rtf_close_tables(struct rtf *r, int above) {
    for (int level = RTF_TABLES; level > above; level--) {
        struct rtf_table *table = &r->tables[level];
        if (table->cell || table->cells.n) /* a row that never ended */
            rtf_end_row(r, level);
        if (table->node)
            set_grid(r, table);
        *table = (struct rtf_table){0};
    }
}

/* ---- cells and rows ---- */

static int bounded(int level) {
    return level < 0 ? 0 : level > RTF_TABLES ? RTF_TABLES : level;
}

struct xml_node *rtf_container(struct rtf *r, int level) {
    struct xml_node *node = r->base;
    level = bounded(level);
    if (r->outer_base) /* tables within notes are paragraphs */
        return node;
    rtf_close_tables(r, level);
    for (int i = 1; i <= level; i++) {
        struct rtf_table *table = &r->tables[i];
        if (!table->node) {
            table->node = rtf_add(r, node, w_tbl);
            rtf_add(r, table->node, w_tblPr);
            rtf_add(r, table->node, w_tblGrid);
        }
        if (!table->cell) {
            table->cell = xml_new(r->pool, w_tc);
            rtf_add(r, table->cell, w_tcPr);
        }
        node = table->cell;
    }
    return node;
}

static void push_cell(struct rtf *r, struct rtf_table *table) {
    *VEC_PUSH(r->pool, &table->cells) = table->cell;
    table->cell = NULL;
}

void rtf_end_cell(struct rtf *r, int level) {
    level = bounded(level < 1 ? 1 : level);
    r->now.para.level = level;
    rtf_end_para(r, true);
    if (r->outer_base)
        return;
    rtf_close_tables(r, level);
    push_cell(r, &r->tables[level]);
}

/* Those that are said. */
static void put_pads(struct rtf *r, struct xml_node *margins, const int pads[RTF_SIDES]) {
    static const enum xml_name names[] = {w_top, w_left, w_bottom, w_right};
    for (int i = 0; i < RTF_SIDES; i++) {
        struct xml_node *margin = pads[i] < 0 ? NULL : rtf_add(r, margins, names[i]);
        if (!margin)
            continue;
        xml_set(r->pool, margin, w_type, "dxa");
        rtf_set_int(r, margin, w_w, pads[i]);
    }
}

static void set_cell(struct rtf *r, struct xml_node *node, const struct rtf_cell *cell, int width) {
    static const enum xml_name names[] = {w_top, w_left, w_bottom, w_right};
    struct xml_node *props = xml_child(node, w_tcPr), *size = rtf_add(r, props, w_tcW);
    struct xml_node *borders = rtf_add(r, props, w_tcBorders);
    xml_set(r->pool, size, w_type, "dxa");
    rtf_set_int(r, size, w_w, width);
    for (int i = 0; i < RTF_SIDES; i++)
        rtf_put_edge(r, borders, names[i], &cell->edges[i]);
    if (cell->shade > 0) {
        struct xml_node *shade = rtf_add(r, props, w_shd);
        xml_set(r->pool, shade, w_val, "clear");
        xml_set(r->pool, shade, w_fill, rtf_color(r, cell->shade));
    }
    put_pads(r, rtf_add(r, props, w_tcMar), cell->pads);
    if (cell->merge)
        rtf_add_val(r, props, w_vMerge, cell->merge);
    if (cell->valign)
        rtf_add_val(r, props, w_vAlign, cell->valign);
}

static void set_row(struct rtf *r, struct xml_node *node) {
    const struct rtf_row *row = &r->row;
    struct xml_node *props = rtf_add(r, node, w_trPr);
    if (row->header)
        rtf_add(r, props, w_tblHeader);
    if (row->keep)
        rtf_add(r, props, w_cantSplit);
    if (!row->height)
        return;
    struct xml_node *height = rtf_add(r, props, w_trHeight);
    rtf_set_int(r, height, w_val, row->height < 0 ? -row->height : row->height);
    xml_set(r->pool, height, w_hRule, row->height < 0 ? "exact" : "atLeast");
}

/* The first row speaks for the table. */
static void set_table(struct rtf *r, struct xml_node *table) {
    static const enum xml_name names[] = {w_top, w_left, w_bottom, w_right, w_insideH, w_insideV};
    struct xml_node *props = xml_child(table, w_tblPr), *indent, *borders;
    int pads[RTF_SIDES];
    for (int i = 0; i < RTF_SIDES; i++)
        pads[i] = r->row.pads[i] >= 0               ? r->row.pads[i]
                  : i == RTF_LEFT || i == RTF_RIGHT ? r->row.gap
                                                    : 0;
    if (props->first)
        return;
    if (r->row.jc)
        rtf_add_val(r, props, w_jc, r->row.jc);
    indent = rtf_add(r, props, w_tblInd);
    xml_set(r->pool, indent, w_type, "dxa");
    rtf_set_int(r, indent, w_w, r->row.left + (r->hanging ? pads[RTF_LEFT] : 0));
    borders = rtf_add(r, props, w_tblBorders);
    for (int i = 0; i < RTF_SIDES + 2; i++)
        rtf_put_edge(r, borders, names[i], &r->row.edges[i]);
    xml_set(r->pool, rtf_add(r, props, w_tblLayout), w_type, "fixed");
    put_pads(r, rtf_add(r, props, w_tblCellMar), pads);
}

/* Cells merged with one before them are not there; their edge is that one's. */
static void take_cells(struct rtf *r, struct rtf_table *table, struct rtf_done_row *done) {
    const struct rtf_row *row = &r->row;
    done->edges[done->n++] = row->left;
    for (size_t i = 0; i < table->cells.n && i < RTF_CELLS; i++) {
        struct rtf_cell cell = i < row->n ? row->cells[i] : row->next;
        int from = done->edges[done->n - 1], to = i < row->n ? cell.edge : from + 1000;
        size_t next = i + 1;
        for (; cell.first && next < row->n && next < table->cells.n && row->cells[next].merged;
             next++)
            to = row->cells[next].edge;
        to = to > from ? to : from + 1;
        set_cell(r, table->cells.at[i], &cell, to - from);
        xml_append(done->node, table->cells.at[i]);
        done->edges[done->n++] = to;
        i = next - 1;
    }
}

void rtf_end_row(struct rtf *r, int level) {
    level = bounded(level < 1 ? 1 : level);
    struct rtf_table *table = &r->tables[level];
    if (r->outer_base)
        return;
    if (r->para)
        rtf_end_cell(r, level);
    else if (table->cell)
        push_cell(r, table);
    if (!table->cells.n)
        return;
    set_table(r, table->node);
    struct rtf_done_row *done = VEC_PUSH(r->pool, &table->rows);
    done->node = rtf_add(r, table->node, w_tr);
    set_row(r, done->node);
    take_cells(r, table, done);
    table->cells.n = 0;
}

/* ---- what is said of a row ---- */

static void new_cell(struct rtf *r) {
    r->row.next = (struct rtf_cell){.pads = {-1, -1, -1, -1}};
}

void rtf_new_row(struct rtf *r) {
    r->row = (struct rtf_row){.pads = {-1, -1, -1, -1}};
    new_cell(r);
}

void rtf_new_cell(struct rtf *r, int edge) {
    if (r->row.n < RTF_CELLS) {
        r->row.cells[r->row.n] = r->row.next;
        r->row.cells[r->row.n++].edge = edge;
    }
    new_cell(r);
    r->row.edge = NULL;
}
