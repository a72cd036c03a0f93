/* How formulas are set.
 *
 * Every node becomes a box: draws about a baseline, and what they take up around it. A box is made
 * of the boxes of its parts, moved: a fraction's stand above and below the axis, the height at
 * which a minus sign lies; scripts are 7/10 as large; brackets, roots and the signs of sums are
 * letters of the size that what they enclose asks for, drawn narrower. Proportions are those of
 * common mathematical typesetting (TeX's, rounded), not Word's, which come from tables of Cambria
 * Math that other faces do not have. Sizes are those of the ink, so that lines fit closely.
 *
 * Letters are Times New Roman's, whatever the document asks for: Word's formulas are in Cambria
 * Math, which no other system has, and the text around them is Times.
 *
 * Recursion follows the tree, whose depth the reader limits. */
#include "layout/formula.h"

#include "base/utf8.h"

#include <string.h>

enum {
    AXIS = 25, /* parts of the size in hundredths, as all below */
    RULE = 5,
    GAP = 17,
    THIN_GAP = 6,
    SPACE = 22, /* beside relations and signs */
    RAISE = 38,
    LOWER = 16,
    TALL = 80, /* what no single letter is: scripts follow its edges */
    DEEP = 30,
    COLUMN_GAP = 90,
    ROW_GAP = 40,
    SCRIPT_SIZE = 70, /* percent of the size */
    OPERATOR_SIZE = 140,
    SMALLEST = 5000 /* mpt */
};

struct setter {
    struct layout *l;
    struct font upright, slanted;
    mpt size;
    bool display; /* fractions and limits have room */
    bool tight;   /* in scripts: no room beside signs */
};

static mpt part_of(const struct setter *s, int hundredths) {
    return (mpt)((int64_t)s->size * hundredths / 100);
}

static struct setter smaller_by(const struct setter *s, int percent) {
    struct setter small = *s;
    small.size = (mpt)larger((int64_t)s->size * percent / 100, smaller(SMALLEST, s->size));
    small.display = false;
    small.tight = true;
    return small;
}

static mpt scaled(const struct face *face, int units, int64_t size) {
    return length(units * size / face_metrics(face)->upem);
}

static struct formula *box_new(const struct setter *s) {
    return POOL_NEW(s->l->pool, struct formula);
}

/* Puts `part` at (x, y) of `box`, y downwards, and makes room for it. */
static void put_box(const struct setter *s, struct formula *box, const struct formula *part, mpt x,
                    mpt y) {
    const struct draw *d;
    VEC_EACH (d, &part->draws) {
        struct draw *moved = VEC_PUSH(s->l->pool, &box->draws);
        *moved = *d;
        draw_move(moved, x, y);
    }
    box->ascent = (mpt)larger(box->ascent, (int64_t)part->ascent - y);
    box->descent = (mpt)larger(box->descent, (int64_t)part->descent + y);
    box->width = length(larger(box->width, (int64_t)x + part->width));
}

static void put_after(const struct setter *s, struct formula *box, const struct formula *part) {
    put_box(s, box, part, box->width, 0);
}

/* A horizontal rule whose top is at `y`. */
static void put_rule(const struct setter *s, struct formula *box, mpt x, mpt y, mpt width) {
    mpt thickness = part_of(s, RULE);
    struct draw *d = VEC_PUSH(s->l->pool, &box->draws);
    *d = (struct draw){.kind = DRAW_RECT};
    d->as.rect = (struct draw_rect){
        .x = x, .y = y, .width = width, .height = thickness, .color = s->upright.color};
    box->ascent = (mpt)larger(box->ascent, -(int64_t)y);
    box->descent = (mpt)larger(box->descent, (int64_t)y + thickness);
    box->width = length(larger(box->width, (int64_t)x + width));
}

/* ---- letters ---- */

static bool is_slanted(uint32_t cp) {
    return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= 0x3B1 && cp <= 0x3C9);
}

/* Relations and signs between two terms. */
static bool is_sign(uint32_t cp) {
    return cp == '+' || cp == '-' || cp == '=' || cp == '<' || cp == '>' || cp == 0xB1 ||
           cp == 0xD7 || cp == 0xF7 || (cp >= 0x2190 && cp <= 0x21FF) || cp == 0x2208 ||
           cp == 0x2212 || cp == 0x2213 || (cp >= 0x2227 && cp <= 0x222A) ||
           (cp >= 0x223C && cp <= 0x22BF);
}

/* A single character as it is set: `percent` of its width wide, y down from the base line. */
struct math_letter {
    const struct font *font;
    uint32_t cp;
    mpt size;
    int percent;
    mpt y;
};

static struct math_letter plain_letter(const struct setter *s, const struct font *font,
                                       uint32_t cp) {
    return (struct math_letter){font, cp, s->size, 100, 0};
}

/* At the box's end. Returns its ink, upwards. */
static struct face_box put_letter(const struct setter *s, struct formula *box,
                                  struct math_letter letter) {
    const struct font *font = letter.font;
    mpt size = letter.size, y = letter.y;
    int percent = letter.percent;
    uint32_t cp = letter.cp;
    uint16_t id;
    const struct face *face = text_face_for(s->l, font->face, cp, &id);
    struct glyph *glyph = POOL_NEW(s->l->pool, struct glyph);
    *glyph = (struct glyph){id, cp, 0};
    struct draw *d = VEC_PUSH(s->l->pool, &box->draws);
    *d = (struct draw){.kind = DRAW_TEXT};
    d->as.text = (struct draw_text){.x = box->width,
                                    .y = y,
                                    .face = face,
                                    .size = size,
                                    .scale = percent,
                                    .color = font->color,
                                    .slanted = font->props->italic && !face_is_italic(face),
                                    .glyphs = glyph,
                                    .n = 1};
    struct face_box ink = face_ink(face, id), at;
    at.left = box->width + scaled(face, ink.left, size) * percent / 100;
    at.right = box->width + scaled(face, ink.right, size) * percent / 100;
    at.top = scaled(face, ink.top, size) - y;
    at.bottom = scaled(face, ink.bottom, size) - y;
    box->ascent = (mpt)larger(box->ascent, at.top);
    box->descent = (mpt)larger(box->descent, -(int64_t)at.bottom);
    box->width =
        length(box->width + (int64_t)scaled(face, face_advance(face, id), size) * percent / 100);
    return at;
}

/* A sign at the beginning belongs to what follows: -x. */
static void put_sign(const struct setter *s, struct formula *box, uint32_t cp) {
    mpt space = s->tight || box->width == 0 ? 0 : part_of(s, SPACE);
    box->width = length((int64_t)box->width + space);
    put_letter(s, box, plain_letter(s, &s->upright, cp == '-' ? 0x2212 : cp));
    box->width = length((int64_t)box->width + space);
}

static void put_char(const struct setter *s, struct formula *box, const struct math *math,
                     uint32_t cp) {
    if (cp == '&') /* where equations are aligned */
        return;
    if (is_sign(cp) && !math->upright)
        put_sign(s, box, cp);
    else
        put_letter(
            s, box,
            plain_letter(s, is_slanted(cp) && !math->upright ? &s->slanted : &s->upright, cp));
}

static void put_text(const struct setter *s, struct formula *box, const struct math *math) {
    const char *p = math->text;
    for (const char *end = p + strlen(p); p < end;)
        put_char(s, box, math, utf8_next(&p, end));
}

/* A character high enough to reach from `ascent` to `descent` about the axis. */
static void put_tall(const struct setter *s, struct formula *box, uint32_t cp, mpt ascent,
                     mpt descent) {
    struct formula probe = {0};
    struct face_box ink = put_letter(s, &probe, plain_letter(s, &s->upright, cp));
    mpt axis = part_of(s, AXIS), own = (mpt)larger(ink.top - ink.bottom, 1);
    int64_t wanted = 2 * larger((int64_t)ascent - axis, (int64_t)descent + axis);
    int64_t size = s->size;
    if (wanted > own)
        size = smaller(size * wanted / own, (int64_t)size * 40);
    int percent = (int)larger(100 * (int64_t)s->size / size, 25);
    int64_t middle = ((int64_t)ink.top + ink.bottom) / 2 * size / s->size;
    mpt y = wanted > own ? length(middle - axis) : 0;
    put_letter(s, box, (struct math_letter){&s->upright, cp, length(size), percent, y});
}

static uint32_t first_of(const char *text) {
    return *text ? utf8_next(&text, text + strlen(text)) : 0;
}

/* ---- arrangements ---- */

static struct formula *set(const struct setter *s, const struct math *math);

static void put_fraction(const struct setter *s, struct formula *box, const struct math *math) {
    struct setter inner = s->display ? *s : smaller_by(s, SCRIPT_SIZE);
    inner.display = false;
    const struct formula *over = set(&inner, math->parts), *under = set(&inner, math->parts->next);
    mpt axis = part_of(s, AXIS), rule = part_of(s, RULE), gap = part_of(s, GAP);
    mpt pad = part_of(s, THIN_GAP), x = box->width + pad;
    mpt width = (mpt)larger(over->width, under->width);
    put_box(s, box, over, x + (width - over->width) / 2, -axis - rule / 2 - gap - over->descent);
    if (!math->bare)
        put_rule(s, box, x, -axis - rule / 2, width);
    put_box(s, box, under, x + (width - under->width) / 2, -axis + rule / 2 + gap + under->ascent);
    box->width = length((int64_t)x + width + pad);
}

/* Scripts behind what ends at the box's end and reaches from `ascent` to `descent`. */
static void put_scripts(const struct setter *s, struct formula *box, const struct math *low,
                        const struct math *high, mpt ascent, mpt descent) {
    struct setter small = smaller_by(s, SCRIPT_SIZE);
    const struct formula *sub = set(&small, low), *sup = set(&small, high);
    mpt x = box->width, raise = part_of(s, RAISE), lower = part_of(s, LOWER);
    if (ascent > part_of(s, TALL))
        raise = (mpt)larger(raise, (int64_t)ascent - part_of(&small, 40));
    raise = (mpt)larger(raise, (int64_t)sup->descent + part_of(s, 15));
    if (descent > part_of(s, DEEP))
        lower = (mpt)larger(lower, (int64_t)descent + part_of(&small, 10));
    if (sub->width && sup->width) /* they do not meet */
        lower = (mpt)larger(lower, (int64_t)sub->ascent + sup->descent + part_of(s, GAP) - raise);
    if (sup->width)
        put_box(s, box, sup, x, -raise);
    if (sub->width)
        put_box(s, box, sub, x, lower);
}

static void put_base_and_scripts(const struct setter *s, struct formula *box,
                                 const struct math *math) {
    const struct formula *base = set(s, math->parts);
    put_after(s, box, base);
    put_scripts(s, box, math->parts->next, math->parts->next->next, base->ascent, base->descent);
}

/* `base` with limits under and over it, centred. */
static void put_stack(const struct setter *s, struct formula *box, const struct formula *base,
                      const struct math *low, const struct math *high) {
    struct setter small = smaller_by(s, SCRIPT_SIZE);
    const struct formula *under = set(&small, low), *over = set(&small, high);
    mpt x = box->width, gap = part_of(s, GAP);
    mpt width = (mpt)larger(base->width, larger(under->width, over->width));
    put_box(s, box, base, x + (width - base->width) / 2, 0);
    if (over->width)
        put_box(s, box, over, x + (width - over->width) / 2, -base->ascent - gap - over->descent);
    if (under->width)
        put_box(s, box, under, x + (width - under->width) / 2, base->descent + gap + under->ascent);
    box->width = length((int64_t)x + width);
}

static void put_nary(const struct setter *s, struct formula *box, const struct math *math) {
    const struct math *low = math->parts, *high = low->next;
    struct formula *sign = box_new(s);
    mpt axis = part_of(s, AXIS);
    mpt reach = part_of(s, s->display ? OPERATOR_SIZE / 2 : OPERATOR_SIZE * 2 / 5);
    sign->width = part_of(s, THIN_GAP);
    put_tall(s, sign, first_of(math->text), axis + reach, reach - axis);
    if (math->limits && s->display)
        put_stack(s, box, sign, low, high);
    else {
        put_after(s, box, sign);
        put_scripts(s, box, low, high, sign->ascent, sign->descent);
    }
    box->width = length((int64_t)box->width + part_of(s, GAP));
    put_after(s, box, set(s, high->next));
}

static void put_radical(const struct setter *s, struct formula *box, const struct math *math) {
    const struct formula *body = set(s, math->parts->next);
    struct setter small = smaller_by(s, SCRIPT_SIZE * SCRIPT_SIZE / 100);
    const struct formula *degree = set(&small, math->parts);
    struct formula *root = box_new(s), probe = {0};
    struct face_box ink = put_letter(s, &probe, plain_letter(s, &s->upright, 0x221A));
    int64_t own = larger(ink.top - ink.bottom, 1);
    int64_t wanted = (int64_t)body->ascent + body->descent + part_of(s, GAP) + part_of(s, RULE);
    int64_t size = larger(s->size, smaller(s->size * wanted / own, (int64_t)s->size * 40));
    int percent = (int)larger(100 * (int64_t)s->size / size, 35);
    mpt y = length(body->descent + (int64_t)ink.bottom * size / s->size);
    struct face_box at =
        put_letter(s, root, (struct math_letter){&s->upright, 0x221A, length(size), percent, y});
    root->width = at.right;
    put_rule(s, root, at.right - part_of(s, RULE) / 2, -at.top, body->width + part_of(s, GAP));
    put_box(s, root, body, at.right, 0);
    if (degree->width) {
        put_box(s, box, degree, box->width, -(root->ascent - root->descent) / 2);
        box->width -= (mpt)smaller((at.right - at.left) / 2, degree->width);
    }
    put_after(s, box, root);
}

static void put_bracket(const struct setter *s, struct formula *box, const char *text, mpt ascent,
                        mpt descent) {
    if (*text)
        put_tall(s, box, first_of(text), ascent, descent);
}

static void put_fence(const struct setter *s, struct formula *box, const struct math *math) {
    VEC(struct formula *) parts = {0};
    mpt ascent = 0, descent = 0;
    for (const struct math *part = math->parts; part; part = part->next) {
        struct formula *one = *VEC_PUSH(s->l->pool, &parts) = set(s, part);
        ascent = (mpt)larger(ascent, one->ascent);
        descent = (mpt)larger(descent, one->descent);
    }
    put_bracket(s, box, math->text, ascent, descent);
    for (size_t i = 0; i < parts.n; i++) {
        if (i)
            put_bracket(s, box, math->between, ascent, descent);
        put_after(s, box, parts.at[i]);
    }
    put_bracket(s, box, math->close, ascent, descent);
}

/* ---- grids ---- */

struct grid_sizes {
    mpt *widths, *ascents, *descents;
    struct formula **cells;
    size_t rows, columns, n;
    mpt height;
};

static struct grid_sizes measure_grid(const struct setter *s, const struct math *math) {
    struct grid_sizes g = {.columns = math->columns};
    for (const struct math *cell = math->parts; cell; cell = cell->next)
        g.n++;
    g.rows = (g.n + g.columns - 1) / g.columns;
    g.widths = POOL_ARRAY(s->l->pool, mpt, g.columns + 1);
    g.ascents = POOL_ARRAY(s->l->pool, mpt, g.rows + 1);
    g.descents = POOL_ARRAY(s->l->pool, mpt, g.rows + 1);
    g.cells = POOL_ARRAY(s->l->pool, struct formula *, g.n + 1);
    size_t i = 0;
    for (const struct math *cell = math->parts; cell; cell = cell->next, i++) {
        struct formula *box = g.cells[i] = set(s, cell);
        size_t r = i / g.columns, c = i % g.columns;
        g.widths[c] = (mpt)larger(g.widths[c], box->width);
        g.ascents[r] = (mpt)larger(g.ascents[r], larger(box->ascent, part_of(s, 70)));
        g.descents[r] = (mpt)larger(g.descents[r], larger(box->descent, part_of(s, 20)));
    }
    for (size_t r = 0; r < g.rows; r++)
        g.height = length((int64_t)g.height + g.ascents[r] + g.descents[r] +
                          (r ? part_of(s, ROW_GAP) : 0));
    return g;
}

/* Cells are centred; equations one below another begin at the left. */
static void put_grid(const struct setter *s, struct formula *box, const struct math *math) {
    struct grid_sizes g = measure_grid(s, math);
    mpt y = -part_of(s, AXIS) - g.height / 2, end = box->width;
    for (size_t r = 0; r < g.rows; r++) {
        mpt x = end, baseline = length((int64_t)y + g.ascents[r]);
        for (size_t c = 0; c < g.columns && r * g.columns + c < g.n; c++) {
            const struct formula *cell = g.cells[r * g.columns + c];
            mpt in = g.columns > 1 ? (g.widths[c] - cell->width) / 2 : 0;
            put_box(s, box, cell, length((int64_t)x + in), baseline);
            x = length((int64_t)x + g.widths[c] + part_of(s, COLUMN_GAP));
        }
        box->width = (mpt)larger(box->width, (int64_t)x - part_of(s, COLUMN_GAP));
        y = length((int64_t)baseline + g.descents[r] + part_of(s, ROW_GAP));
    }
}

/* ---- marks over and under ---- */

static uint32_t spacing_form(uint32_t mark) {
    switch (mark) {
    case 0x302:
        return '^';
    case 0x303:
        return '~';
    case 0x300:
        return '`';
    case 0x301:
        return 0xB4;
    case 0x307:
        return 0x2D9;
    case 0x308:
        return 0xA8;
    case 0x30C:
        return 0x2C7;
    case 0x306:
        return 0x2D8;
    case 0x20D7:
        return 0x2192;
    default:
        return mark;
    }
}

static bool is_rule(uint32_t mark) {
    return mark == 0xAF || mark == 0x305 || mark == 0x304 || mark == 0x332 || mark == 0x203E;
}

static void put_accent(const struct setter *s, struct formula *box, const struct math *math) {
    const struct formula *body = set(s, math->parts);
    uint32_t mark = first_of(math->text);
    mpt x = box->width, gap = part_of(s, THIN_GAP), rule = part_of(s, RULE);
    put_after(s, box, body);
    if (is_rule(mark)) {
        put_rule(s, box, x, math->below ? body->descent + gap : -body->ascent - gap - rule,
                 body->width);
        return;
    }
    struct formula *sign = box_new(s);
    struct face_box ink = put_letter(s, sign, plain_letter(s, &s->upright, spacing_form(mark)));
    mpt y = math->below ? body->descent + gap + ink.top : -body->ascent - gap + ink.bottom;
    sign->ascent = ink.top;
    sign->descent = -ink.bottom;
    put_box(s, box, sign, x + (body->width - sign->width) / 2, y);
}

/* ---- any node ---- */

static void put(const struct setter *s, struct formula *box, const struct math *math) {
    switch (math->kind) {
    case MATH_ROW:
        for (const struct math *part = math->parts; part; part = part->next)
            put(s, box, part);
        break;
    case MATH_TEXT:
        put_text(s, box, math);
        break;
    case MATH_FRACTION:
        put_fraction(s, box, math);
        break;
    case MATH_SCRIPTS:
        put_base_and_scripts(s, box, math);
        break;
    case MATH_STACK:
        put_stack(s, box, set(s, math->parts), math->parts->next, math->parts->next->next);
        break;
    case MATH_RADICAL:
        put_radical(s, box, math);
        break;
    case MATH_FENCE:
        put_fence(s, box, math);
        break;
    case MATH_NARY:
        put_nary(s, box, math);
        break;
    case MATH_GRID:
        put_grid(s, box, math);
        break;
    case MATH_ACCENT:
        put_accent(s, box, math);
        break;
    }
}

static struct formula *set(const struct setter *s, const struct math *math) {
    struct formula *box = box_new(s);
    put(s, box, math);
    return box;
}

/* ---- the whole ---- */

static bool open_fonts(struct setter *s, const struct run_props *props) {
    struct run_props *upright = POOL_NEW(s->l->pool, struct run_props);
    struct run_props *slanted = POOL_NEW(s->l->pool, struct run_props);
    *upright = *props;
    upright->family = "Times New Roman";
    upright->italic = upright->caps = upright->small_caps = false;
    upright->vert_align = ALIGN_BASELINE;
    upright->position = upright->spacing = 0;
    *slanted = *upright;
    slanted->italic = true;
    s->size = (mpt)clamp(props->size, 1, MAX_FONT_SIZE);
    return text_font(s->l, upright, &s->upright) && text_font(s->l, slanted, &s->slanted);
}

struct pieces {
    const struct setter *s;
    VEC(struct formula *) done;
    struct formula *open;
};

/* A piece is as high as a line of its font, and keeps its distance where it is higher. */
static void end_piece(struct pieces *pieces) {
    const struct setter *s = pieces->s;
    struct formula *piece = pieces->open;
    mpt pad = part_of(s, s->display ? GAP : THIN_GAP);
    if (!piece->draws.n)
        return;
    piece->ascent = (mpt)larger(length((int64_t)piece->ascent + pad), s->upright.ascent);
    piece->descent = (mpt)larger(length((int64_t)piece->descent + pad), s->upright.descent);
    *VEC_PUSH(s->l->pool, &pieces->done) = piece;
    pieces->open = box_new(s);
}

static void put_pieces(struct pieces *pieces, const struct math *text) {
    const char *p = text->text;
    for (const char *end = p + strlen(p); p < end;) {
        uint32_t cp = utf8_next(&p, end);
        bool parts = is_sign(cp) && !text->upright && pieces->open->width > 0;
        put_char(pieces->s, pieces->open, text, cp);
        if (parts)
            end_piece(pieces);
    }
}

struct formula *const *formula_set(struct layout *l, const struct math *math,
                                   const struct run_props *props, size_t *n) {
    struct setter s = {.l = l, .display = math->display};
    struct pieces pieces = {.s = &s};
    *n = 0;
    if (!open_fonts(&s, props))
        return NULL;
    pieces.open = box_new(&s);
    for (const struct math *part = math->parts; part; part = part->next)
        if (part->kind == MATH_TEXT)
            put_pieces(&pieces, part);
        else
            put(&s, pieces.open, part);
    end_piece(&pieces);
    *n = pieces.done.n;
    return pieces.done.at;
}
