#include "cli/locate.h"

#include "docx/build.h"
#include "docx/wml.h"
#include "layout/page.h"

#include <stdlib.h>
#include <string.h>

/* Every paragraph gets a bookmark of this name and its ordinal: the layout tells where they are. */
static const char place[] = "congvan-paragraph-";

static size_t mark_paragraphs(struct pool *pool, struct xml_node *root) {
    size_t n = 0;
    for (struct xml_node *p = root; p; p = xml_next(root, p)) {
        if (p->name != w_p)
            continue;
        const char *name = pool_printf(pool, "%s%zu", place, ++n);
        struct xml_node *start = xml_new(pool, w_bookmarkStart),
                        *end = xml_new(pool, w_bookmarkEnd);
        xml_set(pool, start, w_id, name);
        xml_set(pool, start, w_name, name);
        xml_set(pool, end, w_id, name);
        xml_insert_after(build_props(pool, p, w_pPr), start);
        xml_insert_after(start, end);
    }
    return n;
}

static struct package *with_marks(struct pool *pool, struct package *package, size_t *n,
                                  struct diag *diag) {
    const char *name = package_related(pool, package, "", "officeDocument", diag);
    name = name ? name : "word/document.xml";
    size_t len;
    const char *bytes = package_part(package, name, &len, diag);
    struct where where = {.file = package_path(package), .part = name};
    struct xml_node *root = bytes ? xml_parse(pool, bytes, len, where, diag) : NULL;
    if (!root)
        return NULL;
    *n = mark_paragraphs(pool, root);
    struct package *marked = package_derive(package, package_path(package));
    struct buf out = {0};
    xml_write(root, &out);
    package_set(marked, name, buf_text(&out), out.len);
    buf_free(&out);
    return marked;
}

/* A paragraph the layout says nothing of stands where the one before it does. */
static const int *read_places(struct pool *pool, const struct pages *pages, size_t n) {
    int *at = POOL_ARRAY(pool, int, n + 1);
    const struct page_place *known;
    VEC_EACH (known, &pages->places) {
        if (!known->name || strncmp(known->name, place, sizeof place - 1) != 0)
            continue;
        size_t i = strtoul(known->name + sizeof place - 1, NULL, 10);
        if (i >= 1 && i <= n)
            at[i] = (int)known->page + 1;
    }
    for (size_t i = 1; i <= n; i++)
        if (!at[i])
            at[i] = i > 1 ? at[i - 1] : 1;
    return at;
}

const int *locate_pages(void *fonts, struct pool *pool, struct package *package) {
    struct pool *scratch = pool_new();
    struct diag *quiet = diag_new(LANG_EN); /* the document itself is judged elsewhere */
    struct layout_options options = {.shrink = true};
    size_t n = 0;
    struct package *marked = with_marks(scratch, package, &n, quiet);
    struct document *document = marked ? wml_read(scratch, marked, quiet) : NULL;
    struct pages *pages = document ? layout_pages(scratch, document, fonts, &options, quiet) : NULL;
    const int *at = pages ? read_places(pool, pages, n) : NULL;
    package_close(marked);
    diag_free(quiet);
    pool_free(scratch);
    return at;
}
