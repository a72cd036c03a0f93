/* Mending a DOCX: a part is read as a tree, changed where a mend says so and written again; every
 * other part stays as it is. A paragraph is found by its number, which counts w:p in the order of
 * the part (wml.h). */
#include "check/mend.h"
#include "base/buf.h"

#include <string.h>

/* ---- the parts ---- */

static bool is_text_part(const char *name) {
    static const char *const begin[] = {"word/header", "word/footer", "word/footnotes.xml",
                                        "word/endnotes.xml"};
    for (size_t i = 0; i < sizeof begin / sizeof *begin; i++)
        if (strncmp(name, begin[i], strlen(begin[i])) == 0)
            return true;
    return false;
}

const char *mender_text_part(struct mender *m, size_t i) {
    if (i == 0)
        return "word/document.xml";
    const char *name;
    for (size_t k = 0; (name = package_name(m->package, k)) != NULL; k++)
        if (is_text_part(name) && --i == 0)
            return name;
    return NULL;
}

struct mended_part *mender_part(struct mender *m, const char *name) {
    struct mended_part **known;
    VEC_EACH (known, &m->parts)
        if (strcmp((*known)->name, name) == 0)
            return *known;
    size_t n;
    const char *bytes = package_part(m->package, name, &n, m->changes);
    struct where where = {.file = package_path(m->package), .part = name};
    struct xml_node *root = bytes ? xml_parse(m->pool, bytes, n, where, m->changes) : NULL;
    if (!root)
        return NULL;
    struct mended_part *part = POOL_NEW(m->pool, struct mended_part);
    *part = (struct mended_part){.name = name, .root = root};
    for (struct xml_node *at = root; at; at = xml_next(root, at))
        if (at->name == w_p)
            *VEC_PUSH(m->pool, &part->paragraphs) = at;
    *VEC_PUSH(m->pool, &m->parts) = part;
    return part;
}

/* ---- text boxes ---- */

static struct xml_node *child_local(struct xml_node *node, enum xml_name name) {
    return node ? xml_child(node, name) : NULL;
}

/* The same paragraph of a text box as older programs are to read it: nothing, or the one with the
 * same number below the other branch of mc:AlternateContent. */
static struct xml_node *twin_of(struct xml_node *paragraph) {
    struct xml_node *branch = paragraph->parent;
    while (branch && branch->name != mc_Choice)
        branch = branch->parent;
    struct xml_node *other = branch ? child_local(branch->parent, mc_Fallback) : NULL;
    size_t before = 0;
    for (struct xml_node *n = branch; other && n && n != paragraph; n = xml_next(branch, n))
        before += n->name == w_p;
    for (struct xml_node *n = other; n; n = xml_next(other, n))
        if (n->name == w_p && before-- == 0)
            return n;
    return NULL;
}

/* ---- the page ---- */

static void set_int(struct mender *m, struct xml_node *node, enum xml_name name, int value) {
    xml_set(m->pool, node, name, pool_printf(m->pool, "%d", value));
}

/* The last section's properties, which a document may lack. */
static void need_section(struct mender *m, struct mended_part *part) {
    struct xml_node *body = xml_child(part->root, w_body);
    if (body && !xml_child(body, w_sectPr))
        xml_append(body, xml_new(m->pool, w_sectPr));
}

static void set_margin(struct mender *m, struct xml_node *section, enum xml_name side, int twips) {
    static const enum xml_name all[] = {w_top,    w_right,  w_bottom, w_left,
                                        w_header, w_footer, w_gutter};
    struct xml_node *margins = xml_child(section, w_pgMar);
    if (!margins) { /* all are required (17.6.11) */
        margins = child_of_props(m->pool, section, w_pgMar);
        for (size_t i = 0; i < sizeof all / sizeof *all; i++)
            set_int(m, margins, all[i], i < 4 ? 1440 : i < 6 ? 720 : 0);
    }
    set_int(m, margins, side, twips);
}

static void set_page(struct mender *m, struct mended_part *part, const struct mend *mend) {
    static const enum xml_name sides[] = {
        [MEND_TOP] = w_top, [MEND_RIGHT] = w_right, [MEND_BOTTOM] = w_bottom, [MEND_LEFT] = w_left};
    need_section(m, part);
    for (struct xml_node *n = part->root; n; n = xml_next(part->root, n)) {
        if (n->name != w_sectPr || n->parent->name == w_sectPrChange)
            continue;
        if (mend->kind != MEND_PAPER) {
            set_margin(m, n, sides[mend->kind], (mend->value + 25) / 50);
            continue;
        }
        struct xml_node *size = child_of_props(m->pool, n, w_pgSz);
        bool wide = xml_int(size, w_w, 0) > xml_int(size, w_h, 0);
        set_int(m, size, w_w, wide ? 16838 : 11906);
        set_int(m, size, w_h, wide ? 11906 : 16838);
    }
    part->changed = true;
}

/* ---- the whole ---- */

static bool tell(struct mender *m, enum diag_code code, struct where where,
                 const struct mend *mend) {
    if (code == CHANGE_TEXT)
        diag_add(m->changes, code, where, mend->from, mend->to, mend->rule, NULL);
    else
        diag_add(m->changes, code, where, mend->rule, NULL);
    return true;
}

static bool apply_to_line(struct mender *m, const struct mend *mend) {
    struct mended_part *part = mend->where.part ? mender_part(m, mend->where.part) : NULL;
    size_t i = (size_t)mend->where.line;
    if (!part || i < 1 || i > part->paragraphs.n ||
        !mend_paragraph(m, part->paragraphs.at[i - 1], mend))
        return false;
    struct xml_node *twin = twin_of(part->paragraphs.at[i - 1]);
    if (twin)
        mend_paragraph(m, twin, mend);
    part->changed = true;
    return tell(m, mend->kind == MEND_TEXT ? CHANGE_TEXT : CHANGE_LOOK, mend->where, mend);
}

static bool apply_to_letters(struct mender *m, const struct mend *mend) {
    bool any = false;
    if (mend->kind == MEND_LEGACY)
        return mend_legacy(m) &&
               tell(m, CHANGE_LEGACY, (struct where){.file = mend->where.file}, mend);
    const char *name;
    for (size_t i = 0; (name = mender_text_part(m, i)) != NULL; i++) {
        struct mended_part *part = mender_part(m, name);
        struct where where = {.file = mend->where.file, .part = name};
        if (part && mend_composed(m, part))
            any = tell(m, CHANGE_COMPOSED, where, mend);
    }
    return any;
}

static bool apply(struct mender *m, const struct mend *mend) {
    struct where where = {.file = mend->where.file, .part = "word/document.xml"};
    struct mended_part *part;
    switch (mend->kind) {
    case MEND_COMPOSED:
    case MEND_LEGACY:
        return apply_to_letters(m, mend);
    case MEND_PAPER:
    case MEND_TOP:
    case MEND_RIGHT:
    case MEND_BOTTOM:
    case MEND_LEFT:
        part = mender_part(m, where.part);
        if (part)
            set_page(m, part, mend);
        return part && tell(m, CHANGE_PAGE, where, mend);
    case MEND_NUMBER_FIRST:
    case MEND_NUMBER_ONE:
    case MEND_NUMBER_ARABIC:
    case MEND_NUMBER_TOP:
        return mend_number(m, mend->kind) && tell(m, CHANGE_NUMBER, where, mend);
    default:
        return apply_to_line(m, mend);
    }
}

static bool is_of_letters(const struct mend *mend) {
    return mend->kind == MEND_COMPOSED || mend->kind == MEND_LEGACY;
}

/* Letters first: the words of all other mends are the document's as Unicode. */
size_t mend_document(struct package *package, struct package *to, const struct report *report,
                     struct diag *changes) {
    struct mender m = {.pool = pool_new(), .package = package, .changes = changes};
    size_t done = 0;
    const struct mend *mend;
    VEC_EACH (mend, &report->mends)
        if (is_of_letters(mend))
            done += apply(&m, mend);
    VEC_EACH (mend, &report->mends)
        if (!is_of_letters(mend))
            done += apply(&m, mend);
    struct mended_part **part;
    VEC_EACH (part, &m.parts) {
        struct buf out = {0};
        if (!(*part)->changed)
            continue;
        xml_write((*part)->root, &out);
        package_set(to, (*part)->name, out.data, out.len);
        buf_free(&out);
    }
    pool_free(m.pool);
    return done;
}
