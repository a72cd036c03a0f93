#include "layout/bidi.h"
#include "base/library.h"
#include "layout/line.h"

#include <fribidi/fribidi.h>

#define FUNCTIONS(f)                                                                               \
    f(fribidi_get_bidi_type) f(fribidi_get_bracket) f(fribidi_get_par_embedding_levels_ex)         \
        f(fribidi_reorder_line)
struct fribidi_library {
    LIBRARY_POINTERS(FUNCTIONS)
};

typedef VEC(FriBidiCharType) type_vec;
typedef VEC(FriBidiLevel) level_vec;

struct bidi {
    struct fribidi_library lib;
    bool tried, loaded;
    bool backward; /* the paragraph */
    /* the characters FriBidi is asked about: those of the atoms and marks of direction */
    type_vec asked;
    VEC(FriBidiBracketType) brackets;
    VEC(size_t) atoms; /* by character asked about; NO_ATOM */
    level_vec found;
    /* by atom as they were read */
    VEC(uint32_t) chars;
    VEC(size_t) entries; /* index into the above */
    /* by atom as they are now */
    type_vec types;
    level_vec levels;
    VEC(fine) shifts;
    VEC(FriBidiStrIndex) map; /* of a line: which atom stands at each place; room for all */
};

static const size_t NO_ATOM = (size_t)-1;

static bool is_loaded(struct bidi *b) {
    if (!b->tried)
        b->loaded = LIBRARY_LOAD("libfribidi.so.0", FUNCTIONS, &b->lib);
    b->tried = true;
    return b->loaded;
}

bool bidi_is_control(uint32_t cp) {
    return (cp >= 0x200C && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2066 && cp <= 0x2069) || cp == 0x61C;
}

/* Those that are part of a word. */
static bool is_joiner(uint32_t cp) {
    return cp == 0x200C || cp == 0x200D;
}

/* ---- levels ---- */

static FriBidiCharType type_of(const struct bidi *b, const struct text *t, const struct atom *a) {
    switch ((enum atom_kind)a->kind) {
    case ATOM_CHAR:
    case ATOM_SPACE: {
        FriBidiCharType type = b->lib.fribidi_get_bidi_type(a->cp);
        if (type == FRIBIDI_TYPE_EN && t->fonts.at[a->font].props->arabic)
            return FRIBIDI_TYPE_AN;
        return type == FRIBIDI_TYPE_BS ? FRIBIDI_TYPE_WS : type;
    }
    case ATOM_TAB:
        return FRIBIDI_TYPE_SS;
    case ATOM_LINE_BREAK:
    case ATOM_PAGE_BREAK:
        return FRIBIDI_TYPE_WS;
    case ATOM_PICTURE:
    case ATOM_FORMULA:
    case ATOM_RULE:
        return FRIBIDI_TYPE_ON;
    default: /* of no width */
        return FRIBIDI_TYPE_BN;
    }
}

static void ask(struct layout *l, FriBidiCharType type, uint32_t cp, size_t atom) {
    struct bidi *b = l->text->order;
    *VEC_PUSH(l->pool, &b->asked) = type;
    *VEC_PUSH(l->pool, &b->brackets) =
        type == FRIBIDI_TYPE_ON ? b->lib.fribidi_get_bracket(cp) : FRIBIDI_NO_BRACKET;
    *VEC_PUSH(l->pool, &b->atoms) = atom;
    *VEC_PUSH(l->pool, &b->found) = 0;
}

/* Directions within each other, and whether a passage of the other direction is open in the
 * innermost. */
struct nesting {
    struct {
        bool backward, all; /* all: whatever the characters are */
    } at[128];              /* UAX 9 knows no more (BD2) */
    size_t depth;
    bool passage;
};

static void end_passage(struct layout *l, struct nesting *n) {
    if (n->passage)
        ask(l, FRIBIDI_TYPE_PDF, 0, NO_ATOM);
    n->passage = false;
}

/* A mark of direction in the text itself. */
static void nest(struct layout *l, struct nesting *n, FriBidiCharType type) {
    bool ends = type == FRIBIDI_TYPE_PDF || type == FRIBIDI_TYPE_PDI;
    end_passage(l, n);
    if (ends && n->depth > 0)
        n->depth--;
    if (ends || n->depth + 1 >= sizeof n->at / sizeof n->at[0])
        return;
    n->depth++;
    n->at[n->depth].backward = FRIBIDI_IS_RTL(type);
    n->at[n->depth].all = FRIBIDI_IS_OVERRIDE(type);
}

/* An atom of a run that goes `backward`. */
static void enter(struct layout *l, struct nesting *n, bool backward) {
    bool other = backward != n->at[n->depth].backward;
    if (other == n->passage || n->at[n->depth].all)
        return;
    end_passage(l, n);
    if (other)
        ask(l, backward ? FRIBIDI_TYPE_RLE : FRIBIDI_TYPE_LRE, 0, NO_ATOM);
    n->passage = other;
}

static void ask_all(struct layout *l) {
    struct text *t = l->text;
    struct bidi *b = t->order;
    struct nesting n = {.at = {{.backward = b->backward}}};
    b->asked.n = b->brackets.n = b->atoms.n = b->found.n = b->entries.n = b->chars.n = 0;
    for (size_t i = 0; i < t->atoms.n; i++) {
        const struct atom *a = &t->atoms.at[i];
        FriBidiCharType type = type_of(b, t, a);
        if (FRIBIDI_IS_EXPLICIT(type) || FRIBIDI_IS_ISOLATE(type))
            nest(l, &n, type);
        else if (a->kind < ATOM_SHAPE)
            enter(l, &n, t->fonts.at[a->font].props->rtl);
        *VEC_PUSH(l->pool, &b->entries) = b->asked.n;
        *VEC_PUSH(l->pool, &b->chars) = a->kind <= ATOM_SPACE ? a->cp : 0xFFFC;
        ask(l, type, a->cp, i);
    }
}

/* ---- glyphs ---- */

enum script { SCRIPT_ANY, SCRIPT_HEBREW, SCRIPT_OTHER };

static enum script script_of(uint32_t cp) {
    if ((cp >= 0x590 && cp < 0x600) || (cp >= 0xFB1D && cp < 0xFB50))
        return SCRIPT_HEBREW;
    bool other = (cp >= 0x600 && cp < 0x900) || (cp >= 0xFB50 && cp < 0xFE00) ||
                 (cp >= 0xFE70 && cp < 0xFEFF) || (cp >= 0x10800 && cp < 0x11000) ||
                 (cp >= 0x1E800 && cp < 0x1F000);
    return other ? SCRIPT_OTHER : SCRIPT_ANY;
}

bool bidi_is_letter(uint32_t cp) {
    return script_of(cp) != SCRIPT_ANY;
}

static FriBidiLevel level_read(const struct bidi *b, size_t i) {
    return b->found.at[b->entries.at[i]];
}

/* Whether the face itself has the character, so that it can be shaped with its neighbours. */
static bool has_glyph(const struct text *t, const struct atom *a) {
    return a->kind <= ATOM_SPACE &&
           (bidi_is_control(a->cp) || face_glyph(t->fonts.at[a->font].face, a->cp));
}

/* The end of the stretch from atom `i` on that is shaped as one. */
static size_t stretch_end(const struct text *t, size_t i) {
    const struct bidi *b = t->order;
    uint32_t font = t->atoms.at[i].font;
    FriBidiLevel level = level_read(b, i);
    enum script script = SCRIPT_ANY;
    for (; i < t->atoms.n; i++) {
        const struct atom *a = &t->atoms.at[i];
        enum script own = script_of(a->cp);
        bool same = a->font == font || (a->kind <= ATOM_SPACE && bidi_is_control(a->cp));
        if (!same || level_read(b, i) != level || !has_glyph(t, a) ||
            (own && script && own != script))
            break;
        script = own ? own : script;
    }
    return i;
}

static void push(struct layout *l, struct atom atom, size_t source, fine shift) {
    struct text *t = l->text;
    struct bidi *b = t->order;
    *VEC_PUSH(l->pool, &t->divided) = atom;
    *VEC_PUSH(l->pool, &b->types) = b->asked.at[b->entries.at[source]];
    *VEC_PUSH(l->pool, &b->levels) = level_read(b, source);
    *VEC_PUSH(l->pool, &b->shifts) = shift;
    VEC_PUSH(l->pool, &b->map);
}

static void push_shaped(struct layout *l, const struct shaped *s, size_t source, uint32_t cp) {
    struct text *t = l->text;
    struct atom atom = t->atoms.at[source];
    const struct font f = t->fonts.at[atom.font];
    fine spacing = s->advance ? fine_from_mpt(f.spacing) : 0;
    atom.cp = cp;
    if (s->glyph) {
        atom.glyph = s->glyph;
        atom.width = text_units(&f, s->advance) + spacing;
    }
    if (s->dy)
        atom.font = text_raised(l, atom.font, s->dy);
    push(l, atom, source, text_units(&f, s->dx));
}

/* A character without a glyph of its own, `k`-th of its ligature: a blank beneath it, so that it is
 * copied out with it. Readers take characters as they follow each other on the line: it stands a
 * bit further. */
static void push_blank(struct layout *l, size_t source, int k, uint32_t font) {
    enum { STEP = 100 /* parts of the size */ };
    struct atom atom = l->text->atoms.at[source];
    const struct font *f = &l->text->fonts.at[font];
    int step = k * face_metrics(f->face)->upem / STEP;
    atom.font = font;
    atom.glyph = face_glyph(f->face, ' ');
    atom.width = 0;
    if (atom.glyph)
        push(l, atom, source, text_units(f, level_read(l->text->order, source) & 1 ? -step : step));
}

/* Glyphs [from, end) are those of the atoms [source, last): one each in turn, the last atom has
 * those that are left. */
static void push_cluster(struct layout *l, const struct shaped *from, const struct shaped *end,
                         size_t source, size_t last, uint32_t font) {
    const uint32_t *chars = l->text->order->chars.at;
    size_t letters = 0;
    int blanks = 0;
    for (size_t i = source; i < last; i++)
        letters += !bidi_is_control(chars[i]);
    for (size_t i = source; i < last; i++) {
        bool control = bidi_is_control(chars[i]);
        if (control ? is_joiner(chars[i]) : from == end)
            push_blank(l, i, ++blanks, font);
        if (control || from == end)
            continue;
        push_shaped(l, from++, i, chars[i]);
        for (letters--; !letters && from < end; from++)
            push_shaped(l, from, i, 0x200D); /* another part of the letter */
    }
}

static void push_stretch(struct layout *l, size_t from, size_t end) {
    const struct text *t = l->text;
    const struct bidi *b = t->order;
    const uint32_t font = t->atoms.at[from].font;
    const struct font f = t->fonts.at[font];
    const struct shaping shaping = {.chars = b->chars.at,
                                    .count = b->chars.n,
                                    .from = from,
                                    .end = end,
                                    .backward = level_read(b, from) & 1,
                                    .kerned = text_is_kerned(&f)};
    size_t n;
    const struct shaped *s = face_shape(f.face, l->pool, &shaping, &n);
    for (size_t i = 0, next; i < n; i = next) {
        for (next = i + 1; next < n && s[next].chars == s[i].chars;)
            next++;
        push_cluster(l, s + i, s + next, s[i].chars, next < n ? s[next].chars : end, font);
    }
}

static bool is_to_be_shaped(const struct text *t, size_t i) {
    const struct atom *a = &t->atoms.at[i];
    return has_glyph(t, a) && !bidi_is_control(a->cp) &&
           ((level_read(t->order, i) & 1) || script_of(a->cp));
}

/* The atoms anew, with the glyphs they are drawn by. */
static void shape(struct layout *l) {
    struct text *t = l->text;
    struct bidi *b = t->order;
    t->divided.n = b->types.n = b->levels.n = b->shifts.n = b->map.n = 0;
    for (size_t i = 0, end; i < t->atoms.n; i = end) {
        end = i + 1;
        if (is_to_be_shaped(t, i))
            push_stretch(l, i, end = stretch_end(t, i));
        else if (t->atoms.at[i].kind > ATOM_SPACE || !bidi_is_control(t->atoms.at[i].cp))
            push(l, t->atoms.at[i], i, 0);
        else if (is_joiner(t->atoms.at[i].cp))
            push_blank(l, i, 0, t->atoms.at[i].font);
    }
    atom_vec whole = t->atoms;
    t->atoms = t->divided;
    t->divided = whole;
}

/* A line may end after the hyphen of Hebrew. */
static void break_after_maqaf(struct text *t) {
    for (size_t i = 0; i + 1 < t->atoms.n; i++)
        if (t->atoms.at[i].cp == 0x5BE && t->atoms.at[i + 1].kind == ATOM_CHAR)
            t->atoms.at[i].may_break = true;
}

void bidi_read(struct layout *l) {
    struct text *t = l->text;
    if (!t->order)
        t->order = POOL_NEW(l->pool, struct bidi);
    struct bidi *b = t->order;
    t->bidi = is_loaded(b);
    if (!t->bidi) {
        if (!l->said_no_bidi)
            diag_add(l->diag, LAYOUT_NO_BIDI, (struct where){.file = l->document->path}, NULL);
        l->said_no_bidi = true;
        return;
    }
    b->backward = t->para->props->asks & ASKS_BIDI;
    break_after_maqaf(t);
    ask_all(l);
    FriBidiParType base = b->backward ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    if (b->asked.n && !b->lib.fribidi_get_par_embedding_levels_ex(b->asked.at, b->brackets.at,
                                                                  (FriBidiStrIndex)b->asked.n,
                                                                  &base, b->found.at))
        for (size_t i = 0; i < b->found.n; i++) /* out of memory */
            b->found.at[i] = b->backward;
    shape(l);
}

/* ---- a line ---- */

void bidi_place(const struct text *t, const struct span *span, const fine *xs, fine turn,
                fine *lefts, fine *rights) {
    struct bidi *b = t->order;
    size_t n = span->end - span->start;
    FriBidiStrIndex *map = b->map.at;
    for (size_t i = 0; i < n; i++)
        map[i] = (FriBidiStrIndex)i;
    if (n && !b->lib.fribidi_reorder_line(0, b->types.at + span->start, (FriBidiStrIndex)n, 0,
                                          b->backward ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR,
                                          b->levels.at + span->start, NULL, map))
        return;
    fine x = b->backward ? turn - xs[n] : xs[0];
    for (size_t k = 0; k < n; k++) {
        FriBidiStrIndex i = map[k];
        lefts[i] = x;
        rights[i] = x += xs[i + 1] - xs[i];
    }
}

size_t bidi_run_end(const struct text *t, size_t atom, size_t end) {
    const FriBidiLevel *levels = t->order->levels.at;
    size_t i = atom + 1;
    while (i < end && levels[i] == levels[atom])
        i++;
    return i;
}

bool bidi_runs_on(const struct text *t, size_t atom) {
    const FriBidiLevel *levels = t->order->levels.at;
    return levels[atom] == levels[atom - 1];
}

bool bidi_is_backward(const struct text *t, size_t atom) {
    return t->order->levels.at[atom] & 1;
}

fine bidi_shift(const struct text *t, size_t atom) {
    return t->order->shifts.at[atom];
}
