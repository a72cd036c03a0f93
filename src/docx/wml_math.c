/* Formulas (22.1) as trees to be set in two dimensions, and beside each the same as a line of text,
 * "(a+b)/2", for whoever wants its words: checks, outlines, copies. */
#include "docx/wml_read.h"

#include "base/utf8.h"
#include "docx/units.h"

#include <string.h>

static void read_children(struct story *story, struct math *row, const struct xml_node *node);

static struct math *new_node(struct story *story, enum math_kind kind) {
    struct math *math = POOL_NEW(story->reader->pool, struct math);
    math->kind = kind;
    return math;
}

static struct math *append(struct math *parent, struct math *part) {
    struct math **end = &parent->parts;
    while (*end)
        end = &(*end)->next;
    return *end = part;
}

/* The part called `name` as a row, empty where the file has none. */
static void append_part(struct story *story, struct math *parent, const struct xml_node *node,
                        const char *name) {
    const struct xml_node *part = xml_child_local(node, name);
    struct math *row = append(parent, new_node(story, MATH_ROW));
    if (!part || !story_enter(story))
        return;
    read_children(story, row, part);
    story_leave(story);
}

/* Every child called `name`, a row each; returns how many. */
static size_t append_parts(struct story *story, struct math *parent, const struct xml_node *node,
                           const char *name) {
    const struct xml_node *child;
    struct math **end = &parent->parts;
    size_t n = 0;
    while (*end)
        end = &(*end)->next;
    XML_EACH_CHILD (child, node) {
        if (child->name == XML_TEXT || !xml_is_local(child, name) || !story_enter(story))
            continue;
        *end = new_node(story, MATH_ROW);
        read_children(story, *end, child);
        end = &(*end)->next;
        story_leave(story);
        n++;
    }
    return n;
}

/* What the formula's properties say; NULL: nothing. */
static const char *said(const struct xml_node *node, const char *props, const char *name) {
    const struct xml_node *property = xml_child_local(xml_child_local(node, props), name);
    const char *value = property ? xml_get_local(property, "val") : NULL;
    return property && !value ? "on" : value;
}

static bool says(const struct xml_node *node, const char *props, const char *name,
                 const char *value) {
    const char *text = said(node, props, name);
    return text && strcmp(text, value) == 0;
}

static const char *character(const struct xml_node *node, const char *props, const char *name,
                             const char *otherwise) {
    const char *value = said(node, props, name);
    return value ? value : otherwise;
}

static void read_text(struct story *story, struct math *row, const struct xml_node *run) {
    struct buf text = {0};
    const struct xml_node *child, *inner;
    XML_EACH_CHILD (child, run)
        if (child->name == m_t || child->name == w_t)
            XML_EACH_CHILD (inner, child)
                if (inner->name == XML_TEXT)
                    buf_puts(&text, inner->text);
    if (text.len) {
        struct math *math = append(row, new_node(story, MATH_TEXT));
        const char *style = said(run, "rPr", "sty");
        size_t n;
        math->text = utf8_nfc(story->reader->pool, buf_text(&text), text.len, &n);
        math->upright = said(run, "rPr", "nor") ||
                        (style && (strcmp(style, "p") == 0 || strcmp(style, "b") == 0));
    }
    buf_free(&text);
}

static void read_fraction(struct story *story, struct math *row, const struct xml_node *node) {
    if (says(node, "fPr", "type", "lin") || says(node, "fPr", "type", "skw")) {
        append_part(story, row, node, "num");
        append(row, new_node(story, MATH_TEXT))->text = "/";
        append_part(story, row, node, "den");
        return;
    }
    struct math *math = append(row, new_node(story, MATH_FRACTION));
    math->bare = says(node, "fPr", "type", "noBar");
    append_part(story, math, node, "num");
    append_part(story, math, node, "den");
}

static void read_scripts(struct story *story, struct math *row, const struct xml_node *node) {
    if (xml_is_local(node, "sPre")) { /* the scripts of nothing, then what they stand before */
        struct math *before = append(row, new_node(story, MATH_SCRIPTS));
        append(before, new_node(story, MATH_ROW));
        append_part(story, before, node, "sub");
        append_part(story, before, node, "sup");
        append_part(story, row, node, "e");
        return;
    }
    struct math *math = append(row, new_node(story, MATH_SCRIPTS));
    append_part(story, math, node, "e");
    append_part(story, math, node, "sub");
    append_part(story, math, node, "sup");
}

static void read_limit(struct story *story, struct math *row, const struct xml_node *node) {
    struct math *math = append(row, new_node(story, MATH_STACK));
    append_part(story, math, node, "e");
    append_part(story, math, node, xml_is_local(node, "limLow") ? "lim" : "");
    append_part(story, math, node, xml_is_local(node, "limUpp") ? "lim" : "");
}

static void read_radical(struct story *story, struct math *row, const struct xml_node *node) {
    struct math *math = append(row, new_node(story, MATH_RADICAL));
    append_part(story, math, node, said(node, "radPr", "degHide") ? "" : "deg");
    append_part(story, math, node, "e");
}

static void read_fence(struct story *story, struct math *row, const struct xml_node *node) {
    struct math *math = append(row, new_node(story, MATH_FENCE));
    math->text = character(node, "dPr", "begChr", "(");
    math->between = character(node, "dPr", "sepChr", "|");
    math->close = character(node, "dPr", "endChr", ")");
    append_parts(story, math, node, "e");
}

static void read_nary(struct story *story, struct math *row, const struct xml_node *node) {
    struct math *math = append(row, new_node(story, MATH_NARY));
    math->text = character(node, "naryPr", "chr", "∫");
    const char *place = said(node, "naryPr", "limLoc");
    bool integral = strncmp(math->text, "\xE2\x88\xAB", 2) == 0 &&
                    (unsigned char)math->text[2] >= 0xAB && (unsigned char)math->text[2] <= 0xB3;
    math->limits = place ? strcmp(place, "undOvr") == 0 : !integral;
    append_part(story, math, node, "sub");
    append_part(story, math, node, "sup");
    append_part(story, math, node, "e");
}

static void read_matrix(struct story *story, struct math *row, const struct xml_node *node) {
    struct math *math = append(row, new_node(story, MATH_GRID));
    const struct xml_node *line;
    if (xml_is_local(node, "eqArr")) {
        append_parts(story, math, node, "e");
        math->columns = 1;
        return;
    }
    XML_EACH_CHILD (line, node) {
        if (line->name == XML_TEXT || !xml_is_local(line, "mr"))
            continue;
        size_t n = append_parts(story, math, line, "e");
        math->columns = math->columns ? math->columns : n;
    }
    math->columns = math->columns ? math->columns : 1;
}

static void read_accent(struct story *story, struct math *row, const struct xml_node *node) {
    struct math *math = append(row, new_node(story, MATH_ACCENT));
    const char *props = xml_is_local(node, "bar")   ? "barPr"
                        : xml_is_local(node, "acc") ? "accPr"
                                                    : "groupChrPr";
    bool group = strcmp(props, "groupChrPr") == 0;
    math->below = !says(node, props, "pos", "top") && strcmp(props, "accPr") != 0;
    math->text = strcmp(props, "barPr") == 0
                     ? "\xC2\xAF"
                     : character(node, props, "chr", group ? "\xE2\x8F\x9F" : "^");
    append_part(story, math, node, "e");
}

static void read_function(struct story *story, struct math *row, const struct xml_node *node) {
    append_part(story, row, node, "fName");
    append(row, new_node(story, MATH_TEXT))->text = "\xE2\x80\x89"; /* thin space */
    append_part(story, row, node, "e");
}

static bool is_properties(const struct xml_node *node) {
    size_t n = strlen(node->qname);
    return n > 2 && strcmp(node->qname + n - 2, "Pr") == 0;
}

static void read_element(struct story *story, struct math *row, const struct xml_node *node) {
    static const struct {
        const char *name;
        void (*read)(struct story *, struct math *, const struct xml_node *);
    } readers[] = {
        {"f", read_fraction},    {"sSup", read_scripts},    {"sSub", read_scripts},
        {"sPre", read_scripts},  {"sSubSup", read_scripts}, {"limLow", read_limit},
        {"limUpp", read_limit},  {"rad", read_radical},     {"d", read_fence},
        {"nary", read_nary},     {"m", read_matrix},        {"eqArr", read_matrix},
        {"bar", read_accent},    {"acc", read_accent},      {"groupChr", read_accent},
        {"func", read_function}, {"r", read_text},
    };
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
        if (xml_is_local(node, readers[i].name)) {
            readers[i].read(story, row, node);
            return;
        }
    if (!is_properties(node) && story_enter(story)) {
        read_children(story, row, node);
        story_leave(story);
    }
}

static void read_children(struct story *story, struct math *row, const struct xml_node *node) {
    const struct xml_node *child;
    XML_EACH_CHILD (child, node)
        if (child->name != XML_TEXT && child->name != w_del)
            read_element(story, row, child);
}

/* ---- the same as a line of text ---- */

static void put_line(struct buf *out, const struct math *math);

static void put_parts(struct buf *out, const struct math *math, const char *between) {
    for (const struct math *part = math->parts; part; part = part->next) {
        put_line(out, part);
        buf_puts(out, part->next ? between : "");
    }
}

/* In brackets, unless it is a single character. After `sign` where there is anything. */
static void put_grouped(struct buf *out, const struct math *math, const char *sign) {
    struct buf part = {0};
    put_line(&part, math);
    if (part.len)
        buf_printf(out, utf8_length(buf_text(&part)) <= 1 ? "%s%s" : "%s(%s)", sign,
                   buf_text(&part));
    buf_free(&part);
}

static void put_line(struct buf *out, const struct math *math) {
    const struct math *first = math->parts, *second = first ? first->next : NULL;
    switch (math->kind) {
    case MATH_TEXT:
        buf_puts(out, math->text);
        break;
    case MATH_FRACTION:
        put_grouped(out, first, "");
        put_grouped(out, second, "/");
        break;
    case MATH_SCRIPTS:
    case MATH_STACK:
        put_grouped(out, first, "");
        put_grouped(out, second, "_");
        put_grouped(out, second->next, "^");
        break;
    case MATH_RADICAL:
        put_line(out, first);
        put_grouped(out, second, "√");
        break;
    case MATH_FENCE:
        buf_puts(out, math->text);
        put_parts(out, math, math->between);
        buf_puts(out, math->close);
        break;
    case MATH_NARY:
        buf_puts(out, math->text);
        put_grouped(out, first, "_");
        put_grouped(out, second, "^");
        buf_putc(out, ' ');
        put_line(out, second->next);
        break;
    case MATH_GRID:
        put_parts(out, math, "; ");
        break;
    case MATH_ROW:
    case MATH_ACCENT:
        put_parts(out, math, "");
        break;
    }
}

/* A formula looks as its first run does: size and colour rarely change in one. */
static const struct run_props *look_of(const struct builder *builder, const struct xml_node *node) {
    for (const struct xml_node *n = node; n; n = xml_next(node, n))
        if (xml_is_local(n, "r") && xml_child(n, w_rPr))
            return styles_run(builder->story->reader->styles, builder->style, xml_child(n, w_rPr));
    return styles_plain(builder->style);
}

void read_math(struct builder *builder, const struct xml_node *node) {
    struct pool *pool = builder->story->reader->pool;
    struct math *math = new_node(builder->story, MATH_ROW);
    struct buf line = {0};
    read_children(builder->story, math, node);
    math->display = node->name == m_oMathPara;
    math->jc = says(node, "oMathParaPr", "jc", "left")    ? JC_LEFT
               : says(node, "oMathParaPr", "jc", "right") ? JC_RIGHT
                                                          : JC_CENTER;
    put_line(&line, math);
    if (builder_shows(builder) && line.len) {
        struct inline_item *item = add_item(builder, INLINE_TEXT, look_of(builder, node));
        item->text = pool_strndup(pool, buf_text(&line), line.len);
        item->math = math;
    }
    buf_free(&line);
}
