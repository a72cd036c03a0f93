#include "layout/text.h"
#include "base/utf8.h"

#include <string.h>

/* ---- fonts ---- */

/* Families whose Liberation stand-in has the same metrics: every line stays where Word has it, so
 * a clerk need not hear of it. */
static bool same_metrics(struct pool *pool, const char *family, const struct face *face) {
    static const struct {
        const char *asked, *given;
    } pairs[] = {
        {"times new roman", "Liberation Serif"},
        {"timesnewroman", "Liberation Serif"},
        {"times new roman", "Times New Roman"},
        {"timesnewroman", "Times New Roman"},
        {"arial", "Liberation Sans"},
        {"courier new", "Liberation Mono"},
    };
    const char *folded = utf8_fold(pool, family);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (strncmp(folded, pairs[i].asked, strlen(pairs[i].asked)) == 0 &&
            strcmp(face_family(face), pairs[i].given) == 0)
            return strstr(folded, "narrow") == NULL;
    return false;
}

static void report_substitute(struct layout *l, const char *family, const struct face *face) {
    const char **seen;
    VEC_EACH (seen, &l->families)
        if (strcmp(*seen, family) == 0)
            return;
    *VEC_PUSH(l->pool, &l->families) = family;
    if (!same_metrics(l->pool, family, face))
        diag_add(l->diag, LAYOUT_FONT_SUBSTITUTED, (struct where){.file = l->document->path},
                 family, face_family(face), NULL);
}

static const struct face *find_face(struct layout *l, const struct run_props *props) {
    struct text *t = l->text;
    const char *family = props->family ? props->family : "Times New Roman";
    if (t->latest_face && strcmp(t->latest.family, family) == 0 && t->latest.bold == props->bold &&
        t->latest.italic == props->italic)
        return t->latest_face;
    bool substituted;
    const struct face *face =
        fonts_find(l->fonts, family, props->bold, props->italic, &substituted, l->diag);
    if (!face)
        return NULL;
    if (substituted)
        report_substitute(l, family, face);
    t->latest = (struct run_props){.family = family, .bold = props->bold, .italic = props->italic};
    return t->latest_face = face;
}

static mpt em_part(const struct face_metrics *m, int units, int64_t size) {
    return mpt_from_fine(units * size * FINE / m->upem);
}

/* Size and baseline as drawn (measured in Word: 58 %, raised 0.35 em; lowered 0.09 em), and the
 * room the line keeps for it: that of the unscaled size, so that a note mark moves no line. */
static void scale_font(struct font *f) {
    const struct run_props *p = f->props;
    int64_t size = clamp(p->size, 1, MAX_FONT_SIZE);
    const struct face_metrics *m = face_metrics(f->face);
    mpt position = length(p->position);
    f->rise = position;
    f->size = (mpt)size;
    if (p->vert_align != ALIGN_BASELINE)
        f->size = (mpt)larger(size * 58 / 100, 1);
    if (p->vert_align == ALIGN_SUPERSCRIPT)
        f->rise += (mpt)(size * 35 / 100);
    if (p->vert_align == ALIGN_SUBSCRIPT)
        f->rise -= (mpt)(size * 9 / 100);
    f->ascent = em_part(m, m->ascent + m->line_gap, size) + (position > 0 ? position : 0);
    f->descent = em_part(m, m->descent, size) - (position < 0 ? position : 0);
}

static bool font_open(struct layout *l, const struct run_props *props, struct font *f) {
    *f = (struct font){.props = props, .face = find_face(l, props)};
    if (!f->face) {
        l->failed = true;
        return false;
    }
    f->scale = props->scale > 0 ? (int)smaller(props->scale, 600) : 100;
    f->spacing = length(props->spacing);
    scale_font(f);
    return true;
}

/* A variant of the newest font: the same run in another size or face. */
static uint32_t font_variant(struct layout *l, uint32_t base, const struct face *face, mpt size) {
    struct text *t = l->text;
    for (size_t i = t->fonts.n; i-- > base;)
        if (t->fonts.at[i].face == face && t->fonts.at[i].size == size &&
            t->fonts.at[i].props == t->fonts.at[base].props)
            return (uint32_t)i;
    struct font variant = t->fonts.at[base];
    variant.face = face;
    variant.size = size;
    *VEC_PUSH(l->pool, &t->fonts) = variant;
    return (uint32_t)(t->fonts.n - 1);
}

fine text_advance(const struct font *f, uint16_t glyph) {
    fine units = face_advance(f->face, glyph);
    int upem = face_metrics(f->face)->upem;
    fine width = units * f->size;
    width = upem == FINE ? width : width * FINE / upem;
    if (f->scale != 100)
        width = width * f->scale / 100;
    return width + fine_from_mpt(f->spacing);
}

/* ---- characters ---- */

static struct atom *push_atom(struct layout *l, enum atom_kind kind, uint32_t font) {
    struct atom *atom = VEC_PUSH(l->pool, &l->text->atoms);
    *atom = (struct atom){.kind = (uint8_t)kind, .font = font};
    return atom;
}

static void report_missing(struct layout *l, uint32_t cp, const struct font *f) {
    uint8_t bit = (uint8_t)(1u << cp % 8);
    if (!l->missing)
        l->missing = pool_alloc(l->pool, 0x110000 / 8);
    if (cp >= 0x110000 || (l->missing[cp / 8] & bit))
        return;
    l->missing[cp / 8] |= bit;
    char utf8[5] = {0};
    utf8[utf8_put(utf8, cp)] = '\0';
    diag_add(l->diag, LAYOUT_GLYPH_MISSING, (struct where){.file = l->document->path}, utf8,
             pool_printf(l->pool, "U+%04X", (unsigned)cp), face_family(f->face), NULL);
}

/* The face lacks the character: another family may have it, as in Word; else a blank of a space's
 * width keeps its place (and the character itself for copying text out), with a warning. */
static void push_missing(struct layout *l, uint32_t cp, uint32_t font) {
    static const char *const others[] = {"Liberation Serif", "Liberation Sans", "Liberation Mono"};
    struct font f = l->text->fonts.at[font];
    uint16_t glyph = 0;
    for (size_t i = 0; i < 3 && !glyph; i++) {
        bool substituted;
        const struct face *face =
            fonts_find(l->fonts, others[i], f.props->bold, f.props->italic, &substituted, l->diag);
        if (face && (glyph = face_glyph(face, cp)))
            font = font_variant(l, font, face, f.size);
    }
    if (!glyph) {
        report_missing(l, cp, &f);
        glyph = face_glyph(f.face, ' ');
    }
    struct atom *atom = push_atom(l, ATOM_CHAR, font);
    atom->cp = cp;
    atom->glyph = glyph;
    atom->width = text_advance(&l->text->fonts.at[font], glyph);
}

static void push_char(struct layout *l, uint32_t cp, uint32_t font) {
    const struct font *f = &l->text->fonts.at[font];
    uint16_t glyph = face_glyph(f->face, cp);
    if (!glyph) {
        push_missing(l, cp, font);
        return;
    }
    struct atom *atom = push_atom(l, cp == ' ' ? ATOM_SPACE : ATOM_CHAR, font);
    atom->cp = cp;
    atom->glyph = glyph;
    atom->width = text_advance(f, glyph);
}

static void push_soft_hyphen(struct layout *l, uint32_t font) {
    struct atom *atom = push_atom(l, ATOM_SOFT_HYPHEN, font);
    atom->cp = 0xAD;
    atom->glyph = face_glyph(l->text->fonts.at[font].face, '-');
}

/* Characters that are no characters: white space of the XML file, joiners, marks of direction. */
static bool push_special(struct layout *l, uint32_t cp, uint32_t font) {
    if (cp == 0xAD)
        push_soft_hyphen(l, font);
    else if (cp == 0x200B)
        push_atom(l, ATOM_GAP, font)->cp = cp;
    else if (cp == '\t' || cp == '\n' || cp == '\r')
        push_char(l, ' ', font);
    else if (cp < 0x20 || cp == 0xFEFF || (cp >= 0x200C && cp <= 0x200F))
        return true;
    else
        return false;
    return true;
}

static void push_text(struct layout *l, const char *s, uint32_t font) {
    const struct run_props *props = l->text->fonts.at[font].props;
    for (const char *end = s + strlen(s); s < end;) {
        uint32_t cp = utf8_next(&s, end), upper;
        if ((cp < 0x20 || cp == 0xAD || cp >= 0x200B) && push_special(l, cp, font))
            continue;
        uint32_t use = font;
        if (props->caps)
            cp = utf8_upper_char(cp);
        else if (props->small_caps && (upper = utf8_upper_char(cp)) != cp) {
            const struct font *f = &l->text->fonts.at[font];
            use = font_variant(l, font, f->face, (mpt)larger((int64_t)f->size * 80 / 100, 1));
            cp = upper;
        }
        push_char(l, cp, use);
    }
}

/* ---- items ---- */

static void push_field(struct layout *l, enum inline_kind kind, uint32_t font) {
    const char *s = l->frame.number;
    if (kind == INLINE_PAGE_COUNT) {
        s = l->page_count;
        l->uses_page_count = true;
    } else if (l->story != IN_MARGIN) {
        size_t ordinal = l->found.n;
        *VEC_PUSH(l->pool, &l->found) = "1";
        push_atom(l, ATOM_FIELD, font)->object = (uint32_t)ordinal;
        s = ordinal < l->known.n ? l->known.at[ordinal] : "1";
    } else
        push_atom(l, ATOM_FIELD, font)->object = UINT32_MAX;
    push_text(l, s ? s : "1", font);
}

static void push_picture(struct layout *l, const struct picture *picture, uint32_t object,
                         uint32_t font) {
    if (!picture)
        return;
    struct atom *atom = push_atom(l, ATOM_PICTURE, font);
    atom->object = object;
    atom->width = fine_from_mpt(clamp(picture->width, 0, MAX_LENGTH));
}

static void push_item(struct layout *l, const struct inline_item *item, uint32_t i, uint32_t font) {
    switch (item->kind) {
    case INLINE_TEXT:
    case INLINE_NOTE_MARK:
        push_text(l, item->text ? item->text : "", font);
        break;
    case INLINE_NOTE_REF:
        push_atom(l, ATOM_NOTE, font)->object = (uint32_t)item->note;
        push_text(l, item->text ? item->text : "", font);
        break;
    case INLINE_TAB:
        push_atom(l, ATOM_TAB, font);
        break;
    case INLINE_LINE_BREAK:
        push_atom(l, ATOM_LINE_BREAK, font);
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
        push_field(l, item->kind, font);
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
        push_picture(l, item->picture, i, font);
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

bool text_break_between(uint32_t a, uint32_t b) {
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

static uint32_t class_of(const struct atom *a) {
    return a->kind == ATOM_PICTURE ? 'x' : a->cp;
}

/* A break between visible atoms `a` and `b`; marks without width between them go with `b`. */
static bool breaks(const struct atom *a, const struct atom *b) {
    if (a->kind == ATOM_TAB || a->kind == ATOM_GAP || a->kind == ATOM_SOFT_HYPHEN)
        return b->kind != ATOM_SPACE;
    if (a->kind == ATOM_SPACE)
        return b->kind != ATOM_SPACE;
    if (b->kind != ATOM_CHAR && b->kind != ATOM_PICTURE)
        return false;
    if (a->kind == ATOM_PICTURE && b->kind == ATOM_PICTURE)
        return true;
    return text_break_between(class_of(a), class_of(b));
}

static void find_breaks(struct text *t) {
    struct atom *a = NULL, *b;
    VEC_EACH (b, &t->atoms) {
        if (is_mark(b))
            continue;
        if (a)
            a->may_break = breaks(a, b);
        a = b;
    }
}

bool text_read(struct layout *l, const struct para *para) {
    struct text *t = l->text;
    t->para = para;
    t->atoms.n = t->fonts.n = 0;
    if (!font_open(l, para->mark, &t->mark))
        return false;
    const struct run_props *last = NULL;
    const char *link = NULL;
    uint32_t font = 0;
    for (size_t i = 0; i < para->item_count; i++) {
        const struct inline_item *item = &para->items[i];
        const struct run_props *props = item->props ? item->props : para->mark;
        if (props->hidden && item->kind != INLINE_SHAPE && item->kind != INLINE_PAGE_BREAK)
            continue;
        if (props != last || item->link != link) {
            font = (uint32_t)t->fonts.n;
            if (!font_open(l, props, VEC_PUSH(l->pool, &t->fonts)))
                return false;
            t->fonts.at[font].link = link = item->link;
            last = props;
        }
        push_item(l, item, (uint32_t)i, font);
    }
    find_breaks(t);
    return true;
}
