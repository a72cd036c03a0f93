/* Tables: the grid, rows and cells, effective cell properties (17.4). */
#include "docx/wml_table.h"

#include "docx/units.h"

#include <stdlib.h>
#include <string.h>

typedef VEC(const struct xml_node *) node_vec;

/* ---- finding rows and cells ---- */

/* What is in a content control: of one around a cell, what it is bound to. */
static const struct xml_node *control_of(struct story *story, const struct xml_node *sdt,
                                         enum xml_name name) {
    return name == w_tc ? control_content(story, sdt) : xml_child(sdt, w_sdtContent);
}

/* Children of this name, also inside content controls and the like. */
static void gather(struct story *story, const struct xml_node *parent, enum xml_name name,
                   node_vec *found) {
    const struct xml_node *node;
    XML_EACH_CHILD (node, parent) {
        if (node->name == name) {
            *VEC_PUSH(story->reader->pool, found) = node;
        } else if (node->name == w_sdt || node->name == w_customXml || node->name == w_ins ||
                   node->name == w_moveTo || node->name == mc_AlternateContent) {
            if (!story_enter(story))
                return;
            gather(story,
                   node->name == w_sdt                 ? control_of(story, node, name)
                   : node->name == mc_AlternateContent ? chosen(node)
                                                       : node,
                   name, found);
            story_leave(story);
        }
    }
}

static size_t clamped(const struct xml_node *parent, enum xml_name name, int otherwise) {
    const struct xml_node *node = xml_child(parent, name);
    int n = node ? xml_int(node, w_val, otherwise) : otherwise;
    return n < otherwise ? (size_t)otherwise : n > MAX_COLUMNS ? MAX_COLUMNS : (size_t)n;
}

static enum v_merge merge_of(const struct xml_node *props) {
    const struct xml_node *node = xml_child(props, w_vMerge);
    const char *value = node ? xml_get(node, w_val) : NULL;
    if (!node)
        return MERGE_NONE;
    return value && strcmp(value, "restart") == 0 ? MERGE_START : MERGE_CONTINUE;
}

static bool joins_left(const struct xml_node *props) {
    const struct xml_node *node = xml_child(props, w_hMerge);
    const char *value = node ? xml_get(node, w_val) : NULL;
    return node && !(value && strcmp(value, "restart") == 0);
}

static void add_cell(struct pool *pool, struct raw_row *row, const struct xml_node *node) {
    const struct xml_node *props = xml_child(node, w_tcPr);
    size_t span = clamped(props, w_gridSpan, 1);
    if (row->columns >= MAX_COLUMNS)
        row->columns = MAX_COLUMNS - 1; /* cells past the limit lie over one another */
    if (row->columns + span > MAX_COLUMNS)
        span = MAX_COLUMNS - row->columns;
    if (joins_left(props) && row->cells.n) {
        row->cells.at[row->cells.n - 1].span += span;
    } else {
        struct raw_cell *cell = VEC_PUSH(pool, &row->cells);
        *cell = (struct raw_cell){node, props, row->columns, span, merge_of(props)};
    }
    row->columns += span;
}

static void add_row(struct raw_table *raw, const struct xml_node *node) {
    struct pool *pool = raw->story->reader->pool;
    node_vec cells = {0};
    const struct xml_node *props = xml_child(node, w_trPr), **cell;
    if (xml_child(props, w_del) || xml_flag_local(props, "hidden"))
        return;
    gather(raw->story, node, w_tc, &cells);
    struct raw_row *row = VEC_PUSH(pool, &raw->rows);
    row->node = node;
    row->props = props;
    row->columns = clamped(props, w_gridBefore, 0);
    VEC_EACH (cell, &cells)
        if (!xml_child_local(xml_child(*cell, w_tcPr), "cellDel"))
            add_cell(pool, row, *cell);
}

/* ---- conditional parts ---- */

static bool look_bit(const struct xml_node *look, enum xml_name attr, unsigned bit,
                     unsigned otherwise) {
    const char *value = look ? xml_get(look, attr) : NULL,
               *hex = look ? xml_get(look, w_val) : NULL;
    if (value)
        return strcmp(value, "1") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0;
    return (hex ? (unsigned)strtoul(hex, NULL, 16) : otherwise) & bit;
}

static unsigned look_of(const struct xml_node *tblpr) {
    const struct xml_node *look = xml_child(tblpr, w_tblLook);
    unsigned parts = 0;
    if (look_bit(look, w_firstRow, 0x20, 0))
        parts |= PART_FIRST_ROW;
    if (look_bit(look, w_lastRow, 0x40, 0))
        parts |= PART_LAST_ROW;
    if (look_bit(look, w_firstColumn, 0x80, 0))
        parts |= PART_FIRST_COL;
    if (look_bit(look, w_lastColumn, 0x100, 0))
        parts |= PART_LAST_COL;
    if (!look_bit(look, w_noHBand, 0x200, 0x200))
        parts |= PART_BAND1_HORZ | PART_BAND2_HORZ;
    if (!look_bit(look, w_noVBand, 0x400, 0x400))
        parts |= PART_BAND1_VERT | PART_BAND2_VERT;
    return parts;
}

/* Bands are counted after the first row and column. */
static unsigned bands(const struct raw_table *raw, size_t r, size_t c) {
    size_t row = r - (raw->look & PART_FIRST_ROW ? 1 : 0);
    size_t col = c - (raw->look & PART_FIRST_COL ? 1 : 0);
    bool odd_row = row / (size_t)raw->style.row_band % 2;
    bool odd_col = col / (size_t)raw->style.col_band % 2;
    return (odd_row ? PART_BAND2_HORZ : PART_BAND1_HORZ) |
           (odd_col ? PART_BAND2_VERT : PART_BAND1_VERT);
}

static unsigned parts_of(const struct raw_table *raw, size_t r, const struct raw_cell *cell) {
    bool top = r == 0, bottom = r + 1 == raw->rows.n;
    bool left = cell->column == 0, right = cell->column + cell->span >= raw->grid.n;
    unsigned parts = (top ? PART_FIRST_ROW : 0) | (bottom ? PART_LAST_ROW : 0) |
                     (left ? PART_FIRST_COL : 0) | (right ? PART_LAST_COL : 0);
    parts &= raw->look;
    if (!(parts & (PART_FIRST_ROW | PART_LAST_ROW)))
        parts |= bands(raw, r, cell->column) & raw->look & (PART_BAND1_HORZ | PART_BAND2_HORZ);
    if (!(parts & (PART_FIRST_COL | PART_LAST_COL)))
        parts |= bands(raw, r, cell->column) & raw->look & (PART_BAND1_VERT | PART_BAND2_VERT);
    if (parts & PART_FIRST_ROW)
        parts |= (parts & PART_FIRST_COL ? PART_NW_CELL : 0) |
                 (parts & PART_LAST_COL ? PART_NE_CELL : 0);
    if (parts & PART_LAST_ROW)
        parts |= (parts & PART_FIRST_COL ? PART_SW_CELL : 0) |
                 (parts & PART_LAST_COL ? PART_SE_CELL : 0);
    return parts | (top ? AT_TOP : 0) | (bottom ? AT_BOTTOM : 0) | (left ? AT_LEFT : 0) |
           (right ? AT_RIGHT : 0);
}

/* ---- cells ---- */

/* Which of the table's six borders an edge of a cell takes. */
static int table_edge(int edge, unsigned at) {
    switch (edge) {
    case EDGE_TOP:
        return at & AT_TOP ? EDGE_TOP : INSIDE_H;
    case EDGE_BOTTOM:
        return at & AT_BOTTOM ? EDGE_BOTTOM : INSIDE_H;
    case EDGE_LEFT:
        return at & AT_LEFT ? EDGE_LEFT : INSIDE_V;
    default:
        return at & AT_RIGHT ? EDGE_RIGHT : INSIDE_V;
    }
}

static void read_edges(struct story *story, const struct table_style *table, unsigned at,
                       const struct cell_style *style, const struct xml_node *tcpr,
                       struct cell_edges *edges) {
    struct border own[TABLE_EDGES] = {{0}};
    bool own_set[TABLE_EDGES] = {false};
    table_borders_read(styles_reader(story->reader->styles), xml_child(tcpr, w_tcBorders), own,
                       own_set);
    for (int i = 0; i < 4; i++) {
        struct edge *edge = &edges->at[i];
        edge->border = table->borders[table->spacing > 0 ? table_edge(i, 0) : table_edge(i, at)];
        if (style->borders_set[i])
            *edge = (struct edge){style->borders[i], EDGE_OF_CELL};
        if (own_set[i])
            *edge = (struct edge){own[i], EDGE_OF_CELL};
        if (edge->border.fancy)
            unsupported(story, "w:tcBorders (w:shadow)");
    }
}

/* A cell with w:noWrap and a width of its own keeps that width; only one without keeps its text in
 * one line (17.4.29). */
static bool asks_for_length(const struct xml_node *tcpr) {
    return table_measure(xml_child(tcpr, w_tcW), 0) > 0;
}

static void read_cell_props(struct raw_table *raw, const struct table_style *table,
                            const struct cell_style *style, const struct raw_cell *from,
                            struct cell *cell) {
    struct theme *theme = raw->story->reader->theme;
    const struct xml_node *shd = xml_child(from->props, w_shd);
    int v_align = v_align_read(xml_child(from->props, w_vAlign));
    if (v_align < 0)
        v_align = style->v_align < 0 ? V_TOP : style->v_align;
    cell->v_align = (enum v_align)v_align;
    cell->shade = style->shade >= 0 ? style->shade : table->shade;
    bool striped = style->shade >= 0 ? style->striped : table->striped;
    if (shd)
        cell->shade = shade_read(theme, shd, &striped);
    if (striped)
        unsupported(raw->story, "w:shd (w:val)");
    memcpy(cell->margin, table->margin, sizeof cell->margin);
    for (int edge = 0; edge < 4; edge++)
        if (style->margin[edge] >= 0)
            cell->margin[edge] = style->margin[edge];
    cell_margins_read(xml_child(from->props, w_tcMar), cell->margin);
    int turn = text_turn_read(xml_child(from->props, w_textDirection));
    if (turn < 0)
        turn = style->turn < 0 ? TURN_NONE : style->turn;
    cell->turn = (enum text_turn)turn;
    const char *flow = xml_child_val(from->props, w_textDirection);
    if (flow && (strcmp(flow, "tbLrV") == 0 || strcmp(flow, "lrV") == 0))
        unsupported(raw->story, "w:textDirection (tbLrV)"); /* its lines go the other way */
    if (xml_child_local(from->props, "cellMerge"))
        unsupported(raw->story, "w:cellMerge");
    const char *align = xml_child_val(from->props, w_vAlign);
    if (align && strcmp(align, "both") == 0)
        unsupported(raw->story, "w:vAlign (w:tcPr)");
    cell->hide_mark = xml_child_local(from->props, "hideMark") != NULL;
    cell->no_wrap = xml_on(from->props, w_noWrap, false) && !asks_for_length(from->props);
    const struct xml_node *borders = xml_child(from->props, w_tcBorders), *diagonal;
    if ((diagonal = xml_child(borders, w_tl2br)))
        cell->falling = border_read(theme, diagonal);
    if ((diagonal = xml_child(borders, w_tr2bl)))
        cell->rising = border_read(theme, diagonal);
}

static void fit_lines(struct styles *styles, const struct block *blocks) {
    for (const struct block *b = blocks; b; b = b->next)
        if (b->kind == WML_PARA)
            b->para->props = styles_asking(styles, b->para->props, ASKS_FITTING_LINES);
}

/* The paragraphs of a control that was filled in are no longer the part's: none is counted. */
static struct block *read_cell_story(struct story *story, const struct xml_node *node) {
    const struct xml_node *cursor = story->cursor, *around = node->parent;
    bool filled = around && around->name == w_sdtContent && !around->parent;
    if (filled)
        story->cursor = NULL;
    struct block *blocks = read_story(story, node);
    if (filled)
        story->cursor = cursor;
    return blocks;
}

static void read_cell(struct raw_table *raw, const struct table_style *table,
                      const struct cell_style *style, const struct raw_cell *from,
                      struct cell *cell) {
    struct story *story = raw->story;
    cell->column = from->column;
    cell->span = from->span;
    cell->merge = from->merge;
    cell->width = mpt_clamp(grid_sum(raw->grid.at + from->column, from->span));
    read_cell_props(raw, table, style, from, cell);
    const struct cell_style *outer_cell = story->cell;
    struct sections *sections = story->sections;
    mpt width = story->width;
    story->cell = style;
    story->sections = NULL;
    story->width = cell->width - cell->margin[EDGE_LEFT] - cell->margin[EDGE_RIGHT];
    if (story->width < 0)
        story->width = 0;
    cell->blocks = read_cell_story(story, from->node);
    if (xml_flag_local(from->props, "tcFitText"))
        fit_lines(story->reader->styles, cell->blocks);
    story->cell = outer_cell;
    story->sections = sections;
    story->width = width;
}

/* ---- rows ---- */

/* What the table style says of a row is found where it speaks of its first cell; NULL: no cell. */
static const struct cell_style *row_style(const struct raw_table *raw, size_t r) {
    const struct raw_row *row = &raw->rows.at[r];
    return row->cells.n ? styles_cell(raw->story->reader->styles, raw->style_id,
                                      parts_of(raw, r, &row->cells.at[0]))
                        : NULL;
}

static void read_row_props(const struct raw_row *from, const struct cell_style *style,
                           bool headers_so_far, struct row *row) {
    const struct xml_node *height = xml_child(from->props, w_trHeight);
    const char *rule = height ? xml_get(height, w_hRule) : NULL;
    row->height = length_get(height, w_val, UNIT_TWIP, 0);
    if (row->height > 0)
        row->height_rule = rule && strcmp(rule, "exact") == 0 ? HEIGHT_EXACT : HEIGHT_AT_LEAST;
    else
        row->height = 0;
    row->cant_split = xml_on(from->props, w_cantSplit, style && style->cant_split > 0);
    row->header = headers_so_far && xml_on(from->props, w_tblHeader, style && style->header > 0);
}

/* Bookmarks that begin before the row or between its cells. */
static void bookmarks_of_row(struct story *story, const struct xml_node *row) {
    const struct xml_node *node = row->prev;
    while (node && (node->name == XML_TEXT || node->name == w_bookmarkStart ||
                    node->name == w_bookmarkEnd)) {
        if (node->name == w_bookmarkStart)
            bookmark_wait(story, node);
        node = node->prev;
    }
    XML_EACH_CHILD (node, row)
        if (node->name == w_bookmarkStart)
            bookmark_wait(story, node);
}

static struct cell_edges *read_row(struct raw_table *raw, size_t r, struct row *row) {
    struct reader *reader = raw->story->reader;
    const struct raw_row *from = &raw->rows.at[r];
    struct table_style table = raw->style;
    bookmarks_of_row(raw->story, from->node);
    const struct xml_node *exception = xml_child_local(from->node, "tblPrEx");
    if (exception)
        table_style_lay(reader->styles, exception, &table);
    row->cell_count = from->cells.n;
    row->cells = POOL_ARRAY(reader->pool, struct cell, row->cell_count + 1);
    struct cell_edges *edges = POOL_ARRAY(reader->pool, struct cell_edges, row->cell_count + 1);
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct raw_cell *cell = &from->cells.at[i];
        unsigned ends = (i == 0 ? AT_LEFT : 0) | (i + 1 == row->cell_count ? AT_RIGHT : 0);
        unsigned parts = parts_of(raw, r, cell);
        const struct cell_style *style = styles_cell(reader->styles, raw->style_id, parts);
        read_edges(raw->story, &table, parts | ends, style, cell->props, &edges[i]);
        read_cell(raw, &table, style, cell, &row->cells[i]);
    }
    return edges;
}

/* A continued cell needs one above it that starts or goes on between the same columns. */
static void mend_merges(struct table *table) {
    size_t open[MAX_COLUMNS + 1] = {0}; /* span of the merged cell that is open there */
    for (size_t r = 0; r < table->row_count; r++) {
        size_t next[MAX_COLUMNS + 1] = {0};
        for (size_t i = 0; i < table->rows[r].cell_count; i++) {
            struct cell *cell = &table->rows[r].cells[i];
            if (cell->merge == MERGE_CONTINUE && open[cell->column] != cell->span)
                cell->merge = MERGE_START;
            next[cell->column] = cell->merge != MERGE_NONE ? cell->span : 0;
        }
        memcpy(open, next, sizeof open);
    }
}

/* ---- the table ---- */

static enum anchor_align place_align(const char *align) {
    static const struct {
        const char *name;
        enum anchor_align align;
    } names[] = {{"left", ANCHOR_START},    {"inside", ANCHOR_INSIDE}, {"top", ANCHOR_START},
                 {"center", ANCHOR_CENTER}, {"right", ANCHOR_END},     {"outside", ANCHOR_OUTSIDE},
                 {"bottom", ANCHOR_END}};
    for (size_t i = 0; align && i < sizeof names / sizeof names[0]; i++)
        if (strcmp(align, names[i].name) == 0)
            return names[i].align;
    return ANCHOR_OFFSET;
}

static enum anchor_base place_base(const char *anchor, enum anchor_base text,
                                   enum anchor_base otherwise) {
    if (!anchor)
        return otherwise;
    return strcmp(anchor, "page") == 0     ? BASE_PAGE
           : strcmp(anchor, "margin") == 0 ? BASE_MARGIN
                                           : text;
}

/* To save a zero, which could mean that the table does not float, Word writes 1 (MS-OI29500
 * 2.1.162). */
static mpt place_offset(const struct xml_node *node, enum xml_name name) {
    mpt offset = length_get(node, name, UNIT_TWIP, 0);
    return offset == UNIT_TWIP ? 0 : offset;
}

/* One that says nothing, or only that it stands by the page where the text is (ibid.). */
static bool stays_in_text(const struct xml_node *node) {
    const char *across = xml_get(node, w_horzAnchor), *down = xml_get(node, w_vertAnchor);
    return xml_int(node, w_tblpX, 0) == 0 && xml_int(node, w_tblpY, 0) == 0 &&
           !xml_get(node, w_tblpXSpec) && !xml_get(node, w_tblpYSpec) &&
           (!across || strcmp(across, "text") == 0) && !(down && strcmp(down, "text") == 0);
}

/* A floating table (17.4.57); NULL: Word does not let it float. */
static const struct table_place *read_place(struct pool *pool, const struct xml_node *node,
                                            bool apart) {
    static const enum xml_name distances[] = {[EDGE_TOP] = w_topFromText,
                                              [EDGE_LEFT] = w_leftFromText,
                                              [EDGE_BOTTOM] = w_bottomFromText,
                                              [EDGE_RIGHT] = w_rightFromText};
    if (stays_in_text(node))
        return NULL;
    struct table_place *place = POOL_NEW(pool, struct table_place);
    place->x_base = place_base(xml_get(node, w_horzAnchor), BASE_COLUMN, BASE_COLUMN);
    place->y_base = place_base(xml_get(node, w_vertAnchor), BASE_PARAGRAPH, BASE_MARGIN);
    place->x_align = place_align(xml_get(node, w_tblpXSpec));
    if (place->y_base != BASE_PARAGRAPH) /* in the text only an offset has a meaning */
        place->y_align = place_align(xml_get(node, w_tblpYSpec));
    place->x = place_offset(node, w_tblpX);
    place->y = place_offset(node, w_tblpY);
    for (int i = 0; i < 4; i++) {
        mpt distance = length_get(node, distances[i], UNIT_TWIP, 0);
        place->distance[i] = distance < 0 ? 0 : distance;
    }
    place->apart = apart;
    return place;
}

static void warn_of_the_rest(struct raw_table *raw, struct table *table) {
    const struct xml_node *floating = xml_child(raw->props, w_tblpPr);
    const struct xml_node *overlap = xml_child_local(raw->props, "tblOverlap");
    const char *side = floating ? xml_get(floating, w_tblpXSpec) : NULL;
    const char *says = overlap ? xml_get(overlap, w_val) : NULL;
    if (floating)
        table->place =
            read_place(raw->story->reader->pool, floating, says && strcmp(says, "never") == 0);
    if (side) /* a floating table stands in the text, but on its side */
        table->jc = strcmp(side, "center") == 0                                  ? JC_CENTER
                    : strcmp(side, "right") == 0 || strcmp(side, "outside") == 0 ? JC_RIGHT
                                                                                 : table->jc;
}

/* ---- cells with room between them ---- */

/* Every cell keeps its borders; those that a table has at its edges go around them all. */
static void space_cells(const struct raw_table *raw, struct table *table,
                        struct cell_edges *const *wishes) {
    table->spacing = raw->style.spacing;
    memcpy(table->frame, raw->style.borders, sizeof table->frame);
    for (size_t r = 0; r < table->row_count; r++)
        for (size_t i = 0; i < table->rows[r].cell_count; i++)
            for (int edge = 0; edge < 4; edge++)
                table->rows[r].cells[i].borders[edge] = wishes[r][i].at[edge].border;
}

static void name_spaced_rows(struct raw_table *raw) {
    const struct raw_row *row;
    VEC_EACH (row, &raw->rows) {
        mpt spacing = table_measure(xml_child(row->props, w_tblCellSpacing), raw->style.spacing);
        if (spacing != raw->style.spacing)
            unsupported(raw->story, "w:tblCellSpacing (w:trPr)");
    }
}

/* ---- columns from right to left (17.4.1) ---- */

#define SWAP(type, a, b)                                                                           \
    do {                                                                                           \
        type swap_ = (a);                                                                          \
        (a) = (b);                                                                                 \
        (b) = swap_;                                                                               \
    } while (0)

static void mirror_widths(mpt *widths, size_t n) {
    for (size_t i = 0; widths && i < n / 2; i++)
        SWAP(mpt, widths[i], widths[n - 1 - i]);
}

/* What is left of a cell is then what its row begins with, at its right. */
static void mirror_row(size_t columns, struct row *row, struct cell_edges *edges) {
    size_t n = row->cell_count;
    for (size_t i = 0; i < n / 2; i++) {
        SWAP(struct cell, row->cells[i], row->cells[n - 1 - i]);
        SWAP(struct cell_edges, edges[i], edges[n - 1 - i]);
    }
    for (size_t i = 0; i < n; i++) {
        struct cell *cell = &row->cells[i];
        size_t end = cell->column + cell->span;
        cell->column = end < columns ? columns - end : 0;
        SWAP(mpt, cell->margin[EDGE_LEFT], cell->margin[EDGE_RIGHT]);
        SWAP(struct border, cell->falling, cell->rising);
        SWAP(struct edge, edges[i].at[EDGE_LEFT], edges[i].at[EDGE_RIGHT]);
    }
}

static void mirror(struct raw_table *raw, struct table *table, struct cell_edges *const *edges) {
    size_t n = table->column_count;
    mirror_widths(table->grid, n);
    mirror_widths(table->wishes, n);
    mirror_widths(table->laid_out, n);
    SWAP(struct border, raw->style.borders[EDGE_LEFT], raw->style.borders[EDGE_RIGHT]);
    for (size_t r = 0; r < table->row_count; r++)
        mirror_row(n, &table->rows[r], edges[r]);
    table->jc = table->jc == JC_LEFT ? JC_RIGHT : table->jc == JC_RIGHT ? JC_LEFT : JC_CENTER;
}

/* Rows are aligned one by one (17.4.27); Word writes the alignment of the table on each of them.
 * Where rows differ, the first one's holds for all. */
static void align_rows(struct raw_table *raw) {
    const struct raw_row *row;
    enum jc first = raw->style.jc;
    VEC_EACH (row, &raw->rows) {
        enum jc jc = table_jc(xml_child_val(row->props, w_jc), raw->style.jc);
        if (row == raw->rows.at)
            first = jc;
        else if (jc != first)
            unsupported(raw->story, "w:jc (w:trPr)");
    }
    raw->style.jc = first;
}

static void read_rows(struct raw_table *raw, struct table *table) {
    struct pool *pool = raw->story->reader->pool;
    struct cell_edges **edges = POOL_ARRAY(pool, struct cell_edges *, raw->rows.n + 1);
    bool headers = true;
    table->row_count = raw->rows.n;
    table->rows = POOL_ARRAY(pool, struct row, raw->rows.n + 1);
    for (size_t r = 0; r < raw->rows.n; r++) {
        read_row_props(&raw->rows.at[r], row_style(raw, r), headers, &table->rows[r]);
        headers = table->rows[r].header;
        edges[r] = read_row(raw, r, &table->rows[r]);
    }
    mend_merges(table);
    if (xml_flag_local(raw->props, "bidiVisual"))
        mirror(raw, table, edges);
    if (raw->style.spacing > 0)
        space_cells(raw, table, edges);
    else
        resolve_borders(pool, table, edges);
    name_spaced_rows(raw);
}

struct table *read_table(struct story *story, const struct xml_node *node) {
    struct styles *styles = story->reader->styles;
    struct raw_table raw = {.story = story, .props = xml_child(node, w_tblPr)};
    node_vec rows = {0};
    const struct xml_node **row;
    raw.style_id = xml_child_val(raw.props, w_tblStyle);
    raw.style = *styles_table(styles, raw.style_id);
    table_style_lay(styles, raw.props, &raw.style);
    raw.look = look_of(raw.props);
    gather(story, node, w_tr, &rows);
    VEC_EACH (row, &rows)
        add_row(&raw, *row);
    struct table *table = POOL_NEW(story->reader->pool, struct table);
    settle_widths(&raw, node, table);
    if (!raw.grid.n)
        return NULL;
    table->indent = raw.style.indent;
    align_rows(&raw);
    table->jc = raw.style.jc;
    table->cell_left = raw.style.margin[EDGE_LEFT];
    warn_of_the_rest(&raw, table);
    table->grid = raw.grid.at;
    table->column_count = raw.grid.n;
    table->width = mpt_clamp(grid_sum(raw.grid.at, raw.grid.n));
    read_rows(&raw, table);
    return table;
}
