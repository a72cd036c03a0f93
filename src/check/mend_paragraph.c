/* Mending a paragraph of a DOCX: its words, and how it or one of its lines looks. */
#include "check/mend.h"
#include "base/buf.h"

#include <string.h>

/* ---- properties, in the order the schema wants (17.3.1.26, 17.3.2.28, 17.6.18) ---- */

static const enum xml_name run_order[] = {w_rStyle, w_rFonts, w_b,       w_bCs, w_i,    w_iCs,
                                          w_caps,   w_color,  w_spacing, w_sz,  w_szCs, w_u};
static const enum xml_name para_order[] = {
    w_pStyle,  w_keepNext, w_keepLines,         w_numPr, w_pBdr, w_shd,   w_tabs,
    w_spacing, w_ind,      w_contextualSpacing, w_jc,    w_rPr,  w_sectPr};
static const enum xml_name section_order[] = {
    w_headerReference, w_footerReference, w_type, w_pgSz, w_pgMar, w_pgNumType, w_cols,
    w_titlePg,         w_docGrid};

struct order {
    const enum xml_name *at;
    size_t n;
};

static struct order order_of(enum xml_name props) {
    switch (props) {
    case w_rPr:
        return (struct order){run_order, sizeof run_order / sizeof *run_order};
    case w_pPr:
        return (struct order){para_order, sizeof para_order / sizeof *para_order};
    default:
        return (struct order){section_order, sizeof section_order / sizeof *section_order};
    }
}

static size_t rank_in(struct order order, enum xml_name name) {
    size_t i = 0;
    while (i < order.n && order.at[i] != name)
        i++;
    return i;
}

struct xml_node *child_of_props(struct pool *pool, struct xml_node *props, enum xml_name name) {
    struct order order = order_of(props->name);
    struct xml_node *child = xml_child(props, name), *before = NULL;
    if (child)
        return child;
    size_t rank = rank_in(order, name);
    for (struct xml_node *at = props->last; at; at = at->prev) {
        size_t other = rank_in(order, at->name);
        if (other < order.n && other > rank)
            before = at;
    }
    child = xml_new(pool, name);
    if (before)
        xml_insert_before(before, child);
    else
        xml_append(props, child);
    return child;
}

/* The child, made in front of all others. */
static struct xml_node *first_child_of(struct pool *pool, struct xml_node *parent,
                                       enum xml_name name) {
    struct xml_node *child = xml_child(parent, name);
    if (child)
        return child;
    child = xml_new(pool, name);
    if (parent->first)
        xml_insert_before(parent->first, child);
    else
        xml_append(parent, child);
    return child;
}

static void set_int(struct pool *pool, struct xml_node *node, enum xml_name name, int value) {
    xml_set(pool, node, name, pool_printf(pool, "%d", value));
}

/* ---- runs ---- */

/* The node after `node` of the paragraph's own: what a text box holds is not. */
static struct xml_node *own_next(const struct xml_node *paragraph, struct xml_node *node) {
    struct xml_node *next = node != paragraph && node->name == w_p ? xml_after(paragraph, node)
                                                                   : xml_next(paragraph, node);
    while (next && next->name == w_p)
        next = xml_after(paragraph, next);
    return next;
}

static void set_font(struct pool *pool, struct xml_node *props) {
    static const enum xml_name names[] = {w_ascii, w_hAnsi, w_cs, w_eastAsia};
    struct xml_node *old = xml_child(props, w_rFonts);
    if (old)
        xml_remove(old);
    struct xml_node *fonts = child_of_props(pool, props, w_rFonts);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        xml_set(pool, fonts, names[i], "Times New Roman");
}

static void set_run(struct pool *pool, struct xml_node *run, const struct mend *mend) {
    struct xml_node *props = first_child_of(pool, run, w_rPr);
    switch (mend->kind) {
    case MEND_SIZE:
        set_int(pool, child_of_props(pool, props, w_sz), w_val, mend->value / 500);
        set_int(pool, child_of_props(pool, props, w_szCs), w_val, mend->value / 500);
        break;
    case MEND_FAMILY:
        set_font(pool, props);
        break;
    case MEND_COLOR:
        xml_set(pool, child_of_props(pool, props, w_color), w_val, "000000");
        break;
    case MEND_BOLD:
    case MEND_NOT_BOLD:
        set_int(pool, child_of_props(pool, props, w_b), w_val, mend->kind == MEND_BOLD);
        break;
    default:
        set_int(pool, child_of_props(pool, props, w_i), w_val, mend->kind == MEND_ITALIC);
    }
}

/* ---- words ---- */

struct stretch {
    struct xml_node *text;
    size_t from, to; /* of the paragraph's words */
};

struct words {
    struct buf all;
    VEC(struct stretch) stretches;
};

static void gather_words(struct pool *pool, struct xml_node *paragraph, struct words *words) {
    for (struct xml_node *n = paragraph; n; n = own_next(paragraph, n)) {
        if (n->name == w_br || n->name == w_cr)
            buf_putc(&words->all, '\n');
        if (n->name == w_tab && n->parent->name == w_r)
            buf_putc(&words->all, '\t');
        if (n->name != XML_TEXT || !n->parent || n->parent->name != w_t)
            continue;
        struct stretch *s = VEC_PUSH(pool, &words->stretches);
        s->text = n;
        s->from = words->all.len;
        buf_puts(&words->all, n->text);
        s->to = words->all.len;
    }
}

static const char *find(const char *all, const char *word, bool last) {
    const char *at = *word ? strstr(all, word) : NULL;
    for (const char *next; at && last && (next = strstr(at + 1, word)) != NULL;)
        at = next;
    return at;
}

/* What the bytes from..to leave of each stretch; the first one takes the new words. */
static void put_words(struct pool *pool, struct words *words, size_t from, size_t to,
                      const char *with) {
    struct stretch *s;
    VEC_EACH (s, &words->stretches) {
        if (s->to <= from || s->from >= to)
            continue;
        size_t head = from > s->from ? from - s->from : 0;
        size_t tail = to < s->to ? to - s->from : s->to - s->from;
        s->text->text =
            pool_printf(pool, "%.*s%s%s", (int)head, s->text->text, with, s->text->text + tail);
        xml_set(pool, s->text->parent, xml_space, "preserve");
        with = "";
    }
}

static bool set_words(struct pool *pool, struct xml_node *paragraph, const struct mend *mend) {
    struct words words = {0};
    gather_words(pool, paragraph, &words);
    const char *all = buf_text(&words.all), *at = find(all, mend->from, mend->at_end);
    if (at) {
        size_t from = (size_t)(at - all);
        put_words(pool, &words, from, from + strlen(mend->from), mend->to);
    }
    buf_free(&words.all);
    return at != NULL;
}

/* ---- a line of several ---- */

/* A run that holds a break is parted before and behind it, so that each line has runs of its own.
 */
static void part_at_breaks(struct pool *pool, struct xml_node *paragraph) {
    for (struct xml_node *n = paragraph; n; n = own_next(paragraph, n)) {
        bool parts = n->name == w_br || n->name == w_cr || n->name == w_tab;
        if (!parts || n->parent->name != w_r || !n->next)
            continue;
        struct xml_node *run = n->parent, *rest = xml_new(pool, w_r);
        const struct xml_node *props = xml_child(run, w_rPr);
        if (props)
            xml_append(rest, xml_copy(pool, props));
        while (n->next) {
            struct xml_node *moved = n->next;
            xml_remove(moved);
            xml_append(rest, moved);
        }
        xml_insert_after(run, rest);
    }
}

static bool run_in(const struct words *words, const struct xml_node *run, size_t from, size_t to) {
    const struct stretch *s;
    VEC_EACH (s, &words->stretches)
        if (s->text->parent->parent == run && s->from < to && s->to > from)
            return true;
    return false;
}

/* The runs of the line alone, or of the whole paragraph if it has no other. */
static bool set_look(struct pool *pool, struct xml_node *paragraph, const struct mend *mend) {
    struct words words = {0};
    if (!mend->whole)
        part_at_breaks(pool, paragraph);
    gather_words(pool, paragraph, &words);
    const char *all = buf_text(&words.all), *at = mend->whole ? all : find(all, mend->from, false);
    size_t from = at ? (size_t)(at - all) : 0, to = from + strlen(mend->from);
    for (struct xml_node *n = at ? paragraph : NULL; n; n = own_next(paragraph, n))
        if (n->name == w_r && (mend->whole || run_in(&words, n, from, to)))
            set_run(pool, n, mend);
    buf_free(&words.all);
    return at != NULL;
}

/* ---- the paragraph ---- */

static void set_indent(struct pool *pool, struct xml_node *props, int twips) {
    struct xml_node *old = xml_child(props, w_ind);
    if (old)
        xml_remove(old);
    struct xml_node *indent = child_of_props(pool, props, w_ind);
    set_int(pool, indent, w_left, 0);
    set_int(pool, indent, w_firstLine, twips);
}

static void set_props(struct pool *pool, struct xml_node *paragraph, const struct mend *mend) {
    struct xml_node *props = first_child_of(pool, paragraph, w_pPr), *spacing;
    switch (mend->kind) {
    case MEND_CENTRE:
    case MEND_JUSTIFY:
        xml_set(pool, child_of_props(pool, props, w_jc), w_val,
                mend->kind == MEND_CENTRE ? "center" : "both");
        break;
    case MEND_INDENT:
        set_indent(pool, props, mend->value / 50);
        break;
    case MEND_SPACE:
        set_int(pool, child_of_props(pool, props, w_spacing), w_before, mend->value / 50);
        break;
    default:
        spacing = child_of_props(pool, props, w_spacing);
        xml_set(pool, spacing, w_line, "240");
        xml_set(pool, spacing, w_lineRule, "auto");
    }
}

bool mend_paragraph(struct mender *m, struct xml_node *paragraph, const struct mend *mend) {
    if (mend->kind == MEND_TEXT)
        return set_words(m->pool, paragraph, mend);
    if (mend->kind < MEND_CENTRE)
        return set_look(m->pool, paragraph, mend);
    if (mend->whole)
        set_props(m->pool, paragraph, mend);
    return mend->whole;
}
