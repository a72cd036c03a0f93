/* What style.c and style_table.c share: the style sheet. */
#ifndef CONGVAN_DOCX_STYLE_SHEET_H
#define CONGVAN_DOCX_STYLE_SHEET_H

#include "docx/style.h"

enum style_type { STYLE_PARA, STYLE_CHAR, STYLE_TABLE, STYLE_OTHER };

struct table_part { /* a w:tblStylePr, or the style's own wholeTable */
    struct run_delta run;
    struct para_delta para;
    struct border borders[TABLE_EDGES];
    bool borders_set[TABLE_EDGES];
    int32_t shade;
    bool shade_set, striped;
    int v_align, turn;      /* -1: not said */
    mpt margin[4];          /* of its cells, EDGE_*; -1: not said */
    int header, cant_split; /* of its rows: 0, 1; -1: not said */
};

struct table_sheet { /* a table style with its bases */
    struct table_style table;
    struct table_part whole;
    struct table_part *parts[PARTS]; /* NULL: says nothing */
};

struct style {
    const char *id, *name;
    enum style_type type;
    const struct xml_node *node;
    bool resolved, resolving;
    struct run_delta run; /* with the bases', once resolved */
    struct para_delta para;
    const struct xml_node *frame; /* w:framePr, with the bases'; NULL: none */
    struct table_sheet *sheet;    /* table styles */
};

struct styles {
    struct pool *pool;
    struct diag *diag;
    const char *path, *part;
    const struct numbering *numbering;
    struct props_reader reader;
    const struct xml_node *root; /* of styles.xml; NULL: none */
    struct intern *by_id;        /* -> struct style */
    struct intern *values;       /* property objects by their content */
    struct intern *bases;        /* (cell style, paragraph style) -> struct para_base */
    struct intern *cells;        /* (table style, parts) -> struct cell_style */
    struct style *defaults[STYLE_OTHER];
    bool fixed_auto;          /* see styles_fix_auto_spacing */
    bool win_over_tables;     /* see styles_win_over_tables */
    struct run_delta doc_run; /* w:docDefaults */
    struct para_delta doc_para;
};

/* The style with its bases laid into it; NULL for NULL. */
const struct style *style_resolve(struct styles *styles, struct style *style, int depth);
/* By id and type, else the default of the type (NULL: there is none). */
struct style *style_find(const struct styles *styles, enum style_type type, const char *id);

/* Lays a table style's own properties over its base's. */
void table_sheet_resolve(struct styles *styles, struct style *style, const struct style *base);

#endif
