/* The blocks of a body copied section by section. Pages that lie another way than the template's
 * are a section of their own; how such a section looks is known when the whole document is there.
 */
#include "docx/build.h"
#include "docx/import_parts.h"

#include <string.h>

/* Marks a w:sectPr that only says which way its pages lie, until import_finish_sections. */
static const char landscape_pages = 'l', portrait_pages = 'p';

static bool lies_across(const struct xml_node *section) {
    const struct xml_node *size = xml_child(section, w_pgSz);
    const char *way = xml_get(size, w_orient);
    return way ? strcmp(way, "landscape") == 0 : xml_int(size, w_w, 0) > xml_int(size, w_h, 1);
}

/* Pages that lie another way than those before need a section; other breaks are left out. */
struct section_walk {
    struct import *im;
    bool allowed;                    /* the body stands in the document's own flow */
    bool differ;                     /* there are pages of both ways */
    bool across;                     /* the way the pages of the template lie */
    bool now;                        /* of the pages so far */
    struct appendix_pages *appendix; /* whose pages they are; NULL: the document's */
};

static bool sections_differ(const struct xml_node *body, bool *first) {
    bool some = false, differ = false;
    for (const struct xml_node *n = body; n; n = xml_next(body, n)) {
        if (n->name != w_sectPr)
            continue;
        bool across = lies_across(n);
        if (!some)
            *first = across;
        differ = differ || (some && across != *first);
        some = true;
    }
    return differ;
}

static void break_section(struct section_walk *walk, struct xml_node *holder) {
    struct pool *pool = walk->im->m->pool;
    struct xml_node *last = holder->last, *section = xml_new(pool, w_sectPr);
    section->mark = walk->now ? &landscape_pages : &portrait_pages;
    if (!last || last->name != w_p) {
        last = build_thin_paragraph(pool);
        xml_append(holder, last);
    }
    struct xml_node *props = build_props(pool, last, w_pPr);
    import_drop(props, w_sectPr);
    build_property(pool, props, w_sectPr);
    xml_insert_after(xml_child(props, w_sectPr), section);
    xml_remove(xml_child(props, w_sectPr));
}

static const struct xml_node *section_of(const struct xml_node *block) {
    if (block->name == w_sectPr)
        return block;
    return block->name == w_p ? xml_child(xml_child(block, w_pPr), w_sectPr) : NULL;
}

/* Words, not only a page number. */
static bool says_something(const struct xml_node *root) {
    for (const struct xml_node *n = root; n; n = xml_next(root, n))
        if (n->name == XML_TEXT && n->parent->name == w_t &&
            n->text[strspn(n->text, " \t.-/0123456789")])
            return true;
    return false;
}

static void report_section(struct import *im, const struct xml_node *section) {
    if (xml_int(xml_child(section, w_cols), w_num, 1) > 1)
        import_report(im, IMPORT_LEFT_OUT, "w:cols");
    struct xml_node *reference;
    XML_EACH_CHILD (reference, section) {
        const char *id =
            reference->name == w_headerReference || reference->name == w_footerReference
                ? xml_get(reference, r_id)
                : NULL;
        const char *part =
            id ? package_target(im->m->pool, im->word->package, im->from, id, im->m->diag) : NULL;
        if (part && says_something(import_read(im, part)))
            import_report(im, IMPORT_NO_HEADERS, "");
    }
}

/* The way of a section's pages is said at its end, so it is looked up before its blocks come. */
static const struct xml_node *section_ahead(const struct xml_node *block) {
    const struct xml_node *section = NULL;
    for (; block && !section; block = block->next)
        section = section_of(block);
    return section;
}

static void copy_blocks(struct section_walk *walk, const struct xml_node *body,
                        struct xml_node *holder) {
    struct import *im = walk->im;
    const struct xml_node *block = body->first, *section;
    for (bool opens = true; block; block = block->next) {
        if (opens && (section = section_ahead(block)) != NULL) {
            report_section(im, section);
            bool across = lies_across(section);
            if (walk->differ && walk->allowed && across != walk->now)
                break_section(walk, holder);
            if (walk->differ && !walk->allowed && across)
                import_report(im, IMPORT_LEFT_OUT, "w:sectPr");
            walk->now = across;
        }
        opens = section_of(block) != NULL;
        if (block->name == w_sectPr || block->name == XML_TEXT)
            continue;
        struct xml_node *copy = xml_transplant(im->m->pool, block, holder);
        import_drop(xml_child(copy, w_pPr), w_sectPr);
        xml_append(holder, copy);
    }
    if (walk->differ && walk->allowed && walk->appendix)
        walk->appendix->across_at_end = walk->now; /* nothing comes behind it on its pages */
    else if (walk->differ && walk->allowed && walk->now != walk->across)
        break_section(walk, holder);
}

void import_copy_blocks(struct import *im, const struct xml_node *body, struct xml_node *holder,
                        bool allowed, struct appendix_pages *appendix) {
    struct section_walk walk = {.im = im, .allowed = allowed, .appendix = appendix};
    walk.differ = sections_differ(body, &walk.now);
    if (!appendix) /* else what stands above it lies as its first page does */
        walk.now = walk.across;
    copy_blocks(&walk, body, holder);
}

/* ---- the document's sections around those of bodies ---- */

void import_turn_page(struct pool *pool, struct xml_node *section, bool across) {
    struct xml_node *size = xml_child(section, w_pgSz);
    if (!size || lies_across(section) == across)
        return;
    const char *w = xml_get(size, w_w), *h = xml_get(size, w_h);
    xml_set(pool, size, w_w, h ? h : "16838");
    xml_set(pool, size, w_h, w ? w : "11906");
    xml_set(pool, size, w_orient, across ? "landscape" : "portrait");
}

/* A later section of what was one: no first page of its own, numbers go on. */
static void continue_section(struct xml_node *section) {
    struct xml_node *numbers = xml_child(section, w_pgNumType);
    import_drop(section, w_titlePg);
    for (struct xml_attr **a = numbers ? &numbers->attrs : NULL; a && *a;)
        if ((*a)->name == w_start)
            *a = (*a)->next;
        else
            a = &(*a)->next;
    struct xml_node *type = xml_child(section, w_type);
    if (type)
        xml_remove(type);
}

static bool is_ours(const struct xml_node *section) {
    return section->mark == &landscape_pages || section->mark == &portrait_pages;
}

void import_finish_sections(struct merger *m, struct xml_node *root) {
    VEC(struct xml_node *) waiting = {0};
    for (struct xml_node *n = root, *next; n; n = next) {
        next = xml_next(root, n);
        if (n->name != w_sectPr)
            continue;
        if (is_ours(n)) {
            *VEC_PUSH(m->pool, &waiting) = n;
            continue;
        }
        for (size_t i = 0; i < waiting.n; i++) {
            struct xml_node *place = waiting.at[i], *section = xml_copy(m->pool, n);
            if (i)
                continue_section(section);
            import_turn_page(m->pool, section, place->mark == &landscape_pages);
            xml_insert_after(place, section);
            xml_remove(place);
        }
        if (waiting.n)
            continue_section(n);
        waiting.n = 0;
    }
}
