#include "signature/change.h"

#include "pdf/idmap.h"

#include <string.h>

enum { MAX_DIRECT_DEPTH = 64, MAX_PAIRS = 500000 };

/* What a pair of values is in the document, which decides what may differ. */
enum role {
    ROLE_OBJECT, /* nothing may differ */
    ROLE_CATALOG,
    ROLE_PAGE,
    ROLE_ANNOTATIONS,
    ROLE_FORM,
    ROLE_FIELDS,
    ROLE_RESOURCES, /* /DR of the form: kinds of resources, each of which may gain some */
    ROLE_GROWING,   /* a dictionary that may gain entries */
};

/* Where a pair was met, for naming a difference. */
struct place {
    int page; /* 0: none */
    enum { IN_DOCUMENT, IN_PAGE, IN_ANNOTATIONS, IN_FORM, IN_FIELD, IN_FILLING } in;
    const char *key, *field;
    /* IN_FILLING, in the later revision: */
    pdf_value widget;
    const struct form_field *filled;
};

struct pair {
    pdf_value a, b;
    enum role role;
    struct place place;
};

struct walk {
    struct pool *pool, *kept; /* of the work, of the findings */
    struct reader *a, *b;
    const struct change_rules *rules;
    finding_list *findings;
    new_widgets *widgets;
    form_fields fields_a, fields_b;
    struct idmap page_a, page_b;   /* object -> page */
    struct idmap field_a, field_b; /* object of a field or widget -> index + 1 */
    struct idmap seen;
    VEC(struct pair) queue;
    size_t pairs;
    bool too_complex;
};

static bool is_locked(const struct walk *w, const char *field) {
    for (size_t i = 0; i < w->rules->binding.n; i++)
        if (permission_locks(w->rules->binding.at[i], field))
            return true;
    return false;
}

/* Filled in as allowed, but it may show something else, or over the text of the page. */
static enum finding_code judge_filling(struct walk *w, const struct place *place) {
    if (!w->rules->may_fill)
        return FIND_FORM_FILL;
    if (is_locked(w, place->field))
        return FIND_LOCKED;
    *VEC_PUSH(w->pool, w->widgets) = (struct new_widget){.page = place->page,
                                                         .field = place->field,
                                                         .widget = place->widget,
                                                         .filled = place->filled};
    return FIND_FORM_FILL_ALLOWED;
}

static void report(struct walk *w, const struct place *place) {
    const char *page = pool_printf(w->pool, "%d", place->page);
    enum finding_code code = FIND_CATALOG;
    const char *one = place->key, *two = NULL;
    switch (place->in) {
    case IN_PAGE:
        code = strcmp(place->key, "/Contents") == 0    ? FIND_PAGE_CONTENT
               : strcmp(place->key, "/Resources") == 0 ? FIND_PAGE_RESOURCE
                                                       : FIND_PAGE_OTHER;
        one = page;
        two = code == FIND_PAGE_CONTENT ? NULL : place->key;
        break;
    case IN_ANNOTATIONS:
        code = FIND_ANNOTATION_OTHER;
        one = page;
        two = place->key;
        break;
    case IN_FIELD:
        code = FIND_FIELD;
        one = place->field;
        two = place->key;
        break;
    case IN_FILLING:
        code = judge_filling(w, place);
        one = place->field;
        break;
    case IN_FORM:
        code = FIND_FORM;
        break;
    case IN_DOCUMENT:
        break;
    }
    finding_add(w->kept, w->findings, code, w->rules->revision, one, two);
}

static void compare(struct walk *w, struct pair pair, int depth);

/* Indirect pairs wait in the queue, so that no chain of references is a recursion. */
static void meet(struct walk *w, struct pair pair, int depth) {
    int a = reader_id(w->a, pair.a), b = reader_id(w->b, pair.b);
    if (!a && !b) {
        compare(w, pair, depth + 1);
        return;
    }
    if (a && b) {
        uint32_t *seen = idmap_at(w->pool, &w->seen, (uint64_t)a << 32 | (uint32_t)b);
        if (*seen)
            return;
        *seen = 1;
    }
    if (++w->pairs > MAX_PAIRS)
        w->too_complex = true;
    else
        *VEC_PUSH(w->pool, &w->queue) = pair;
}

static void meet_key(struct walk *w, const struct pair *from, const char *key, enum role role,
                     struct place place, int depth) {
    struct pair pair = {reader_key(w->a, from->a, key), reader_key(w->b, from->b, key), role,
                        place};
    meet(w, pair, depth);
}

/* The keys of both dictionaries, each once. */
static const char **all_keys(struct walk *w, const struct pair *pair) {
    const char **a = reader_keys(w->a, pair->a), **b = reader_keys(w->b, pair->b);
    VEC(const char *) keys = {0};
    while (*a || *b) {
        int order = !*a ? 1 : !*b ? -1 : strcmp(*a, *b);
        *VEC_PUSH(w->pool, &keys) = order <= 0 ? *a : *b;
        a += order <= 0;
        b += order >= 0;
    }
    *VEC_PUSH(w->pool, &keys) = NULL;
    return keys.at;
}

static bool is_one_of(const char *key, const char *const *list) {
    for (; *list; list++)
        if (strcmp(key, *list) == 0)
            return true;
    return false;
}

static void compare_catalog(struct walk *w, const struct pair *pair, int depth) {
    static const char *const allowed[] = {"/Extensions", "/Version", NULL};
    for (const char **key = all_keys(w, pair); *key; key++) {
        struct place place = {.in = IN_DOCUMENT, .key = *key};
        if (is_one_of(*key, allowed))
            continue;
        if (strcmp(*key, "/DSS") == 0 || strcmp(*key, "/Metadata") == 0)
            continue; /* looked at apart: not printed */
        if (strcmp(*key, "/Pages") == 0 && reader_pages(w->a) != reader_pages(w->b))
            continue; /* named already */
        enum role role = strcmp(*key, "/AcroForm") == 0 ? ROLE_FORM : ROLE_OBJECT;
        if (role == ROLE_FORM)
            place.in = IN_FORM;
        meet_key(w, pair, *key, role, place, depth);
    }
}

static void compare_page(struct walk *w, const struct pair *pair, int page, int depth) {
    for (const char **key = all_keys(w, pair); *key; key++) {
        bool annots = strcmp(*key, "/Annots") == 0;
        struct place place = {.page = page, .in = annots ? IN_ANNOTATIONS : IN_PAGE, .key = *key};
        meet_key(w, pair, *key, annots ? ROLE_ANNOTATIONS : ROLE_OBJECT, place, depth);
    }
}

static const struct form_field *field_of(const struct idmap *map, const form_fields *fields,
                                         int id) {
    uint32_t i = id ? idmap_get(map, (uint64_t)id) : 0;
    return i ? &fields->at[i - 1] : NULL;
}

static bool has_value(struct reader *reader, const struct form_field *field) {
    return reader_kind(reader, field->value) == PDF_DICTIONARY;
}

/* A signature field the earlier revision did not have at all. */
static bool is_new_signature_field(struct walk *w, const struct form_field *field) {
    if (!field || !field->signature || field_of(&w->field_a, &w->fields_a, field->id))
        return false;
    const struct form_field *f;
    VEC_EACH (f, &w->fields_a)
        if (strcmp(f->name, field->name) == 0)
            return false;
    return true;
}

/* What a new signature field may not bring along: it would run when the page is looked at. */
static void judge_actions(struct walk *w, const char *field, pdf_value dictionary) {
    static const char *const keys[] = {"/A", "/AA", "/PA", NULL};
    for (const char *const *key = keys; *key; key++)
        if (reader_has(w->b, dictionary, *key))
            finding_add(w->kept, w->findings, FIND_ACTION, w->rules->revision, field, *key);
}

static void judge_new_annotation(struct walk *w, pdf_value annotation, int page) {
    const struct form_field *field =
        field_of(&w->field_b, &w->fields_b, reader_id(w->b, annotation));
    if (reader_is_name(w->b, reader_key(w->b, annotation, "/Subtype"), "/Widget") &&
        is_new_signature_field(w, field)) {
        judge_actions(w, field->name, annotation);
        *VEC_PUSH(w->pool, w->widgets) = (struct new_widget){.page = page,
                                                             .field = field->name,
                                                             .widget = annotation,
                                                             .fresh = true,
                                                             .empty = !has_value(w->b, field)};
        return;
    }
    finding_add(w->kept, w->findings, FIND_ANNOTATION, w->rules->revision,
                pool_printf(w->pool, "%d", page),
                reader_name(w->b, reader_key(w->b, annotation, "/Subtype")));
}

/* Items of the earlier list must be in the later one, by object number and in order; `new_item`
 * judges what came in between. Direct items are compared where they stand. */
typedef void new_item(struct walk *w, pdf_value item, int page);

static void compare_lists(struct walk *w, const struct pair *pair, enum role role,
                          enum finding_code gone, new_item *judge_new, int depth) {
    int n = reader_count(w->a, pair->a), m = reader_count(w->b, pair->b), j = 0;
    for (int i = 0; i < n; i++, j++) {
        pdf_value a = reader_item(w->a, pair->a, i);
        int id = reader_id(w->a, a), k = j;
        while (id && k < m && reader_id(w->b, reader_item(w->b, pair->b, k)) != id)
            k++;
        if (k >= m) {
            finding_add(w->kept, w->findings, gone, w->rules->revision,
                        pool_printf(w->pool, "%d", pair->place.page), NULL);
            return;
        }
        for (; j < k; j++)
            judge_new(w, reader_item(w->b, pair->b, j), pair->place.page);
        struct pair items = {a, reader_item(w->b, pair->b, j), role, pair->place};
        meet(w, items, depth);
    }
    for (; j < m; j++)
        judge_new(w, reader_item(w->b, pair->b, j), pair->place.page);
}

static enum finding_code how_signed(struct walk *w, const struct form_field *field) {
    pdf_value form = reader_key(w->b, field->value, "/SubFilter");
    return reader_is_name(w->b, form, "/ETSI.RFC3161") ? FIND_STAMPED_LATER : FIND_SIGNED_AGAIN;
}

static void judge_new_field(struct walk *w, pdf_value item, int page) {
    (void)page;
    const struct form_field *field = field_of(&w->field_b, &w->fields_b, reader_id(w->b, item));
    if (!is_new_signature_field(w, field)) {
        finding_add(w->kept, w->findings, FIND_FIELD_ADDED, w->rules->revision,
                    reader_text(w->b, reader_key(w->b, item, "/T")), NULL);
        return;
    }
    judge_actions(w, field->name, item);
    finding_add(w->kept, w->findings,
                has_value(w->b, field) ? how_signed(w, field) : FIND_FIELD_NEW, w->rules->revision,
                field->name, NULL);
}

static void compare_form(struct walk *w, const struct pair *pair, int depth) {
    for (const char **key = all_keys(w, pair); *key; key++) {
        struct place place = {.in = IN_FORM, .key = *key};
        if (strcmp(*key, "/SigFlags") == 0)
            continue;
        if (strcmp(*key, "/NeedAppearances") == 0 && !reader_has(w->b, pair->b, *key))
            continue;
        if (strcmp(*key, "/DA") == 0 && !reader_has(w->a, pair->a, *key))
            continue;
        enum role role = strcmp(*key, "/Fields") == 0 ? ROLE_FIELDS
                         : strcmp(*key, "/DR") == 0   ? ROLE_RESOURCES
                                                      : ROLE_OBJECT;
        meet_key(w, pair, *key, role, place, depth);
    }
}

/* Signing an empty field gives it a value and its widget an appearance, in the place it had. */
static void judge_signing(struct walk *w, const struct pair *pair, const struct form_field *field,
                          const struct form_field *later) {
    enum finding_code how = how_signed(w, later);
    if (is_locked(w, field->name))
        finding_add(w->kept, w->findings, FIND_LOCKED, w->rules->revision, field->name, NULL);
    finding_add(w->kept, w->findings, how, w->rules->revision, field->name, NULL);
    if (reader_has(w->b, pair->b, "/Rect"))
        *VEC_PUSH(w->pool, w->widgets) =
            (struct new_widget){.page = pair->place.page, .field = field->name, .widget = pair->b};
}

/* Keys that differ when a field is filled in: a button has all its looks from the start, and only
 * chooses one. */
static const char *const *filling_keys(const struct form_field *field) {
    static const char *const button[] = {"/V", "/AS", NULL};
    static const char *const text[] = {"/V", "/AP", "/M", "/I", NULL}, *const none[] = {NULL};
    return field->signature                   ? none
           : strcmp(field->type, "/Btn") == 0 ? button
           : strcmp(field->type, "/Tx") == 0  ? text
           : strcmp(field->type, "/Ch") == 0  ? text
                                              : none;
}

static void compare_field(struct walk *w, const struct pair *pair, const struct form_field *field,
                          int depth) {
    static const char *const signing[] = {"/V", "/AP", "/AS", "/F", "/M", "/MK", "/DA", NULL};
    const struct form_field *later = field_of(&w->field_b, &w->fields_b, reader_id(w->b, pair->b));
    bool now_signed =
        field->signature && later && !has_value(w->a, field) && has_value(w->b, later);
    if (now_signed)
        judge_signing(w, pair, field, later);
    for (const char **key = all_keys(w, pair); *key; key++) {
        bool fill = later && is_one_of(*key, filling_keys(field));
        struct place place = {.page = pair->place.page,
                              .in = fill ? IN_FILLING : IN_FIELD,
                              .key = *key,
                              .field = field->name,
                              .widget = pair->b,
                              .filled = later};
        if (!now_signed || !is_one_of(*key, signing))
            meet_key(w, pair, *key, ROLE_OBJECT, place, depth);
    }
}

static void compare_growing(struct walk *w, const struct pair *pair, enum role inner, int depth) {
    for (const char **key = reader_keys(w->a, pair->a); *key; key++)
        meet_key(w, pair, *key, inner, pair->place, depth);
}

static void compare_array(struct walk *w, const struct pair *pair, int depth) {
    int n = reader_count(w->a, pair->a);
    if (n != reader_count(w->b, pair->b)) {
        report(w, &pair->place);
        return;
    }
    for (int i = 0; i < n; i++)
        meet(w,
             (struct pair){reader_item(w->a, pair->a, i), reader_item(w->b, pair->b, i),
                           ROLE_OBJECT, pair->place},
             depth);
}

static void compare_dictionary(struct walk *w, const struct pair *pair, int depth) {
    for (const char **key = all_keys(w, pair); *key; key++)
        meet_key(w, pair, *key, ROLE_OBJECT, pair->place, depth);
}

static void compare_stream(struct walk *w, const struct pair *pair, int depth) {
    size_t n = 0, m = 0;
    compare_dictionary(w, pair, depth);
    const char *a = reader_raw(w->a, pair->a, &n), *b = reader_raw(w->b, pair->b, &m);
    if (!a || !b || n != m || memcmp(a, b, n) != 0)
        report(w, &pair->place);
}

static void compare_plain(struct walk *w, const struct pair *pair, int depth) {
    enum pdf_kind kind = reader_kind(w->a, pair->a);
    if (kind != reader_kind(w->b, pair->b))
        report(w, &pair->place);
    else if (kind == PDF_ARRAY)
        compare_array(w, pair, depth);
    else if (kind == PDF_DICTIONARY)
        compare_dictionary(w, pair, depth);
    else if (kind == PDF_STREAM)
        compare_stream(w, pair, depth);
    else if (strcmp(reader_spelled(w->a, pair->a), reader_spelled(w->b, pair->b)) != 0)
        report(w, &pair->place);
}

/* Whether both values may be of a role's kind; the earlier may be absent. */
static bool fits(struct walk *w, const struct pair *pair, enum pdf_kind kind) {
    enum pdf_kind a = reader_kind(w->a, pair->a);
    return (a == kind || a == PDF_NULL) && reader_kind(w->b, pair->b) == kind;
}

static void compare(struct walk *w, struct pair pair, int depth) {
    int id = reader_id(w->a, pair.a);
    int page = id ? (int)idmap_get(&w->page_a, (uint64_t)id) : 0;
    const struct form_field *field = field_of(&w->field_a, &w->fields_a, id);
    if (depth > MAX_DIRECT_DEPTH)
        w->too_complex = true;
    else if (page && fits(w, &pair, PDF_DICTIONARY))
        compare_page(w, &pair, page, depth);
    else if (field && fits(w, &pair, PDF_DICTIONARY))
        compare_field(w, &pair, field, depth);
    else if (pair.role == ROLE_CATALOG && fits(w, &pair, PDF_DICTIONARY))
        compare_catalog(w, &pair, depth);
    else if (pair.role == ROLE_ANNOTATIONS && fits(w, &pair, PDF_ARRAY))
        compare_lists(w, &pair, ROLE_OBJECT, FIND_ANNOTATION_GONE, judge_new_annotation, depth);
    else if (pair.role == ROLE_FORM && fits(w, &pair, PDF_DICTIONARY))
        compare_form(w, &pair, depth);
    else if (pair.role == ROLE_FIELDS && fits(w, &pair, PDF_ARRAY))
        compare_lists(w, &pair, ROLE_OBJECT, FIND_FIELD_GONE, judge_new_field, depth);
    else if (pair.role == ROLE_RESOURCES && fits(w, &pair, PDF_DICTIONARY))
        compare_growing(w, &pair, ROLE_GROWING, depth);
    else if (pair.role == ROLE_GROWING && fits(w, &pair, PDF_DICTIONARY))
        compare_growing(w, &pair, ROLE_OBJECT, depth);
    else
        compare_plain(w, &pair, depth);
}

static void index_pages(struct pool *pool, struct reader *reader, struct idmap *map) {
    for (int i = 0; i < reader_pages(reader); i++) {
        int id = reader_id(reader, reader_page(reader, i));
        if (id)
            *idmap_at(pool, map, (uint64_t)id) = (uint32_t)i + 1;
    }
}

static bool index_fields(struct pool *pool, struct reader *reader, form_fields *fields,
                         struct idmap *map) {
    bool sound = form_read(reader, pool, fields);
    for (size_t i = 0; i < fields->n; i++) {
        widget_list widgets = {0};
        form_widgets(reader, pool, &fields->at[i], &widgets);
        if (fields->at[i].id)
            *idmap_at(pool, map, (uint64_t)fields->at[i].id) = (uint32_t)i + 1;
        for (size_t k = 0; k < widgets.n; k++) {
            int id = reader_id(reader, widgets.at[k]);
            if (id)
                *idmap_at(pool, map, (uint64_t)id) = (uint32_t)i + 1;
        }
    }
    return sound;
}

/* The document information, which is printed nowhere (14.3.3). */
static bool info_differs(struct walk *w) {
    pdf_value a = reader_key(w->a, reader_trailer(w->a), "/Info");
    pdf_value b = reader_key(w->b, reader_trailer(w->b), "/Info");
    struct pair pair = {.a = a, .b = b};
    for (const char **key = all_keys(w, &pair); *key; key++)
        if (strcmp(reader_spelled(w->a, reader_key(w->a, a, *key)),
                   reader_spelled(w->b, reader_key(w->b, b, *key))) != 0)
            return true;
    return false;
}

static void find_metadata(struct walk *w) {
    pdf_value dss_a = reader_key(w->a, reader_root(w->a), "/DSS");
    pdf_value dss_b = reader_key(w->b, reader_root(w->b), "/DSS");
    if (reader_kind(w->b, dss_b) != PDF_NULL &&
        (reader_kind(w->a, dss_a) == PDF_NULL ||
         strcmp(reader_spelled(w->a, dss_a), reader_spelled(w->b, dss_b)) != 0))
        finding_add(w->kept, w->findings, FIND_DSS, w->rules->revision, NULL, NULL);
    size_t n = 0, m = 0;
    const char *a = reader_raw(w->a, reader_key(w->a, reader_root(w->a), "/Metadata"), &n);
    const char *b = reader_raw(w->b, reader_key(w->b, reader_root(w->b), "/Metadata"), &m);
    if (n != m || (a && b && memcmp(a, b, n) != 0) || info_differs(w))
        finding_add(w->kept, w->findings, FIND_METADATA, w->rules->revision, NULL, NULL);
}

static void compare_pages(struct walk *w) {
    int n = reader_pages(w->a), m = reader_pages(w->b);
    if (n != m)
        finding_add(w->kept, w->findings, FIND_PAGES, w->rules->revision,
                    pool_printf(w->pool, "%d", n), pool_printf(w->pool, "%d", m));
    for (int i = 0; i < n && i < m; i++) {
        struct place place = {.page = i + 1, .in = IN_PAGE, .key = "/Type"};
        meet(w, (struct pair){reader_page(w->a, i), reader_page(w->b, i), ROLE_PAGE, place}, 0);
    }
}

void change_find(const struct revision_judging *judging, new_widgets *widgets) {
    struct pool *scratch = judging->scratch;
    struct walk w = {.pool = scratch,
                     .kept = judging->pool,
                     .a = judging->before,
                     .b = judging->after,
                     .rules = judging->rules,
                     .findings = judging->findings,
                     .widgets = widgets};
    index_pages(scratch, w.a, &w.page_a);
    index_pages(scratch, w.b, &w.page_b);
    bool sound = index_fields(scratch, w.a, &w.fields_a, &w.field_a) &&
                 index_fields(scratch, w.b, &w.fields_b, &w.field_b);
    compare_pages(&w);
    struct place place = {.in = IN_DOCUMENT, .key = "/Root"};
    *VEC_PUSH(scratch, &w.queue) =
        (struct pair){reader_root(w.a), reader_root(w.b), ROLE_CATALOG, place};
    for (size_t i = 0; i < w.queue.n && !w.too_complex; i++)
        compare(&w, w.queue.at[i], 0);
    find_metadata(&w);
    if (w.too_complex || !sound)
        finding_add(w.kept, w.findings, FIND_TOO_COMPLEX, w.rules->revision, NULL, NULL);
}
