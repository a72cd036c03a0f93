/* Charts and SmartArt are not drawn: the words and numbers that they keep are printed instead, a
 * chart's title and series a line each (ECMA-376 part 1, 21.2 and 21.4). */
#include "docx/wml_read.h"

#include <string.h>

enum { MAX_LINES = 200 };

static const char *text_of(const struct xml_node *node) {
    return node && node->first && node->first->name == XML_TEXT ? node->first->text : NULL;
}

static bool is_local(const struct xml_node *node, const char *local) {
    return node->name != XML_TEXT && xml_is_local(node, local);
}

static const struct xml_node *related_part(struct story *story, const char *id) {
    struct reader *reader = story->reader;
    const char *part =
        id ? package_target(reader->pool, reader->package, story->part, id, reader->diag) : NULL;
    return part ? read_part(reader, part) : NULL;
}

static const struct xml_node *find(const struct xml_node *root, const char *local) {
    for (const struct xml_node *n = root; n; n = xml_next(root, n))
        if (is_local(n, local))
            return n;
    return NULL;
}

static void put_words(struct buf *out, const struct xml_node *root, const char *local) {
    for (const struct xml_node *n = root; n; n = xml_next(root, n)) {
        const char *text = is_local(n, local) ? text_of(n) : NULL;
        if (text)
            buf_printf(out, out->len ? " %s" : "%s", text);
    }
}

/* "name: value; value; ..." */
static void put_series(struct buf *out, const struct xml_node *series) {
    const struct xml_node *cache = find(xml_child_local(series, "val"), "numCache"), *point;
    put_words(out, xml_child_local(series, "tx"), "v");
    const char *between = out->len ? ": " : "";
    XML_EACH_CHILD (point, cache) {
        const char *text = is_local(point, "pt") ? text_of(xml_child_local(point, "v")) : NULL;
        if (!text)
            continue;
        buf_printf(out, "%s%s", between, text);
        between = "; ";
    }
}

static void end_line(struct story *story, struct buf *line, struct block_list *list, int *lines) {
    if (line->len && *lines < MAX_LINES) {
        add_text_para(story, buf_text(line), list);
        (*lines)++;
    }
    buf_clear(line);
}

struct block *chart_text(struct story *story, const struct xml_node *node) {
    const struct xml_node *root = related_part(story, xml_get_local(node, "id"));
    struct block_list list = {0};
    struct buf line = {0};
    int lines = 0;
    for (const struct xml_node *n = root; n; n = xml_next(root, n)) {
        if (is_local(n, "title"))
            put_words(&line, n, "t");
        else if (is_local(n, "ser"))
            put_series(&line, n);
        end_line(story, &line, &list, &lines);
    }
    buf_free(&line);
    return list.first;
}

struct block *diagram_text(struct story *story, const struct xml_node *node) {
    const struct xml_node *root = related_part(story, xml_get_local(node, "dm"));
    struct block_list list = {0};
    struct buf line = {0};
    int lines = 0;
    for (const struct xml_node *n = root; n; n = xml_next(root, n)) {
        if (n->name != XML_TEXT && strcmp(n->qname, "a:p") == 0)
            put_words(&line, n, "t");
        end_line(story, &line, &list, &lines);
    }
    buf_free(&line);
    return list.first;
}
