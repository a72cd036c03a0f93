/* rtf_parts: what the files that read RTF share; nothing of it is seen outside.
 *
 * RTF is groups in braces, control words and characters. A group's end takes back what was said in
 * it (rtf.c, which also says what every word does); characters gather until their look changes
 * (rtf_text.c); runs and paragraphs become nodes of WordprocessingML (rtf_build.c), which tables
 * gather by cells and rows until they end (rtf_table.c). Every byte is looked at once. */
#ifndef CONGVAN_DOCX_RTF_PARTS_H
#define CONGVAN_DOCX_RTF_PARTS_H

#include "docx/rtf.h"

#include "base/buf.h"
#include "docx/xml.h"

#include <iconv.h>

enum {
    RTF_GROUPS = 256, /* groups beyond are read as if they were not in one */
    RTF_TABLES = 8,   /* tables in one another */
    RTF_CELLS = 63,   /* of a row, as Word has it */
    RTF_TABS = 32,
    RTF_PAGES = 8,  /* code pages kept open */
    RTF_SYMBOL = 42 /* code page of symbol fonts: none */
};

struct rtf_font {
    int id, page; /* code page; 0: that of the document */
    const char *name;
};

/* How characters look: sizes in half-points, colours as indexes of the table. */
struct rtf_chars {
    int font, size, color, back, highlight;
    int spacing, raise, scale; /* twips; half-points; percent */
    bool bold, italic, strike, double_strike, caps, small_caps, hidden;
    const char *underline; /* NULL: none */
    const char *align;     /* "superscript" ...; NULL: the line's */
};

struct rtf_edge {
    const char *kind; /* NULL: none */
    int width, color; /* twips */
};
enum rtf_side { RTF_TOP, RTF_LEFT, RTF_BOTTOM, RTF_RIGHT, RTF_SIDES };

struct rtf_tab {
    int at;
    const char *align, *leader;
};

struct rtf_para {
    int left, right, first, before, after, line, outline; /* twips; outline: 1 to 9, 0: text */
    bool multiple, contextual, keep, keep_next, break_before, widow_off;
    const char *jc;
    int level; /* of the table it is in; 0: none */
    int shade;
    struct rtf_edge edges[RTF_SIDES];
    struct rtf_tab tabs[RTF_TABS];
    size_t tab_count;
};

struct rtf_cell {
    int edge; /* right, in twips from the margin */
    struct rtf_edge edges[RTF_SIDES];
    int shade, pads[RTF_SIDES]; /* pads: twips; -1: those of the row */
    const char *valign, *merge; /* merge: w:vMerge; NULL: none */
    bool first, merged;         /* with those that follow */
};

struct rtf_row {
    struct rtf_cell cells[RTF_CELLS];
    size_t n;
    int left, gap, height;
    int pads[RTF_SIDES]; /* twips; -1: the gap beside, nothing above and below */
    bool header, keep;
    const char *jc;
    struct rtf_edge *edge; /* the one in hand, of a cell or a paragraph; NULL: none */
    struct rtf_edge edges[RTF_SIDES + 2]; /* of all cells: inside ones come last */
    struct rtf_cell next;                 /* what is said of the next cell */
};

/* A row that is done: its cells are below `node`. */
struct rtf_done_row {
    struct xml_node *node;
    int edges[RTF_CELLS + 1]; /* of them `n`, the first the left one */
    size_t n;
};

struct rtf_table {
    struct xml_node *node;        /* NULL: none is open */
    struct xml_node *cell;        /* in hand; NULL: none yet */
    VEC(struct xml_node *) cells; /* of the row in hand */
    VEC(struct rtf_done_row) rows;
};

enum rtf_group {
    RTF_PLAIN,
    RTF_SKIP, /* nothing in it is the document's */
    RTF_FONTS,
    RTF_STYLES,
    RTF_COLORS,
    RTF_PICTURE,
    RTF_FIELD,
    RTF_INSTRUCTION,
    RTF_NOTE,
    RTF_BOX
};

/* Whether characters of such a group are the document's. */
static inline bool rtf_is_text(enum rtf_group group) {
    return group == RTF_PLAIN || group == RTF_NOTE || group == RTF_BOX;
}

struct rtf_style {
    struct rtf_chars chars;
    struct rtf_para para;
};

struct rtf_state {
    enum rtf_group group; /* where characters go */
    bool begun;           /* by this very group */
    int skip;             /* \uc */
    struct rtf_chars chars;
    struct rtf_para para;
};

struct rtf_picture {
    const char *kind;                    /* file ending; NULL: none that is known */
    int width, height, scale_x, scale_y; /* twips, percent */
    struct buf bytes;
    int digit; /* the first of two; -1: none */
};

struct rtf {
    struct pool *pool;
    const char *p, *end;
    struct package *package;
    bool hanging;
    const char *lost;

    struct rtf_state *states; /* RTF_GROUPS of them */
    size_t depth, beyond;     /* beyond: groups too deep to be kept */
    struct rtf_state now;
    bool star;     /* "\*" stands before */
    int pending;   /* characters that \u has already said */
    uint32_t high; /* the first half of a surrogate pair */

    int page;  /* \ansicpg */
    int deflt; /* \deff */
    VEC(struct rtf_font) fonts;
    uint16_t *font_index; /* by \f, counted from 1 */
    VEC(struct rtf_style) styles;
    uint16_t *style_index; /* by \s, counted from 1 */
    int style;             /* the one in hand */
    bool style_said;       /* it has said something */
    VEC(int32_t) colors;   /* -1: automatic */
    int32_t color;
    bool has_color;

    int raw_page;   /* of `raw` */
    struct buf raw; /* bytes not yet decoded */
    struct buf text;
    struct {
        int page;
        iconv_t code;
    } pages[RTF_PAGES];
    size_t page_count;

    struct xml_node *body, *notes, *relations;
    struct xml_node *para;                   /* in hand; NULL: none */
    struct xml_node *base;                   /* where paragraphs outside tables go */
    struct rtf_table tables[RTF_TABLES + 1]; /* by level, from 1 on */
    struct rtf_row row;
    bool break_next;
    int note_count, picture_count;
    struct xml_node *outer_para, *outer_base; /* of a note in hand */
    struct rtf_picture picture;
};

/* One word: letters and, perhaps, a number. */
struct rtf_word {
    char name[32];
    bool has_value;
    int value;
};

/* ---- rtf_words.c: what words say of the look; false: nothing ---- */

bool rtf_is(const struct rtf_word *w, const char *name);
int rtf_within(int value, int least, int most);
bool rtf_char_word(struct rtf *r, const struct rtf_word *w);
bool rtf_para_word(struct rtf *r, const struct rtf_word *w);
bool rtf_row_word(struct rtf *r, const struct rtf_word *w);
/* Over which what is said outright goes. */
void rtf_take_style(struct rtf *r, int id);
extern const struct rtf_chars rtf_plain;

/* ---- rtf_text.c ---- */

void rtf_put_byte(struct rtf *r, unsigned char byte);
void rtf_put_code(struct rtf *r, uint32_t code);
/* All bytes are characters of `text` now. */
void rtf_decode(struct rtf *r);
void rtf_text_free(struct rtf *r);
const struct rtf_font *rtf_font_of(const struct rtf *r, int id); /* NULL: not in the table */
int rtf_page_of_charset(int charset);

/* ---- rtf_build.c ---- */

struct xml_node *rtf_add(struct rtf *r, struct xml_node *parent, enum xml_name name);
void rtf_set_int(struct rtf *r, struct xml_node *node, enum xml_name name, int value);
void rtf_add_int(struct rtf *r, struct xml_node *parent, enum xml_name name, int value);
void rtf_add_val(struct rtf *r, struct xml_node *parent, enum xml_name name, const char *value);
/* "RRGGBB" or "auto". */
const char *rtf_color(struct rtf *r, int index);
void rtf_put_edge(struct rtf *r, struct xml_node *parent, enum xml_name name,
                  const struct rtf_edge *edge);
void rtf_end_run(struct rtf *r);
/* A run with one empty element: a tab, a break. */
struct xml_node *rtf_mark(struct rtf *r, enum xml_name name);
void rtf_end_para(struct rtf *r, bool always);
void rtf_field_mark(struct rtf *r, const char *kind);
void rtf_end_instruction(struct rtf *r);
void rtf_symbol(struct rtf *r, unsigned char byte);
void rtf_page_number(struct rtf *r);
void rtf_begin_note(struct rtf *r);
void rtf_end_note(struct rtf *r);
void rtf_end_picture(struct rtf *r);
void rtf_finish(struct rtf *r);

/* ---- rtf_table.c ---- */

/* Where a paragraph of this level goes; deeper tables end. */
struct xml_node *rtf_container(struct rtf *r, int level);
void rtf_end_cell(struct rtf *r, int level);
void rtf_end_row(struct rtf *r, int level);
void rtf_close_tables(struct rtf *r, int above);
void rtf_new_row(struct rtf *r);
void rtf_new_cell(struct rtf *r, int edge);

#endif
