/* Table styles: what they say about the whole table and about its conditional parts. */
#include "docx/style_sheet.h"
#include "docx/units.h"

#include <string.h>

/* ---- reading ---- */

static int part_index(const char *name) {
    static const char *const names[PARTS] = {"band1Vert", "band2Vert", "band1Horz", "band2Horz",
                                             "firstCol",  "lastCol",   "firstRow",  "lastRow",
                                             "neCell",    "nwCell",    "seCell",    "swCell"};
    for (int i = 0; name && i < PARTS; i++)
        if (strcmp(name, names[i]) == 0)
            return i;
    return -1;
}

static int table_edge(enum xml_name name) {
    switch (name) {
    case w_top:
        return EDGE_TOP;
    case w_left:
    case w_start:
        return EDGE_LEFT;
    case w_bottom:
        return EDGE_BOTTOM;
    case w_right:
    case w_end:
        return EDGE_RIGHT;
    case w_insideH:
        return INSIDE_H;
    case w_insideV:
        return INSIDE_V;
    default:
        return -1;
    }
}

void table_borders_read(const struct props_reader *reader, const struct xml_node *node,
                        struct border *borders, bool *set) {
    const struct xml_node *edge;
    XML_EACH_CHILD (edge, node) {
        int i = table_edge(edge->name);
        if (i < 0)
            continue;
        borders[i] = border_read(reader->theme, edge);
        set[i] = true;
    }
}

mpt table_measure(const struct xml_node *node, mpt otherwise) {
    const char *type = node ? xml_get(node, w_type) : NULL;
    if (!node || (type && strcmp(type, "dxa") != 0))
        return type && strcmp(type, "nil") == 0 ? 0 : otherwise;
    return length_get(node, w_w, UNIT_TWIP, otherwise);
}

void cell_margins_read(const struct xml_node *node, mpt *margin) {
    const struct xml_node *edge;
    XML_EACH_CHILD (edge, node) {
        int i = table_edge(edge->name);
        if (i < 0 || i >= INSIDE_H)
            continue;
        mpt m = table_measure(edge, margin[i]);
        if (m != margin[i]) /* "not said" stays so where the unit is unknown */
            margin[i] = m < 0 ? 0 : m;
    }
}

int v_align_read(const struct xml_node *node) {
    const char *value = node ? xml_get(node, w_val) : NULL;
    if (!value)
        return -1;
    return strcmp(value, "center") == 0   ? V_CENTER
           : strcmp(value, "bottom") == 0 ? V_BOTTOM
                                          : V_TOP;
}

/* Values of 17.18.93 and of the strict form. Text set from top to bottom is that of letters that
 * stand upright; Latin ones lie on their side in either kind. */
int text_turn_read(const struct xml_node *node) {
    static const struct {
        const char *name;
        enum text_turn turn;
    } names[] = {{"btLr", TURN_LEFT}, {"lr", TURN_LEFT},     {"tbRl", TURN_RIGHT},
                 {"rl", TURN_RIGHT},  {"tbRlV", TURN_RIGHT}, {"rlV", TURN_RIGHT},
                 {"lrV", TURN_RIGHT}, {"tbLrV", TURN_RIGHT}};
    const char *value = node ? xml_get(node, w_val) : NULL;
    if (!value)
        return -1;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(value, names[i].name) == 0)
            return (int)names[i].turn;
    return TURN_NONE;
}

/* What a w:tcPr in a style says of cells: fill, alignment, direction, margins. */
static void read_cell_part(struct styles *styles, const struct xml_node *tcpr,
                           struct table_part *part) {
    const struct xml_node *shd = xml_child(tcpr, w_shd);
    if (shd) {
        part->shade = shade_read(styles->reader.theme, shd, &part->striped);
        part->shade_set = true;
    }
    int v_align = v_align_read(xml_child(tcpr, w_vAlign));
    if (v_align >= 0)
        part->v_align = v_align;
    int turn = text_turn_read(xml_child(tcpr, w_textDirection));
    if (turn >= 0)
        part->turn = turn;
    cell_margins_read(xml_child(tcpr, w_tcMar), part->margin);
}

/* What a w:trPr in a style says of rows (17.7.6.10). */
static void read_row_part(const struct xml_node *trpr, struct table_part *part) {
    if (xml_child(trpr, w_tblHeader))
        part->header = xml_on(trpr, w_tblHeader, false);
    if (xml_child(trpr, w_cantSplit))
        part->cant_split = xml_on(trpr, w_cantSplit, false);
}

static void read_part(struct styles *styles, const struct xml_node *node, struct table_part *part) {
    const struct xml_node *tcpr = xml_child(node, w_tcPr);
    run_delta_read(&styles->reader, xml_child(node, w_rPr), &part->run);
    para_delta_read(&styles->reader, xml_child(node, w_pPr), &part->para);
    table_borders_read(&styles->reader, xml_child(xml_child(node, w_tblPr), w_tblBorders),
                       part->borders, part->borders_set);
    table_borders_read(&styles->reader, xml_child(tcpr, w_tcBorders), part->borders,
                       part->borders_set);
    read_cell_part(styles, tcpr, part);
    read_row_part(xml_child(node, w_trPr), part);
}

enum jc table_jc(const char *value, enum jc otherwise) {
    if (!value)
        return otherwise;
    return strcmp(value, "center") == 0                               ? JC_CENTER
           : strcmp(value, "right") == 0 || strcmp(value, "end") == 0 ? JC_RIGHT
                                                                      : JC_LEFT;
}

static int band_size(const struct xml_node *tblpr, enum xml_name name, int otherwise) {
    const struct xml_node *node = xml_child(tblpr, name);
    int size = node ? xml_int(node, w_val, otherwise) : otherwise;
    return size < 1 ? 1 : size;
}

void table_style_lay(struct styles *styles, const struct xml_node *tblpr,
                     struct table_style *table) {
    const struct xml_node *shd = xml_child(tblpr, w_shd);
    table_borders_read(&styles->reader, xml_child(tblpr, w_tblBorders), table->borders,
                       table->borders_set);
    cell_margins_read(xml_child(tblpr, w_tblCellMar), table->margin);
    table->indent = table_measure(xml_child(tblpr, w_tblInd), table->indent);
    table->spacing = table_measure(xml_child(tblpr, w_tblCellSpacing), table->spacing);
    table->jc = table_jc(xml_child_val(tblpr, w_jc), table->jc);
    table->row_band = band_size(tblpr, w_tblStyleRowBandSize, table->row_band);
    table->col_band = band_size(tblpr, w_tblStyleColBandSize, table->col_band);
    if (shd)
        table->shade = shade_read(styles->reader.theme, shd, &table->striped);
}

/* Word's own "Table Normal": 5.4 pt to the left and right. */
static const struct table_style plain_table = {
    .margin = {[EDGE_LEFT] = 5400, [EDGE_RIGHT] = 5400}, .shade = -1, .row_band = 1, .col_band = 1};

static const struct table_part silent_part = {
    .v_align = -1, .turn = -1, .margin = {-1, -1, -1, -1}, .header = -1, .cant_split = -1};

static struct table_part *part_new(struct styles *styles, const struct table_part *base) {
    struct table_part *part = POOL_NEW(styles->pool, struct table_part);
    if (base)
        *part = *base;
    else
        *part = silent_part;
    return part;
}

void table_sheet_resolve(struct styles *styles, struct style *style, const struct style *base) {
    struct table_sheet *sheet = POOL_NEW(styles->pool, struct table_sheet);
    style->sheet = sheet;
    if (base) {
        *sheet = *base->sheet;
    } else {
        sheet->table = plain_table;
        sheet->whole = silent_part;
    }
    table_style_lay(styles, xml_child(style->node, w_tblPr), &sheet->table);
    const struct xml_node *node;
    read_cell_part(styles, xml_child(style->node, w_tcPr), &sheet->whole);
    read_row_part(xml_child(style->node, w_trPr), &sheet->whole);
    XML_EACH_CHILD (node, style->node) {
        int i = node->name == w_tblStylePr ? part_index(xml_get(node, w_type)) : -1;
        if (i < 0)
            continue;
        sheet->parts[i] = part_new(styles, sheet->parts[i]);
        read_part(styles, node, sheet->parts[i]);
    }
}

/* ---- asking ---- */

const struct table_style *styles_table(struct styles *styles, const char *id) {
    const struct style *style = style_resolve(styles, style_find(styles, STYLE_TABLE, id), 0);
    return style ? &style->sheet->table : &plain_table;
}

/* A border of a part belongs to the edge of the part's whole area; inside it insideH and insideV
 * hold. Rows are one cell high, columns one cell wide. */
static int part_edge(int part, int edge, unsigned at) {
    bool row = (1 << part) & (PART_BAND1_HORZ | PART_BAND2_HORZ | PART_FIRST_ROW | PART_LAST_ROW);
    bool col = (1 << part) & (PART_BAND1_VERT | PART_BAND2_VERT | PART_FIRST_COL | PART_LAST_COL);
    bool upright = edge == EDGE_LEFT || edge == EDGE_RIGHT;
    static const unsigned bits[4] = {[EDGE_TOP] = AT_TOP,
                                     [EDGE_LEFT] = AT_LEFT,
                                     [EDGE_BOTTOM] = AT_BOTTOM,
                                     [EDGE_RIGHT] = AT_RIGHT};
    if ((at & bits[edge]) || !(upright ? row : col))
        return edge;
    return upright ? INSIDE_V : INSIDE_H;
}

static void lay_borders(const struct table_part *part, int index, unsigned at,
                        struct cell_style *cell) {
    for (int edge = 0; edge < 4; edge++) {
        int from = part_edge(index, edge, at);
        if (!part->borders_set[from])
            continue;
        cell->borders[edge] = part->borders[from];
        cell->borders_set[edge] = true;
    }
}

static void lay_part(struct styles *styles, const struct table_part *part,
                     struct cell_style *cell) {
    run_delta_lay(&cell->run, &part->run);
    para_delta_lay(styles->pool, &cell->para, &part->para);
    if (part->shade_set) {
        cell->shade = part->shade;
        cell->striped = part->striped;
    }
    if (part->v_align >= 0)
        cell->v_align = part->v_align;
    if (part->turn >= 0)
        cell->turn = part->turn;
    if (part->header >= 0)
        cell->header = part->header;
    if (part->cant_split >= 0)
        cell->cant_split = part->cant_split;
    for (int edge = 0; edge < 4; edge++)
        if (part->margin[edge] >= 0)
            cell->margin[edge] = part->margin[edge];
}

const struct cell_style *styles_cell(struct styles *styles, const char *id, unsigned parts) {
    struct style *style = style_find(styles, STYLE_TABLE, id);
    const uintptr_t key[2] = {(uintptr_t)style, parts};
    void **slot = intern_slot(styles->cells, key, sizeof key);
    if (*slot)
        return *slot;
    struct cell_style *cell = POOL_NEW(styles->pool, struct cell_style);
    *slot = cell;
    cell->shade = -1;
    cell->v_align = cell->turn = cell->header = cell->cant_split = -1;
    for (int edge = 0; edge < 4; edge++)
        cell->margin[edge] = -1;
    const struct style *found = style_resolve(styles, style, 0);
    if (!found)
        return cell;
    cell->run = found->run;
    cell->para = found->para;
    lay_part(styles, &found->sheet->whole, cell);
    for (int i = 0; i < PARTS; i++) {
        if (!(parts >> i & 1) || !found->sheet->parts[i])
            continue;
        lay_part(styles, found->sheet->parts[i], cell);
        lay_borders(found->sheet->parts[i], i, parts, cell);
    }
    return cell;
}
