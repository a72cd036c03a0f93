#include "layout/line.h"

/* ---- tab stops ---- */

void line_measure(const struct layout *l, const struct para_props *props, mpt width,
                  struct measure *m) {
    const struct document *d = l->document;
    mpt left = length(props->left), first = length(props->first);
    *m = (struct measure){.props = props,
                          .no_expand = d->compat & COMPAT_NO_SHIFT_RETURN_EXPANSION,
                          .no_hanging_stop = d->compat & COMPAT_NO_HANGING_STOP,
                          .tabs_hang = d->compat_mode < 15};
    m->left = fine_from_mpt(left);
    m->first = fine_from_mpt((int64_t)left + first);
    m->right = fine_from_mpt((int64_t)width - length(props->right));
    m->to = m->turn = fine_from_mpt(width);
    m->bidi = l->text->bidi && (props->asks & ASKS_BIDI);
    m->default_tab = d->default_tab >= 1000 ? length(d->default_tab) : 36000;
    m->zone = fine_from_mpt(length(d->hyphenation.zone));
    m->shrink = l->shrink && props->jc == JC_BOTH;
    m->decimal_mark = d->decimal_mark ? d->decimal_mark : ',';
    if (l->story == IN_CELL && props->tab_count && props->tabs[0].kind == TAB_DECIMAL)
        m->aligned = &props->tabs[0];
}

struct pen pen_begin(const struct measure *m, bool first_line) {
    struct pen pen = {
        .x = first_line ? m->first : m->left, .to_decimal = -1, .decimal_mark = m->decimal_mark};
    if (m->aligned)
        pen.stop = (struct stop){
            .pos = fine_from_mpt(length(m->aligned->pos)), .kind = TAB_DECIMAL, .custom = true};
    return pen;
}

static struct stop next_stop(const struct measure *m, fine x) {
    const struct para_props *p = m->props;
    struct stop stop = {.kind = TAB_LEFT};
    for (size_t i = 0; i < p->tab_count; i++) {
        fine pos = fine_from_mpt(length(p->tabs[i].pos));
        if (pos <= x || p->tabs[i].kind == TAB_BAR)
            continue;
        stop = (struct stop){pos, p->tabs[i].kind, p->tabs[i].leader, true};
        break;
    }
    if (!m->no_hanging_stop && m->first < m->left && x < m->left &&
        (!stop.custom || m->left < stop.pos))
        stop = (struct stop){.pos = m->left, .kind = TAB_LEFT, .custom = true};
    if (!stop.custom) {
        fine each = fine_from_mpt(m->default_tab);
        fine n = x >= 0 ? x / each + 1 : -((-x - 1) / each);
        stop.pos = n * each;
    }
    return stop;
}

static struct stop stop_at_place(const struct measure *m, const struct place_tab *place) {
    fine from = place->of_indents ? m->left : m->from, to = place->of_indents ? m->right : m->to;
    return (struct stop){.pos = place->kind == TAB_LEFT     ? from
                                : place->kind == TAB_CENTER ? (from + to) / 2
                                                            : to,
                         .kind = place->kind,
                         .leader = place->leader,
                         .custom = true};
}

struct stop line_stop(const struct text *t, const struct measure *m, const struct atom *a, fine x) {
    const struct place_tab *place = a->object ? t->para->items[a->object - 1].place : NULL;
    return place ? stop_at_place(m, place) : next_stop(m, x);
}

void pen_tab(struct pen *pen, struct stop stop) {
    fine from = pen_end(pen);
    *pen =
        (struct pen){.x = from, .to_decimal = -1, .decimal_mark = pen->decimal_mark, .stop = stop};
    if (stop.kind == TAB_LEFT)
        pen->x = (fine)larger(from, stop.pos);
}

fine pen_aligned(const struct pen *pen) {
    fine before = 0; /* how much of the text stands left of the stop */
    switch (pen->stop.kind) {
    case TAB_LEFT:
    case TAB_BAR:
        return pen->x;
    case TAB_RIGHT:
        before = pen->width;
        break;
    case TAB_CENTER:
        before = pen->width / 2;
        break;
    case TAB_DECIMAL:
        before = pen->to_decimal < 0 ? pen->width : pen->to_decimal;
        break;
    }
    return larger(pen->x, pen->stop.pos - before);
}

/* ---- greedy breaking ---- */

struct breaker {
    const struct text *t;
    const struct measure *m;
    fine limit;
    struct pen pen;
    size_t best; /* the line may end before this atom; == start: nowhere yet */
    size_t word; /* the same without dividing words */
    bool tabbed;
};

static bool is_combining(uint32_t cp) {
    return cp >= 0x300 && cp <= 0x36F;
}

/* A word that alone is wider than the line is cut at the last character that fits, but not
 * between a letter and its marks, nor between what hangs on a box and the box. */
static size_t cut_word(const struct text *t, size_t start, size_t i) {
    const struct atom *atoms = t->atoms.at;
    while (i > start && (is_combining(atoms[i].cp) || atoms[i - 1].kind >= ATOM_SHAPE))
        i--;
    if (i > start)
        return i;
    while (atoms[i].kind >= ATOM_SHAPE)
        i++;
    do
        i++;
    while (i < t->atoms.n && is_combining(atoms[i].cp));
    return i;
}

static fine hyphen_width(const struct text *t, const struct atom *a) {
    return text_advance(&t->fonts.at[a->font], a->glyph);
}

static bool is_last(const struct text *t, size_t i) {
    for (i++; i < t->atoms.n && t->atoms.at[i].kind == ATOM_SPACE;)
        i++;
    return i == t->atoms.n;
}

/* The tab at atom `i`. False: it would pass the right edge, or the place it names is passed
 * already, and it goes to the next line. A stop set by hand beyond the edge is honoured for
 * right-aligned text, which in older documents may fill the right indent, too. */
static bool take_tab(struct breaker *b, size_t start, size_t i) {
    struct stop stop = line_stop(b->t, b->m, &b->t->atoms.at[i], pen_end(&b->pen));
    if (stop.pos < pen_end(&b->pen) && i > start)
        return false;
    bool passes = stop.pos > b->limit;
    if (passes && stop.custom && stop.kind != TAB_LEFT) {
        b->limit = b->m->tabs_hang ? (fine)larger(stop.pos, b->m->to) : stop.pos;
        passes = false;
    }
    if (passes && i > start && !(b->m->tabs_hang && is_last(b->t, i)))
        return false;
    if (!passes)
        pen_tab(&b->pen, stop);
    b->tabbed = true;
    return true;
}

/* How much of the line stays free if it ends before the word that atom `i` is in. */
static fine free_without(const struct breaker *b, size_t start, size_t i) {
    fine end = pen_end(&b->pen);
    size_t at = b->word;
    while (at > start && b->t->atoms.at[at - 1].kind == ATOM_SPACE)
        at--;
    for (; at < i; at++)
        end -= b->t->atoms.at[at].width;
    return b->limit - end;
}

/* Whether the line may end with the hyphen at atom `i`. */
static bool may_hyphenate(const struct breaker *b, size_t start, size_t i) {
    const struct atom *a = &b->t->atoms.at[i];
    if (pen_end(&b->pen) + hyphen_width(b->t, a) > b->limit)
        return false;
    return !atom_divides_word(a) ||
           (!b->m->whole_words && (b->word == start || free_without(b, start, i) > b->m->zone));
}

/* Moves over atom `i`; true when the line must end before it. */
static bool overflows(struct breaker *b, size_t start, size_t i) {
    const struct atom *a = &b->t->atoms.at[i];
    if (a->kind == ATOM_TAB) {
        if (!take_tab(b, start, i)) {
            b->best = i;
            return true;
        }
    } else {
        pen_move(&b->pen, a);
        if (a->kind != ATOM_SPACE && a->width > 0 && pen_end(&b->pen) > b->limit)
            return true;
    }
    if (!a->may_break || (a->kind == ATOM_SOFT_HYPHEN && !may_hyphenate(b, start, i)))
        return false;
    b->best = i + 1;
    if (!atom_divides_word(a))
        b->word = i + 1;
    return false;
}

/* Moves over letters and spaces from atom `i` on as long as they fit, which most of a text is;
 * returns where they end. */
static size_t over_letters(struct breaker *b, size_t i) {
    const struct atom *a = b->t->atoms.at + i, *end = b->t->atoms.at + b->t->atoms.n, *best = NULL;
    fine width = b->pen.width, room = b->limit - b->pen.x;
    if (b->pen.stop.kind != TAB_LEFT) /* there the text does not simply go on */
        return i;
    for (; a < end && a->kind <= ATOM_SPACE; width += a->width, a++) {
        if (width + a->width > room && a->kind == ATOM_CHAR && a->width > 0)
            break;
        if (a->may_break)
            best = a + 1;
    }
    b->pen.width = width;
    if (best)
        b->best = b->word = (size_t)(best - b->t->atoms.at);
    return (size_t)(a - b->t->atoms.at);
}

static struct span greedy(struct breaker *b, size_t start) {
    const struct text *t = b->t;
    size_t i = start;
    b->best = b->word = start;
    for (; (i = over_letters(b, i)) < t->atoms.n; i++) {
        const struct atom *a = &t->atoms.at[i];
        if (a->kind == ATOM_LINE_BREAK)
            return (struct span){.start = start, .end = i + 1, .how = END_LINE_BREAK};
        if (a->kind == ATOM_PAGE_BREAK)
            return (struct span){.start = start, .end = i + 1, .how = END_PAGE_BREAK};
        if (!overflows(b, start, i))
            continue;
        bool whole = b->best > start && !(b->m->props->asks & ASKS_CUT_WORDS);
        size_t end = whole ? b->best : cut_word(t, start, i);
        return (struct span){.start = start, .end = end, .how = END_SOFT};
    }
    return (struct span){.start = start, .end = i, .how = END_PARA};
}

static bool hangs(const struct atom *a) {
    return a->kind == ATOM_SPACE || a->kind == ATOM_GAP || a->kind >= ATOM_SHAPE ||
           a->kind == ATOM_LINE_BREAK || a->kind == ATOM_PAGE_BREAK;
}

static void set_visible(const struct text *t, struct span *s) {
    s->visible = s->end;
    while (s->visible > s->start && hangs(&t->atoms.at[s->visible - 1]))
        s->visible--;
}

/* ---- squeezing spaces ---- */

/* r_s = (available - more_words) / more_spaces, the squeezed space in spaces;
 * r_e = (available - words) / spaces, the stretched one.
 * Accepted: r_s >= 3/4 and 1 + (r_e - 1) / 1.7 >= 1 / r_s. */
bool line_shrinks(int64_t available, int64_t words, int64_t spaces, int64_t more_words,
                  int64_t more_spaces) {
    int64_t squeezed = available - more_words;
    if (more_spaces <= 0 || squeezed <= 0 || 4 * squeezed < 3 * more_spaces)
        return false;
    if (spaces <= 0)
        return true; /* nothing to stretch: the gap at the right edge would stay */
    int64_t stretch = available - words - spaces;
    return (17 * spaces + 10 * stretch) * squeezed >= 17 * spaces * more_spaces;
}

static void sum_widths(const struct text *t, size_t from, size_t to, fine *words, fine *spaces) {
    for (size_t i = from; i < to; i++)
        if (t->atoms.at[i].kind == ATOM_SPACE)
            *spaces += t->atoms.at[i].width;
        else
            *words += t->atoms.at[i].width;
}

/* The end of the break unit after atom `at`: the next break opportunity or the line's forced end.
 * A tab or a unit wider than `limit` ends the search: 0. */
static size_t next_unit(const struct text *t, size_t at, fine limit, enum line_end *how) {
    fine width = 0;
    for (size_t i = at; i < t->atoms.n; i++) {
        const struct atom *a = &t->atoms.at[i];
        *how = END_SOFT;
        if (a->kind == ATOM_TAB)
            return 0;
        if (a->kind == ATOM_LINE_BREAK || a->kind == ATOM_PAGE_BREAK) {
            *how = a->kind == ATOM_LINE_BREAK ? END_LINE_BREAK : END_PAGE_BREAK;
            return i + 1;
        }
        width += a->kind == ATOM_SPACE ? 0 : a->width;
        if (width > limit)
            return 0;
        if (a->may_break && !atom_divides_word(a))
            return i + 1;
    }
    *how = END_PARA;
    return t->atoms.n;
}

static void try_shrink(const struct breaker *b, struct span *s) {
    const struct text *t = b->t;
    if (!b->m->shrink || b->tabbed || s->how != END_SOFT || b->best <= s->start)
        return;
    fine available = b->limit - b->pen.x, words = 0, spaces = 0;
    struct span more = {.start = s->start, .shrunk = true};
    more.end = next_unit(t, s->end, available, &more.how);
    if (!more.end || t->atoms.at[more.end - 1].kind == ATOM_SOFT_HYPHEN)
        return;
    set_visible(t, &more);
    sum_widths(t, s->start, s->visible, &words, &spaces);
    fine more_words = 0, more_spaces = 0;
    sum_widths(t, more.start, more.visible, &more_words, &more_spaces);
    if (line_shrinks(available / FINE, words / FINE, spaces / FINE, more_words / FINE,
                     more_spaces / FINE))
        *s = more;
}

struct span line_break(const struct text *t, const struct measure *m, size_t start) {
    struct breaker b = {.t = t, .m = m, .limit = m->right, .pen = pen_begin(m, start == 0)};
    struct span s = greedy(&b, start);
    set_visible(t, &s);
    try_shrink(&b, &s);
    return s;
}
