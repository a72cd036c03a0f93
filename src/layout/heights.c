/* How high a line is, and where on it things stand (17.3.1.33). */
#include "layout/placing.h"

static void add_font(struct placing *p, const struct font *f) {
    p->ascent = (mpt)larger(p->ascent, f->ascent);
    p->descent = (mpt)larger(p->descent, f->descent);
    p->box_height = (mpt)larger(p->box_height, f->ascent + f->descent);
}

/* The height of a picture or formula is known: the line has room for it. */
static void add_object(struct placing *p, mpt ascent, mpt descent, mpt *above, mpt *below) {
    *above = (mpt)larger(*above, ascent);
    *below = (mpt)larger(*below, descent);
    p->box_height = (mpt)larger(p->box_height, ascent + descent);
}

/* The kinds of atoms on the line that stand on it in their font: spaces and tabs, however large, do
 * so only where there is nothing else, as in Word. */
static uint32_t standing_kinds(const struct text *t) {
    uint32_t kinds = 0;
    const struct piece *piece;
    VEC_EACH (piece, &t->pieces)
        kinds |= piece->kinds;
    kinds &= ~(uint32_t)(MARKS | OBJECTS);
    return kinds & ~(uint32_t)BLANKS ? kinds & ~(uint32_t)BLANKS : kinds;
}

/* Greatest ascent and descent, each for itself. The paragraph mark is a glyph of the last line,
 * as in Word (LibreOffice counts it only in an empty paragraph). */
void heights_measure(struct placing *p, bool last) {
    bool any = false;
    mpt above = 0, below = 0; /* what pictures and formulas take up */
    uint32_t standing = standing_kinds(p->t);
    const struct piece *piece;
    VEC_EACH (piece, &p->t->pieces) {
        any |= (piece->kinds & ~(unsigned)MARKS) != 0;
        if (piece->kinds & standing)
            add_font(p, font_of(p, &p->atoms[piece->start]));
        for (size_t i = piece->start; (piece->kinds & OBJECTS) && i < piece->end; i++) {
            const struct atom *a = &p->atoms[i];
            if (a->kind == ATOM_PICTURE)
                add_object(p, picture_height(p, a), 0, &above, &below);
            if (a->kind == ATOM_FORMULA)
                add_object(p, formula_of(p, a)->ascent, formula_of(p, a)->descent, &above, &below);
        }
    }
    if (last || !any)
        add_font(p, &p->t->mark);
    p->letters = p->ascent + p->descent;
    p->ascent = (mpt)larger(p->ascent, above);
    p->descent = (mpt)larger(p->descent, below);
    if (p->m->props->text_alignment != ON_BASELINE) { /* the highest box is the line's height */
        p->descent = p->box_height - p->ascent;
        p->letters = (mpt)smaller(p->letters, p->box_height);
    }
    p->box_ascent = p->ascent;
}

/* To the nearest: Word and LibreOffice multiply whole twips, and drop what is less than one. */
static int64_t natural_twips(int64_t natural) {
    return (natural + 25) / 50;
}

/* By how much `line` 240ths of a line exceed one. What is multiplied is the letters' height, not a
 * picture's among them: a figure in a paragraph of double spacing has one line of air, not its own
 * height. A picture is not made to overlap the line before either. */
static int64_t multiple_excess(const struct placing *p, int64_t natural, int64_t line) {
    int64_t letters = natural_twips(p->letters);
    if (natural == p->letters)
        return letters * line / 240 * 50 - natural;
    return larger(letters * line / 240 - letters, 0) * 50;
}

/* Line rules, 17.3.1.33, with the baselines measured in Word and LibreOffice: `auto` puts what
 * exceeds the natural height below, and below one line has its baseline at 0.8 of it; `exact` has
 * its baseline at 0.8 of its height; `atLeast` puts the surplus above. */
static void apply_line_rule(struct placing *p, bool empty) {
    const struct para_props *props = p->m->props;
    int64_t natural = (int64_t)p->ascent + p->descent, height = natural;
    struct strip *s = p->strip;
    s->fit = (mpt)clamp(empty ? p->ascent : natural, 0, MAX_LENGTH);
    if (props->line_rule == LINE_AUTO) {
        int64_t line = props->line > 0 ? smaller(props->line, 240 * 132) : 240;
        if (line != 240)
            height = natural + multiple_excess(p, natural, line);
        if (height < natural)
            p->ascent = (mpt)smaller(p->ascent, height * 8 / 10);
    } else if (props->line_rule == LINE_EXACT && props->line > 0) {
        height = length(props->line);
        p->ascent = (mpt)(height * 8 / 10);
        s->fit = (mpt)height;
    } else if (props->line > natural) {
        height = length(props->line);
        p->ascent += (mpt)(height - natural);
        s->fit = (mpt)height;
    }
    s->height = (mpt)clamp(height, 0, MAX_LENGTH);
    s->fit = (mpt)smaller(s->fit, s->height);
}

/* A line that snaps to the grid takes whole pitches and stands in their middle; the multiple of a
 * line rule counts pitches, too. */
static void snap(struct placing *p) {
    const struct para_props *props = p->m->props;
    struct strip *s = p->strip;
    mpt pitch = p->m->grid;
    if (pitch <= 0 || (props->line_rule == LINE_EXACT && props->line > 0))
        return;
    bool multiple = props->line_rule == LINE_AUTO && props->line > 240;
    int64_t natural = multiple ? (int64_t)p->ascent + p->descent : s->height;
    int64_t height = (natural + pitch - 1) / pitch * pitch, half = (height - natural) / 2;
    p->ascent = length(p->ascent + half);
    s->fit = length(natural + half);
    s->height = length(multiple ? height * smaller(props->line, 240 * 132) / 240 : height);
}

void heights_settle(struct placing *p, bool empty) {
    apply_line_rule(p, empty);
    snap(p);
}
