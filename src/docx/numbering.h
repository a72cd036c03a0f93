/* numbering: numbered and bulleted paragraphs (17.9): levels, counters, label texts. */
#ifndef CONGVAN_DOCX_NUMBERING_H
#define CONGVAN_DOCX_NUMBERING_H

#include "docx/package.h"
#include "docx/xml.h"

enum { NUM_LEVELS = 9 };

enum num_suffix { SUFFIX_TAB, SUFFIX_SPACE, SUFFIX_NOTHING };

struct num_level {
    const struct xml_node *para, *run; /* w:pPr and w:rPr of the level; NULL: none */
    int start;
    const char *format; /* "decimal", "bullet", ... */
    const char *text;   /* "%1.%2." */
    enum num_suffix suffix;
    int restart; /* level count that resets it; 0 never; -1 any higher level */
    bool legal;  /* isLgl: every %n as a decimal */
    const char *style;
    const char *align;              /* w:lvlJc; NULL: left */
    bool wants_picture;             /* for a bullet, instead of `text`: */
    bool as_word_6;                 /* w:legacy: its number stands as Word 6 set it */
    const struct xml_node *picture; /* w:numPicBullet; NULL: the file has none */
};

struct numbering;

/* numbering.xml of the main part; an empty one when there is none. */
struct numbering *numbering_read(struct pool *pool, struct package *package, const char *main_part,
                                 struct diag *diag);

/* The part the lists are in, which their pictures are named from; NULL: there is none. */
const char *numbering_part(const struct numbering *numbering);

/* Level `ilvl` (0-8) of w:num `num_id`; NULL: no such list. Overrides are applied. */
const struct num_level *numbering_level(const struct numbering *numbering, int num_id, int ilvl);
/* The level of the list that is tied to a paragraph style; 0 when none is. */
int numbering_style_level(const struct numbering *numbering, int num_id, const char *style);

/* Counts one more paragraph at this level and gives its label: "3.1.", "a)", "" . In the pool. */
const char *numbering_count(struct numbering *numbering, struct pool *pool, int num_id, int ilvl);

/* The number of the paragraph last counted, without the words around it: "3.1" of "Mục 3.1.", ""
 * of a bullet. In the pool. */
const char *numbering_number(const struct numbering *numbering, struct pool *pool, int num_id,
                             int ilvl);

/* ---- numerals.c ---- */

/* One number as w:numFmt has it (17.18.59; "lowerRoman" 4 -> "iv"), appended to `out`. Formats not
 * known are decimal. */
bool number_format_known(const char *format);
void number_format(struct buf *out, const char *format, int value);

#endif
