/* footnote: the notes at the foot of the page in hand.
 *
 * The area grows upwards from the bottom of the body: the separator paragraph, then the notes. A
 * note belongs on the page of its mark; one too long for it begins there and goes on overleaf. */
#ifndef CONGVAN_LAYOUT_FOOTNOTE_H
#define CONGVAN_LAYOUT_FOOTNOTE_H

#include "layout/flow.h"

/* Marks of notes that are counted on each page anew (17.11.19): what a pass finds is what the next
 * one prints, until they stay. */
void note_marks_begin(struct layout *l);
bool note_marks_settled(const struct layout *l);
void note_marks_learn(struct layout *l);

/* Strips [from, to) of a note on this page. */
struct note_part {
    struct flow *flow;
    size_t note;
    size_t from, to;
    mpt gap;       /* above it */
    size_t placed; /* which strip of the page refers to it, from 1; 0: begun on an earlier page */
};

/* Stacks the separator of notes on the body's flow, above its endnotes. */
void notes_separator(struct layout *l, struct flow *flow, const struct wml_section *section);

struct note_area {
    struct layout *l;
    struct flow *separator, *continuation;
    struct flow *notice; /* below notes that go on overleaf; no strips: none */
    VEC(struct note_part) parts;
    bool *seen;          /* by note: on a page already */
    struct flow **flows; /* by note: laid out once */
    int64_t height;
    int counted;  /* marks given on this page, where they are counted by page */
    bool goes_on; /* the first note began on an earlier page */
    bool full;    /* a note goes on overleaf: nothing more can stand on this page */
};

void notes_init(struct layout *l, struct note_area *area, mpt width);
/* The width notes are set in from now on. */
void notes_set_width(struct note_area *area, mpt width);

/* A new page whose body is `room` high: what is left over from the last one comes first. */
void notes_begin(struct note_area *area, int64_t room);

/* Adds the notes of strip number `placed` of the page (from 1), which leaves `room` for the area.
 * False: they do not fit, nor their first lines; then nothing is added. With `force` what does not
 * fit waits for the next page. */
bool notes_add(struct note_area *area, const size_t *notes, size_t n, int64_t room, size_t placed,
               bool force);

/* Takes back the notes of all strips but the first `kept`. */
void notes_cut(struct note_area *area, size_t kept);

bool notes_waiting(const struct note_area *area); /* something goes on overleaf */
/* Draws them, and takes note of the marks those that begin here have. */
void notes_emit(struct note_area *area, mpt x, int64_t bottom);

#endif
