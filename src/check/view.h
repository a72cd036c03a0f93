/* view: what the rules look at - the lines of a dispatch or of a document, each with the element
 * of Decree 30 it belongs to, its place and, in a document, how it looks.
 *
 * It is gathered once. A dispatch's lines are made as they will be printed ("Số: 05/UBND-VP"), so
 * that a rule about words is written once for both. */
#ifndef CONGVAN_CHECK_VIEW_H
#define CONGVAN_CHECK_VIEW_H

#include "check/check.h"
#include "dispatch/dispatch.h"
#include "docx/wml.h"
#include "layout/page.h"

/* The elements (ô số of the diagram in Appendix I, section IV), and what else a line can be. */
enum element {
    ELEMENT_OTHER,
    ELEMENT_QUOC_HIEU, /* 1 */
    ELEMENT_TIEU_NGU,  /* 1 */
    ELEMENT_GOVERNING, /* 2: cơ quan chủ quản */
    ELEMENT_AGENCY,    /* 2 */
    ELEMENT_NUMBER,    /* 3 */
    ELEMENT_DATE,      /* 4 */
    ELEMENT_TYPE,      /* 5a: tên loại */
    ELEMENT_TITLE,     /* 5a: trích yếu of a named type */
    ELEMENT_ISSUER, /* between title and text: who decides, "... điện:", "... giới thiệu:" */
    ELEMENT_SUBJECT,   /* 5b: trích yếu of a công văn */
    ELEMENT_TO,        /* 9a: "Kính gửi:", with the one recipient */
    ELEMENT_TO_ITEM,   /* 9a */
    ELEMENT_BASIS,     /* 6: căn cứ */
    ELEMENT_BODY,      /* 6 */
    ELEMENT_CELL,      /* a cell of a table in the body */
    ELEMENT_AUTHORITY, /* 7a: TM., KT. ... and what they stand for */
    ELEMENT_POSITION,  /* 7a */
    ELEMENT_NAME,      /* 7b */
    ELEMENT_COPIES,    /* 9b: "Nơi nhận:" */
    ELEMENT_COPIES_ITEM,
    ELEMENT_KEPT,        /* 9b: "- Lưu: ..." */
    ELEMENT_SECRECY,     /* 10a */
    ELEMENT_URGENCY,     /* 10b */
    ELEMENT_CIRCULATION, /* 11 */
    ELEMENT_ADDRESS,     /* 13 */
    ELEMENT_APPENDIX,    /* "Phụ lục I" */
    ELEMENT_APPENDIX_TITLE,
    ELEMENT_APPENDIX_REF, /* "(Kèm theo ...)" */
    ELEMENT_APPENDIX_BODY,
    ELEMENT_ORIGINAL, /* what a copy (sao y, sao lục, trích sao) is of: not judged */
    ELEMENT_NOTE,
    ELEMENT_HEADER, /* of a page: where the page number stands */
    ELEMENT_FOOTER,
    ELEMENTS
};

enum share { SHARE_NONE, SHARE_SOME, SHARE_ALL };

/* How the letters of a line look; spaces do not count. */
struct look {
    const char *family;    /* the first that is not Times New Roman, else that */
    mpt smallest, largest; /* font size */
    enum share bold, italic, underline;
    uint32_t color; /* 0xRRGGBB: the first that is not black */
};

struct line {
    enum element element;
    const char *text;   /* as printed, NFC, tabs as spaces, no spaces at the ends */
    const char *raw;    /* with the spaces as they are */
    const char *folded; /* utf8_fold of text */
    struct where where;
    const struct para *para; /* NULL in a dispatch */
    struct look look;
    bool opens;              /* its paragraph */
    bool foreign;            /* not all of it is ASCII, Vietnamese in NFC and common signs */
    bool given;              /* printed as the author typed it, punctuation included */
    bool first_page;         /* ELEMENT_HEADER, _FOOTER: of the first page */
    bool has_number;         /* a page number field is in it */
    bool boxed;              /* in a text box or a table cell with a line around it */
    size_t table, row, cell; /* from 1; 0: outside of tables */
    size_t row_cells;
    int column; /* of two side by side: 0 left, 1 right; -1: none beside it */
};

/* A line of text or a horizontal stroke as laid out, in mpt from the page's top left corner. */
struct placed {
    size_t page;
    const char *text;     /* without spaces; NULL: a stroke */
    const char *squashed; /* the same folded; NULL until placed_squashed is asked */
    mpt x0, x1, y;        /* baseline, or the stroke's middle */
    bool dashed;
};

struct day {
    int year, month, day; /* 0: not known */
};

struct view {
    struct pool *pool;
    const struct dispatch *dispatch; /* NULL: a document made elsewhere */
    const struct document *document; /* NULL: a dispatch before it is merged */
    const struct pages *pages;       /* NULL: not laid out */
    const struct check_raw *raw;     /* as it was before it was read; NULL: unknown */
    bool final;
    const char *path;
    bool printed;                  /* read off pages: spaces and paragraphs are not the author's */
    const struct doc_types *types; /* what it may be; none: the types of Article 7 by name */
    const struct profile *profile; /* of its type; NULL: unknown */
    const char *type; /* folded name of the type ("quyet dinh"); "cong van"; NULL: unknown */
    struct day date;  /* of the document */
    VEC(struct line) lines;
    VEC(struct placed) placed;
    const int *line_pages; /* of each line, from 1; NULL until view_page is asked */
    /* What several rules look for, looked for once; NULL: not yet. */
    const struct mark *marks;          /* of each line: rule_number.c */
    const struct sightings *sightings; /* phrases.h */
    const struct days_named *days;     /* rule_dates.c */
    const struct cites *cites;
};

/* `profile` and `raw` may be NULL. */
struct view *view_of_dispatch(struct pool *pool, const struct dispatch *dispatch,
                              const struct profile *profile, const struct check_raw *raw);

/* Of a printed document, recognised: `pages` hold its lines, '\n' behind each, '\t' where columns
 * stand side by side (signature/pages_text.h). A line's place is its page ("trang 2") and which row
 * of it. */
struct view *view_of_pages(struct pool *pool, const char *const *pages, size_t count,
                           const char *path, const struct doc_types *types);

/* Tells the elements of a document's lines by their form and position. */
void recognise(struct view *view);
/* Căn cứ among the lines of the body, and the document's own date; for both kinds. */
void recognise_body(struct view *view);

/* Fills view->placed from the pages. */
void place_lines(struct view *view);
/* Of a line of text as laid out. */
const char *placed_squashed(const struct view *view, struct placed *placed);
/* The page the line begins on, from 1; 0: not laid out. */
int view_page(struct view *view, const struct line *line);

/* The types of Article 7 by folded name, with the abbreviation of Appendix III ("" for none). */
struct type_row {
    const char *folded, *name, *abbreviation;
};
const struct type_row *type_by_name(const char *folded);        /* NULL: no type */
const struct type_row *type_by_abbreviation(const char *exact); /* NULL: none; case matters */

bool view_named(const struct view *view); /* a type with a name of its own: not a công văn */
const struct line *view_first(const struct view *view, enum element element); /* or NULL */
/* The first line of a section a profile may require; NULL: it is not there. */
const struct line *view_section(const struct view *view, enum section section);
/* Does a line's letters (words.h) name a type? */
bool view_names_type(const struct view *view, const char *letters);
struct line *view_add(struct view *view, const char *raw);
size_t view_index(const struct view *view, const struct line *line);

#endif
