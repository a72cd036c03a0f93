#include "docx/merge.h"
#include "base/utf8.h"
#include "docx/build.h"
#include "docx/merge_parts.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_NESTING = 32 };

/* One section being run. */
struct turn {
    const struct field *field;
    size_t index, count;
};

/* Runs the ops of one part. */
struct runner {
    struct merger *merger;
    const struct template_part *part;
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
        return field->items.n > 0;
    case FIELD_FLAG:
        return field->flag;
    case FIELD_BODY:
        return field->body && field->body->blocks.n > 0;
    }
    return false;
}

/* ---- missing values ---- */

static const char *nearest_name(const struct merger *m, const char *key) {
    const char *best = NULL;
    size_t best_distance = utf8_slip(key) + 1;
    const struct field *field;
    VEC_EACH (field, &m->dispatch->fields) {
        size_t d = utf8_distance(key, field->key, best_distance);
        if (d < best_distance) {
            best_distance = d;
            best = field->name;
        }
    }
    return best;
}

static void complain_missing(struct merger *m, const struct tag *tag) {
    const char *near = nearest_name(m, tag->key);
    const char *page = tag->page ? pool_printf(m->pool, "%d", tag->page) : "-";
    if (near)
        diag_add(m->diag, TEMPLATE_VALUE_MISSING_NEAR, tag->where, tag->name, page, tag->words,
                 near, NULL);
    else
        diag_add(m->diag, TEMPLATE_VALUE_MISSING, tag->where, tag->name, page, tag->words, NULL);
}

/* ---- ops ---- */

static void attach(struct runner *r, struct xml_node *node) {
    if (r->parent)
        xml_append(r->parent, node);
    else
        r->root = node;
}

static void enter(struct runner *r, struct xml_node *node) {
    attach(r, node);
    r->parent = node;
}

static struct xml_node *shell(struct pool *pool, const struct xml_node *node) {
    struct xml_node *copy = POOL_NEW(pool, struct xml_node);
    copy->name = node->name;
    copy->qname = node->qname;
    copy->attrs = node->attrs;
    return copy;
}

static const char *spaces_for_breaks(struct pool *pool, const char *text) {
    char *copy = pool_strdup(pool, text);
    for (char *p = copy; *p; p++)
        if (*p == '\n')
            *p = ' ';
    return copy;
}

static void put_value(struct runner *r, const struct op *op, const struct text *value) {
    struct merger *m = r->merger;
    if (!op->node) {
        xml_append(r->parent, xml_new_text(m->pool, spaces_for_breaks(m->pool, value->s)));
        return;
    }
    struct xml_node *run = build_run(m->pool, xml_child(op->node, w_rPr));
    build_text(m->pool, run, value->s);
    xml_append(r->parent, run);
}

/* A list named without a section prints its items one a line. */
static struct text joined(struct pool *pool, const struct field *field) {
    struct buf all = {0};
    for (size_t i = 0; i < field->items.n; i++) {
        if (i)
            buf_putc(&all, '\n');
        buf_puts(&all, field->items.at[i].s);
    }
    struct text text = {.s = pool_strdup(pool, buf_text(&all)), .where = field->where};
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

/* Inside {{#một kính gửi}}, {{kính gửi}} is the one recipient, not the punctuated list. */
static const struct turn *only_recipient(const struct runner *r, const struct tag *tag) {
    for (size_t i = r->nesting; i-- > 0;)
        if (strcmp(tag->key, "kinh gui") == 0 &&
            strcmp(r->turns[i].field->key, "mot kinh gui") == 0)
            return &r->turns[i];
    return NULL;
}

static void run_value(struct runner *r, const struct op *op) {
    struct merger *m = r->merger;
    struct text store;
    if (op->tag->kind == TAG_ITEM) {
        put_value(r, op, item_of(&r->turns[r->nesting - 1], &store));
        return;
    }
    const struct field *field = dispatch_field(m->dispatch, op->tag->key);
    const struct turn *only = only_recipient(r, op->tag);
    if (only) {
        put_value(r, op, item_of(only, &store));
        return;
    }
    if (!field || field->kind == FIELD_BODY || field->kind == FIELD_FLAG ||
        (!has_value(field) && !field->blank)) {
        complain_missing(m, op->tag);
        return;
    }
    if (field->kind == FIELD_TEXT) {
        int slot = op->node ? merge_slot_begin(m, r->part->name, field, r->parent) : -1;
        put_value(r, op, &field->text);
        merge_slot_end(m, slot, r->parent);
        return;
    }
    store = joined(m->pool, field);
    put_value(r, op, &store);
}

static size_t turns_of(const struct field *field) {
    if (!has_value(field))
        return 0;
    return field->kind == FIELD_LIST ? field->items.n : 1;
}

static size_t run_each(struct runner *r, const struct op *op, size_t at) {
    const struct field *field = dispatch_field(r->merger->dispatch, op->tag->key);
    size_t count = turns_of(field);
    if (!count)
        return op->jump + 1;
    r->turns[r->nesting++] = (struct turn){field, 0, count};
    return at + 1;
}

/* The item of an {{^x}} section is that of the section around it. */
static size_t run_unless(struct runner *r, const struct op *op, size_t at) {
    if (has_value(dispatch_field(r->merger->dispatch, op->tag->key)))
        return op->jump + 1;
    static const struct field nothing = {.kind = FIELD_FLAG, .key = ""};
    struct turn turn = r->nesting ? r->turns[r->nesting - 1] : (struct turn){&nothing, 0, 1};
    turn.count = turn.index + 1;
    r->turns[r->nesting++] = turn;
    return at + 1;
}

static size_t run_end(struct runner *r, const struct op *op, size_t at) {
    struct turn *turn = &r->turns[r->nesting - 1];
    if (++turn->index < turn->count)
        return op->jump + 1;
    r->nesting--;
    return at + 1;
}

static void run_body(struct runner *r, const struct op *op) {
    struct merger *m = r->merger;
    const struct field *field = dispatch_field(m->dispatch, op->tag->key);
    if (!field || field->kind != FIELD_BODY || !has_value(field))
        complain_missing(m, op->tag);
    else
        merge_body(m, r->parent, op->node, r->part->name, field->body);
}

static struct xml_node *run_part(struct merger *m, const struct template_part *part) {
    struct runner r = {.merger = m, .part = part};
    const struct op *ops = part->ops.at;
    for (size_t i = 0; i < part->ops.n;) {
        switch (ops[i].kind) {
        case OP_COPY:
            attach(&r, xml_copy(m->pool, ops[i].node));
            break;
        case OP_OPEN:
            enter(&r, shell(m->pool, ops[i].node));
            break;
        case OP_CLOSE:
            r.parent = r.parent->parent;
            break;
        case OP_VALUE:
            run_value(&r, &ops[i]);
            break;
        case OP_BODY:
            run_body(&r, &ops[i]);
            break;
        case OP_EACH:
            i = run_each(&r, &ops[i], i);
            continue;
        case OP_UNLESS:
            i = run_unless(&r, &ops[i], i);
            continue;
        case OP_END:
            i = run_end(&r, &ops[i], i);
            continue;
        }
        i++;
    }
    return r.root;
}

/* ---- parts ---- */

static struct merged_part *open_part(struct merger *m, const char *name) {
    for (size_t i = 0; i < m->parts.n; i++)
        if (strcmp(m->parts.at[i].name, name) == 0)
            return &m->parts.at[i];
    size_t n;
    const char *bytes = package_part(m->package, name, &n, m->diag);
    if (!bytes)
        return NULL;
    struct where where = {.file = package_path(m->package), .part = name};
    struct xml_node *root = xml_parse(m->pool, bytes, n, where, m->diag);
    if (!root)
        return NULL;
    struct merged_part *part = VEC_PUSH(m->pool, &m->parts);
    *part = (struct merged_part){pool_strdup(m->pool, name), root, false};
    return part;
}

struct xml_node *merger_part(struct merger *m, const char *name) {
    struct merged_part *part = open_part(m, name);
    if (!part)
        return NULL;
    part->changed = true;
    return part->root;
}

const struct xml_node *merger_look(struct merger *m, const char *name) {
    for (size_t i = 0; i < m->parts.n; i++)
        if (strcmp(m->parts.at[i].name, name) == 0)
            return m->parts.at[i].root;
    return package_tree(m->pool, m->package, name, m->diag);
}

static void add_part(struct merger *m, const char *name, struct xml_node *root) {
    *VEC_PUSH(m->pool, &m->parts) = (struct merged_part){name, root, true};
}

void merger_add_type(struct merger *m, const char *part, const char *content_type) {
    struct xml_node *types = merger_part(m, "[Content_Types].xml");
    if (!types)
        return;
    struct xml_node *item =
        build_add(m->pool, types, ct_Override, ct_PartName, pool_printf(m->pool, "/%s", part));
    xml_set(m->pool, item, ct_ContentType, content_type);
}

void merger_add_part(struct merger *m, const char *name, struct xml_node *root,
                     const char *content_type) {
    add_part(m, pool_strdup(m->pool, name), root);
    merger_add_type(m, name, content_type);
}

/* "word/document.xml" -> "word/_rels/document.xml.rels" */
struct xml_node *merger_relationships(struct merger *m, const char *part) {
    const char *slash = strrchr(part, '/'), *name = slash ? slash + 1 : part;
    const char *path = pool_printf(m->pool, "%.*s_rels/%s.rels", (int)(name - part), part, name);
    struct xml_node *list = merger_part(m, path);
    if (list)
        return list;
    list = xml_new(m->pool, pr_Relationships);
    add_part(m, path, list);
    return list;
}

void merger_relate(struct merger *m, const char *part, const char *id, const char *type,
                   const char *target, bool external) {
    struct xml_node *item =
        build_add(m->pool, merger_relationships(m, part), pr_Relationship, pr_Id, id);
    xml_set(m->pool, item, pr_Type, type);
    xml_set(m->pool, item, pr_Target, target);
    if (external)
        xml_set(m->pool, item, pr_TargetMode, "External");
}

const char *merger_main(struct merger *m) {
    const char *name = package_related(m->pool, m->package, "", "officeDocument", m->diag);
    return name ? name : "word/document.xml";
}

const char *merger_related(struct merger *m, const char *type) {
    return package_related(m->pool, m->package, merger_main(m), type, m->diag);
}

/* INI keys, sorted by address for the search only. */
struct keys {
    VEC(const struct ini_key *) at;
};

static int by_address(const void *a, const void *b) {
    uintptr_t x = (uintptr_t) * (const struct ini_key *const *)a;
    uintptr_t y = (uintptr_t) * (const struct ini_key *const *)b;
    return (x > y) - (x < y);
}

static void add_sources(struct pool *pool, const struct field *field, struct keys *keys) {
    *VEC_PUSH(pool, &keys->at) = field->source;
    for (size_t i = 0; i < field->items.n; i++)
        *VEC_PUSH(pool, &keys->at) = field->items.at[i].source;
}

static void sort_keys(struct keys *keys) {
    if (keys->at.n)
        qsort(keys->at.at, keys->at.n, sizeof *keys->at.at, by_address);
}

static bool has_key(const struct keys *keys, const struct ini_key *key) {
    return keys->at.n &&
           bsearch(&key, keys->at.at, keys->at.n, sizeof *keys->at.at, by_address) != NULL;
}

/* A key feeds several fields (ngày, tháng, năm); it is used when a tag prints one of them. */
static void note_unused_keys(struct merger *m) {
    struct keys used = {0}, given = {0};
    for (size_t i = 0; i < template_tag_count(m->template); i++) {
        const struct field *field = dispatch_field(m->dispatch, template_tag(m->template, i)->key);
        if (field)
            add_sources(m->pool, field, &used);
    }
    const struct field *field;
    VEC_EACH (field, &m->dispatch->fields)
        if (field->given)
            add_sources(m->pool, field, &given);
    sort_keys(&used);
    sort_keys(&given);
    const struct ini_section *section;
    const struct ini_key *key;
    VEC_EACH (section, &m->dispatch->ini->sections)
        VEC_EACH (key, &section->keys)
            if (has_key(&given, key) && !has_key(&used, key))
                diag_add(m->diag, MERGE_KEY_UNUSED, key->where, key->name, NULL);
}

static void write_parts(struct merger *m) {
    struct buf out = {0};
    const struct merged_part *part;
    VEC_EACH (part, &m->parts) {
        if (!part->changed)
            continue;
        buf_clear(&out);
        xml_write(part->root, &out);
        package_set(m->package, part->name, buf_text(&out), out.len);
    }
    buf_free(&out);
}

static bool is_story(const struct xml_node *root) {
    return root->name == w_document || root->name == w_hdr || root->name == w_ftr ||
           root->name == w_footnotes || root->name == w_endnotes;
}

static void run_one(struct merger *m, const struct template_part *part) {
    add_part(m, part->name, run_part(m, part));
}

/* The main part last: its body may add footnotes to a part that has tags of its own. */
static void run_parts(struct merger *m) {
    size_t n = template_part_count(m->template);
    for (int main_turn = 0; main_turn < 2; main_turn++)
        for (size_t i = 0; i < n; i++)
            if ((strcmp(template_part(m->template, i)->name, m->main_part) == 0) == main_turn)
                run_one(m, template_part(m->template, i));
    for (size_t i = 0; i < m->parts.n; i++)
        if (is_story(m->parts.at[i].root))
            merge_finish(m, m->parts.at[i].root, m->parts.at[i].name);
    if (m->bodies)
        import_finish_sections(m, merger_part(m, m->main_part));
}

struct package *merge(struct pool *pool, struct template *template, const struct dispatch *dispatch,
                      struct fonts *fonts, const char *path, const struct merge_options *options,
                      struct diag *diag) {
    size_t errors = diag_count(diag, DIAG_ERROR);
    struct package *package = package_derive(template_package(template), path);
    struct measure measure = {.pool = pool, .fonts = fonts, .diag = diag};
    struct merger m = {.pool = pool,
                       .template = template,
                       .dispatch = dispatch,
                       .measure = &measure,
                       .package = package,
                       .diag = diag,
                       .mark_slots = options && options->mark_slots};
    m.main_part = merger_main(&m);
    measure.styles =
        styles_read(pool, package, m.main_part, numbering_read(pool, package, m.main_part, diag),
                    theme_new(pool, package, m.main_part, diag), diag);
    if (measure.styles)
        run_parts(&m);
    if (diag_count(diag, DIAG_ERROR) > errors) {
        package_close(package);
        return NULL;
    }
    note_unused_keys(&m);
    write_parts(&m);
    return package;
}
