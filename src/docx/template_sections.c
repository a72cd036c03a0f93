/* Which tag ends which section, and what a section repeats: its marks are moved there. */
#include "docx/template_compile.h"

#include <string.h>

/* ---- where a section begins and ends ---- */

static size_t depth(const struct xml_node *node) {
    size_t n = 0;
    for (; node->parent; node = node->parent)
        n++;
    return n;
}

/* Moves *a and *b up until they are children of one parent, which is returned. */
static struct xml_node *meet(struct xml_node **a, struct xml_node **b) {
    size_t da = depth(*a), db = depth(*b);
    for (; da > db; da--)
        *a = (*a)->parent;
    for (; db > da; db--)
        *b = (*b)->parent;
    while ((*a)->parent != (*b)->parent) {
        *a = (*a)->parent;
        *b = (*b)->parent;
    }
    return (*a)->parent;
}

/* Holds nothing a reader would miss: no text, no drawing, only marks of sections. */
static bool holds_only_sections(const struct xml_node *node) {
    struct xml_node *child;
    XML_EACH_CHILD (child, node) {
        switch (child->name) {
        case XML_TEXT:
            if (child->text[strspn(child->text, " \t")])
                return false;
            break;
        case XML_MARK: {
            enum tag_kind kind = ((const struct tag *)child->mark)->kind;
            if (kind != TAG_EACH && kind != TAG_UNLESS && kind != TAG_END)
                return false;
            break;
        }
        case w_drawing:
        case w_pict:
        case w_object:
        case w_br:
        case w_footnoteReference:
        case w_endnoteReference:
        case w_sym:
        case w_sectPr:
            return false;
        default:
            if (!holds_only_sections(child))
                return false;
        }
    }
    return true;
}

static void place_tag(struct section_tag *s, enum move move, struct xml_node *anchor) {
    s->move = move;
    s->anchor = anchor;
}

/* One end of a section that spans paragraphs, `edge` telling whether its tag stands at the outer
 * end of its paragraph. */
static bool place_at_paragraph(struct compiler *c, struct section_tag *s, bool open) {
    struct tag_place *place = s->place;
    if (holds_only_sections(place->paragraph)) {
        place_tag(s, MOVE_REPLACE, place->paragraph);
        return true;
    }
    if (open ? !place->first : !place->last) {
        compiler_complain(c, TEMPLATE_SECTION_PLACE, &place->tag, "");
        return false;
    }
    place_tag(s, open ? MOVE_BEFORE : MOVE_AFTER, place->paragraph);
    return true;
}

static bool place_in_one_paragraph(struct section_tag *open, struct section_tag *close) {
    struct xml_node *paragraph = open->place->paragraph;
    if (open->place->first && close->place->last && paragraph->parent) {
        place_tag(open, MOVE_BEFORE, paragraph);
        place_tag(close, MOVE_AFTER, paragraph);
        return true;
    }
    struct xml_node *a = open->place->mark, *b = close->place->mark;
    meet(&a, &b);
    place_tag(open, a == open->place->mark ? MOVE_STAY : MOVE_BEFORE, a);
    place_tag(close, b == close->place->mark ? MOVE_STAY : MOVE_AFTER, b);
    return true;
}

/* A row, or a content control around rows. */
static bool is_row(const struct xml_node *node) {
    return node->name == w_tr || node->name == w_sdt;
}

static bool place_at_rows(struct section_tag *open, struct section_tag *close,
                          struct xml_node *first, struct xml_node *last) {
    place_tag(open, first != last && holds_only_sections(first) ? MOVE_REPLACE : MOVE_BEFORE,
              first);
    place_tag(close, first != last && holds_only_sections(last) ? MOVE_REPLACE : MOVE_AFTER, last);
    return true;
}

static bool place_section(struct compiler *c, struct section_tag *open, struct section_tag *close) {
    struct xml_node *a = open->place->mark, *b = close->place->mark;
    bool bare = !open->place->paragraph || !close->place->paragraph;
    if (bare && a->parent == b->parent) {
        place_tag(open, MOVE_STAY, a);
        place_tag(close, MOVE_STAY, b);
        return true;
    }
    if (!bare && open->place->paragraph == close->place->paragraph)
        return place_in_one_paragraph(open, close);
    struct xml_node *common = meet(&a, &b);
    if (!bare && common->name == w_tr)
        return place_at_rows(open, close, common, common);
    if (!bare && common->name == w_tbl && is_row(a) && is_row(b))
        return place_at_rows(open, close, a, b);
    if (!bare && a->name == w_p && b->name == w_p) {
        bool opened = place_at_paragraph(c, open, true);
        return place_at_paragraph(c, close, false) && opened;
    }
    compiler_complain(c, TEMPLATE_SECTION_CROSSED, &open->place->tag, close->place->tag.name);
    return false;
}

/* ---- which tag ends which section ---- */

struct pairing {
    struct compiler *c;
    size_t open[MAX_SECTION_NESTING]; /* indexes of the sections */
    size_t nesting;
    VEC(const char *) crossed; /* keys of sections whose end is still to come, too late */
};

static const struct tag *tag_at(const struct pairing *p, size_t i) {
    return &p->c->sections.at[p->open[i]].place->tag;
}

/* The innermost open section of this key; `nesting` if there is none. */
static size_t find_open(const struct pairing *p, const char *key) {
    for (size_t i = p->nesting; i-- > 0;)
        if (strcmp(tag_at(p, i)->key, key) == 0)
            return i;
    return p->nesting;
}

/* An end that was late: the crossing was reported when the section around it ended. */
static bool was_crossed(struct pairing *p, const char *key) {
    for (size_t i = 0; i < p->crossed.n; i++)
        if (strcmp(p->crossed.at[i], key) == 0) {
            p->crossed.at[i] = p->crossed.at[--p->crossed.n];
            return true;
        }
    return false;
}

static void close_section(struct pairing *p, struct section_tag *end) {
    struct compiler *c = p->c;
    const struct tag *tag = &end->place->tag;
    size_t at = tag->key[0] ? find_open(p, tag->key) : p->nesting - 1;
    if (tag->key[0] && at == p->nesting) {
        if (was_crossed(p, tag->key))
            return;
        if (!p->nesting) {
            compiler_complain(c, TEMPLATE_SECTION_STRAY, tag, "");
            return;
        }
        compiler_complain(c, TEMPLATE_SECTION_MISMATCH, tag, tag_at(p, p->nesting - 1)->name);
        p->nesting--; /* most likely a slip: what follows is judged as if it had closed */
        return;
    }
    if (!p->nesting) {
        compiler_complain(c, TEMPLATE_SECTION_STRAY, tag, "");
        return;
    }
    for (size_t i = p->nesting; i-- > at + 1;) {
        compiler_complain(c, TEMPLATE_SECTION_OVERLAP, tag_at(p, i), tag->name);
        *VEC_PUSH(c->pool, &p->crossed) = tag_at(p, i)->key;
    }
    p->nesting = at;
    if (!place_section(c, &c->sections.at[p->open[at]], end))
        c->ok = false;
}

/* Pairs the section tags and decides where each pair's marks go. */
static void pair_sections(struct compiler *c) {
    struct pairing p = {.c = c};
    for (size_t i = 0; i < c->sections.n; i++) {
        struct section_tag *s = &c->sections.at[i];
        s->move = MOVE_STAY;
        if (s->place->tag.kind == TAG_END)
            close_section(&p, s);
        else if (p.nesting == MAX_SECTION_NESTING)
            compiler_complain(c, TEMPLATE_SECTION_DEEP, &s->place->tag, "");
        else
            p.open[p.nesting++] = i;
    }
    while (p.nesting)
        compiler_complain(c, TEMPLATE_SECTION_UNCLOSED, tag_at(&p, --p.nesting), "");
}

static void mark_dynamic(struct xml_node *mark) {
    for (struct xml_node *n = mark->parent; n; n = n->parent)
        n->dynamic = true;
}

static void move_mark(struct section_tag *s, bool after) {
    struct xml_node *mark = s->place->mark;
    xml_remove(mark);
    if (after)
        xml_insert_after(s->anchor, mark);
    else
        xml_insert_before(s->anchor, mark);
    mark_dynamic(mark);
}

/* Openers from first to last and enders from last to first, so that nested sections which share an
 * anchor nest the same way afterwards. */
static void move_marks(struct compiler *c) {
    for (size_t i = 0; i < c->sections.n; i++)
        if (c->sections.at[i].move == MOVE_BEFORE || c->sections.at[i].move == MOVE_REPLACE)
            move_mark(&c->sections.at[i], false);
    for (size_t i = c->sections.n; i-- > 0;)
        if (c->sections.at[i].move == MOVE_AFTER)
            move_mark(&c->sections.at[i], true);
    for (size_t i = 0; i < c->sections.n; i++)
        if (c->sections.at[i].move == MOVE_REPLACE && c->sections.at[i].anchor->parent)
            xml_remove(c->sections.at[i].anchor);
}

void compile_sections(struct compiler *c) {
    pair_sections(c);
    if (c->ok)
        move_marks(c);
}
