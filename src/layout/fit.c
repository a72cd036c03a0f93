#include "layout/fit.h"

static fine width_of_atoms(const struct text *t, size_t from, size_t end) {
    fine sum = 0;
    for (size_t i = from; i < end; i++)
        sum += t->atoms.at[i].width;
    return sum;
}

/* ---- the grid of characters (17.6.5) ---- */

/* What a grid takes hold of. The letters of other scripts, Vietnamese ones too, keep their widths:
 * linesAndChars adds to East Asian characters only (as is reported of Word's PDFs, though 17.18.14
 * speaks of every character), and in the cells of snapToChars Latin text stands as a whole, in the
 * middle of as many as it needs. LibreOffice 7.4 takes w:charSpace for another measure: its cells
 * are as wide as the letters where Word's are wider. */
static bool is_east_asian(uint32_t cp) {
    return (cp >= 0x1100 && cp <= 0x11FF) || (cp >= 0x2E80 && cp <= 0xD7FF) ||
           (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0xFF01 && cp <= 0xFFEF) ||
           (cp >= 0x20000 && cp <= 0x3FFFF);
}

/* A cell of the section in hand is so wide; 0: it has none. */
static fine cell_width(const struct layout *l) {
    const struct wml_section *s = l->frame.section;
    bool cells = s && s->char_cells && l->document->normal;
    return cells ? fine_from_mpt(larger((int64_t)l->document->normal->size + s->char_space, 1000))
                 : 0;
}

static fine whole_cells(fine width, fine cell) {
    return (width + cell - 1) / cell * cell;
}

static bool is_on_grid(const struct font *f, uint32_t cp) {
    return is_east_asian(cp) && !f->props->off_grid;
}

fine fit_grid(const struct layout *l, const struct font *f, uint32_t cp, fine width) {
    if (!l->frame.section || !is_on_grid(f, cp))
        return width;
    fine cell = cell_width(l), space = fine_from_mpt(l->frame.section->char_space);
    return cell ? whole_cells(width, cell) : larger(width + space, width / 4);
}

fine fit_lead(const struct layout *l, const struct font *f, const struct atom *a) {
    fine cell = cell_width(l);
    if (!cell || !is_on_grid(f, a->cp))
        return 0;
    fine width = text_advance(f, a->glyph);
    return (whole_cells(width, cell) - width) / 2;
}

/* Text [from, end) between East Asian characters is put in the middle of whole cells. */
static void centre_in_cells(struct text *t, size_t from, size_t end, fine cell) {
    fine width = width_of_atoms(t, from, end), free = whole_cells(width, cell) - width;
    if (from > 0)
        t->atoms.at[from - 1].width += free / 2;
    t->atoms.at[end - 1].width += free - free / 2;
}

void fit_cells(struct layout *l) {
    struct text *t = l->text;
    fine cell = cell_width(l);
    if (!cell)
        return;
    for (size_t i = 0, from; i < t->atoms.n; i++) {
        for (from = i; i < t->atoms.n && t->atoms.at[i].kind <= ATOM_SPACE &&
                       !is_east_asian(t->atoms.at[i].cp);)
            i++;
        bool before = from > 0 && is_east_asian(t->atoms.at[from - 1].cp);
        bool after = i < t->atoms.n && is_east_asian(t->atoms.at[i].cp);
        if (i > from && (before || after))
            centre_in_cells(t, from, i, cell);
    }
}

/* ---- a width that is given ---- */

static bool is_letter_or_space(const struct atom *a) {
    return a->kind <= ATOM_SPACE && a->width > 0;
}

/* Draws [from, end) narrower: in fonts of their own, as others may share those they are in. */
static void condense(struct layout *l, size_t from, size_t end, int percent) {
    struct text *t = l->text;
    uint32_t old = UINT32_MAX, narrow = 0;
    for (size_t i = from; i < end; i++) {
        struct atom *a = &t->atoms.at[i];
        if (!is_letter_or_space(a))
            continue;
        if (a->font != old) {
            struct font font = t->fonts.at[old = a->font];
            font.scale = (int)larger(font.scale * percent / 100, 1);
            narrow = (uint32_t)t->fonts.n;
            *VEC_PUSH(l->pool, &t->fonts) = font;
        }
        a->font = narrow;
        a->width = a->width * percent / 100;
    }
}

static void spread(struct text *t, size_t from, size_t end, fine slack) {
    fine n = 0, k = 0, given = 0;
    size_t last = from;
    for (size_t i = from; i < end; i++)
        if (is_letter_or_space(&t->atoms.at[i])) {
            n++;
            last = i;
        }
    for (size_t i = from; n > 1 && i < last; i++) {
        struct atom *a = &t->atoms.at[i];
        if (!is_letter_or_space(a))
            continue;
        fine share = slack * ++k / (n - 1);
        a->width += share - given;
        given = share;
    }
}

void fit_text(struct layout *l, size_t from, size_t end, fine wanted) {
    struct text *t = l->text;
    fine sum = width_of_atoms(t, from, end);
    if (sum <= 0)
        return;
    wanted = larger(wanted, sum / 4);
    if (wanted < sum)
        condense(l, from, end, (int)(wanted * 100 / sum));
    spread(t, from, end, wanted - width_of_atoms(t, from, end));
}

void fit_lines(struct layout *l, fine first, fine others) {
    struct text *t = l->text;
    for (size_t from = 0, end; from < t->atoms.n; from = end + 1) {
        for (end = from; end < t->atoms.n && t->atoms.at[end].kind != ATOM_LINE_BREAK;)
            end++;
        fit_text(l, from, end, from ? others : first);
    }
}
