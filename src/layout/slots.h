/* slots: where signing software puts its stamps on a draft.
 *
 * The draft leaves blanks for number, day and month; the leader signs between position and name;
 * the seal covers a third of the signature, on its left (Decree 30, Phụ lục I, II.7-8). Offices'
 * software adds one signature field per stamp, larger than what is seen of it; the sizes are those
 * of dispatches issued in 2026. */
#ifndef CONGVAN_LAYOUT_SLOTS_H
#define CONGVAN_LAYOUT_SLOTS_H

#include "layout/page.h"

/* In the order in which a dispatch gets them. */
enum slot_kind {
    SLOT_SIGNATURE,
    SLOT_NUMBER,
    SLOT_DAY,
    SLOT_MONTH,
    SLOT_YEAR,
    SLOT_SEAL,
    SLOT_APPENDIX,    /* the top right corner of a first page: of an appendix, ... */
    SLOT_COPY,        /* ... of an electronic copy */
    SLOT_SECRETARY,   /* of minutes */
    SLOT_SIGNATURE_2, /* of those who sign beside the first */
    SLOT_SEAL_2,
    SLOT_SIGNATURE_3,
    SLOT_SEAL_3,
    SLOT_SIGNATURE_4,
    SLOT_SEAL_4,
    SLOTS
};

/* mpt, from the top left corner of the page. */
struct slot_area {
    mpt x, y, width, height;
};

struct slot {
    bool there;
    size_t page;            /* index into pages.at */
    struct slot_area field; /* of the signature field, inside the page */
    struct slot_area ink;   /* where the stamp itself is to be seen */
};

/* Finds them by what the document marks (WML_SLOT): the first of each name, the signature's place
 * by the last. What the document does not leave open is not there. */
void slots_find(const struct pages *pages, struct slot slots[SLOTS]);

/* Those of a separate appendix: only the corner of its first page, where the clerk's signature goes
 * with number and time of signing (Decree 30, Phụ lục I, II.8). */
void slots_find_appendix(const struct pages *pages, struct slot slots[SLOTS]);

#endif
