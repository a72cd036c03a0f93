/* style_props: what one w:rPr or w:pPr says, and laying one such saying over another.
 *
 * A delta holds only what was said. Deltas of a basedOn chain are laid one over the other; the
 * result of all levels becomes run_props or para_props in style.c. */
#ifndef CONGVAN_DOCX_STYLE_PROPS_H
#define CONGVAN_DOCX_STYLE_PROPS_H

#include "docx/intern.h"
#include "docx/theme.h"
#include "docx/wml.h"
#include "docx/xml.h"

/* Toggle properties (17.7.3): said at two style levels they cancel out. */
enum {
    TOGGLE_BOLD = 1 << 0,
    TOGGLE_ITALIC = 1 << 1,
    TOGGLE_CAPS = 1 << 2,
    TOGGLE_SMALL_CAPS = 1 << 3,
    TOGGLE_STRIKE = 1 << 4,
    TOGGLE_HIDDEN = 1 << 5,
    TOGGLE_OUTLINE = 1 << 6,
    TOGGLE_SHADOW = 1 << 7,
    TOGGLE_EMBOSS = 1 << 8,
    TOGGLE_IMPRINT = 1 << 9,
    TOGGLE_COMPLEX_BOLD = 1 << 10, /* of complex scripts */
    TOGGLE_COMPLEX_ITALIC = 1 << 11,
};

enum {
    RUN_FAMILY = 1 << 0,
    RUN_SIZE = 1 << 1,
    RUN_UNDERLINE = 1 << 2,
    RUN_VERT_ALIGN = 1 << 3,
    RUN_COLOR = 1 << 4,
    RUN_HIGHLIGHT = 1 << 5,
    RUN_SHADE = 1 << 6,
    RUN_SPACING = 1 << 7,
    RUN_SCALE = 1 << 8,
    RUN_POSITION = 1 << 9,
    RUN_KERN = 1 << 10,
    RUN_DOUBLE_STRIKE = 1 << 11,
    RUN_EMPHASIS = 1 << 12,
    RUN_BORDER = 1 << 13,
    RUN_FIT = 1 << 14,
    RUN_LANGUAGE = 1 << 15,
    RUN_GRID = 1 << 16,
    RUN_COMPLEX_FAMILY = 1 << 17,
    RUN_COMPLEX_SIZE = 1 << 18,
    RUN_COMPLEX = 1 << 19,
    RUN_RTL = 1 << 20,
    RUN_ARABIC = 1 << 21,
    RUN_LETTER_FILL = 1 << 22,
    RUN_LETTER_LINE = 1 << 23,
    RUN_LETTER_SHADOW = 1 << 24,
    RUN_LETTER_GLOW = 1 << 25,
};

struct run_delta {
    unsigned set;                  /* RUN_* said */
    unsigned toggles_set, toggles; /* TOGGLE_* said, and what they say */
    unsigned effects_set;          /* EFFECT_* said, yes or no; v.effects has what */
    struct run_props v;            /* toggles are not in here */
    struct text_look look;         /* nor are these, but for the relief, which is a toggle */
    int32_t shade;
    mpt complex_size;           /* what text from right to left has for `size` ... */
    const char *complex_family; /* ... and for `family` */
};

enum {
    PARA_JC = 1 << 0,
    PARA_LEFT = 1 << 1,
    PARA_RIGHT = 1 << 2,
    PARA_FIRST = 1 << 3,
    PARA_BEFORE = 1 << 4,
    PARA_AFTER = 1 << 5,
    PARA_BEFORE_AUTO = 1 << 6,
    PARA_AFTER_AUTO = 1 << 7,
    PARA_CONTEXTUAL = 1 << 8,
    PARA_LINE = 1 << 9,
    PARA_LINE_RULE = 1 << 10,
    PARA_KEEP_NEXT = 1 << 11,
    PARA_KEEP_LINES = 1 << 12,
    PARA_WIDOW = 1 << 13,
    PARA_BREAK_BEFORE = 1 << 14,
    PARA_SHADE = 1 << 15,
    PARA_OUTLINE = 1 << 16,
    PARA_GRID = 1 << 17,
    PARA_NUM_ID = 1 << 18,
    PARA_NUM_LEVEL = 1 << 19,
    PARA_BORDER = 1 << 20, /* and the four bits after it, by EDGE_* */
    PARA_LEFT_CHARS = 1 << 25,
    PARA_RIGHT_CHARS = 1 << 26,
    PARA_FIRST_CHARS = 1 << 27,
    PARA_TEXT_ALIGNMENT = 1 << 25,
};

struct tab_change {
    struct tab_stop stop;
    bool clear;
};

struct para_delta {
    unsigned set;        /* PARA_* said */
    struct para_props v; /* `line` as written: 240ths or twips */
    unsigned asks_set;   /* ASKS_* said, yes or no; v.asks has what */
    int num_id, num_level;
    int left_chars, right_chars, first_chars; /* indents in 1/100 characters; 0: lengths hold */
    const struct tab_change *tabs;            /* in the order to be made */
    size_t tab_count;
};

/* What reading properties needs. */
struct props_reader {
    struct pool *pool;
    struct intern *strings;
    struct theme *theme;
    bool languages; /* w:lang is read: runs that differ in nothing else are one without */
};

/* Adds what `rpr` (NULL: nothing) says to `delta`. */
void run_delta_read(const struct props_reader *reader, const struct xml_node *rpr,
                    struct run_delta *delta);
void para_delta_read(const struct props_reader *reader, const struct xml_node *ppr,
                     struct para_delta *delta);

/* Lays `over` on `delta`. */
void run_delta_lay(struct run_delta *delta, const struct run_delta *over);
void para_delta_lay(struct pool *pool, struct para_delta *delta, const struct para_delta *over);

enum tab_leader tab_leader_of(const char *value); /* w:leader; NULL: none */

/* ---- style_look.c ---- */

/* Reads w14:textFill, w14:textOutline, w14:shadow and w14:glow; false: it is none of them, or there
 * is more to it than is drawn. Equal looks are one object, so that runs of one look are one. */
bool look_read(const struct props_reader *reader, const struct xml_node *node,
               struct run_delta *delta);
/* What the delta's letters come to; NULL: nothing but their colour. `values` knows those before. */
const struct text_look *look_settle(struct pool *pool, struct intern *values,
                                    const struct run_delta *delta, enum relief relief);

/* ---- style_edge.c ---- */

/* w:shd: 0xRRGGBB, -1 for none (clear without a fill, nil). A pattern is mixed from its two
 * colours by the part of the area it covers (17.18.78); `*striped`: Word prints it as lines. */
int32_t shade_read(struct theme *theme, const struct xml_node *shd, bool *striped);
/* A border element; width 0 for nil and none. */
struct border border_read(struct theme *theme, const struct xml_node *node);
bool border_known(const char *kind); /* false: w:val names a border of pictures */
/* The colour that attribute `written` of `node` tells, else w:themeColor with its tint and shade
 * (17.3.2.6); -1: automatic. */
int32_t themed_color(struct theme *theme, const struct xml_node *node, enum xml_name written);

#endif
