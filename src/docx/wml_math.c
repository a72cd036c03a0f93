/* Formulas (22.1) as a line of text: "(a+b)/2", "x^2", "√(y)". Their arrangement is not drawn. */
#include "docx/wml_read.h"

#include "base/utf8.h"
#include "docx/units.h"

#include <string.h>

struct math {
    struct story *story;
    struct buf out;
};

static void put_children(struct math *math, const struct xml_node *node);

static void put_part(struct math *math, const struct xml_node *node, const char *name) {
    const struct xml_node *part = xml_child_local(node, name);
    if (!part || !story_enter(math->story))
        return;
    put_children(math, part);
    story_leave(math->story);
}

/* A part in brackets, unless it is a single character. */
static void put_grouped(struct math *math, const struct xml_node *node, const char *name) {
    struct math part = {.story = math->story};
    put_part(&part, node, name);
    bool single = utf8_length(buf_text(&part.out)) <= 1;
    buf_printf(&math->out, single ? "%s" : "(%s)", buf_text(&part.out));
    buf_free(&part.out);
}

static void put_raised(struct math *math, const struct xml_node *node, const char *name,
                       const char *sign) {
    if (!xml_child_local(node, name))
        return;
    buf_puts(&math->out, sign);
    put_grouped(math, node, name);
}

/* A character that a formula's properties name. */
static void put_property(struct math *math, const struct xml_node *node, const char *props,
                         const char *name, const char *otherwise) {
    const struct xml_node *said = xml_child_local(xml_child_local(node, props), name);
    const char *value = said ? xml_get_local(said, "val") : NULL;
    buf_puts(&math->out, value ? value : otherwise);
}

static void put_delimited(struct math *math, const struct xml_node *node) {
    const struct xml_node *child;
    bool first = true;
    put_property(math, node, "dPr", "begChr", "(");
    XML_EACH_CHILD (child, node) {
        if (child->name == XML_TEXT || !xml_is_local(child, "e"))
            continue;
        if (!first)
            put_property(math, node, "dPr", "sepChr", "|");
        first = false;
        if (story_enter(math->story)) {
            put_children(math, child);
            story_leave(math->story);
        }
    }
    put_property(math, node, "dPr", "endChr", ")");
}

static void put_nary(struct math *math, const struct xml_node *node) {
    put_property(math, node, "naryPr", "chr", "∫");
    put_raised(math, node, "sub", "_");
    put_raised(math, node, "sup", "^");
    buf_putc(&math->out, ' ');
    put_part(math, node, "e");
}

static void put_scripts(struct math *math, const struct xml_node *node) {
    put_grouped(math, node, "e");
    put_raised(math, node, "sub", "_");
    put_raised(math, node, "sup", "^");
}

static void put_text(struct math *math, const struct xml_node *node) {
    const struct xml_node *child;
    XML_EACH_CHILD (child, node)
        if (child->name == XML_TEXT)
            buf_puts(&math->out, child->text);
}

static void put_element(struct math *math, const struct xml_node *node) {
    if (node->name == m_t || node->name == w_t) {
        put_text(math, node);
    } else if (xml_is_local(node, "f")) {
        put_grouped(math, node, "num");
        put_raised(math, node, "den", "/");
    } else if (xml_is_local(node, "sSup") || xml_is_local(node, "sSub") ||
               xml_is_local(node, "sSubSup")) {
        put_scripts(math, node);
    } else if (xml_is_local(node, "rad")) {
        put_part(math, node, "deg");
        buf_puts(&math->out, "√");
        put_grouped(math, node, "e");
    } else if (xml_is_local(node, "d")) {
        put_delimited(math, node);
    } else if (xml_is_local(node, "nary")) {
        put_nary(math, node);
    } else if (story_enter(math->story)) {
        put_children(math, node);
        story_leave(math->story);
    }
}

static void put_children(struct math *math, const struct xml_node *node) {
    const struct xml_node *child;
    XML_EACH_CHILD (child, node)
        if (child->name != XML_TEXT && child->name != w_del)
            put_element(math, child);
}

void read_math(struct builder *builder, const struct xml_node *node) {
    struct math math = {.story = builder->story};
    unsupported(builder->story, node->qname);
    put_children(&math, node);
    if (builder_shows(builder) && math.out.len)
        add_text(builder, styles_plain(builder->style), buf_text(&math.out), math.out.len);
    buf_free(&math.out);
}
