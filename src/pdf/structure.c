#include "pdf/structure.h"
#include "pdf/words.h"

#include <stdbool.h>

/* A marked-content sequence. */
struct mark {
    uint32_t element, page, mcid;
};

struct kid {
    bool is_element;
    uint32_t index; /* into elements, or marks */
    uint32_t next;  /* 1 + index of the next kid; 0: none */
};

struct element {
    uint32_t parent;
    uint32_t first_kid, last_kid;      /* 1 + index */
    uint32_t first_child;              /* 1 + index of an element */
    uint32_t next_sibling, next_child; /* 1 + index; next_child: not among the kids yet */
    uint32_t page;                     /* of its first sequence */
    uint32_t first_link, last_link;    /* 1 + index of an annotation */
    unsigned object;
    bool kept, listed, drawn;
    bool merged; /* into its parent, a cell */
};

/* An annotation: a link inside the element of its text, or a field of the form, an element of its
 * own below the document. */
struct annotation {
    size_t page;
    unsigned annotation; /* object */
    uint32_t tag;        /* of a link */
    uint32_t next;       /* 1 + index of the next one of the tag */
    unsigned object;     /* of a field's element */
    const char *label;   /* of a field */
};

struct structure {
    struct pool *pool;
    const struct pages *pages;
    struct element *elements;
    size_t n;
    VEC(struct mark) marks;
    VEC(struct kid) kids;
    VEC(struct annotation) annotations;
    size_t page; /* being written */
    uint32_t next_mcid;
};

struct structure *structure_new(struct pool *pool, const struct pages *pages) {
    if (!pages->tags.n)
        return NULL;
    struct structure *s = POOL_NEW(pool, struct structure);
    s->pool = pool;
    s->pages = pages;
    s->n = pages->tags.n;
    s->elements = POOL_ARRAY(pool, struct element, s->n);
    for (uint32_t i = 1; i < s->n; i++) {
        uint32_t parent = pages->tags.at[i].parent;
        s->elements[i].parent = parent < i ? parent : 0;
    }
    return s;
}

/* ---- while drawing ---- */

static const char *role_name(const struct layout_tag *tag) {
    static const char *const headings[] = {"H1", "H2", "H3", "H4", "H5", "H6"};
    static const char *const names[] = {[ROLE_DOCUMENT] = "Document", [ROLE_PARAGRAPH] = "P",
                                        [ROLE_TABLE] = "Table",       [ROLE_ROW] = "TR",
                                        [ROLE_CELL] = "TD",           [ROLE_HEADER_CELL] = "TH",
                                        [ROLE_NOTE] = "Note",         [ROLE_FIGURE] = "Figure",
                                        [ROLE_LINK] = "Link"};
    if (tag->role == ROLE_HEADING)
        return headings[tag->level < 1 ? 0 : tag->level > 6 ? 5 : tag->level - 1];
    return tag->role <= ROLE_LINK && names[tag->role] ? names[tag->role] : "P";
}

void structure_begin(struct structure *s, uint32_t tag, size_t page, struct buf *out) {
    if (!tag || tag >= s->n) {
        buf_puts(out, "/Artifact BMC\n");
        return;
    }
    if (page != s->page)
        s->next_mcid = 0;
    s->page = page;
    struct element *element = &s->elements[tag];
    if (!element->drawn)
        element->page = (uint32_t)page;
    element->drawn = true;
    buf_putc(out, '/');
    buf_puts(out, role_name(&s->pages->tags.at[tag]));
    buf_puts(out, "<</MCID ");
    buf_put_int(out, s->next_mcid);
    buf_puts(out, ">>BDC\n");
    *VEC_PUSH(s->pool, &s->marks) =
        (struct mark){.element = tag, .page = (uint32_t)page, .mcid = s->next_mcid++};
}

static uint32_t last_key(const struct structure *s) {
    return (uint32_t)(s->pages->at.n + s->annotations.n - 1);
}

uint32_t structure_add_link(struct structure *s, size_t page, unsigned object, uint32_t tag) {
    *VEC_PUSH(s->pool, &s->annotations) =
        (struct annotation){.page = page, .annotation = object, .tag = tag};
    struct element *e = &s->elements[tag];
    uint32_t number = (uint32_t)s->annotations.n;
    if (e->last_link)
        s->annotations.at[e->last_link - 1].next = number;
    else
        e->first_link = number;
    e->last_link = number;
    return last_key(s);
}

uint32_t structure_add_form(struct structure *s, size_t page, unsigned object, const char *label) {
    *VEC_PUSH(s->pool, &s->annotations) =
        (struct annotation){.page = page, .annotation = object, .label = label};
    return last_key(s);
}

/* ---- the tree ---- */

static bool is_cell(const struct structure *s, uint32_t element) {
    enum tag_role role = s->pages->tags.at[element].role;
    return role == ROLE_CELL || role == ROLE_HEADER_CELL;
}

/* Parents stand before their children: from the last to the first, what is kept keeps its parent.
 */
static void choose(struct structure *s) {
    for (size_t i = s->n; i-- > 1;) {
        struct element *e = &s->elements[i];
        e->kept |= e->drawn || e->first_link || is_cell(s, (uint32_t)i);
        if (!e->kept)
            continue;
        struct element *parent = &s->elements[e->parent];
        parent->kept = true;
        e->next_sibling = parent->first_child;
        parent->first_child = parent->next_child = (uint32_t)i + 1;
    }
    s->elements[0].kept = true;
}

/* What was drawn of a cell's only paragraph was drawn of the cell. */
static void merge_paragraphs(struct structure *s) {
    for (uint32_t i = 1; i < s->n; i++) {
        struct element *e = &s->elements[i], *cell = &s->elements[e->parent];
        if (!e->kept || e->first_child || s->pages->tags.at[i].role != ROLE_PARAGRAPH ||
            !is_cell(s, e->parent) || cell->drawn || cell->first_child != i + 1 || e->next_sibling)
            continue;
        cell->drawn = e->drawn;
        cell->page = e->page;
        cell->first_child = cell->next_child = 0;
        e->kept = false;
        e->merged = true;
    }
    struct mark *mark;
    VEC_EACH (mark, &s->marks)
        if (s->elements[mark->element].merged)
            mark->element = s->elements[mark->element].parent;
}

static void add_kid(struct structure *s, uint32_t parent, bool is_element, uint32_t index) {
    *VEC_PUSH(s->pool, &s->kids) = (struct kid){.is_element = is_element, .index = index};
    uint32_t number = (uint32_t)s->kids.n;
    struct element *e = &s->elements[parent];
    if (e->last_kid)
        s->kids.at[e->last_kid - 1].next = number;
    else
        e->first_kid = number;
    e->last_kid = number;
}

/* Lists the children of `parent` up to `last`, so that what was drawn of none keeps its place. */
static void list_children(struct structure *s, uint32_t parent, uint32_t last) {
    struct element *e = &s->elements[parent];
    while (e->next_child && !(last && s->elements[last].listed)) {
        uint32_t child = e->next_child - 1;
        e->next_child = s->elements[child].next_sibling;
        s->elements[child].listed = true;
        add_kid(s, parent, true, child);
    }
}

/* Each element is listed once, so all walks upwards together are as long as there are elements. */
static void list_kids(struct structure *s) {
    for (uint32_t i = 0; i < s->marks.n; i++) {
        uint32_t element = s->marks.at[i].element;
        for (uint32_t e = element; e && !s->elements[e].listed; e = s->elements[e].parent)
            list_children(s, s->elements[e].parent, e);
        add_kid(s, element, false, i);
    }
    for (uint32_t i = 0; i < s->n; i++)
        list_children(s, i, 0);
}

/* The kept elements get the numbers from `first` on, then the fields. */
static void number_elements(struct structure *s, unsigned first) {
    for (size_t i = 0; i < s->n; i++)
        if (s->elements[i].kept)
            s->elements[i].object = first++;
    struct annotation *field;
    VEC_EACH (field, &s->annotations)
        field->object = field->tag ? s->elements[field->tag].object : first++;
}

/* ---- writing ---- */

static void put_mark(const struct element *e, const struct mark *mark, const unsigned *page_objects,
                     struct buf *out) {
    if (mark->page == e->page) {
        buf_put_int(out, mark->mcid);
        return;
    }
    buf_puts(out, "<</Type/MCR");
    object_put_ref(out, "Pg", page_objects[mark->page]);
    buf_puts(out, "/MCID ");
    buf_put_int(out, mark->mcid);
    buf_puts(out, ">>");
}

static void put_object(const struct annotation *a, const unsigned *page_objects, struct buf *out) {
    buf_puts(out, "<</Type/OBJR");
    object_put_ref(out, "Pg", page_objects[a->page]);
    object_put_ref(out, "Obj", a->annotation);
    buf_puts(out, ">>");
}

/* The fields, which follow everything else. */
static void put_fields(const struct structure *s, struct buf *out) {
    const struct annotation *a;
    VEC_EACH (a, &s->annotations)
        if (!a->tag)
            buf_printf(out, " %u 0 R", a->object);
}

static void put_kids(struct structure *s, const struct element *e, const unsigned *page_objects,
                     struct buf *out) {
    bool fields = e == s->elements && s->annotations.n;
    if (!e->first_kid && !e->first_link && !fields)
        return;
    bool several = e->first_kid != e->last_kid || e->first_link || fields;
    buf_puts(out, several ? "/K[" : "/K ");
    for (uint32_t at = e->first_kid; at; at = s->kids.at[at - 1].next) {
        const struct kid *kid = &s->kids.at[at - 1];
        if (at != e->first_kid)
            buf_putc(out, ' ');
        if (kid->is_element) {
            buf_put_int(out, s->elements[kid->index].object);
            buf_puts(out, " 0 R");
        } else {
            put_mark(e, &s->marks.at[kid->index], page_objects, out);
        }
    }
    for (uint32_t at = e->first_link; at; at = s->annotations.at[at - 1].next)
        put_object(&s->annotations.at[at - 1], page_objects, out);
    if (fields)
        put_fields(s, out);
    if (several)
        buf_putc(out, ']');
}

/* Notes have identifiers (ISO 14289-1, 7.9), fit to be sorted as they stand. */
static void put_note_id(struct buf *out, uint32_t element) {
    buf_printf(out, "/ID(note%08u)", element);
}

/* The list of identifiers, which is asked for where there are any (14.7.2). */
static void put_ids(const struct structure *s, struct buf *out) {
    bool any = false;
    for (uint32_t i = 1; i < s->n; i++) {
        if (!s->elements[i].kept || s->pages->tags.at[i].role != ROLE_NOTE)
            continue;
        buf_printf(out, "%s(note%08u)%u 0 R\n", any ? "" : "/IDTree<</Names[", i,
                   s->elements[i].object);
        any = true;
    }
    buf_puts(out, any ? "]>>" : "");
}

static void put_element(struct structure *s, size_t i, unsigned root, const unsigned *page_objects,
                        struct buf *out) {
    const struct element *e = &s->elements[i];
    const struct layout_tag *tag = &s->pages->tags.at[i];
    bool dead = tag->role == ROLE_LINK && !e->first_link; /* it leads nowhere */
    buf_puts(out, "/S/");
    buf_puts(out, !i ? "Document" : dead ? "Span" : role_name(tag));
    object_put_ref(out, "P", i ? s->elements[e->parent].object : root);
    if (e->drawn)
        object_put_ref(out, "Pg", page_objects[e->page]);
    if (tag->role == ROLE_FIGURE)
        words_put_entry(out, "Alt", words_clean(s->pool, tag->text));
    if (tag->role == ROLE_NOTE)
        put_note_id(out, (uint32_t)i);
    if (tag->role == ROLE_HEADER_CELL)
        buf_puts(out, "/A<</O/Table/Scope/Column>>");
    put_kids(s, e, page_objects, out);
    buf_putc(out, '\n');
}

static void put_form(struct structure *s, const struct annotation *form,
                     const unsigned *page_objects, struct buf *out) {
    buf_puts(out, "/S/Form");
    object_put_ref(out, "P", s->elements[0].object);
    object_put_ref(out, "Pg", page_objects[form->page]);
    words_put_entry(out, "Alt", words_clean(s->pool, form->label));
    buf_puts(out, "/K");
    put_object(form, page_objects, out);
    buf_putc(out, '\n');
}

/* Which elements the sequences of each page and the fields belong to (14.7.4.4). */
static void put_parent_tree(struct structure *s, struct buf *out) {
    buf_puts(out, "/Nums[");
    for (size_t i = 0; i < s->marks.n; i++) {
        const struct mark *mark = &s->marks.at[i];
        if (!mark->mcid) {
            buf_puts(out, i ? "]\n" : "");
            buf_put_int(out, mark->page);
            buf_putc(out, '[');
        } else {
            buf_putc(out, ' ');
        }
        buf_put_int(out, s->elements[mark->element].object);
        buf_puts(out, " 0 R");
    }
    buf_puts(out, s->marks.n ? "]" : "");
    for (size_t i = 0; i < s->annotations.n; i++)
        buf_printf(out, "\n%zu %u 0 R", s->pages->at.n + i, s->annotations.at[i].object);
    buf_putc(out, ']');
}

unsigned structure_add(struct structure *s, struct objects *objects, const unsigned *page_objects) {
    struct buf entries = {0};
    unsigned root = objects_next(objects);
    choose(s);
    merge_paragraphs(s);
    list_kids(s);
    number_elements(s, root + 2);
    buf_puts(&entries, "/Type/StructTreeRoot");
    object_put_ref(&entries, "K", s->elements[0].object);
    object_put_ref(&entries, "ParentTree", root + 1);
    buf_puts(&entries, "/ParentTreeNextKey ");
    buf_put_int(&entries, (int64_t)(s->pages->at.n + s->annotations.n));
    put_ids(s, &entries);
    object_add(objects, &entries);
    buf_clear(&entries);
    put_parent_tree(s, &entries);
    object_add(objects, &entries);
    for (size_t i = 0; i < s->n; i++) {
        buf_clear(&entries);
        if (!s->elements[i].kept)
            continue;
        put_element(s, i, root, page_objects, &entries);
        object_add(objects, &entries);
    }
    for (size_t i = 0; i < s->annotations.n; i++) {
        if (s->annotations.at[i].tag)
            continue;
        buf_clear(&entries);
        put_form(s, &s->annotations.at[i], page_objects, &entries);
        object_add(objects, &entries);
    }
    buf_free(&entries);
    return root;
}
