/* Runs the ops of a template's part over the dispatch. */
#include "dispatch/schema.h"
#include "docx/build.h"
#include "docx/intern.h"
#include "docx/merge_parts.h"

#include <string.h>

enum { MAX_NESTING = 2 * 32 }; /* sections of the text, then those of a note in it */

/* One section being run. */
struct turn {
    const struct field *field;
    size_t index, count;
    const struct section_info *section; /* NULL: nothing special */
    const char **lists; /* by section->lists: the list of this turn; NULL: not begun */
};

struct runner {
    struct merger *merger;
    const struct template_part *part;
    bool notes_wait; /* for their references, which bring them */
    struct xml_node *root, *parent;
    struct turn turns[MAX_NESTING];
    size_t nesting;
};

static bool has_value(const struct field *field) {
    if (!field || field->blank)
        return false;
    switch (field->kind) {
    case FIELD_TEXT:
        return field->text.s[0] != '\0';
    case FIELD_LIST:
    case FIELD_SECTIONS:
        return field->items.n > 0;
    case FIELD_FLAG:
        return field->flag;
    case FIELD_BODY:
        return field->body && field->body->blocks.n > 0;
    }
    return false;
}

/* ---- the value of a tag ---- */

/* A list named without a section prints its items one a line. */
static struct text joined(struct pool *pool, const struct field *field) {
    struct buf all = {0};
    VEC(struct emphasis) emphasis = {0};
    for (size_t i = 0; i < field->items.n; i++) {
        const struct text *item = &field->items.at[i];
        if (i)
            buf_putc(&all, '\n');
        for (size_t e = 0; e < item->emphasis_count; e++) {
            *VEC_PUSH(pool, &emphasis) = item->emphasis[e];
            emphasis.at[emphasis.n - 1].at += all.len;
        }
        buf_puts(&all, item->s);
    }
    struct text text = {.s = pool_strdup(pool, buf_text(&all)),
                        .emphasis = emphasis.at,
                        .emphasis_count = emphasis.n,
                        .where = field->where};
    buf_free(&all);
    return text;
}

static const struct text *item_of(const struct turn *turn, struct text *store) {
    switch (turn->field->kind) {
    case FIELD_TEXT:
        return &turn->field->text;
    case FIELD_LIST:
        return &turn->field->items.at[turn->index];
    default:
        *store = (struct text){.s = "", .where = turn->field->where};
        return store;
    }
}

/* Bytes `from` to `to` of the text, with what emphasis falls there. */
static void slice(struct pool *pool, struct text *text, size_t from, size_t to) {
    VEC(struct emphasis) kept = {0};
    for (size_t i = 0; i < text->emphasis_count; i++) {
        struct emphasis e = text->emphasis[i];
        size_t end = e.at + e.len < to ? e.at + e.len : to;
        size_t begin = e.at > from ? e.at : from;
        if (begin < end)
            *VEC_PUSH(pool, &kept) = (struct emphasis){begin - from, end - begin, e.flags};
    }
    text->emphasis = kept.at;
    text->emphasis_count = kept.n;
    text->s = pool_strndup(pool, text->s + from, to - from);
}

/* The part of the item between two forced line breaks; "" past the last. */
static void take_piece(struct pool *pool, struct text *text, size_t piece) {
    const char *s = text->s;
    for (; piece > 1 && *s; piece--) {
        s += strcspn(s, "\n");
        s += *s == '\n';
    }
    size_t from = (size_t)(s - text->s);
    slice(pool, text, from, piece > 1 ? from : from + strcspn(s, "\n"));
}

static bool item_value(struct runner *r, const struct tag *tag, struct text *value) {
    struct pool *pool = r->merger->pool;
    if (!r->nesting) {
        diag_add(r->merger->diag, TEMPLATE_ITEM_OUTSIDE, tag->where, tag->name,
                 template_page(r->merger->template, pool, tag), tag->words, NULL);
        return false;
    }
    const struct turn *turn = &r->turns[r->nesting - 1];
    struct text store;
    *value = *item_of(turn, &store);
    if (tag->kind == TAG_NUMBER)
        *value = (struct text){.s = pool_printf(pool, "%zu", turn->index + 1)};
    else if (tag->kind == TAG_PIECE)
        take_piece(pool, value, tag->piece);
    return true;
}

/* Inside {{#một kính gửi}}, {{kính gửi}} is the one recipient, not the punctuated list. */
static const struct turn *only_recipient(const struct runner *r, const struct tag *tag) {
    for (size_t i = r->nesting; i-- > 0;)
        if (strcmp(tag->key, "kinh gui") == 0 &&
            strcmp(r->turns[i].field->key, "mot kinh gui") == 0)
            return &r->turns[i];
    return NULL;
}

static bool is_one_of(const char *key, const char *const *names, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(key, names[i]) == 0)
            return true;
    return false;
}

/* Names that every section of its kind has of its own, whether it gives them a value or not. */
static bool is_own(const char *section, const char *key) {
    static const char *const appendix[] = {"nhan", "tieu de", "kem theo", "noi dung"};
    static const char *const signer[] = {"quyen han", "chuc vu", "ho ten", "chu ky", "con dau"};
    return schema_signer(section) ? is_one_of(key, signer, sizeof signer / sizeof *signer)
                                  : is_one_of(key, appendix, sizeof appendix / sizeof *appendix);
}

/* Inside {{#phụ lục}} a name is the appendix's own before it is the document's. */
static const struct field *field_of(const struct runner *r, const char *key) {
    const struct dispatch *dispatch = r->merger->dispatch;
    for (size_t t = r->nesting; t-- > 0;) {
        const struct turn *turn = &r->turns[t];
        if (turn->field->kind != FIELD_SECTIONS)
            continue;
        const char *section = turn->field->items.at[turn->index].s;
        const struct field *field =
            dispatch_field(dispatch, pool_printf(r->merger->pool, "%s.%s", section, key));
        if (field || is_own(section, key))
            return field;
    }
    return dispatch_field(dispatch, key);
}

/* False (reported): there is none. */
static bool value_of(struct runner *r, const struct tag *tag, struct text *value) {
    struct merger *m = r->merger;
    if (tag->kind != TAG_VALUE)
        return item_value(r, tag, value);
    const struct field *field = field_of(r, tag->key);
    const struct turn *only = only_recipient(r, tag);
    struct text store;
    if (only) {
        *value = *item_of(only, &store);
        return true;
    }
    if (!field || field->kind == FIELD_BODY || field->kind == FIELD_FLAG ||
        field->kind == FIELD_SECTIONS || (!has_value(field) && !field->blank)) {
        merge_complain_missing(m, tag);
        return false;
    }
    *value = field->kind == FIELD_TEXT ? field->text : joined(m->pool, field);
    return true;
}

/* ---- nodes ---- */

static void attach(struct runner *r, struct xml_node *node) {
    if (r->parent)
        xml_append(r->parent, node);
    else
        r->root = node;
}

static const char *spaces_for_breaks(struct pool *pool, const char *text) {
    char *copy = pool_strdup(pool, text);
    for (char *p = copy; *p; p++)
        if (*p == '\n')
            *p = ' ';
    return copy;
}

/* Unreserved characters of an address stay (RFC 3986, 2.3). */
static void put_encoded(struct buf *out, const char *text) {
    static const char digits[] = "0123456789ABCDEF";
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
                     (*p >= '0' && *p <= '9') || strchr("-._~", *p);
        if (plain) {
            buf_putc(out, (char)*p);
        } else {
            buf_putc(out, '%');
            buf_putc(out, digits[*p >> 4]);
            buf_putc(out, digits[*p & 15]);
        }
    }
}

static const char *filled(struct runner *r, const struct attr_tags *tags) {
    struct buf out = {0};
    const struct attr_piece *piece;
    VEC_EACH (piece, &tags->pieces) {
        struct text value;
        if (piece->text)
            buf_puts(&out, piece->text);
        else if (!value_of(r, piece->tag, &value))
            continue;
        else if (tags->address)
            put_encoded(&out, value.s);
        else
            buf_puts(&out,
                     spaces_for_breaks(r->merger->pool, build_clean(r->merger->pool, value.s)));
    }
    const char *text = pool_strdup(r->merger->pool, buf_text(&out));
    buf_free(&out);
    return text;
}

static void copy_attributes(struct runner *r, const struct xml_node *from, struct xml_node *to) {
    struct xml_attr **tail = &to->attrs;
    for (const struct xml_attr *a = from->attrs; a; a = a->next) {
        struct xml_attr *copy = POOL_NEW(r->merger->pool, struct xml_attr);
        *copy = *a;
        copy->next = NULL;
        const struct attr_tags *tags = from->name == w_tbl ? NULL : from->mark;
        for (; tags; tags = tags->next)
            if (tags->attr == a)
                copy->value = filled(r, tags);
        *tail = copy;
        tail = &copy->next;
    }
}

/* The node without its children. */
static struct xml_node *shell(struct runner *r, const struct xml_node *node) {
    struct xml_node *copy = POOL_NEW(r->merger->pool, struct xml_node);
    copy->name = node->name;
    copy->qname = node->qname;
    copy_attributes(r, node, copy); /* what is finished later must not reach the template */
    if (node->name == w_tbl)
        copy->mark = node->mark;
    return copy;
}

/* ---- notes ---- */

struct planned_notes {
    const struct template_part *part;
    struct intern *at; /* id -> 1 + the op its note begins with */
};

static bool is_note(const struct xml_node *node) {
    if (node->name != w_footnote && node->name != w_endnote)
        return false;
    const char *type = xml_get(node, w_type);
    return !type || strcmp(type, "normal") == 0;
}

/* The op behind the one that ends what op `i` begins. */
static size_t past(const struct template_part *part, size_t i) {
    size_t depth = 0;
    do {
        depth += part->ops.at[i].kind == OP_OPEN;
        depth -= part->ops.at[i].kind == OP_CLOSE;
        i++;
    } while (depth);
    return i;
}

struct planned_notes *merge_plan_notes(struct merger *m, const struct template_part *part) {
    struct planned_notes *plan = POOL_NEW(m->pool, struct planned_notes);
    plan->part = part;
    plan->at = intern_new(m->pool);
    for (size_t i = 0; i < part->ops.n; i++) {
        const struct op *op = &part->ops.at[i];
        const char *id = (op->kind == OP_OPEN || op->kind == OP_COPY) && is_note(op->node)
                             ? xml_get(op->node, w_id)
                             : NULL;
        if (id)
            *intern_slot(plan->at, id, strlen(id)) = (void *)(uintptr_t)(i + 1);
    }
    return plan;
}

int merge_highest_planned(const struct planned_notes *plan) {
    int highest = 0;
    for (size_t i = 0; plan && i < plan->part->ops.n; i++) {
        const struct op *op = &plan->part->ops.at[i];
        if ((op->kind == OP_OPEN || op->kind == OP_COPY) && is_note(op->node) &&
            xml_int(op->node, w_id, 0) > highest)
            highest = xml_int(op->node, w_id, 0);
    }
    return highest;
}

static void run_ops(struct runner *r, size_t from, size_t to);

/* The note with the values of the turn its reference stands in. */
static struct xml_node *run_note(struct runner *r, const struct planned_notes *plan,
                                 enum note_kind kind, const char *id) {
    size_t at = (size_t)(uintptr_t)intern_find(plan->at, id, strlen(id));
    if (!at)
        return NULL;
    struct runner note = *r;
    note.part = plan->part;
    note.notes_wait = false;
    note.root = note.parent = merge_notes_root(r->merger, kind);
    run_ops(&note, at - 1, past(plan->part, at - 1));
    return note.root->last;
}

static struct xml_node *copy_note(struct merger *m, enum note_kind kind, const char *id) {
    struct xml_node *root = merge_notes_root(m, kind), *note;
    XML_EACH_CHILD (note, root) {
        const char *known = xml_get(note, w_id);
        if (!known || strcmp(known, id) != 0)
            continue;
        struct xml_node *copy = xml_copy(m->pool, note);
        xml_append(root, copy);
        return copy;
    }
    return NULL;
}

/* Every reference has a note of its own: one that a section repeats gets another. */
static void give_note(struct runner *r, struct xml_node *reference) {
    struct merger *m = r->merger;
    enum note_kind kind = reference->name == w_footnoteReference ? NOTE_FOOT : NOTE_END;
    const struct planned_notes *plan = m->planned_notes[kind];
    const char *id = xml_get(reference, w_id);
    if (!id)
        return;
    if (!m->notes_used[kind])
        m->notes_used[kind] = intern_new(m->pool);
    void **used = intern_slot(m->notes_used[kind], id, strlen(id));
    bool first = !*used;
    *used = m;
    if (first && !plan)
        return;
    struct xml_node *note = plan ? run_note(r, plan, kind, id) : copy_note(m, kind, id);
    if (!note || first)
        return;
    const char *new = pool_printf(m->pool, "%d", merge_note_number(m, kind));
    xml_set(m->pool, note, w_id, new);
    xml_set(m->pool, reference, w_id, new);
}

/* ---- lists ---- */

/* The list of this turn for the template's list `id`; `id` itself where it goes on counting. */
static const char *list_of_turn(struct runner *r, const char *id) {
    for (size_t t = r->nesting; t-- > 0;) {
        struct turn *turn = &r->turns[t];
        for (size_t i = 0; turn->section && i < turn->section->lists.n; i++) {
            if (strcmp(turn->section->lists.at[i], id) != 0 || !turn->index)
                continue;
            if (!turn->lists[i])
                turn->lists[i] = merge_restart_list(r->merger, id);
            return turn->lists[i];
        }
    }
    return id;
}

static bool lists_restart(const struct runner *r) {
    for (size_t t = 0; t < r->nesting; t++)
        if (r->turns[t].section && r->turns[t].section->lists.n && r->turns[t].index)
            return true;
    return false;
}

static void begin_lists(struct runner *r, struct turn *turn) {
    size_t n = turn->section ? turn->section->lists.n : 0;
    turn->lists = n ? POOL_ARRAY(r->merger->pool, const char *, n) : NULL;
}

/* The signer whose turn it is; NULL: the document's own. */
static const char *signer_of(const struct runner *r) {
    for (size_t t = r->nesting; t-- > 0;)
        if (r->turns[t].field->kind == FIELD_SECTIONS &&
            schema_signer(r->turns[t].field->items.at[r->turns[t].index].s))
            return r->turns[t].field->items.at[r->turns[t].index].s;
    return NULL;
}

/* Places of pictures are filled when all is there: so they must say whose they are. */
static void name_pictures(struct runner *r, struct xml_node *copy, const char *signer) {
    struct pool *pool = r->merger->pool;
    const char *name;
    for (struct xml_node *n = copy; n; n = xml_next(copy, n)) {
        const char *key =
            n->name == wp_docPr ? template_picture_key(pool, xml_get(n, wp_descr), &name) : NULL;
        if (key && is_own(signer, key))
            xml_set(pool, n, wp_descr, pool_printf(pool, "{{%s.%s}}", signer, name));
    }
}

static void put_copy(struct runner *r, const struct op *op) {
    struct xml_node *copy = xml_copy(r->merger->pool, op->node);
    const char *signer = signer_of(r);
    attach(r, copy);
    if (signer)
        name_pictures(r, copy, signer);
    bool lists = lists_restart(r);
    if (!op->notes && !lists)
        return;
    for (struct xml_node *n = copy; n; n = xml_next(copy, n)) {
        struct xml_node *list = lists && n->name == w_numPr ? xml_child(n, w_numId) : NULL;
        if (list && xml_get(list, w_val))
            xml_set(r->merger->pool, list, w_val, list_of_turn(r, xml_get(list, w_val)));
        if (n->name == w_footnoteReference || n->name == w_endnoteReference)
            give_note(r, n);
    }
}

/* ---- ops ---- */

static void put_run(struct runner *r, const struct xml_node *props, const char *s, size_t n,
                    unsigned flags) {
    struct pool *pool = r->merger->pool;
    struct xml_node *run = build_run(pool, props);
    if (flags & SPAN_BOLD)
        build_on(pool, build_props(pool, run, w_rPr), w_b);
    if (flags & SPAN_ITALIC)
        build_on(pool, build_props(pool, run, w_rPr), w_i);
    build_text(pool, run, pool_strndup(pool, s, n));
    xml_append(r->parent, run);
}

/* In runs formatted like the tag's, its own emphasis over that. */
static void put_value(struct runner *r, const struct xml_node *props, const struct text *value) {
    size_t at = 0, len = strlen(value->s);
    for (size_t i = 0; i < value->emphasis_count; i++) {
        const struct emphasis *e = &value->emphasis[i];
        size_t end = e->at + e->len < len ? e->at + e->len : len;
        if (e->at < at || e->at >= end)
            continue;
        if (e->at > at)
            put_run(r, props, value->s + at, e->at - at, 0);
        put_run(r, props, value->s + e->at, end - e->at, e->flags);
        at = end;
    }
    if (at < len || !len)
        put_run(r, props, value->s + at, len - at, 0);
}

/* A mark of urgency or secrecy, by its name or as the item of its section. */
static bool is_mark(const struct runner *r, const struct tag *tag) {
    const char *key =
        tag->kind == TAG_ITEM && r->nesting ? r->turns[r->nesting - 1].field->key : tag->key;
    return strcmp(key, "do khan") == 0 || strcmp(key, "do mat") == 0;
}

static void run_value(struct runner *r, const struct op *op) {
    struct text value;
    if (!value_of(r, op->tag, &value))
        return;
    struct pool *pool = r->merger->pool;
    if (!op->node) {
        const char *text = spaces_for_breaks(pool, build_clean(pool, value.s));
        xml_append(r->parent, xml_new_text(pool, text));
        return;
    }
    const struct field *field = field_of(r, op->tag->key);
    bool slot = field && op->tag->kind == TAG_VALUE && field->kind == FIELD_TEXT;
    int begun = slot ? merge_slot_begin(r->merger, r->part->name, field, r->parent) : -1;
    put_value(r, xml_child(op->node, w_rPr), &value);
    merge_slot_end(r->merger, begun, r->parent);
    if (is_mark(r, op->tag))
        merge_box(r->merger, r->parent, &value);
}

static size_t turns_of(const struct field *field) {
    if (!has_value(field))
        return 0;
    return field->kind == FIELD_LIST || field->kind == FIELD_SECTIONS ? field->items.n : 1;
}

/* A section that is left out may hold the end of a section of pages that begins before it: what is
 * there keeps its page. */
static void keep_break(struct runner *r, const struct op *op) {
    const struct xml_node *last = r->parent ? r->parent->last : NULL;
    struct pool *pool = r->merger->pool;
    if (!op->section || !op->section->break_ || !last || r->parent->name != w_body ||
        (last->name == w_p && xml_child(xml_child(last, w_pPr), w_sectPr)))
        return;
    if (last->name != w_p)
        xml_append(r->parent, build_thin_paragraph(pool));
    struct xml_node *props = build_props(pool, r->parent->last, w_pPr);
    struct xml_node *place = build_property(pool, props, w_sectPr);
    xml_insert_after(place, xml_copy(pool, op->section->break_));
    xml_remove(place);
}

static size_t skip_section(struct runner *r, const struct op *op) {
    keep_break(r, op);
    return op->jump + 1;
}

/* Pages of its own, unless the template has made some. */
static void begin_appendix(struct runner *r, const struct turn *turn) {
    bool in_text = r->parent && r->parent->name == w_body;
    bool pages_made = turn->section && turn->section->break_;
    bool appendix = turn->field->kind == FIELD_SECTIONS && strcmp(turn->field->key, "phu luc") == 0;
    if (appendix && in_text && !pages_made)
        merge_appendix_begin(r->merger, r->parent, turn->field->items.at[turn->index].s);
}

static size_t run_each(struct runner *r, const struct op *op, size_t at) {
    const struct field *field = field_of(r, op->tag->key);
    size_t count = turns_of(field);
    if (!count)
        return skip_section(r, op);
    struct turn *turn = &r->turns[r->nesting++];
    *turn = (struct turn){field, 0, count, op->section, NULL};
    begin_lists(r, turn);
    begin_appendix(r, turn);
    return at + 1;
}

/* The item of an {{^x}} section is that of the section around it. */
static size_t run_unless(struct runner *r, const struct op *op, size_t at) {
    if (has_value(field_of(r, op->tag->key)))
        return skip_section(r, op);
    static const struct field nothing = {.kind = FIELD_FLAG, .key = ""};
    struct turn turn = r->nesting ? r->turns[r->nesting - 1] : (struct turn){&nothing, 0, 1, 0, 0};
    turn.count = turn.index + 1;
    r->turns[r->nesting++] = turn;
    return at + 1;
}

static size_t run_end(struct runner *r, const struct op *op, size_t at) {
    struct turn *turn = &r->turns[r->nesting - 1];
    if (++turn->index < turn->count) {
        begin_lists(r, turn);
        begin_appendix(r, turn);
        return op->jump + 1;
    }
    r->nesting--;
    return at + 1;
}

static void run_body(struct runner *r, const struct op *op) {
    struct merger *m = r->merger;
    const struct field *field = field_of(r, op->tag->key);
    if (!field || field->kind != FIELD_BODY || !has_value(field))
        merge_complain_missing(m, op->tag);
    else
        merge_body(m, r->parent, op->node, r->part->name, field->body);
}

static bool waits(const struct runner *r, const struct op *op) {
    return r->notes_wait && (op->kind == OP_OPEN || op->kind == OP_COPY) && is_note(op->node);
}

static void run_ops(struct runner *r, size_t from, size_t to) {
    const struct op *ops = r->part->ops.at;
    for (size_t i = from; i < to;) {
        if (waits(r, &ops[i])) {
            i = past(r->part, i);
            continue;
        }
        switch (ops[i].kind) {
        case OP_COPY:
            put_copy(r, &ops[i]);
            break;
        case OP_OPEN:
            attach(r, shell(r, ops[i].node));
            r->parent = r->parent ? r->parent->last : r->root;
            break;
        case OP_CLOSE:
            r->parent = r->parent->parent;
            break;
        case OP_VALUE:
            run_value(r, &ops[i]);
            break;
        case OP_BODY:
            run_body(r, &ops[i]);
            break;
        case OP_EACH:
            i = run_each(r, &ops[i], i);
            continue;
        case OP_UNLESS:
            i = run_unless(r, &ops[i], i);
            continue;
        case OP_END:
            i = run_end(r, &ops[i], i);
            continue;
        }
        i++;
    }
}

struct xml_node *merge_run(struct merger *m, const struct template_part *part) {
    struct runner r = {.merger = m, .part = part};
    for (int kind = 0; kind < NOTE_KINDS; kind++)
        if (m->planned_notes[kind] && m->planned_notes[kind]->part == part)
            r.notes_wait = true;
    run_ops(&r, 0, part->ops.n);
    return r.root;
}

void merge_run_below(struct merger *m, const struct template_part *part, size_t from, size_t to,
                     struct xml_node *parent) {
    struct runner r = {.merger = m, .part = part, .root = parent, .parent = parent};
    run_ops(&r, from, to);
}
