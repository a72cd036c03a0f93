/* style: effective properties of paragraphs, runs and table cells (17.7.2).
 *
 * The levels, each over the one before: document defaults, table style with its conditional parts,
 * paragraph style, list level, character style, direct formatting. Toggle properties cancel out
 * between style levels (17.7.3). Every style is resolved once; equal results are one object, so
 * properties can be compared by pointer. Where a paragraph style itself carries the numbering, its
 * list level's indents lie under the style's own, as Word has it. */
#ifndef CONGVAN_DOCX_STYLE_H
#define CONGVAN_DOCX_STYLE_H

#include "docx/numbering.h"
#include "docx/style_props.h"

struct styles;

/* Reads styles.xml of the main part; without one the standard's defaults hold. Everything lives in
 * `pool`. */
struct styles *styles_read(struct pool *pool, struct package *package, const char *main_part,
                           const struct numbering *numbering, struct theme *theme,
                           struct diag *diag);

/* The same for a document that stands in another, whose styles are `host`. */
struct styles *styles_read_beside(const struct styles *host, struct package *package,
                                  const char *main_part, const struct numbering *numbering,
                                  struct theme *theme);
/* Document defaults are those of `host`, and so is every style that has one of its name there, but
 * for its list, which is of another part. */
void styles_adopt(struct styles *styles, struct styles *host);

enum { INSIDE_H = 4, INSIDE_V = 5, TABLE_EDGES = 6 }; /* after EDGE_TOP ... EDGE_RIGHT */

/* What a table style gives one cell; see styles_cell. */
struct cell_style {
    struct run_delta run;
    struct para_delta para;
    struct border borders[4]; /* of the conditional parts, seen from the cell */
    bool borders_set[4];      /* said at all (a "nil" is a saying) */
    int32_t shade;            /* -1 none */
    bool striped;             /* which Word prints in stripes or crosses */
    int v_align;              /* enum v_align; -1 not said */
    int turn;                 /* enum text_turn; -1 not said */
    mpt margin[4];            /* EDGE_*; -1 not said */
    int header, cant_split;   /* of its row: w:tblHeader, w:cantSplit; -1 not said */
};

/* Conditional parts of a table style (17.7.6.6), from weakest to strongest. */
enum {
    PART_BAND1_VERT = 1 << 0,
    PART_BAND2_VERT = 1 << 1,
    PART_BAND1_HORZ = 1 << 2,
    PART_BAND2_HORZ = 1 << 3,
    PART_FIRST_COL = 1 << 4,
    PART_LAST_COL = 1 << 5,
    PART_FIRST_ROW = 1 << 6,
    PART_LAST_ROW = 1 << 7,
    PART_NE_CELL = 1 << 8,
    PART_NW_CELL = 1 << 9,
    PART_SE_CELL = 1 << 10,
    PART_SW_CELL = 1 << 11,
    PARTS = 12,
    /* Not parts, but asked for with them: the cell is at this edge of the table. */
    AT_TOP = 1 << 12,
    AT_LEFT = 1 << 13,
    AT_BOTTOM = 1 << 14,
    AT_RIGHT = 1 << 15,
};

/* Table-wide properties: of a style chain, or with a table's own w:tblPr laid over. */
struct table_style {
    struct border borders[TABLE_EDGES];
    bool borders_set[TABLE_EDGES];
    mpt margin[4]; /* default cell margins, EDGE_* */
    mpt indent;
    mpt spacing; /* w:tblCellSpacing */
    enum jc jc;
    int32_t shade;
    bool striped;
    int row_band, col_band; /* rows and columns to a band, from 1 */
};

/* The id of the paragraph style that Word shows by this name ("1": heading 1); NULL: none. */
const char *styles_named(const struct styles *styles, const char *name);

/* Runs have their languages from now on; to be said before any of them is asked for. */
void styles_keep_languages(struct styles *styles);

/* Automatic spacing is 5 pt from now on, and not that of HTML (17.15.3.21). */
void styles_fix_auto_spacing(struct styles *styles);

/* The default paragraph style's size and alignment hold over a table style's from now on, whatever
 * they are (MS-DOCX 2.15.3.4, overrideTableStyleFontSizeAndJustification). */
void styles_win_over_tables(struct styles *styles);

/* The table properties of style `id` (NULL: the default table style). */
const struct table_style *styles_table(struct styles *styles, const char *id);
/* Lays what a w:tblPr says over `table`. */
void table_style_lay(struct styles *styles, const struct xml_node *tblpr,
                     struct table_style *table);
/* The cell properties of style `id` with the parts (PART_* bits) that apply and the edges
 * it lies at (AT_*). One object for one pair. */
const struct cell_style *styles_cell(struct styles *styles, const char *id, unsigned parts);

/* Pieces of reading that tables and their styles share. */
void table_borders_read(const struct props_reader *reader, const struct xml_node *node,
                        struct border *borders, bool *set);
void cell_margins_read(const struct xml_node *node, mpt *margin);
enum jc table_jc(const char *value, enum jc otherwise);        /* of w:jc; NULL: not said */
mpt table_measure(const struct xml_node *node, mpt otherwise); /* w:w where w:type is dxa */
int v_align_read(const struct xml_node *node);                 /* -1: not said */
int text_turn_read(const struct xml_node *node); /* of w:textDirection; -1: not said */

/* A paragraph's properties. `num_id` 0: not numbered. `base` is what its runs start from. */
struct para_style {
    const struct para_props *props;
    const struct run_props *mark;
    const struct run_base *base;
    int num_id, num_level;
    const struct xml_node *frame; /* w:framePr of style and paragraph together; NULL: none */
};

/* `cell` NULL outside tables; `ppr` NULL for none. */
void styles_para(struct styles *styles, const struct cell_style *cell, const struct xml_node *ppr,
                 struct para_style *out);
const struct run_props *styles_run(struct styles *styles, const struct para_style *para,
                                   const struct xml_node *rpr);
/* The same in a table of contents, where Word does not show that links are links. */
const struct run_props *styles_run_in_contents(struct styles *styles, const struct para_style *para,
                                               const struct xml_node *rpr);
/* The properties of a list label: the paragraph mark's with the level's over them. */
const struct run_props *styles_label(struct styles *styles, const struct para_style *para,
                                     const struct xml_node *ppr, const struct num_level *level);

/* `props` in another font (an interned string). */
const struct run_props *styles_in_font(struct styles *styles, const struct run_props *props,
                                       const char *family);
/* `props` of text that runs from right to left. */
const struct run_props *styles_right_to_left(struct styles *styles, const struct run_props *props);
const struct run_props *styles_without_underline(struct styles *styles,
                                                 const struct run_props *props);
/* `props`, if their colour is automatic, in this one. */
const struct run_props *styles_in_color(struct styles *styles, const struct run_props *props,
                                        uint32_t color);
/* `props` with another first-line indent and one more tab stop. */
const struct para_props *styles_with_stop(struct styles *styles, const struct para_props *props,
                                          mpt first, struct tab_stop stop);
/* `props` without spacing that is automatic before or after the paragraph. */
const struct para_props *styles_without_auto(struct styles *styles, const struct para_props *props,
                                             bool before, bool after);
/* `props` that ask for more (ASKS_*). */
const struct para_props *styles_asking(struct styles *styles, const struct para_props *props,
                                       unsigned asks);
/* What a run without properties of its own has. */
const struct run_props *styles_plain(const struct para_style *para);

/* Wingdings, Symbol and their like, whose letters are pictures (wml_symbol.c). */
bool is_symbol_font(const char *family);

const struct props_reader *styles_reader(const struct styles *styles);

#endif
