/* page: the document tree laid out as pages, each a list of things to draw.
 *
 * Pure integer arithmetic in mpt (1/1000 pt), origin at the top left corner of the page, y down.
 * Rules: those Word 2013+ follows (see the essay at the head of page.c); same input, same pages,
 * on every machine. */
#ifndef CONGVAN_LAYOUT_PAGE_H
#define CONGVAN_LAYOUT_PAGE_H

#include "base/diag.h"
#include "base/face.h"
#include "docx/wml.h"

struct glyph {
    uint16_t id;
    uint32_t cp; /* the character it stands for, for ToUnicode */
    mpt x;       /* of its origin, from the text's own x */
};

enum draw_kind {
    DRAW_TEXT,
    DRAW_LINE,
    DRAW_RECT,
    DRAW_PICTURE,
    DRAW_PATH,
    DRAW_TURN, /* what follows, up to its DRAW_BACK, is turned; they nest */
    DRAW_CLIP, /* what follows, up to its DRAW_BACK, is seen in part; they nest with turns */
    DRAW_BACK
};

/* Glyphs of one face, size and colour on one baseline, in reading order. */
struct draw_text {
    mpt x, y; /* origin of the first glyph; y is the baseline */
    const struct face *face;
    mpt size;
    int scale; /* percent, horizontal */
    uint32_t color;
    mpt thicken;   /* bold of a face that has none: a stroke of this width around each letter */
    bool slanted;  /* italic of a face that has none */
    bool outline;  /* the letters' outlines alone */
    bool shadow;   /* it has one, which is a text of its own, drawn before it */
    bool unseen;   /* not drawn, only to be found */
    bool copy;     /* of a text that comes after it, as its shadow: no words */
    bool backward; /* from right to left: each glyph stands to the left of the one before it */
    const struct text_look *look; /* how it is painted, of which shadows and glows are draws of
                                     their own before it; NULL: in its colour */
    const struct glyph *glyphs;
    size_t n;
};

struct draw_line { /* stroked */
    mpt x0, y0, x1, y1, width;
    uint32_t color;
    mpt dash; /* 0: solid, else length of a dash */
    mpt gap;  /* between dashes; 0: as long as a dash */
    int dots; /* between two dashes, each as long as the line is wide */
    mpt wave; /* half the height of a zigzag along the line; 0: straight */
};

struct draw_rect { /* filled, or stroked when stroke > 0 */
    mpt x, y, width, height, stroke;
    uint32_t color;
};

struct draw_picture {
    mpt x, y, width, height;
    const struct picture *picture;
};

struct draw_path { /* filled and stroked, each or both */
    mpt x, y;      /* of the origin of its points */
    const struct path *path;
    int32_t fill;                  /* 0xRRGGBB; -1 none */
    const struct texture *texture; /* fills it instead; NULL */
    mpt box[4];                    /* that it is laid over, from the origin: x y width height */
    mpt stroke;                    /* 0 none */
    uint32_t color;
    struct line_style line;
    mpt blur; /* the edge of all of it, in `color`, fades over so much to either side; 0: sharp */
};

/* A linear map about a point that stays: (x, y) + m * (p - (x, y)), y downwards, m by columns in
 * millionths; and how transparent it all is. */
struct draw_turn {
    int32_t m[4];
    mpt x, y;
    int clear; /* 1/1000; 0: opaque */
};

struct draw_clip {
    mpt x, y; /* of the origin of its outlines' points */
    const struct clip *clip;
};

/* What a reader program is told the drawn thing is (ISO 32000-1, 14.8.4). */
enum tag_role {
    ROLE_DOCUMENT,
    ROLE_PARAGRAPH,
    ROLE_HEADING, /* `level` from 1 */
    ROLE_TABLE,
    ROLE_ROW,
    ROLE_CELL,
    ROLE_HEADER_CELL,
    ROLE_NOTE,
    ROLE_FIGURE,
    ROLE_LINK /* inside a paragraph */
};

struct layout_tag {
    enum tag_role role;
    int level;
    uint32_t parent;  /* index of a tag before it; 0 is the document itself */
    const char *text; /* alternative text of a figure; NULL */
};

struct draw {
    enum draw_kind kind;
    uint32_t tag; /* index into pages.tags; 0: an artifact (page number, rule, border) */
    union {
        struct draw_text text;
        struct draw_line line;
        struct draw_rect rect;
        struct draw_picture picture;
        struct draw_path path;
        struct draw_turn turn;
        struct draw_clip clip;
    } as;
};

/* A rectangle that leads somewhere. */
struct page_link {
    mpt x, y, width, height;
    const char *uri; /* "#name": a place of this document, see pages.places */
    uint32_t tag;    /* of its text; 0: an artifact */
};

/* A stretch of text that signing software is to find (WML_SLOT). */
struct page_slot {
    mpt x, y, width, height;
    const char *name;
};

/* A named place (bookmark), or an entry of the outline when `level` > 0. */
struct page_place {
    const char *name;
    int level;
    size_t page; /* index into pages.at */
    mpt y;
};

struct page {
    mpt width, height;
    int number;             /* as printed */
    VEC(struct draw) draws; /* in reading order: header, body, notes, footer */
    VEC(struct page_link) links;
    VEC(struct page_slot) slots;
};

struct pages {
    VEC(struct page) at;
    VEC(struct layout_tag) tags;    /* at[0] is the document; empty: not tagged */
    VEC(struct page_place) places;  /* bookmarks */
    VEC(struct page_place) outline; /* headings, in order */
    const char *title, *creator, *subject, *keywords, *identifier; /* NULL: none */
    const char *created, *modified; /* W3CDTF as the document has it, right or wrong; NULL: none */
};

struct hyphenator; /* layout/hyphen.h */

struct layout_options {
    bool shrink; /* justified lines may squeeze their spaces (compatibilityMode >= 15) */
    struct hyphenator
        *hyphenator; /* lent: it keeps what one document loads for the next; or NULL */
};

/* Lays out the whole document into `pool`. NULL (reported) only if no font can be found. */
struct pages *layout_pages(struct pool *pool, const struct document *document, struct fonts *fonts,
                           const struct layout_options *options, struct diag *diag);

void pages_dump(const struct pages *pages, struct buf *out); /* --dump=pages */

#endif
