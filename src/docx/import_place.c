/* The blocks of a body written in Word, copied into the document.
 *
 * Each block is copied with names of its own, then the copy is walked once: changes accepted,
 * styles, lists, notes, links and pictures exchanged for those of the document, text in old codes
 * turned into Unicode. A paragraph in the file's default style gets the formatting of the tag's
 * paragraph with the author's own laid over, in a table that of a cell of the body; one in another
 * style is left to that style. */
#include "base/utf8.h"
#include "docx/build.h"
#include "docx/import_parts.h"
#include "docx/legacy.h"
#include "docx/style.h"
#include "docx/units.h"

#include <string.h>

void import_report(struct import *im, enum diag_code code, const char *what) {
    const char *key = pool_printf(im->m->pool, "%d %s", (int)code, what);
    void **slot = intern_slot(im->reported, key, strlen(key));
    if (*slot)
        return;
    *slot = im;
    diag_add(im->m->diag, code, (struct where){.file = im->word->path, .part = im->from}, what,
             NULL);
}

const struct xml_node *import_read(struct import *im, const char *part) {
    void **slot = intern_slot(im->trees, part, strlen(part));
    if (*slot)
        return *slot;
    size_t n;
    const char *bytes = package_part(im->word->package, part, &n, im->m->diag);
    struct where where = {.file = im->word->path, .part = part};
    struct xml_node *root = bytes ? xml_parse(im->m->pool, bytes, n, where, im->m->diag) : NULL;
    *intern_slot(im->trees, part, strlen(part)) = root;
    return root;
}

/* ---- formatting ---- */

static struct xml_node *above(struct xml_node *node, enum xml_name name) {
    while (node && node->name != name)
        node = node->parent;
    return node;
}

/* The same, but not beyond what is being placed. */
static bool is_in(const struct import *im, const struct xml_node *node, enum xml_name name) {
    while (node && node != im->holder && node->name != name)
        node = node->parent;
    return node && node != im->holder;
}

static bool is_laid_by_attribute(enum xml_name name) {
    return name == w_spacing || name == w_rFonts;
}

/* Lays the properties `over` over `under` (both w:pPr or both w:rPr), which takes them in. */
static void lay_over(struct pool *pool, struct xml_node *under, const struct xml_node *over) {
    struct xml_node *child;
    XML_EACH_CHILD (child, over) {
        if (child->name == w_rPr && under->name == w_pPr) {
            lay_over(pool, build_property(pool, under, w_rPr), child);
            continue;
        }
        if (child->name <= XML_MARK) {
            xml_append(under, xml_copy(pool, child));
            continue;
        }
        struct xml_node *to = build_property(pool, under, child->name);
        if (is_laid_by_attribute(child->name)) {
            for (const struct xml_attr *a = child->attrs; a; a = a->next)
                if (a->name)
                    xml_set(pool, to, a->name, a->value);
        } else {
            xml_insert_after(to, xml_copy(pool, child));
            xml_remove(to);
        }
    }
}

static void replace_props(struct xml_node *node, struct xml_node *old, struct xml_node *new) {
    if (old)
        xml_remove(old);
    if (node->first)
        xml_insert_before(node->first, new);
    else
        xml_append(node, new);
}

void import_drop(struct xml_node *props, enum xml_name name) {
    struct xml_node *child = xml_child(props, name);
    if (child)
        xml_remove(child);
}

/* The tag's indents are for text: not for an item of a list, nor for what the author centred. */
static bool wants_no_indent(const struct xml_node *props) {
    const char *jc = xml_child_val(props, w_jc);
    const char *list = xml_child_val(xml_child(props, w_numPr), w_numId);
    return xml_child(props, w_ind) || (list && strcmp(list, "0") != 0) ||
           (jc &&
            (strcmp(jc, "center") == 0 || strcmp(jc, "right") == 0 || strcmp(jc, "end") == 0));
}

/* Some programs write down that text is not justified; few authors mean it. */
static bool is_left(const struct xml_node *props) {
    const char *jc = xml_child_val(props, w_jc);
    return jc && (strcmp(jc, "left") == 0 || strcmp(jc, "start") == 0);
}

static struct xml_node *base_props(struct import *im, struct xml_node *paragraph) {
    struct pool *pool = im->m->pool;
    if (is_in(im, paragraph, w_txbxContent))
        return NULL;
    if (is_in(im, paragraph, w_footnote) || is_in(im, paragraph, w_endnote)) {
        enum note_kind kind = is_in(im, paragraph, w_footnote) ? NOTE_FOOT : NOTE_END;
        const char *style = merge_note_style(im->m, kind);
        struct xml_node *props = style ? xml_new(pool, w_pPr) : NULL;
        if (props)
            xml_set(pool, build_property(pool, props, w_pStyle), w_val, style);
        return props;
    }
    if (is_in(im, paragraph, w_tc)) {
        struct xml_node *props = merge_cell_props(pool, im->paragraph_props);
        xml_set(pool, build_property(pool, props, w_jc), w_val, "left");
        return props;
    }
    struct xml_node *props =
        im->paragraph_props ? xml_copy(pool, im->paragraph_props) : xml_new(pool, w_pPr);
    import_drop(props, w_sectPr);
    return props;
}

static void format_paragraph(struct import *im, struct xml_node *paragraph) {
    struct pool *pool = im->m->pool;
    struct xml_node *own = xml_child(paragraph, w_pPr), *style = xml_child(own, w_pStyle);
    if (style && import_style_reference(im, style))
        return;
    if (style)
        xml_remove(style);
    struct xml_node *props = base_props(im, paragraph);
    if (!props)
        return;
    if (wants_no_indent(own) && !is_in(im, paragraph, w_tc))
        import_drop(props, w_ind);
    if (is_left(own))
        import_drop(own, w_jc);
    if (own)
        lay_over(pool, props, own);
    replace_props(paragraph, own, props);
}

/* Whether the paragraph is one of those that look like the tag's. */
static bool looks_like_tag(const struct import *im, const struct xml_node *paragraph) {
    const char *style = xml_child_val(xml_child(paragraph, w_pPr), w_pStyle);
    const char *tag = xml_child_val(im->paragraph_props, w_pStyle);
    return style == tag || (style && tag && strcmp(style, tag) == 0);
}

static void format_run(struct import *im, struct xml_node *run) {
    struct xml_node *own = xml_child(run, w_rPr), *paragraph = above(run, w_p);
    if (!im->run_props || !paragraph || is_in(im, run, w_txbxContent) ||
        is_in(im, run, w_footnote) || is_in(im, run, w_endnote) || !looks_like_tag(im, paragraph))
        return;
    struct xml_node *props = xml_copy(im->m->pool, im->run_props);
    if (own)
        lay_over(im->m->pool, props, own);
    replace_props(run, own, props);
}

/* ---- text ---- */

/* The font a run has in its own file, where that may be one of the old codes. */
static const char *family_there(struct import *im, const struct xml_node *run) {
    struct xml_node *paragraph = above(run->parent, w_p);
    struct para_style para;
    styles_para(im->word->styles, NULL, xml_child(paragraph, w_pPr), &para);
    return styles_run(im->word->styles, &para, xml_child(run, w_rPr))->family;
}

static void soft_hyphens_are_letters(struct import *im, struct xml_node *run) {
    for (struct xml_node *n = run->first, *next; n; n = next) {
        next = n->next;
        if (n->name != w_softHyphen)
            continue;
        struct xml_node *t = xml_new(im->m->pool, w_t);
        xml_append(t, xml_new_text(im->m->pool, "ư"));
        xml_insert_before(n, t);
        xml_remove(n);
    }
}

/* Before the formatting is exchanged: in the file's own fonts. */
static void convert_run(struct import *im, struct xml_node *run) {
    const char *family = im->word->styles ? family_there(im, run) : NULL;
    bool legacy = is_legacy_font(family);
    if (legacy && family[0] == '.' && im->word->legacy_document)
        soft_hyphens_are_letters(im, run);
    struct xml_node *t;
    XML_EACH_CHILD (t, run) {
        struct xml_node *text = t->name == w_t ? t->first : NULL;
        if (!text || text->name != XML_TEXT)
            continue;
        size_t n = strlen(text->text);
        const char *unicode =
            legacy ? legacy_unicode(im->m->pool, family, im->word->legacy_document, text->text, n)
                   : NULL;
        if (unicode)
            import_report(im, IMPORT_LEGACY_TEXT, "");
        text->text = unicode ? unicode : utf8_nfc(im->m->pool, text->text, n, &n);
    }
}

/* ---- bookmarks ---- */

/* Names and numbers that no other body has: Word keeps only the first bookmark of a name. */
static void set_bookmark(struct import *im, struct xml_node *node) {
    const char *id = xml_get(node, w_id), *name = xml_get(node, w_name);
    struct pool *pool = im->m->pool;
    if (id)
        xml_set(pool, node, w_id, pool_printf(pool, "%s:%s", im->number, id));
    if (name && strcmp(im->number, "1") != 0)
        xml_set(pool, node, w_name, pool_printf(pool, "%s_%s", name, im->number));
}

static bool is_word(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (unsigned char)c >= 0x80;
}

/* REF, PAGEREF, NOTEREF and HYPERLINK \l name bookmarks. */
static void set_instruction(struct import *im, struct xml_node *text) {
    static const char *const fields[] = {"PAGEREF", "NOTEREF", "REF", "\\l"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *at = strstr(text->text, fields[i]);
        if (!at)
            continue;
        at += strlen(fields[i]);
        at += strspn(at, " \"");
        size_t n = 0;
        while (is_word(at[n]))
            n++;
        text->text = pool_printf(im->m->pool, "%.*s_%s%s", (int)(at - text->text + (long)n),
                                 text->text, im->number, at + n);
        return;
    }
}

static void set_anchor(struct import *im, struct xml_node *link) {
    const char *anchor = xml_get(link, w_anchor);
    if (anchor && !xml_get(link, r_id))
        xml_set(im->m->pool, link, w_anchor, pool_printf(im->m->pool, "%s_%s", anchor, im->number));
}

/* ---- notes ---- */

static void convert(struct import *im, struct xml_node *root);
static void copy_children(struct import *im, const struct xml_node *from, struct xml_node *to);

/* What is being copied: a part there and the part here that receives it. */
struct passage {
    const char *from, *to;
    const struct xml_node *relations;
};

static struct passage enter_part(struct import *im, const char *from, const char *to) {
    struct passage before = {im->from, im->to, im->relations};
    im->from = from;
    im->to = to;
    im->relations = import_relations_of(im, from);
    return before;
}

static void leave_part(struct import *im, struct passage before) {
    im->from = before.from;
    im->to = before.to;
    im->relations = before.relations;
}

static const struct xml_node *note_there(struct import *im, const char *part, const char *id) {
    struct xml_node *note;
    XML_EACH_CHILD (note, import_read(im, part)) {
        const char *known = xml_get(note, w_id);
        if (known && strcmp(known, id) == 0)
            return note;
    }
    return NULL;
}

/* The mark at the head of a note looks as the template's do: not every program raises its own. */
static void format_mark(struct import *im, struct xml_node *note) {
    for (struct xml_node *n = note; n; n = xml_next(note, n))
        if ((n->name == w_footnoteRef || n->name == w_endnoteRef) && n->parent->name == w_r)
            merge_note_mark_props(im->m, n->parent);
}

/* Every reference gets a note of its own; false: there is none. */
static bool bring_note(struct import *im, struct xml_node *reference) {
    enum note_kind kind = reference->name == w_footnoteReference ? NOTE_FOOT : NOTE_END;
    struct merger *m = im->m;
    const char *id = xml_get(reference, w_id);
    const char *part = package_related(m->pool, im->word->package, im->word->main_part,
                                       kind == NOTE_FOOT ? "footnotes" : "endnotes", m->diag);
    const struct xml_node *note = id && part ? note_there(im, part, id) : NULL;
    if (!note || above(reference, w_footnote) || above(reference, w_endnote))
        return false;
    int new;
    struct xml_node *copy = merge_note_new(m, kind, &new);
    xml_set(m->pool, reference, w_id, pool_printf(m->pool, "%d", new));
    struct passage before = enter_part(im, part, merge_notes_part(m, kind));
    copy_children(im, note, copy);
    convert(im, copy);
    format_mark(im, copy);
    leave_part(im, before);
    return true;
}

/* ---- the walk ---- */

static bool is_left_out(struct import *im, struct xml_node *node) {
    if (xml_is_local(node, "subDoc") || xml_is_local(node, "control")) {
        import_report(im, IMPORT_LEFT_OUT, node->qname);
        return true;
    }
    if (node->name == w_footnoteReference || node->name == w_endnoteReference)
        return !bring_note(im, node);
    return false;
}

/* What goes with a relationship that stays out: its picture or object; a link leaves its text. */
static struct xml_node *taken_along(struct xml_node *node) {
    struct xml_node *drawing = above(node, w_drawing), *object = above(node, w_object);
    struct xml_node *pict = above(node, w_pict);
    return drawing ? drawing : object ? object : pict ? pict : node;
}

static struct xml_node *unwrap_link(struct xml_node *link, struct xml_node *next) {
    if (link->first)
        next = link->first;
    while (link->first) {
        struct xml_node *child = link->first;
        xml_remove(child);
        xml_insert_before(link, child);
    }
    xml_remove(link);
    return next;
}

static void convert_node(struct import *im, struct xml_node *node) {
    static const char from_word = 'w';
    switch (node->name) {
    case w_numId:
        import_list_reference(im, node);
        break;
    case w_bookmarkStart:
    case w_bookmarkEnd:
        set_bookmark(im, node);
        break;
    case w_hyperlink:
        if (strcmp(im->number, "1") != 0)
            set_anchor(im, node);
        break;
    case wp_docPr:
        node->mark = &from_word; /* its alternative text is no tag */
        break;
    case XML_TEXT:
        if (node->parent->name == w_instrText && strcmp(im->number, "1") != 0)
            set_instruction(im, node);
        break;
    default:
        break;
    }
    import_fonts(im, node);
}

static void convert_text(struct import *im, struct xml_node *root) {
    for (struct xml_node *n = root; n; n = xml_next(root, n))
        if (n->name == w_r)
            convert_run(im, n);
}

/* Last, when nothing names anything of the body's file any more but styles of paragraphs. */
static void format(struct import *im, struct xml_node *root) {
    for (struct xml_node *n = root; n; n = xml_next(root, n))
        if (n->name == w_p)
            format_paragraph(im, n);
        else if (n->name == w_r)
            format_run(im, n);
}

static void exchange(struct import *im, struct xml_node *root) {
    for (struct xml_node *n = root, *next; n; n = next) {
        next = xml_next(root, n);
        if (n == root)
            continue;
        bool gone = n->name != XML_TEXT && is_left_out(im, n);
        if (n->name == w_tblStyle || n->name == w_rStyle)
            gone = !import_style_reference(im, n);
        struct xml_node *with = n;
        if (!gone && n->name != XML_TEXT && !import_relations(im, n)) {
            if (n->name == w_hyperlink && !xml_get(n, w_anchor)) {
                next = unwrap_link(n, xml_after(root, n));
                continue;
            }
            with = n->name == w_hyperlink ? n : taken_along(n);
            gone = n->name != w_hyperlink;
        }
        if (gone) {
            next = xml_after(root, with);
            xml_remove(with);
            continue;
        }
        convert_node(im, n);
        next = xml_next(root, n);
    }
}

static void convert(struct import *im, struct xml_node *root) {
    import_clean(root);
    convert_text(im, root);
    exchange(im, root);
    format(im, root);
}

static void copy_children(struct import *im, const struct xml_node *from, struct xml_node *to) {
    struct xml_node *child;
    XML_EACH_CHILD (child, from)
        xml_append(to, xml_transplant(im->m->pool, child, to));
}

/* ---- the whole ---- */

static bool is_blank(const struct xml_node *block) {
    if (block->name != w_p || xml_child(xml_child(block, w_pPr), w_sectPr))
        return false;
    for (const struct xml_node *n = block; n; n = xml_next(block, n)) {
        const char *kind = n->name == w_br ? xml_get(n, w_type) : NULL;
        if (n->name == w_br && !(kind && strcmp(kind, "page") == 0))
            return false;
        if (n->name == w_drawing || n->name == w_pict || n->name == w_object ||
            n->name == w_footnoteReference || n->name == w_endnoteReference || n->name == w_sym ||
            n->name == m_oMath || n->name == w_fldChar)
            return false;
        if (n->name == XML_TEXT && n->parent->name == w_t && n->text[strspn(n->text, " \t")])
            return false;
    }
    return true;
}

/* Blank paragraphs and page breaks at the ends of the file are spacing of that file. */
static void trim(struct xml_node *holder) {
    while (holder->last && is_blank(holder->last))
        xml_remove(holder->last);
    while (holder->first && is_blank(holder->first))
        xml_remove(holder->first);
    struct xml_node *props = holder->first ? xml_child(holder->first, w_pPr) : NULL;
    struct xml_node *new_page = xml_child(props, w_pageBreakBefore);
    if (new_page)
        xml_remove(new_page);
}

/* A table stands as far below the text as one of a body typed as text, unless its author said. */
static void make_room_for_tables(struct merger *m, struct xml_node *holder) {
    struct xml_node *table;
    XML_EACH_CHILD (table, holder) {
        struct xml_node *above_it = table->name == w_tbl ? table->prev : NULL;
        const struct xml_node *spacing =
            above_it ? xml_child(xml_child(above_it, w_pPr), w_spacing) : NULL;
        if (above_it && above_it->name == w_p && !xml_get(spacing, w_after))
            merge_space_below(m->pool, above_it);
    }
}

static const struct xml_node *related_tree(struct import *im, const char *type) {
    const char *part =
        package_related(im->m->pool, im->word->package, im->word->main_part, type, im->m->diag);
    return part ? import_read(im, part) : NULL;
}

static const char *default_style(struct merger *m) {
    const char *part = merger_related(m, "styles");
    struct xml_node *style;
    XML_EACH_CHILD (style, part ? merger_look(m, part) : NULL) {
        const char *type = xml_get(style, w_type), *is_default = xml_get(style, w_default);
        if (style->name == w_style && type && strcmp(type, "paragraph") == 0 && is_default &&
            strcmp(is_default, "0") != 0 && strcmp(is_default, "false") != 0)
            return xml_get(style, w_styleId);
    }
    return NULL;
}

static void import_begin(struct import *im, struct merger *m, const struct body *body) {
    struct intern **tables[] = {&im->styles,       &im->lists, &im->definitions, &im->parts,
                                &im->relation_ids, &im->trees, &im->reported};
    im->m = m;
    im->word = body->word;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        *tables[i] = intern_new(m->pool);
    im->number = pool_printf(m->pool, "%zu", ++m->bodies);
    im->from = im->word->main_part;
    im->style_sheet = related_tree(im, "styles");
    im->list_sheet = related_tree(im, "numbering");
    im->default_style = default_style(m);
}

void import_place(struct merger *m, struct xml_node *parent, const struct xml_node *paragraph,
                  const char *part, const struct xml_node *run_props, const struct body *body) {
    struct import im = {.paragraph_props = xml_child(paragraph, w_pPr), .run_props = run_props};
    import_begin(&im, m, body);
    struct xml_node *source = xml_child(im.word->root, w_body);
    struct xml_node *holder = xml_new(m->pool, w_body);
    holder->parent = parent; /* for the prefixes declared above */
    im.holder = holder;
    enter_part(&im, im.word->main_part, part);
    if (import_has_changes(im.word->root))
        import_report(&im, IMPORT_CHANGES, "");
    struct appendix_pages *appendix =
        m->appendices.n && parent->name == w_body ? &m->appendices.at[m->appendices.n - 1] : NULL;
    if (source)
        import_copy_blocks(&im, source, holder, parent->name == w_body, appendix);
    convert(&im, holder);
    trim(holder);
    make_room_for_tables(m, holder);
    for (struct xml_node *block; (block = holder->first) != NULL;) {
        xml_remove(block);
        xml_append(parent, block);
    }
}
