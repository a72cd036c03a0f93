#include "docx/template.h"
#include "base/file.h"
#include "base/utf8.h"
#include "docx/template_compile.h"

#include <string.h>

/* What the locator said, once it was asked. */
struct pages_found {
    bool asked;
    const int *by_paragraph; /* NULL: nobody knows */
};

struct template {
    struct pool *pool;
    struct package *package;
    const char *path, *main_part;
    const struct locator *locator; /* NULL: none */
    struct pages_found *pages;
    VEC(struct template_part *) parts;
    struct tags tags;
};

void compiler_complain(struct compiler *c, enum diag_code code, const struct tag *tag,
                       const char *other) {
    c->ok = false;
    diag_add(c->diag, code, tag->where, tag->name, template_page(c->template, c->pool, tag),
             tag->words, other, NULL);
}

void compiler_add_tag(struct compiler *c, const struct tag *tag) {
    *VEC_PUSH(c->pool, &c->tags->at) = tag;
}

/* ---- pictures that keep a place ---- */

static bool begins(const char *s, const char *prefix) {
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool template_is_rule(const char *description) {
    return description && begins(description, "{{kẻ ");
}

const char *template_picture_key(struct pool *pool, const char *description, const char **name) {
    size_t n = description ? strlen(description) : 0;
    if (n < 5 || strncmp(description, "{{", 2) != 0 || strcmp(description + n - 2, "}}") != 0 ||
        strstr(description + 2, "{{") || template_is_rule(description))
        return NULL;
    *name = pool_strndup(pool, description + 2, n - 4);
    return utf8_fold(pool, *name);
}

/* They are filled in on the merged tree, but listed and counted as used like any tag. */
static void list_picture(struct compiler *c, const struct xml_node *node) {
    const char *name, *key = template_picture_key(c->pool, xml_get(node, wp_descr), &name);
    if (!key)
        return;
    struct tag *tag = POOL_NEW(c->pool, struct tag);
    *tag = (struct tag){.kind = TAG_PICTURE,
                        .key = key,
                        .name = name,
                        .where = {.file = c->path, .part = c->part->name},
                        .paragraph = c->paragraph,
                        .words = ""};
    compiler_add_tag(c, tag);
}

/* ---- a part, a template ---- */

static bool is_section_tag(const struct tag *tag) {
    return tag->kind == TAG_EACH || tag->kind == TAG_UNLESS || tag->kind == TAG_END;
}

/* Two tables that touch are one to Word. Where the template means that, it stays so; where sections
 * take away what stood between, the merger puts something there. */
static void note_neighbour(struct xml_node *table) {
    const struct xml_node *next = table->next;
    while (next && next->name == XML_TEXT)
        next = next->next;
    if (next && next->name == w_tbl)
        table->mark = table;
}

static void compile_part(struct compiler *c) {
    struct where where = {.file = c->path, .part = c->part->name};
    c->places = (struct tag_places){0};
    c->sections.n = 0;
    c->live = false;
    c->paragraph = 0;
    c->ok = template_find_tags(c->template, c->pool, c->part->root, where, &c->places, c->diag);
    for (size_t i = 0; i < c->places.at.n; i++) {
        struct tag_place *place = c->places.at.at[i];
        compiler_add_tag(c, &place->tag);
        if (is_section_tag(&place->tag))
            *VEC_PUSH(c->pool, &c->sections) = (struct section_tag){.place = place};
    }
    for (struct xml_node *n = c->part->root; n; n = xml_next(c->part->root, n)) {
        c->paragraph += n->name == w_p;
        if (n->name == wp_docPr) {
            list_picture(c, n);
            c->live = c->live || template_is_rule(xml_get(n, wp_descr));
        }
        if (n->name == w_tbl)
            note_neighbour(n);
        else if (n->name != XML_TEXT && n->name != XML_MARK)
            compile_attributes(c, n);
    }
    compile_sections(c);
    if (c->ok)
        compile_ops(c);
}

/* Parts with text of a reader's or with addresses of links. */
static bool can_hold_tags(const char *name) {
    static const char *const texts[] = {"word/charts/", "word/diagrams/", "docProps/"};
    static const char *const never[] = {"word/settings.xml", "word/webSettings.xml",
                                        "word/fontTable.xml", "word/styles.xml",
                                        "word/stylesWithEffects.xml"};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (strcmp(name, never[i]) == 0)
            return false;
    if (begins(name, "word/_rels/"))
        return path_has_suffix(name, ".rels");
    bool text = begins(name, "word/") && !strchr(name + 5, '/');
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        text = text || (begins(name, texts[i]) && !strchr(name + strlen(texts[i]), '/'));
    return text && path_has_suffix(name, ".xml");
}

/* Cheap look before parsing. An address has its braces percent-encoded by Word. */
static bool worth_parsing(const char *name, const char *bytes, size_t n) {
    if (path_has_suffix(name, ".rels"))
        return strstr(bytes, "{{") || strcasestr(bytes, "%7B%7B");
    return memchr(bytes, '{', n) || memchr(bytes, '}', n);
}

static bool compile_parts(struct template *template, struct diag *diag) {
    struct compiler c = {.template = template,
                         .path = template->path,
                         .tags = &template->tags,
                         .pool = template->pool,
                         .diag = diag};
    bool ok = true;
    const char *name;
    for (size_t i = 0; (name = package_name(template->package, i)) != NULL; i++) {
        size_t n;
        if (!can_hold_tags(name))
            continue;
        const char *bytes = package_part(template->package, name, &n, diag);
        if (!bytes) {
            ok = false;
            continue;
        }
        if (!worth_parsing(name, bytes, n))
            continue;
        struct where where = {.file = template->path, .part = name};
        struct xml_node *root = xml_parse(template->pool, bytes, n, where, diag);
        if (!root) {
            ok = false;
            continue;
        }
        size_t tags = template->tags.at.n;
        c.part = POOL_NEW(template->pool, struct template_part);
        c.part->name = pool_strdup(template->pool, name);
        c.part->root = root;
        compile_part(&c);
        ok = ok && c.ok;
        if (template->tags.at.n > tags || c.places.escapes || c.live)
            *VEC_PUSH(template->pool, &template->parts) = c.part;
    }
    return ok;
}

/* ---- pages ---- */

static int page_of(const struct template *template, const struct tag *tag) {
    bool in_body = tag->where.part && strcmp(tag->where.part, template->main_part) == 0;
    if (!in_body || !template->locator || !tag->paragraph)
        return tag->page;
    if (!template->pages->asked) {
        template->pages->asked = true;
        template->pages->by_paragraph =
            template->locator->pages(template->locator->context, template->pool, template->package);
    }
    const int *pages = template->pages->by_paragraph;
    return pages && pages[tag->paragraph] ? pages[tag->paragraph] : tag->page;
}

const char *template_page(const struct template *template, struct pool *pool,
                          const struct tag *tag) {
    int page = template ? page_of(template, tag) : tag->page;
    return page ? pool_printf(pool, "%d", page) : "-";
}

struct template *template_read(const char *path, const char *bytes, size_t n,
                               const struct locator *locator, struct diag *diag) {
    struct pool *pool = pool_new();
    struct template *template = POOL_NEW(pool, struct template);
    template->pool = pool;
    template->path = pool_strdup(pool, path);
    template->locator = locator;
    template->pages = POOL_NEW(pool, struct pages_found);
    template->package = package_open(template->path, bytes, n, diag);
    if (!template->package) {
        template_close(template);
        return NULL;
    }
    const char *main_part = package_related(pool, template->package, "", "officeDocument", diag);
    template->main_part = main_part ? main_part : "word/document.xml";
    if (compile_parts(template, diag))
        return template;
    template_close(template);
    return NULL;
}

struct template *template_load(const char *path, const struct locator *locator, struct diag *diag) {
    struct pool *pool = pool_new();
    size_t n;
    const char *bytes = file_read(pool, path, &n, (struct where){.file = path}, diag);
    struct template *template = bytes ? template_read(path, bytes, n, locator, diag) : NULL;
    if (template)
        pool_own(template->pool, pool); /* the package looks into the bytes */
    else
        pool_free(pool);
    return template;
}

struct template *template_open(const char *path, struct diag *diag) {
    /* cppcheck-suppress CastIntegerToAddressAtReturn ; it loses the prototype */
    return template_load(path, NULL, diag);
}

void template_close(struct template *template) {
    if (!template)
        return;
    package_close(template->package);
    pool_free(template->pool);
}

struct package *template_package(const struct template *template) {
    return template->package;
}

size_t template_part_count(const struct template *template) {
    return template->parts.n;
}

const struct template_part *template_part(const struct template *template, size_t i) {
    return template->parts.at[i];
}

size_t template_tag_count(const struct template *template) {
    return template->tags.at.n;
}

const struct tag *template_tag(const struct template *template, size_t i) {
    return template->tags.at.at[i];
}

/* ---- --dump=ops ---- */

static void dump_op(const struct op *op, size_t index, int depth_now, struct buf *out) {
    static const char *const names[] = {
        [OP_COPY] = "copy", [OP_OPEN] = "open", [OP_CLOSE] = "close",   [OP_VALUE] = "value",
        [OP_BODY] = "body", [OP_EACH] = "each", [OP_UNLESS] = "unless", [OP_END] = "end"};
    buf_printf(out, "%5zu %*s%s", index, depth_now * 2, "", names[op->kind]);
    if (op->node && op->kind != OP_VALUE)
        buf_printf(out, " %s", op->node->qname ? op->node->qname : "text");
    if (op->tag)
        buf_printf(out, " %s", op->tag->kind == TAG_ITEM ? "." : op->tag->key);
    if (op->kind == OP_EACH || op->kind == OP_UNLESS || op->kind == OP_END)
        buf_printf(out, " -> %zu", op->jump);
    buf_putc(out, '\n');
}

void template_dump(const struct template *template, struct buf *out) {
    for (size_t p = 0; p < template->parts.n; p++) {
        const struct template_part *part = template->parts.at[p];
        buf_printf(out, "part %s\n", part->name);
        int nesting = 0;
        for (size_t i = 0; i < part->ops.n; i++) {
            const struct op *op = &part->ops.at[i];
            if (op->kind == OP_CLOSE || op->kind == OP_END)
                nesting--;
            dump_op(op, i, nesting, out);
            if (op->kind == OP_OPEN || op->kind == OP_EACH || op->kind == OP_UNLESS)
                nesting++;
        }
    }
}
