/* wml: a WordprocessingML package as the document tree that layout works on.
 *
 * Everything is effective: styles, defaults and direct formatting are resolved, lengths are in
 * mpt (1/1000 pt), numbers of lists and notes are text. Twips, half-points and EMU are converted
 * once, here. Names and meanings follow ECMA-376 part 1, section 17. */
#ifndef CONGVAN_DOCX_WML_H
#define CONGVAN_DOCX_WML_H

#include "base/diag.h"
#include "base/pool.h"
#include "docx/package.h"

#include <stdbool.h>
#include <stdint.h>

typedef int32_t mpt;

#define MPT_FROM_TWIPS(tw) ((mpt)((tw)*50))
#define MPT_FROM_HALF_POINTS(hp) ((mpt)((hp)*500))
#define MPT_FROM_EMU(emu) ((mpt)(((int64_t)(emu)*10 + ((emu) < 0 ? -63 : 63)) / 127))
#define MPT_FROM_EIGHTHS(e) ((mpt)((e)*125))

/* ---- borders (17.18.2) ---- */

/* Line styles (17.18.2) in the order of their border numbers (17.4.66). */
enum border_style {
    BORDER_SINGLE,
    BORDER_THICK,
    BORDER_DOUBLE,
    BORDER_DOTTED,
    BORDER_DASHED,
    BORDER_DOT_DASH,
    BORDER_DOT_DOT_DASH,
    BORDER_TRIPLE,
    BORDER_THIN_THICK_SMALL, /* the thin line outside */
    BORDER_THICK_THIN_SMALL,
    BORDER_THIN_THICK_THIN_SMALL,
    BORDER_THIN_THICK_MEDIUM,
    BORDER_THICK_THIN_MEDIUM,
    BORDER_THIN_THICK_THIN_MEDIUM,
    BORDER_THIN_THICK_LARGE,
    BORDER_THICK_THIN_LARGE,
    BORDER_THIN_THICK_THIN_LARGE,
    BORDER_WAVE,
    BORDER_DOUBLE_WAVE,
    BORDER_DASH_SMALL_GAP,
    BORDER_DASH_DOT_STROKED,
    BORDER_EMBOSS,
    BORDER_ENGRAVE,
    BORDER_OUTSET,
    BORDER_INSET,
    BORDER_STYLES
};

struct border {
    mpt width; /* over all its lines; 0: none */
    mpt space; /* from the text */
    uint32_t color;
    enum border_style style;
    mpt line;   /* w:sz: of one line, or of the thick one */
    bool fancy; /* asks for a shadow or to look like a frame: not drawn */
};

/* ---- runs (17.3.2) ---- */

enum vert_align { ALIGN_BASELINE, ALIGN_SUPERSCRIPT, ALIGN_SUBSCRIPT };
enum underline {
    UNDERLINE_NONE,
    UNDERLINE_SINGLE,
    UNDERLINE_WORDS,
    UNDERLINE_DOUBLE,
    UNDERLINE_THICK,
    UNDERLINE_DOTTED,
    UNDERLINE_DASH,
    UNDERLINE_WAVE,
    UNDERLINE_LONG_DASH,
    UNDERLINE_DOT_DASH,
    UNDERLINE_DOT_DOT_DASH,
    UNDERLINE_DOUBLE_WAVE,
    UNDERLINE_KINDS
};
enum emphasis_mark {
    EMPHASIS_NONE,
    EMPHASIS_DOT,
    EMPHASIS_COMMA,
    EMPHASIS_CIRCLE,
    EMPHASIS_UNDER_DOT
};

/* What letters can have and layout does not draw: EFFECT_x are bits, AT_EFFECT_x their numbers. */
enum {
#define EFFECT(token, name) AT_EFFECT_##token,
#include "docx/effects.def"
#undef EFFECT
    EFFECTS
};
enum {
#define EFFECT(token, name) EFFECT_##token = 1 << AT_EFFECT_##token,
#include "docx/effects.def"
#undef EFFECT
};

/* How letters are painted beside their colour (MS-DOCX 2.6.1). */
struct letter_fill {
    uint32_t color;
    int clear;                     /* 1/1000; OPAQUE: not painted at all */
    const struct texture *texture; /* instead of the colour; NULL */
};
struct letter_line {
    mpt width; /* 0: none */
    uint32_t color;
};
enum relief { RELIEF_NONE, RELIEF_RAISED, RELIEF_SUNKEN };
struct text_look {
    enum relief relief; /* light letters over a grey copy (17.3.2.13, 17.3.2.18) */
    const struct letter_fill *fill;
    const struct letter_line *line;
    const struct shade *shadow, *glow; /* each NULL: none */
};

struct run_props {
    const char *family; /* ascii/hAnsi font, theme resolved */
    mpt size;
    bool bold, italic, caps, small_caps, strike, double_strike, hidden;
    bool outline;    /* letters drawn by their outlines */
    bool shadow;     /* beneath them and to their right (17.3.2.31) */
    bool auto_color; /* nobody said a colour: black, on a dark ground white */
    enum underline underline;
    bool heavy_underline;    /* a dotted, dashed or wavy one in its thick form */
    int32_t underline_color; /* 0xRRGGBB; -1: the text's */
    enum emphasis_mark emphasis;
    enum vert_align vert_align;
    uint32_t color;    /* 0xRRGGBB */
    int32_t highlight; /* 0xRRGGBB of highlight or run shading; -1 none */
    mpt spacing;       /* w:spacing, added after every character */
    int scale;         /* w:w, percent, 100 = normal */
    mpt position;      /* w:position, up positive */
    mpt kern_from;     /* w:kern: kern from this size on; 0 = never */
    struct border border;
    unsigned effects;             /* EFFECT_* */
    const struct text_look *look; /* NULL: letters in their colour, no more */
    mpt fit;              /* w:fitText: all text of the run is to be so wide; 0: as it comes */
    bool off_grid;        /* its characters do not keep to the section's grid (17.3.2.34) */
    bool rtl;             /* its text runs from right to left (17.3.2.30) ... */
    bool arabic;          /* ... and is Arabic by its w:lang, as its numbers then are, too */
    bool complex;         /* w:cs (17.3.2.7): its font, size and weight are those of such text */
    const char *language; /* w:lang, "en-US", where words are divided by it; else NULL */
};

enum inline_kind {
    INLINE_TEXT,
    INLINE_TAB,
    INLINE_LINE_BREAK,
    INLINE_PAGE_BREAK,
    INLINE_COLUMN_BREAK,
    INLINE_NO_BREAK_HYPHEN,
    INLINE_SOFT_HYPHEN,
    INLINE_NOTE_REF,  /* mark in the text; `note` indexes document.notes */
    INLINE_NOTE_MARK, /* the mark at the head of the note itself */
    INLINE_PAGE_NUMBER,
    INLINE_PAGE_COUNT,
    INLINE_SECTION_PAGES, /* how many pages the section has */
    INLINE_STYLE_TEXT,    /* what stands on the page in a style: `note` indexes style_texts */
    INLINE_SEPARATOR,     /* footnote separator line */
    INLINE_SHAPE,         /* anchored drawing: takes no room in the line */
    INLINE_PICTURE,       /* inline picture: a box in the line */
    INLINE_BOX,           /* room in the line for shapes before it: as large as `shape` */
    INLINE_BOOKMARK,      /* takes no room; `text` is its name */
};

/* ---- formulas (22.1) ---- */

enum jc { JC_LEFT, JC_CENTER, JC_RIGHT, JC_BOTH, JC_DISTRIBUTE };

/* What a node's parts are, in order; one the file does not have is an empty row. */
enum math_kind {
    MATH_ROW,      /* any, side by side */
    MATH_TEXT,     /* none */
    MATH_FRACTION, /* numerator, denominator */
    MATH_SCRIPTS,  /* base, subscript, superscript */
    MATH_STACK,    /* base, what stands under it, what over it */
    MATH_RADICAL,  /* degree, radicand */
    MATH_FENCE,    /* what stands between brackets, one or more */
    MATH_NARY,     /* lower limit, upper limit, operand */
    MATH_GRID,     /* cells row by row */
    MATH_ACCENT    /* what the mark stands over or under */
};

struct math {
    enum math_kind kind;
    struct math *parts, *next;
    const char *text;            /* TEXT; FENCE: opens it; NARY: the operator; ACCENT: the mark */
    const char *close, *between; /* FENCE */
    size_t columns;              /* GRID, 1 or more */
    bool upright;                /* TEXT: its letters are not slanted */
    bool bare;                   /* FRACTION: without a line */
    bool limits;                 /* NARY: limits stand under and over the operator */
    bool below;                  /* ACCENT */
    bool display;                /* the whole: a line of its own (m:oMathPara) ... */
    enum jc jc;                  /* ... that stands there */
};

struct place_tab;
struct ruby;

/* Beside what the text after a line break does not stand (17.18.3). */
enum { CLEAR_LEFT = 1, CLEAR_RIGHT = 2 };

struct inline_item {
    enum inline_kind kind;
    const struct run_props *props;
    /* INLINE_TEXT: NFC; NOTE_REF/NOTE_MARK: the mark's text; PAGE_NUMBER/PAGE_COUNT: the number's
     * own format as w:fmt names it ("lowerRoman"), NULL: the section's */
    const char *text;
    size_t note;      /* INLINE_NOTE_REF, INLINE_NOTE_MARK */
    const char *link; /* URI of the hyperlink around the item, "#name" for a bookmark; NULL: none */
    const char *slot; /* name of the slot it stands in, see WML_SLOT; NULL: none */
    const struct shape *shape; /* INLINE_SHAPE, INLINE_BOX */
    const struct picture *picture;
    int clear;               /* LINE_BREAK: which sides of the line are to be free, CLEAR_* */
    const struct math *math; /* INLINE_TEXT that is a formula: `text` is what it says; NULL: none */
    const struct ruby *ruby; /* INLINE_TEXT with words above it: `text` is both; NULL: none */
    const struct place_tab *place; /* INLINE_TAB; NULL: to the next stop */
};

enum ruby_align { RUBY_CENTER, RUBY_SPREAD_LETTERS, RUBY_SPREAD_SPACE, RUBY_LEFT, RUBY_RIGHT };

/* Words above words (17.3.3.25), each INLINE_TEXT. */
struct ruby {
    const struct inline_item *base, *over;
    size_t base_count, over_count;
    mpt raise; /* of the baseline of what is above */
    enum ruby_align align;
};

/* A bookmark named WML_SLOT "NAME" inside one paragraph says what the text in it is for, so that
 * signing software finds it: "so", "ngay", "thang", "nam" left open, "chuc_vu", "ho_ten". It is no
 * place that links lead to. */
#define WML_SLOT "_congvan_"

/* ---- drawings ---- */

enum v_align { V_TOP, V_CENTER, V_BOTTOM };

/* What a position refers to (20.4.3.1, 20.4.3.4). The margins are strips of the page; the inner one
 * is the left one of odd pages. BASE_BASELINE: of the anchor's line. */
enum anchor_base {
    BASE_COLUMN,
    BASE_MARGIN,
    BASE_PAGE,
    BASE_PARAGRAPH,
    BASE_CHARACTER,
    BASE_LINE,
    BASE_BASELINE,
    BASE_LEFT_MARGIN,
    BASE_RIGHT_MARGIN,
    BASE_INSIDE_MARGIN,
    BASE_OUTSIDE_MARGIN,
    BASE_TOP_MARGIN,
    BASE_BOTTOM_MARGIN
};
enum anchor_align {
    ANCHOR_OFFSET,
    ANCHOR_START,
    ANCHOR_CENTER,
    ANCHOR_END,
    ANCHOR_INSIDE, /* at the start on odd pages, at the end on even ones */
    ANCHOR_OUTSIDE
};
enum shape_kind {
    SHAPE_LINE,
    SHAPE_RECT,
    SHAPE_TEXT_BOX,
    SHAPE_PICTURE,
    SHAPE_WORD_ART,
    SHAPE_LETTERING,
    SHAPE_CHART
};

/* How text keeps out of a shape's way (20.4.2.14-20); tight and through are square with a contour.
 */
enum wrap { WRAP_NONE, WRAP_SQUARE, WRAP_TOP_AND_BOTTOM };
enum wrap_side { WRAP_BOTH_SIDES, WRAP_LEFT_ONLY, WRAP_RIGHT_ONLY, WRAP_LARGEST_SIDE };

/* The outline text keeps clear of, where that is not the box (20.4.2.16): points in 1/21600 of the
 * shape's width and height, before it is mirrored and turned. */
enum { CONTOUR_UNIT = 21600 };
struct contour_point {
    int32_t x, y;
};
struct contour {
    bool through; /* text stands inside it, too, where it is open to the side */
    const struct contour_point *at;
    size_t n;
};

enum path_verb { PATH_MOVE, PATH_LINE, PATH_CURVE, PATH_CLOSE };
struct path_step {
    enum path_verb verb;
    mpt x[3], y[3]; /* from the shape's top left corner; a curve has two control points first */
};
struct path {
    const struct path_step *steps;
    size_t n;
    bool filled, stroked;
    bool tip;     /* the end of a line: filled with the line's colour */
    bool winding; /* its winding tells what is inside, as of letters; else every other crossing */
    int shade;    /* of the fill: percent towards white, negative towards black */
};

/* What of a picture is seen: what lies within this outline and those around it, all from the
 * picture's corner. */
struct clip {
    const struct path *path;
    const struct clip *outer; /* NULL: no more */
};

/* A line of text in a picture, letter by letter where the picture says so. */
enum lettering_across { LETTERING_FROM, LETTERING_AROUND, LETTERING_UP_TO };
enum lettering_down { LETTERING_BELOW, LETTERING_ON, LETTERING_ABOVE };
struct lettering {
    const char *text;
    const struct run_props *props;
    mpt x, y; /* the point it is placed by, from the picture's corner */
    enum lettering_across across;
    enum lettering_down down; /* ON: the point is on the baseline */
    int32_t angle;            /* turned clockwise about the point, in 1/60000 degree */
    bool cell;                /* the size of the props is that from the ascent to the descent */
    mpt letter_width;         /* its letters are as wide on the mean; 0: as they are */
    int32_t ground;           /* the colour behind it; -1: none */
    const mpt (*steps)[2];    /* from each character to the next: along the line, and down; NULL: as
                                 wide as they are */
    size_t step_count;
    const struct lettering *after; /* it begins where that ends; NULL: at its point */
};

/* How a line is drawn beside its width and colour (20.1.2.2.24). */
enum line_cap { CAP_FLAT, CAP_ROUND, CAP_SQUARE };
enum { DASHES = 6 };
struct line_style {
    uint8_t dashes[DASHES]; /* dash, gap, dash ... in line widths; 0 ends; all 0: solid */
    enum line_cap cap;
    bool miter; /* pointed corners; else round */
};

/* What fills an area beside one colour. */
enum texture_kind { TEXTURE_LINEAR, TEXTURE_RADIAL, TEXTURE_PATTERN, TEXTURE_PICTURE };
struct gradient_stop {
    int32_t at; /* 1/100000 of the way, rising */
    uint32_t color;
};
struct texture {
    enum texture_kind kind;
    struct gradient_stop *stops; /* LINEAR, RADIAL: two or more */
    size_t stop_count;
    int32_t angle;     /* LINEAR: where it goes, clockwise from the right, in 1/60000 degree */
    bool scaled;       /* the angle is one of a square box */
    int32_t center[4]; /* RADIAL: where it begins: left top right bottom, 1/100000 from the edges */
    uint8_t rows[8];   /* PATTERN: dots, the left one the lowest bit; */
    uint32_t fore, back;           /* set, and not */
    const struct picture *picture; /* PICTURE: over the box, or */
    bool tiled;                    /* side by side in its own size, */
    int32_t tile_scale[2];         /* times this in 1/100000 */
};

/* What lies around or beneath a thing in one colour: its shadow (20.1.8.45), its glow (20.1.8.32).
 * A point p of the thing comes to stand at o + m * (p - o) + (x, y). */
struct shade {
    mpt x, y;
    int32_t m[4];  /* by columns, y downwards, in millionths */
    int origin[2]; /* o: in 1/1000 of width and height */
    mpt spread;    /* it is so much wider all around */
    mpt blur;      /* its edge fades over so much to either side; 0: sharp */
    uint32_t color;
    int clear;    /* transparency, 1/1000 */
    bool upright; /* (x, y) is the page's, however the thing is turned (rotWithShape="0") */
};

/* Text that is bent along guides (20.1.9.19): every PATH_MOVE begins one, from the corner of the
 * shape's box. */
struct warp {
    const struct path *guides;
    size_t count;
    bool follows; /* a line of text stands on a guide; else each two are top and bottom of a band */
    bool fits;    /* what follows is as large as makes it as long as its guide */
    bool by_line; /* every line fills its band from side to side, else all of them together */
};

enum text_turn { TURN_NONE, TURN_RIGHT, TURN_LEFT };
enum { OPAQUE = 1000 };

struct shape {
    enum shape_kind kind;
    enum anchor_base x_base, y_base;
    enum anchor_align x_align, y_align;
    mpt x, y; /* offset from the base, when aligned by offset */
    mpt width, height;
    mpt group_width, group_height; /* of the group it is in: that is aligned, and x and y are from
                                      its corner; 0: it stands for itself */
    int32_t angle;                 /* turned clockwise about its centre, in 1/60000 degree */
    bool flip_x, flip_y;           /* mirrored before it is turned */
    mpt stroke;                    /* line width; 0 none */
    uint32_t stroke_color;
    int32_t fill;                  /* 0xRRGGBB; -1 none */
    const struct texture *texture; /* instead of that colour, which is then its mean; NULL */
    int clear, stroke_clear;       /* transparency of fill and line, in 1/1000; 0: opaque */
    struct line_style line;
    const struct shade *shadow, *glow; /* NULL: none */
    const struct path *paths; /* its outline; none: a line from corner to corner, or a box */
    size_t path_count;
    mpt inset[4]; /* text box: left top right bottom */
    enum v_align text_align;
    enum text_turn text_turn;
    int columns; /* its lines stand in, one after the other; 0 and 1: one */
    mpt column_gap;
    bool bidi_columns;            /* the first one is the right one */
    bool no_wrap;                 /* its lines end only where its text says so (wrap="none") */
    bool grows;                   /* as high as its text needs (a:spAutoFit) */
    bool fits_width, fits_height; /* as large as its text, before lines go around it: a frame */
    bool behind;
    bool in_cell; /* page and margins mean the cell the anchor is in */
    int64_t z;    /* shapes are drawn in this order, from low to high */
    enum wrap wrap;
    enum wrap_side wrap_side;
    const struct contour *contour;  /* NULL: its box */
    bool apart;                     /* it overlaps no other that text keeps clear of (20.4.2.3) */
    bool is_table;                  /* a floating table, which overlaps tables alone */
    bool is_parted;                 /* one that pages may cut */
    const void *made_from;          /* where it is made anew each time pages are; NULL: itself */
    const struct shape *moves_with; /* of a group: what keeps its place for it; NULL: alone */
    mpt distance[4];                /* kept free around it, EDGE_* */
    struct block *blocks;           /* SHAPE_TEXT_BOX: its story, */
    const struct shape *goes_on;   /* or the box before it, whose story goes on here (20.4.2.22); */
    const struct shape *continued; /* what this one has no room for goes on in that; or NULL */
    const struct picture *picture; /* SHAPE_PICTURE */
    const char *text;              /* SHAPE_WORD_ART: stretched to fill the box; '\n' ends a line */
    const struct run_props *props; /* SHAPE_WORD_ART: its font */
    const struct warp *warp;       /* its text, or that of a text box, is bent; NULL: it is not */
    const struct lettering *lettering; /* SHAPE_LETTERING */
    const struct clip *clip;           /* what of it is seen; NULL: all */
    const struct chart *chart;         /* SHAPE_CHART, see chart.h ... */
    const char *description;           /* ... and what it is to those who cannot see it; NULL */
};

/* What is done to the colours of a picture: first its levels, then its kind. */
enum coloring { COLORS_KEPT, COLORS_GREY, COLORS_BILEVEL, COLORS_DUOTONE };
struct recolor {
    enum coloring kind;
    int32_t threshold;    /* BILEVEL: what is as light becomes white, the rest black; 1/1000 */
    uint32_t dark, light; /* DUOTONE: what black and white become */
    int32_t gain, raise;  /* levels: v * gain + raise, in 1/1000; 1000 and 0: as they are */
    int32_t unseen;       /* 0xRRGGBB that is not drawn; -1: none */
    int32_t changed, to;  /* 0xRRGGBB that becomes another before all else; -1: none */
};

/* What a colour becomes, 0xRRGGBB; `recolor` NULL: itself. */
uint32_t recolored(const struct recolor *recolor, uint32_t color);

struct picture {
    const char *bytes; /* a file, owned by the package; NULL: not to be drawn, only framed */
    size_t len;
    mpt width, height;
    const char *part;
    const char *story; /* part and paragraph it stands in, for messages; NULL, 0: unknown */
    size_t number;
    const char *description;
    int32_t crop[4]; /* cut off at the EDGE_*, in 1/100000 of the whole; negative: room added */
    struct recolor *recolor; /* NULL: in its own colours */
};

/* ---- paragraphs (17.3.1) ---- */

enum line_rule { LINE_AUTO, LINE_AT_LEAST, LINE_EXACT };
enum tab_kind { TAB_LEFT, TAB_CENTER, TAB_RIGHT, TAB_DECIMAL, TAB_BAR };
enum tab_leader {
    LEADER_NONE,
    LEADER_DOT,
    LEADER_HYPHEN,
    LEADER_UNDERSCORE,
    LEADER_HEAVY, /* the same, thicker */
    LEADER_MIDDLE_DOT
};

struct tab_stop {
    mpt pos; /* from the text margin where lines begin, as its kind is seen from there */
    enum tab_kind kind;
    enum tab_leader leader;
};

/* Where a tab leads whatever the stops are: to a place of the line (w:ptab, 17.3.3.23). */
struct place_tab {
    enum tab_kind kind; /* left: to the left edge, center, right */
    bool of_indents;    /* else of the margins */
    enum tab_leader leader;
};

enum { EDGE_TOP, EDGE_LEFT, EDGE_BOTTOM, EDGE_RIGHT, EDGE_BETWEEN, EDGES = 5 };

/* What few paragraphs ask for. Two borders and stripes are not done, but named where text asks. */
enum {
    ASKS_BIDI = 1, /* it runs from right to left: "left" is where its lines begin */
    ASKS_BAR_BORDER = 2,
    ASKS_FANCY_BORDER = 4,
    ASKS_MIRROR_INDENTS = 8,   /* left and right change places on even pages */
    ASKS_NO_LINE_NUMBERS = 16, /* its lines are not counted (17.3.1.35) */
    ASKS_CUT_WORDS = 32,       /* lines end inside words, too (w:wordWrap off, 17.3.1.45) */
    ASKS_FITTING_LINES = 64,   /* its lines are set as wide as the cell (w:tcFitText, 17.4.69) */
    ASKS_NO_HYPHENS = 128,     /* (w:suppressAutoHyphens, 17.3.1.34) */
    ASKS_STRIPED_SHADE = 256   /* stripes or crosses, printed as the grey they make */
};

/* How what differs in height stands on one line (w:textAlignment, 17.3.1.39). */
enum text_alignment { ON_BASELINE, AT_LINE_TOP, AT_LINE_CENTER, AT_LINE_BOTTOM };

struct para_props {
    const char *style_id;
    enum jc jc;
    mpt left, right, first; /* indents; first < 0 is hanging. Left: where lines begin */
    mpt before, after;
    bool before_auto, after_auto; /* autospacing: 14 pt */
    bool contextual;
    int32_t line; /* LINE_AUTO: 240ths; else mpt */
    enum line_rule line_rule;
    bool keep_next, keep_lines, widow_control, page_break_before;
    const struct tab_stop *tabs; /* sorted by pos */
    size_t tab_count;
    struct border borders[EDGES];
    int32_t shade;     /* 0xRRGGBB; -1 none */
    int outline_level; /* 0-8; -1 body text */
    bool snap_to_grid;
    enum text_alignment text_alignment;
    unsigned asks; /* ASKS_* */
};

struct para {
    const struct para_props *props;
    const struct run_props *mark; /* of the paragraph mark */
    struct inline_item *items;
    size_t item_count;
    size_t number;       /* ordinal in its part, from 1, for messages */
    bool foreign;        /* it is none of the part's (a chunk's, bound data): the number is that of
                            the paragraph before it */
    bool bidi;           /* text or properties from right to left are in it */
    const char *chapter; /* its number in a list alone, where pages ask for it; NULL: none */
};

/* ---- tables (17.4) ---- */

enum height_rule { HEIGHT_AUTO, HEIGHT_AT_LEAST, HEIGHT_EXACT };
enum v_merge { MERGE_NONE, MERGE_START, MERGE_CONTINUE };

/* Adjacent cells share an edge, unless they are spaced; its border is given once, to the cell below
 * or to the right (17.4.66). So: draw every border of width > 0 that a cell has and none is drawn
 * twice. RIGHT is only set on the last cell of a row; BOTTOM only where no cell lies below; TOP is
 * 0 inside a merged cell (MERGE_CONTINUE). Where a table is broken over pages, the top borders of
 * the row that opens the next page also close the page before. */
struct cell {
    mpt width; /* from the grid, spans summed */
    size_t column, span;
    enum v_merge merge;
    enum v_align v_align;
    mpt margin[4];                 /* top left bottom right (EDGE_*) */
    struct border borders[4];      /* EDGE_*, see above */
    struct border falling, rising; /* diagonals: from the top left, from the bottom left */
    bool hide_mark;                /* empty, it needs no height (17.4.20) */
    bool no_wrap;                  /* its text asks for one line where columns are fitted, and the
                                      cell for no width (17.4.29) */
    enum text_turn turn;           /* its lines run up or down (17.4.72) */
    int32_t shade;
    struct block *blocks; /* at least one paragraph */
};

struct row {
    struct cell *cells;
    size_t cell_count;
    mpt height;
    enum height_rule height_rule;
    bool cant_split, header;
};

/* A floating table's position (w:tblpPr, 17.4.57). */
struct table_place {
    enum anchor_base x_base, y_base;
    enum anchor_align x_align, y_align;
    mpt x, y;
    mpt distance[4]; /* kept free around it, EDGE_* */
    bool apart;      /* it overlaps no other floating table (17.4.56) */
};

struct table {
    const struct table_place *place; /* NULL: in the flow */
    mpt *grid;                       /* column widths: the cells' wishes, else the file's grid */
    size_t column_count;
    bool autofit;  /* columns follow their content (17.4.52); `grid` is where they start */
    mpt preferred; /* w:tblW; 0: automatic */
    mpt *wishes;   /* per column what cells ask for, 0: nothing; NULL: nobody asks */
    mpt *laid_out; /* the file's grid where it may be Word's own layout; NULL: it is not */
    struct row *rows;
    size_t row_count;
    mpt indent;
    enum jc jc;             /* left, center or right */
    mpt width;              /* sum of the grid */
    mpt spacing;            /* kept around every cell, so twice that between two (17.4.44) ... */
    struct border frame[4]; /* ... and then the table has borders of its own, EDGE_* */
    mpt cell_left;          /* default left cell margin: compat <= 14 hangs the table out by it */
};

/* ---- blocks, notes, sections ---- */

enum wml_block { WML_PARA, WML_TABLE };

struct block {
    struct block *next;
    enum wml_block kind;
    struct para *para;
    struct table *table;
};

struct wml_note {
    const char *mark;        /* "1" */
    bool endnote;            /* printed after the text (of its section), not at the page's foot */
    size_t section;          /* the one that refers to it, from 0 */
    const char *page_format; /* counted anew on each page, in this format; NULL: `mark` holds */
    int page_start;          /* from this number on */
    struct block *blocks;
};

/* Numbers of lines in the margin (17.6.8). */
enum line_restart { LINES_BY_PAGE, LINES_BY_SECTION, LINES_GO_ON };
struct line_numbers {
    int step;     /* every so many lines one is printed; 0: none */
    int first;    /* number of the first line */
    mpt distance; /* from the text; 0: the usual one */
    enum line_restart restart;
};

enum { STORY_DEFAULT, STORY_FIRST, STORY_EVEN, STORIES };
enum border_pages { BORDERS_ON_ALL, BORDERS_ON_FIRST, BORDERS_NOT_ON_FIRST };
enum section_start {
    START_NEXT_PAGE,
    START_CONTINUOUS,
    START_EVEN_PAGE,
    START_ODD_PAGE,
    START_NEXT_COLUMN /* a page, where the section before has other columns */
};

struct wml_section {
    size_t ordinal; /* how many are before it */
    mpt page_width, page_height;
    mpt top, right, bottom, left; /* margins; top and bottom may be negative = exact */
    mpt header, footer;           /* distances from the page edges */
    struct block *headers[STORIES], *footers[STORIES]; /* inherited ones filled in; NULL: none */
    const char *header_parts[STORIES], *footer_parts[STORIES]; /* the parts they stand in */
    bool title_page;
    enum section_start start;
    int page_start; /* first page number; -1: goes on */
    const char *number_format;
    const char *chapter_style; /* the headings whose number goes before the page's; NULL: none */
    const char *chapter_mark;  /* what stands between the two */
    size_t columns;            /* 1 or more */
    mpt column_gap;            /* between columns of equal width */
    const mpt *column_widths;  /* NULL: equal; else `columns` widths ... */
    const mpt *column_spaces;  /* ... and the spaces after each */
    bool column_line;          /* a line between columns */
    bool bidi;                 /* the first column is the right one (17.6.1) */
    bool notes_across;         /* footnotes stand below all columns, not in that of their mark */
    bool mirror;               /* left and right change places on even pages (w:mirrorMargins) */
    mpt line_pitch;            /* of a grid that lines snap to (17.6.5); 0: none */
    mpt char_space;            /* what its East Asian characters are set apart (17.6.5) ... */
    bool char_cells;           /* ... in cells of Normal's size and that */
    enum v_align v_align;      /* of the body on its pages (17.6.22) */
    struct line_numbers line_numbers;
    struct border borders[4]; /* of the page, EDGE_* (17.6.10) */
    bool borders_from_page;   /* their spaces are counted from its edges, not from the text */
    enum border_pages border_pages;
    bool borders_below_header, borders_above_footer; /* those from the text leave these out */
    struct block *blocks;
    struct wml_section *next;
};

/* What a header repeats from its page: the text of the first paragraph in a style, or of the last
 * one (17.16.5.59). */
struct style_text {
    const char *style_id;
    bool last;
};

/* Options of w:compat (17.15.3): COMPAT_x are bits, AT_COMPAT_x their numbers. */
enum {
#define COMPAT(token, name, modes) AT_COMPAT_##token,
#define UNDONE(name, modes)
#include "docx/compat.def"
#undef COMPAT
};
enum {
#define COMPAT(token, name, modes) COMPAT_##token = 1 << AT_COMPAT_##token,
#include "docx/compat.def"
#undef COMPAT
#undef UNDONE
};

/* Words divided at line ends (17.15.1.10). */
struct hyphenation {
    bool on;
    mpt zone;      /* a word is divided only if else more than this stays free (17.15.1.53) */
    int limit;     /* so many lines may end so one after the other; 0: any (17.15.1.22) */
    bool not_caps; /* but no words in capitals (17.15.1.37) */
};

struct document {
    struct pool *pool;
    const char *path;
    struct wml_section *sections;
    struct wml_note *notes;
    size_t note_count;
    struct style_text *style_texts;
    size_t style_text_count;
    struct block *note_separator;    /* story of the separator footnote; NULL: none */
    struct block *note_continuation; /* of the one above notes that go on overleaf */
    struct block *note_notice;       /* and of what stands below them where they break off */
    struct block *endnote_separator; /* as note_separator, of the endnotes */
    bool notes_beneath_text;         /* footnotes stand below the last line of the page */
    bool endnotes_by_section;        /* endnotes stand at the end of their section */
    int compat_mode;                 /* 11, 12, 14, 15 */
    mpt default_tab;
    uint32_t decimal_mark; /* of numbers at decimal stops (w:decimalSymbol); 0: a comma */
    bool even_and_odd;
    unsigned compat; /* COMPAT_* */
    struct hyphenation hyphenation;
    const struct run_props *normal; /* effective run properties of the Normal paragraph */
    /* docProps/core.xml, each NULL if absent or empty */
    const char *title, *creator, *subject, *keywords, *identifier;
    const char *created, *modified; /* W3CDTF, as they stand */
    bool vietnamese;                /* its text has letters that only Vietnamese has */
    const char *legacy_font; /* one of TCVN3 or VNI whose text was read as Unicode; NULL: none */
};

/* Reads the package. NULL (reported) if its main part is missing or broken. What is met and not
 * understood is named once each as a warning. Everything lives in `pool`; picture bytes in the
 * package, which must outlive the document. */
struct document *wml_read(struct pool *pool, struct package *package, struct diag *diag);

void wml_dump(const struct document *document, struct buf *out); /* --dump=document */

#endif
