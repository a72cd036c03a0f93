/* bidi: text that runs from right to left, among text that does not (UAX 9).
 *
 * A paragraph stays in the order in which it is read, and so are its lines broken and its glyphs
 * drawn, for that is the order in which text is copied out of a PDF. Only where on its line an atom
 * stands is another matter: FriBidi gives each the level it is nested at, and tells for every line
 * how its atoms follow each other from left to right. In a paragraph that itself runs from right to
 * left (w:bidi) all measures - indents, tabs, alignment - are counted from the edge where its lines
 * begin, the right one; its lines are mirrored when they are placed.
 *
 * Directions are Word's: neighbouring runs that agree in w:rtl are a passage in that direction,
 * within the paragraph's (measured in Word: a full stop of a run without w:rtl stands to the right
 * of its Hebrew words). FriBidi is loaded when a paragraph first needs it. */
#ifndef CONGVAN_LAYOUT_BIDI_H
#define CONGVAN_LAYOUT_BIDI_H

#include "layout/text.h"

struct span;
struct bidi;

/* Puts glyphs as they are joined and mirrored into the atoms of l->text and finds their levels.
 * Without the library (named) the text is none of this kind any more. */
void bidi_read(struct layout *l);

/* Characters that only say how text runs or is joined; they have no glyph. */
bool bidi_is_control(uint32_t cp);

/* Letters of scripts that run from right to left. */
bool bidi_is_letter(uint32_t cp);

/* Where the atoms of a line begin and end, seen from left to right: `lefts` and `rights` have room
 * for them; `xs` are their places in reading order from where the line begins, one more than there
 * are atoms; `turn` is that edge of a paragraph from right to left. */
void bidi_place(const struct text *t, const struct span *span, const fine *xs, fine turn,
                fine *lefts, fine *rights);

/* Of a line that is placed: the end of the atoms from `atom` on that run in one direction, up to
 * `end`; whether one does as the one before it does; whether that is from right to left; how far to
 * the right a mark stands of its place. */
size_t bidi_run_end(const struct text *t, size_t atom, size_t end);
bool bidi_runs_on(const struct text *t, size_t atom);
bool bidi_is_backward(const struct text *t, size_t atom);
fine bidi_shift(const struct text *t, size_t atom);

#endif
