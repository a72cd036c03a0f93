#include "layout/text.h"
#include "base/utf8.h"
#include "layout/bidi.h"
#include "layout/fit.h"
#include "layout/formula.h"
#include "layout/hyphen.h"
#include "layout/numbers.h"
#include "layout/ruby.h"
#include "layout/running.h"

#include <stdlib.h>
#include <string.h>

/* ---- fonts ---- */

/* Whether this is the first time in the document. */
static bool is_news(struct layout *l, const char *family) {
    const char **seen;
    VEC_EACH (seen, &l->families)
        if (strcmp(*seen, family) == 0)
            return false;
    *VEC_PUSH(l->lasting, &l->families) = pool_strdup(l->lasting, family);
    return true;
}

static void report_substitute(struct layout *l, const char *family, const struct face *face) {
    if (is_news(l, family))
        diag_add(l->diag, LAYOUT_FONT_SUBSTITUTED, (struct where){.file = l->document->path},
                 family, face_family(face), NULL);
}

/* A family without the bold or italic asked for has it imitated. */
static void report_style(struct layout *l, const struct run_props *props, const struct face *face) {
    bool bold = props->bold && !face_is_bold(face);
    bool italic = props->italic && !face_is_italic(face);
    const char *style = bold && italic ? "Bold Italic" : bold ? "Bold" : "Italic";
    const char *family = props->family ? props->family : face_family(face);
    if ((bold || italic) && is_news(l, pool_printf(l->pool, "%s\n%s", family, style)))
        diag_add(l->diag, LAYOUT_STYLE_MISSING, (struct where){.file = l->document->path}, family,
                 style, face_postscript_name(face), NULL);
}

static const struct face *find_face(struct layout *l, const struct run_props *props) {
    struct text *t = l->text;
    const char *family = props->family ? props->family : "Times New Roman";
    if (t->latest_face && strcmp(t->latest.family, family) == 0 && t->latest.bold == props->bold &&
        t->latest.italic == props->italic)
        return t->latest_face;
    bool substituted;
    struct font_wish wish = {family, props->bold, props->italic, l->document->vietnamese};
    const struct face *face = fonts_find(l->fonts, &wish, &substituted, l->diag);
    if (!face)
        return NULL;
    if (substituted)
        report_substitute(l, family, face);
    report_style(l, props, face);
    t->latest = (struct run_props){.family = family, .bold = props->bold, .italic = props->italic};
    return t->latest_face = face;
}

static mpt em_part(const struct face_metrics *m, int units, int64_t size) {
    return mpt_from_fine(units * size * FINE / m->upem);
}

/* The room a line keeps: that of the unscaled size, so that a note mark moves no line. */
static void set_room(const struct layout *l, struct font *f) {
    int64_t size = clamp(f->props->size, 1, MAX_FONT_SIZE);
    const struct face_metrics *m = face_metrics(f->face);
    f->upem = m->upem;
    unsigned compat = l->document->compat;
    mpt position = compat & COMPAT_FLAT_LINES ? 0 : length(f->props->position);
    int leading = compat & COMPAT_NO_LEADING ? 0 : m->line_gap;
    f->ascent = em_part(m, m->ascent + leading, size) + (position > 0 ? position : 0);
    f->descent = em_part(m, m->descent, size) - (position < 0 ? position : 0);
}

/* Size and baseline as drawn (measured in Word: 58 %, raised 0.35 em; lowered 0.09 em). */
static void scale_font(struct font *f) {
    const struct run_props *p = f->props;
    int64_t size = clamp(p->size, 1, MAX_FONT_SIZE);
    mpt position = length(p->position);
    f->rise = position;
    f->size = (mpt)size;
    if (p->vert_align != ALIGN_BASELINE)
        f->size = (mpt)larger(size * 58 / 100, 1);
    if (p->vert_align == ALIGN_SUPERSCRIPT)
        f->rise += (mpt)(size * 35 / 100);
    if (p->vert_align == ALIGN_SUBSCRIPT)
        f->rise -= (mpt)(size * 9 / 100);
}

static bool is_dark(int32_t color) {
    enum { DARKEST_GREY_FOR_BLACK = 62 };
    if (color < 0) /* none */
        return false;
    int red = color >> 16 & 0xFF, green = color >> 8 & 0xFF, blue = color & 0xFF;
    return (76 * red + 151 * green + 29 * blue) / 256 <= DARKEST_GREY_FOR_BLACK;
}

/* Automatic colour is white on a dark ground: that of the run, else of its paragraph, else of the
 * cell or box. */
static uint32_t settle_color(const struct layout *l, const struct run_props *props) {
    int32_t para = l->text->para->props->shade;
    int32_t ground = props->highlight >= 0 ? props->highlight : para >= 0 ? para : l->ground;
    bool light = props->look && props->look->relief && props->color == 0; /* over a grey copy */
    return light || (props->auto_color && is_dark(ground)) ? 0xFFFFFF : props->color;
}

/* Styles the face lacks are made of the one it has, as in Word: letters with a stroke around them,
 * letters set aslant. */
static void imitate_style(struct font *f) {
    enum { STROKE = 25 /* parts of the size */ };
    f->thicken = f->props->bold && !face_is_bold(f->face) ? f->size / STROKE : 0;
    f->slanted = f->props->italic && !face_is_italic(f->face);
}

bool text_font(struct layout *l, const struct run_props *props, struct font *f) {
    *f = (struct font){.props = props, .face = find_face(l, props)};
    if (!f->face) {
        l->failed = true;
        return false;
    }
    f->scale = props->scale > 0 ? (int)smaller(props->scale, 600) : 100;
    f->spacing = length(props->spacing);
    f->color = settle_color(l, props);
    scale_font(f);
    imitate_style(f);
    set_room(l, f);
    return true;
}

/* A variant of the newest font: the same run in another size or face. */
static uint32_t font_variant(struct layout *l, uint32_t base, const struct face *face, mpt size,
                             mpt rise) {
    enum { LATEST = 64 }; /* those before are not looked at: one more costs nothing */
    struct text *t = l->text;
    size_t least = t->fonts.n > base + LATEST ? t->fonts.n - LATEST : base;
    for (size_t i = t->fonts.n; i-- > least;)
        if (t->fonts.at[i].face == face && t->fonts.at[i].size == size &&
            t->fonts.at[i].rise == rise && t->fonts.at[i].props == t->fonts.at[base].props &&
            t->fonts.at[i].scale == t->fonts.at[base].scale)
            return (uint32_t)i;
    struct font variant = t->fonts.at[base];
    variant.face = face;
    variant.size = size;
    variant.rise = rise;
    imitate_style(&variant);
    set_room(l, &variant);
    *VEC_PUSH(l->pool, &t->fonts) = variant;
    return (uint32_t)(t->fonts.n - 1);
}

static inline fine width_of(const struct font *f, int units) {
    fine width = (fine)units * f->size;
    width = f->upem == FINE ? width : width * FINE / f->upem;
    if (f->scale != 100)
        width = width * f->scale / 100;
    return width + fine_from_mpt(f->spacing);
}

fine text_advance(const struct font *f, uint16_t glyph) {
    return width_of(f, face_advance(f->face, glyph));
}

/* ---- characters ---- */

static struct atom *push_atom(struct layout *l, enum atom_kind kind, uint32_t font) {
    struct atom *atom = VEC_PUSH(l->pool, &l->text->atoms);
    *atom = (struct atom){.kind = (uint8_t)kind, .font = font};
    return atom;
}

enum { CHARACTERS = 0x110000, RANGES = CHARACTERS / 256 };

/* Whether a character, or (counted from CHARACTERS on) a range of them, was not yet reported. */
static bool is_new_char(struct layout *l, uint32_t what) {
    uint8_t bit = (uint8_t)(1u << what % 8);
    if (!l->missing)
        l->missing = pool_alloc(l->lasting, (CHARACTERS + RANGES) / 8);
    if (what >= CHARACTERS + RANGES || (l->missing[what / 8] & bit))
        return false;
    l->missing[what / 8] |= bit;
    return true;
}

static const char *as_utf8(struct layout *l, uint32_t cp) {
    char utf8[4];
    return pool_strndup(l->pool, utf8, utf8_put(utf8, cp));
}

/* Neighbours share a message: 256 characters, but all of East Asia. */
static uint32_t range_of(uint32_t cp) {
    bool east = (cp >= 0x2E80 && cp <= 0xD7FF) || (cp >= 0x20000 && cp <= 0x3FFFF);
    return CHARACTERS + (east ? 0x2E80 : cp) / 256;
}

static void report_taken(struct layout *l, uint32_t cp, const struct face *face,
                         const struct face *other) {
    if (is_new_char(l, range_of(cp)))
        diag_add(l->diag, LAYOUT_GLYPH_MISSING, (struct where){.file = l->document->path},
                 as_utf8(l, cp), pool_printf(l->pool, "U+%04X", (unsigned)cp), face_family(face),
                 face_family(other), NULL);
}

static void report_nowhere(struct layout *l, uint32_t cp, const struct face *face, uint32_t given) {
    if (is_new_char(l, cp))
        diag_add(l->diag, LAYOUT_GLYPH_NOWHERE, (struct where){.file = l->document->path},
                 as_utf8(l, cp), pool_printf(l->pool, "U+%04X", (unsigned)cp), face_family(face),
                 as_utf8(l, given), NULL);
}

/* Characters that are never seen: joiners, marks of direction, variation selectors. */
static bool is_invisible(uint32_t cp) {
    return (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F) ||
           (cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0xE0000 && cp <= 0xE0FFF);
}

/* What bullets and arrows of Wingdings are printed as where no font has them. */
static uint32_t plainer(uint32_t cp) {
    static const struct {
        uint16_t cp, plainer;
    } known[] = {{0x21E6, 0x2190}, {0x21E7, 0x2191}, {0x21E8, 0x2192}, {0x21E9, 0x2193},
                 {0x21F3, 0x2195}, {0x2751, 0x25A1}, {0x2752, 0x25A1}, {0x2756, 0x2666},
                 {0x2794, 0x2192}, {0x27A2, 0x25BA}, {0x2B04, 0x2194}, {0x2B05, 0x2190},
                 {0x2B06, 0x2191}, {0x2B07, 0x2193}, {0x2B08, 0x2197}, {0x2B09, 0x2196},
                 {0x2B0A, 0x2198}, {0x2B0B, 0x2199}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (known[i].cp == cp)
            return known[i].plainer;
    return 0;
}

/* The face lacks the character: another has it, as in Word; else a mark that is no letter shows
 * where it is missing. The character itself stays for copying text out. */
static const struct face *face_for(struct layout *l, const struct face *face, uint32_t cp,
                                   uint16_t *glyph) {
    if ((*glyph = face_glyph(face, cp)))
        return face;
    const struct face *other = fonts_fallback(l->fonts, face, cp);
    if (other) {
        report_taken(l, cp, face, other);
        *glyph = face_glyph(other, cp);
        return other;
    }
    if (plainer(cp) && (*glyph = face_glyph(face, plainer(cp))))
        return face;
    *glyph = face_glyph(face, 0xFFFD);
    report_nowhere(l, cp, face, *glyph ? 0xFFFD : '?');
    if (!*glyph)
        *glyph = face_glyph(face, '?');
    return face;
}

const struct face *text_face_for(struct layout *l, const struct face *face, uint32_t cp,
                                 uint16_t *glyph) {
    if (bidi_is_letter(cp) && !l->said_backward) {
        l->said_backward = true;
        diag_add(l->diag, LAYOUT_BACKWARD_TEXT, (struct where){.file = l->document->path},
                 as_utf8(l, cp), NULL);
    }
    return face_for(l, face, cp, glyph);
}

static uint16_t find_missing(struct layout *l, uint32_t cp, uint32_t *font) {
    uint16_t glyph;
    const struct font f = l->text->fonts.at[*font];
    const struct face *face = face_for(l, f.face, cp, &glyph);
    if (face != f.face)
        *font = font_variant(l, *font, face, f.size, f.rise);
    return glyph;
}

static bool is_mark_above_or_below(uint32_t cp) {
    return (cp >= 0x300 && cp <= 0x36F) || (cp >= 0x1AB0 && cp <= 0x1AFF) ||
           (cp >= 0x1DC0 && cp <= 0x1DFF) || (cp >= 0x20D0 && cp <= 0x20FF) ||
           (cp >= 0xFE20 && cp <= 0xFE2F);
}

fine text_units(const struct font *f, int units) {
    return (fine)units * f->size * FINE / face_metrics(f->face)->upem * f->scale / 100;
}

uint32_t text_raised(struct layout *l, uint32_t font, int units) {
    const struct font f = l->text->fonts.at[font];
    return font_variant(l, font, f.face, f.size,
                        f.rise + em_part(face_metrics(f.face), units, f.size));
}

/* The letter that the last atom, a mark, belongs to; NULL: none. */
static const struct atom *letter_of_mark(const struct text *t) {
    enum { MARKS = 8 };
    size_t last = t->atoms.n - 1;
    for (size_t i = last; i-- > 0 && i + MARKS >= last;)
        if (!is_mark_above_or_below(t->atoms.at[i].cp))
            return t->atoms.at[i].kind == ATOM_CHAR ? &t->atoms.at[i] : NULL;
    return NULL;
}

/* A mark that NFC could not compose stands over its letter and takes no room: where the face's
 * anchors put it; without them a glyph mostly has no advance and reaches back over the letter, and
 * one that has an advance is centred. What the mark is moved, the atom before gives. */
static void set_over(struct layout *l, struct atom *mark) {
    struct text *t = l->text;
    const struct font *f = &t->fonts.at[mark->font];
    const struct atom *letter = letter_of_mark(t);
    fine spacing = fine_from_mpt(f->spacing), own = mark->width - spacing, by = -spacing;
    int dx, dy;
    mark->width = 0;
    if (!letter)
        return;
    if (t->fonts.at[letter->font].face == f->face &&
        face_attach(f->face, letter->glyph, mark->glyph, &dx, &dy)) {
        by += text_units(f, dx);
        mark->font = text_raised(l, mark->font, dy);
    } else if (own > 0)
        by -= (text_advance(&t->fonts.at[letter->font], letter->glyph) - spacing + own) / 2;
    mark[-1].width += by;
    mark->width = -by;
}

bool text_is_kerned(const struct font *f) {
    return f->props->kern_from > 0 && f->props->size >= f->props->kern_from;
}

static void place_after(struct layout *l, struct atom *before, struct atom *atom) {
    const struct font *f = &l->text->fonts.at[atom->font];
    if (is_mark_above_or_below(atom->cp))
        set_over(l, atom);
    else if (before && text_is_kerned(f) && before->font == atom->font &&
             before->kind <= ATOM_SPACE)
        before->width += text_units(f, face_kern(f->face, before->glyph, atom->glyph));
}

static void push_char(struct layout *l, uint32_t cp, uint32_t font) {
    struct text *t = l->text;
    uint16_t glyph = face_glyph(t->fonts.at[font].face, cp);
    if (!glyph && is_invisible(cp))
        return;
    if (!glyph)
        glyph = find_missing(l, cp, &font);
    struct atom *atom = push_atom(l, cp == ' ' ? ATOM_SPACE : ATOM_CHAR, font);
    atom->cp = cp;
    atom->glyph = glyph;
    atom->width = text_advance(&t->fonts.at[font], glyph);
    if (cp >= 0x1100)
        atom->width = fit_grid(l, &t->fonts.at[font], cp, atom->width);
    if (cp >= 0x300 || text_is_kerned(&t->fonts.at[font]))
        place_after(l, t->atoms.n > 1 ? atom - 1 : NULL, atom);
}

static void push_soft_hyphen(struct layout *l, uint32_t font) {
    struct atom *atom = push_atom(l, ATOM_SOFT_HYPHEN, font);
    atom->cp = 0xAD;
    atom->glyph = face_glyph(l->text->fonts.at[font].face, '-');
}

/* Characters that are no characters: white space of the XML file, joiners, marks of direction. */
static bool push_special(struct layout *l, uint32_t cp, uint32_t font) {
    if (l->text->bidi && bidi_is_control(cp))
        push_atom(l, ATOM_CHAR, font)->cp = cp;
    else if (cp == 0xAD)
        push_soft_hyphen(l, font);
    else if (cp == 0x200B)
        push_atom(l, ATOM_GAP, font)->cp = cp;
    else if (cp == '\t' || cp == '\n' || cp == '\r')
        push_char(l, ' ', font);
    else if (cp < 0x20 || cp == 0x61C || cp == 0xFEFF || (cp >= 0x200C && cp <= 0x200F))
        return true;
    else
        return false;
    return true;
}

/* Letters, digits and marks of European scripts: nothing but a glyph and its width. */
static bool is_plain(uint32_t cp) {
    return (cp >= 0x20 && cp < 0x300 && cp != 0xAD) || (cp >= 0x1E00 && cp < 0x1F00);
}

/* Characters as long as they are plain and the face has them, which most of a text is; returns
 * where they end. */
static const char *push_plain(struct layout *l, const char *s, const char *end, uint32_t font) {
    const struct font f = l->text->fonts.at[font];
    for (const char *next = s; s < end; s = next) {
        uint32_t cp = (unsigned char)*next < 0x80 ? (unsigned char)*next++ : utf8_next(&next, end);
        struct face_char c = is_plain(cp) ? face_char(f.face, cp) : (struct face_char){0};
        if (!c.glyph)
            break;
        *VEC_PUSH(l->pool, &l->text->atoms) =
            (struct atom){.kind = cp == ' ' ? ATOM_SPACE : ATOM_CHAR,
                          .font = font,
                          .cp = cp,
                          .glyph = c.glyph,
                          .width = width_of(&f, c.advance)};
    }
    return s;
}

static void push_text(struct layout *l, const char *s, uint32_t font) {
    const struct run_props *props = l->text->fonts.at[font].props;
    bool plain = !props->caps && !props->small_caps && !text_is_kerned(&l->text->fonts.at[font]);
    for (const char *end = s + strlen(s); s < end;) {
        if (plain && (s = push_plain(l, s, end, font)) == end)
            break;
        uint32_t cp = utf8_next(&s, end), upper;
        if ((cp < 0x20 || cp == 0xAD || cp == 0x61C || cp >= 0x200B) && push_special(l, cp, font))
            continue;
        uint32_t use = font;
        if (props->caps)
            cp = utf8_upper_char(cp);
        else if (props->small_caps && (upper = utf8_upper_char(cp)) != cp) {
            const struct font *f = &l->text->fonts.at[font];
            use = font_variant(l, font, f->face, (mpt)larger((int64_t)f->size * 80 / 100, 1),
                               f->rise);
            cp = upper;
        }
        push_char(l, cp, use);
    }
}

/* ---- items ---- */

/* What is known only now may run from right to left. */
static void push_found(struct layout *l, const char *s, uint32_t font) {
    l->text->bidi |= utf8_has_right_to_left(s);
    push_text(l, s, font);
}

/* The item's text is the format the field itself asks for (17.16.4.3.1). */
static void push_field(struct layout *l, const struct inline_item *item, uint32_t font) {
    const char *s = frame_number(l, item->text);
    if (item->kind == INLINE_PAGE_COUNT) {
        s = page_number_text(l->pool, atoi(l->page_count), item->text);
        l->uses_page_count = true;
    } else if (l->story != IN_MARGIN) {
        size_t ordinal = l->found.n;
        *VEC_PUSH(l->pool, &l->found) = "1";
        *VEC_PUSH(l->pool, &l->formats) = item->text;
        push_atom(l, ATOM_FIELD, font)->object = (uint32_t)ordinal;
        s = ordinal < l->known.n ? l->known.at[ordinal] : "1";
    } else
        push_atom(l, ATOM_FIELD, font)->object = UINT32_MAX;
    push_found(l, s ? s : "1", font);
}

/* What is known only of the page, in a margin, or (in the text) of its section. */
static void push_running(struct layout *l, const struct inline_item *item, uint32_t font) {
    const struct document *d = l->document;
    const char *s = "";
    l->uses_running = true;
    push_atom(l, ATOM_FIELD, font)->object = UINT32_MAX;
    if (item->kind == INLINE_SECTION_PAGES)
        s = page_number_text(l->pool, running_section_pages(l), item->text);
    else if (item->note < d->style_text_count)
        s = running_text(l, &d->style_texts[item->note]);
    push_found(l, s, font);
}

static const char *note_mark(const struct layout *l, const struct inline_item *item) {
    const char *known =
        l->known_marks && item->note < l->document->note_count ? l->known_marks[item->note] : NULL;
    return known ? known : item->text ? item->text : "";
}

/* A picture, or the room for a shape. */
static void push_box(struct layout *l, mpt width, uint32_t object, uint32_t font) {
    struct atom *atom = push_atom(l, ATOM_PICTURE, font);
    atom->object = object;
    atom->width = fine_from_mpt(clamp(width, 0, MAX_LENGTH));
}

/* A formula is a row of boxes. */
static void push_formula(struct layout *l, const struct math *math, uint32_t font) {
    size_t n;
    struct text *t = l->text;
    struct formula *const *pieces = formula_set(l, math, t->fonts.at[font].props, &n);
    for (size_t i = 0; i < n; i++) {
        struct atom *atom = push_atom(l, ATOM_FORMULA, font);
        atom->object = (uint32_t)t->formulas.n;
        atom->width = fine_from_mpt(pieces[i]->width);
        *VEC_PUSH(l->pool, &t->formulas) = pieces[i];
    }
}

static void push_ruby(struct layout *l, const struct ruby *ruby, uint32_t font) {
    struct formula *box = ruby_set(l, ruby);
    if (!box)
        return;
    struct atom *atom = push_atom(l, ATOM_FORMULA, font);
    atom->object = (uint32_t)l->text->formulas.n;
    atom->width = fine_from_mpt(box->width);
    *VEC_PUSH(l->pool, &l->text->formulas) = box;
}

static void push_item(struct layout *l, const struct inline_item *item, uint32_t i, uint32_t font) {
    switch (item->kind) {
    case INLINE_TEXT:
        if (item->math)
            push_formula(l, item->math, font);
        else if (item->ruby)
            push_ruby(l, item->ruby, font);
        else
            push_text(l, item->text ? item->text : "", font);
        break;
    case INLINE_NOTE_MARK:
        push_found(l, note_mark(l, item), font);
        break;
    case INLINE_NOTE_REF:
        push_atom(l, ATOM_NOTE, font)->object = (uint32_t)item->note;
        push_found(l, note_mark(l, item), font);
        break;
    case INLINE_TAB:
        push_atom(l, ATOM_TAB, font)->object = item->place ? i + 1 : 0;
        break;
    case INLINE_LINE_BREAK:
        push_atom(l, ATOM_LINE_BREAK, font)->object = (uint32_t)item->clear;
        break;
    case INLINE_PAGE_BREAK:
    case INLINE_COLUMN_BREAK:
        push_atom(l, ATOM_PAGE_BREAK, font)->object = item->kind == INLINE_COLUMN_BREAK;
        break;
    case INLINE_NO_BREAK_HYPHEN:
        push_char(l, 0x2011, font);
        break;
    case INLINE_SOFT_HYPHEN:
        push_soft_hyphen(l, font);
        break;
    case INLINE_PAGE_NUMBER:
    case INLINE_PAGE_COUNT:
        push_field(l, item, font);
        break;
    case INLINE_SECTION_PAGES:
    case INLINE_STYLE_TEXT:
        push_running(l, item, font);
        break;
    case INLINE_SEPARATOR:
        push_atom(l, ATOM_RULE, font)->width =
            fine_from_mpt(l->rule_length ? l->rule_length : RULE_LENGTH);
        break;
    case INLINE_BOOKMARK:
        if (item->text)
            push_atom(l, ATOM_BOOKMARK, font)->object = i;
        break;
    case INLINE_SHAPE:
        if (item->shape)
            push_atom(l, ATOM_SHAPE, font)->object = i;
        break;
    case INLINE_PICTURE:
        if (item->picture)
            push_box(l, item->picture->width, i, font);
        break;
    case INLINE_BOX:
        if (item->shape)
            push_box(l, item->shape->width, i, font);
        break;
    }
}

/* ---- break opportunities ---- */

static bool is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

/* Letters of every script a dispatch may quote; punctuation and symbols are below U+00C0 or in
 * U+2000-U+2BFF. */
static bool is_letter(uint32_t c) {
    if (c < 0xC0)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == 0xAA || c == 0xBA;
    return c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x303F);
}

static bool is_word(uint32_t c) {
    return is_letter(c) || is_digit(c);
}

/* East Asian letters, and the marks among them. */
static bool is_ideograph(uint32_t c) {
    return (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFF01 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF);
}

static bool is_among(const uint16_t *marks, uint32_t c) {
    while (*marks && *marks != c)
        marks++;
    return *marks != 0;
}

/* Between East Asian letters a line may end anywhere, but closing marks, small kana and the like
 * begin none, and opening marks end none (kinsoku, 17.3.1.16 and 17.15.1.58). */
static bool breaks_ideographs(uint32_t a, uint32_t b) {
    static const uint16_t never_first[] = {
        '!',    '%',    ')',    ',',    '.',    ':',    ';',    '?',    ']',    '}',    0x2019,
        0x201D, 0x2026, 0x3001, 0x3002, 0x3005, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015,
        0x3017, 0x301E, 0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087,
        0x308E, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7, 0x30EE,
        0x30F5, 0x30F6, 0x30FB, 0x30FC, 0x30FD, 0x30FE, 0xFF01, 0xFF05, 0xFF09, 0xFF0C, 0xFF0E,
        0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D, 0xFF5E, 0};
    static const uint16_t never_last[] = {'$',    '(',    '[',    '{',    0xA3,   0xA5,   0x2018,
                                          0x201C, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014,
                                          0x3016, 0x301D, 0xFF04, 0xFF08, 0xFF3B, 0xFF5B, 0};
    return !is_among(never_first, b) && !is_among(never_last, a);
}

bool text_break_between(uint32_t a, uint32_t b) {
    if (is_ideograph(a) || is_ideograph(b))
        return breaks_ideographs(a, b);
    switch (a) {
    case '-':
    case 0x2010:
    case 0x2012:
    case 0x2013:
        return is_word(b) || b == '(' || b == '[';
    case 0x2009:
        return true;
    case 0x2014:
    case 0x2026:
    case '?':
    case '!':
    case '|':
        return is_word(b);
    case '\\':
        return is_letter(b);
    case '}': /* tags of templates side by side */
        return b == '{';
    }
    if (b == 0x2014)
        return is_letter(a);
    return b == '%' && is_letter(a);
}

static bool is_mark(const struct atom *a) {
    return a->kind >= ATOM_SHAPE;
}

static bool is_box(const struct atom *a) {
    return a->kind == ATOM_PICTURE || a->kind == ATOM_FORMULA;
}

static uint32_t class_of(const struct atom *a) {
    return is_box(a) ? 'x' : a->cp;
}

/* A break between visible atoms `a` and `b`; marks without width between them go with `b`. */
static bool breaks(const struct atom *a, const struct atom *b) {
    if (a->kind == ATOM_TAB || a->kind == ATOM_GAP || a->kind == ATOM_SOFT_HYPHEN)
        return b->kind != ATOM_SPACE;
    if (a->kind == ATOM_SPACE)
        return b->kind != ATOM_SPACE;
    if (b->kind != ATOM_CHAR && !is_box(b))
        return false;
    if (is_box(a) && a->kind == b->kind)
        return true;
    return text_break_between(class_of(a), class_of(b));
}

/* What `breaks` says of nearly every pair, told by two looks. */
static bool are_letters(const struct atom *a, const struct atom *b) {
    bool after = (a->cp | 0x20) - 'a' < 26 || (a->cp >= 0xC0 && a->cp < 0x2000);
    return a->kind == ATOM_CHAR && b->kind == ATOM_CHAR && after && b->cp != '%' && b->cp < 0x2000;
}

static void find_breaks(struct text *t) {
    struct atom *a = NULL, *b;
    VEC_EACH (b, &t->atoms) {
        if (is_mark(b))
            continue;
        if (a)
            a->may_break = !are_letters(a, b) && breaks(a, b);
        a = b;
    }
}

bool text_read(struct layout *l, const struct para *para) {
    struct text *t = l->text;
    t->para = para;
    t->bidi = para->bidi;
    t->atoms.n = t->fonts.n = t->formulas.n = 0;
    if (!text_font(l, para->mark, &t->mark))
        return false;
    const struct run_props *last = NULL;
    const char *link = NULL, *slot = NULL;
    uint32_t font = 0;
    for (size_t i = 0; i < para->item_count; i++) {
        const struct inline_item *item = &para->items[i];
        const struct run_props *props = item->props ? item->props : para->mark;
        if (props->hidden && item->kind != INLINE_SHAPE && item->kind != INLINE_PAGE_BREAK)
            continue;
        if (props != last || item->link != link || item->slot != slot) {
            font = (uint32_t)t->fonts.n;
            if (!text_font(l, props, VEC_PUSH(l->pool, &t->fonts)))
                return false;
            t->fonts.at[font].link = link = item->link;
            t->fonts.at[font].slot = slot = item->slot;
            last = props;
        }
        size_t from = t->atoms.n;
        push_item(l, item, (uint32_t)i, font);
        if (props->fit > 0) /* w:fitText (17.3.2.14) */
            fit_text(l, from, t->atoms.n, fine_from_mpt(length(props->fit)));
    }
    fit_cells(l);
    if (l->document->hyphenation.on)
        hyphen_divide(l);
    find_breaks(t);
    if (t->bidi)
        bidi_read(l);
    return true;
}
