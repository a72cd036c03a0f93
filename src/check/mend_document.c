/* Mending a DOCX: its main part is read as a tree, changed where a mend says so and written again;
 * every other part stays as it is. A paragraph is found by its number, which counts w:p in the
 * order of the part (wml.h). */
#include "check/check.h"
#include "base/buf.h"
#include "docx/xml.h"

#include <string.h>

struct mender {
    struct pool *pool;
    struct xml_node *root;
    VEC(struct xml_node *) paragraphs;
};

/* ---- properties, in the order the schema wants (17.3.1.26, 17.3.2.28) ---- */

static const enum xml_name run_order[] = {w_rStyle, w_rFonts, w_b,       w_bCs, w_i,    w_iCs,
                                          w_caps,   w_color,  w_spacing, w_sz,  w_szCs, w_u};
static const enum xml_name para_order[] = {
    w_pStyle,  w_keepNext, w_keepLines,         w_numPr, w_pBdr, w_shd,   w_tabs,
    w_spacing, w_ind,      w_contextualSpacing, w_jc,    w_rPr,  w_sectPr};

static size_t rank_in(const enum xml_name *order, size_t n, enum xml_name name) {
    size_t i = 0;
    while (i < n && order[i] != name)
        i++;
    return i;
}

/* The child of that name, made in its place if it is not there. */
static struct xml_node *child_in(struct pool *pool, struct xml_node *parent, enum xml_name name,
                                 const enum xml_name *order, size_t n) {
    struct xml_node *child = xml_child(parent, name), *before = NULL;
    if (child)
        return child;
    size_t rank = rank_in(order, n, name);
    for (struct xml_node *at = parent->last; at; at = at->prev) {
        size_t other = rank_in(order, n, at->name);
        if (other < n && other > rank)
            before = at;
    }
    child = xml_new(pool, name);
    if (before)
        xml_insert_before(before, child);
    else
        xml_append(parent, child);
    return child;
}

#define CHILD(mender, parent, name, order)                                                         \
    child_in((mender)->pool, parent, name, order, sizeof(order) / sizeof *(order))

static struct xml_node *first_child(struct pool *pool, struct xml_node *parent,
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

static void set_int(struct mender *m, struct xml_node *node, enum xml_name name, int value) {
    xml_set(m->pool, node, name, pool_printf(m->pool, "%d", value));
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

static void set_font(struct mender *m, struct xml_node *props) {
    static const enum xml_name names[] = {w_ascii, w_hAnsi, w_cs, w_eastAsia};
    struct xml_node *old = xml_child(props, w_rFonts);
    if (old)
        xml_remove(old);
    struct xml_node *fonts = CHILD(m, props, w_rFonts, run_order);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        xml_set(m->pool, fonts, names[i], "Times New Roman");
}

static void set_run(struct mender *m, struct xml_node *run, const struct mend *mend) {
    struct xml_node *props = first_child(m->pool, run, w_rPr);
    switch (mend->kind) {
    case MEND_SIZE:
        set_int(m, CHILD(m, props, w_sz, run_order), w_val, mend->value / 500);
        set_int(m, CHILD(m, props, w_szCs, run_order), w_val, mend->value / 500);
        break;
    case MEND_FAMILY:
        set_font(m, props);
        break;
    case MEND_COLOR:
        xml_set(m->pool, CHILD(m, props, w_color, run_order), w_val, "000000");
        break;
    case MEND_BOLD:
    case MEND_NOT_BOLD:
        set_int(m, CHILD(m, props, w_b, run_order), w_val, mend->kind == MEND_BOLD);
        break;
    default:
        set_int(m, CHILD(m, props, w_i, run_order), w_val, mend->kind == MEND_ITALIC);
    }
}

static void set_runs(struct mender *m, struct xml_node *paragraph, const struct mend *mend) {
    for (struct xml_node *n = paragraph; n; n = own_next(paragraph, n))
        if (n->name == w_r)
            set_run(m, n, mend);
}

/* ---- paragraphs ---- */

static void set_indent(struct mender *m, struct xml_node *props, int twips) {
    struct xml_node *old = xml_child(props, w_ind);
    if (old)
        xml_remove(old);
    struct xml_node *indent = CHILD(m, props, w_ind, para_order);
    set_int(m, indent, w_left, 0);
    set_int(m, indent, w_firstLine, twips);
}

static void set_paragraph(struct mender *m, struct xml_node *paragraph, const struct mend *mend) {
    struct xml_node *props = first_child(m->pool, paragraph, w_pPr);
    struct xml_node *spacing;
    switch (mend->kind) {
    case MEND_CENTRE:
    case MEND_JUSTIFY:
        xml_set(m->pool, CHILD(m, props, w_jc, para_order), w_val,
                mend->kind == MEND_CENTRE ? "center" : "both");
        break;
    case MEND_INDENT:
        set_indent(m, props, mend->value / 50);
        break;
    case MEND_SPACE:
        set_int(m, CHILD(m, props, w_spacing, para_order), w_before, mend->value / 50);
        break;
    default:
        spacing = CHILD(m, props, w_spacing, para_order);
        xml_set(m->pool, spacing, w_line, "240");
        xml_set(m->pool, spacing, w_lineRule, "auto");
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

static void gather_words(struct mender *m, struct xml_node *paragraph, struct words *words) {
    for (struct xml_node *n = paragraph; n; n = own_next(paragraph, n)) {
        if (n->name == w_tab || n->name == w_br)
            buf_putc(&words->all, '\t');
        if (n->name != XML_TEXT || !n->parent || n->parent->name != w_t)
            continue;
        struct stretch *s = VEC_PUSH(m->pool, &words->stretches);
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
static void put_words(struct mender *m, struct words *words, size_t from, size_t to,
                      const char *with) {
    struct stretch *s;
    VEC_EACH (s, &words->stretches) {
        if (s->to <= from || s->from >= to)
            continue;
        size_t head = from > s->from ? from - s->from : 0;
        size_t tail = to < s->to ? to - s->from : s->to - s->from;
        s->text->text =
            pool_printf(m->pool, "%.*s%s%s", (int)head, s->text->text, with, s->text->text + tail);
        xml_set(m->pool, s->text->parent, xml_space, "preserve");
        with = "";
    }
}

static bool set_words(struct mender *m, struct xml_node *paragraph, const struct mend *mend) {
    struct words words = {0};
    gather_words(m, paragraph, &words);
    const char *all = buf_text(&words.all), *at = find(all, mend->from, mend->at_end);
    if (at) {
        size_t from = (size_t)(at - all);
        put_words(m, &words, from, from + strlen(mend->from), mend->to);
    }
    buf_free(&words.all);
    return at != NULL;
}

/* ---- the page ---- */

static void set_page(struct mender *m, const struct mend *mend) {
    static const enum xml_name sides[] = {
        [MEND_TOP] = w_top, [MEND_RIGHT] = w_right, [MEND_BOTTOM] = w_bottom, [MEND_LEFT] = w_left};
    for (struct xml_node *n = m->root; n; n = xml_next(m->root, n)) {
        struct xml_node *size = n->name == w_sectPr ? xml_child(n, w_pgSz) : NULL;
        struct xml_node *margins = n->name == w_sectPr ? xml_child(n, w_pgMar) : NULL;
        if (mend->kind != MEND_PAPER && margins)
            set_int(m, margins, sides[mend->kind], (mend->value + 25) / 50);
        if (mend->kind != MEND_PAPER || !size)
            continue;
        bool wide = xml_int(size, w_w, 0) > xml_int(size, w_h, 0);
        set_int(m, size, w_w, wide ? 16838 : 11906);
        set_int(m, size, w_h, wide ? 11906 : 16838);
    }
}

/* ---- the whole ---- */

static struct xml_node *paragraph_at(const struct mender *m, const struct mend *mend) {
    size_t i = (size_t)mend->where.line;
    if (!mend->where.part || strcmp(mend->where.part, "word/document.xml") != 0)
        return NULL;
    return i >= 1 && i <= m->paragraphs.n ? m->paragraphs.at[i - 1] : NULL;
}

static bool apply(struct mender *m, const struct mend *mend, struct diag *changes) {
    if (mend->kind >= MEND_PAPER) {
        set_page(m, mend);
        struct where where = {.part = "word/document.xml"};
        diag_add(changes, CHANGE_PAGE, where, mend->rule, NULL);
        return true;
    }
    struct xml_node *paragraph = paragraph_at(m, mend);
    if (!paragraph || (mend->kind != MEND_TEXT && !mend->whole))
        return false;
    if (mend->kind == MEND_TEXT) {
        if (!set_words(m, paragraph, mend))
            return false;
        diag_add(changes, CHANGE_TEXT, mend->where, mend->from, mend->to, mend->rule, NULL);
        return true;
    }
    if (mend->kind >= MEND_CENTRE)
        set_paragraph(m, paragraph, mend);
    else
        set_runs(m, paragraph, mend);
    diag_add(changes, CHANGE_LOOK, mend->where, mend->rule, NULL);
    return true;
}

size_t mend_document(struct package *package, struct package *to, const struct report *report,
                     struct diag *changes) {
    static const char part[] = "word/document.xml";
    struct mender m = {.pool = pool_new()};
    struct where where = {.file = package_path(package), .part = part};
    size_t n, done = 0;
    const char *bytes = package_part(package, part, &n, changes);
    m.root = bytes ? xml_parse(m.pool, bytes, n, where, changes) : NULL;
    for (struct xml_node *at = m.root; at; at = xml_next(m.root, at))
        if (at->name == w_p)
            *VEC_PUSH(m.pool, &m.paragraphs) = at;
    const struct mend *mend;
    if (m.root)
        VEC_EACH (mend, &report->mends)
            done += apply(&m, mend, changes);
    if (done) {
        struct buf out = {0};
        xml_write(m.root, &out);
        package_set(to, part, out.data, out.len);
        buf_free(&out);
    }
    pool_free(m.pool);
    return done;
}
