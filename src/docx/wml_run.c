/* Runs: text, breaks, special characters, field characters. */
#include "docx/wml_read.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

struct run { /* being read */
    struct builder *builder;
    const struct run_props *props;
};

static bool is(const char *value, const char *name) {
    return value && strcmp(value, name) == 0;
}

/* False when what comes is part of an instruction, or stands for a page number put out already. */
static bool shown(const struct run *run) {
    return builder_shows(run->builder) && !field_emit(run->builder, run->props);
}

static void put(const struct run *run, enum inline_kind kind) {
    if (shown(run))
        add_item(run->builder, kind, run->props);
}

/* ---- symbol fonts ---- */

/* What has no equivalent, a small picture most often, becomes a bullet. */
static void put_symbol(struct story *story, struct buf *out, const char *family, uint32_t cp) {
    char bytes[4];
    uint32_t found = symbol_character(family, cp);
    if (!found)
        unsupported(story, pool_printf(story->reader->pool, "w:sym %s %04X",
                                       family ? family : "Symbol", (unsigned)(cp | 0xF000)));
    buf_append(out, bytes, utf8_put(bytes, found ? found : 0x25AA));
}

const char *symbol_text(struct story *story, const struct run_props **props,
                        const struct run_props *plain, const char *text) {
    struct reader *reader = story->reader;
    struct buf out = {0};
    for (const char *p = text, *end = text + strlen(text); p < end;)
        put_symbol(story, &out, (*props)->family, utf8_next(&p, end));
    const char *family =
        is_symbol_font(plain->family)
            ? intern_string(styles_reader(reader->styles)->strings, "Times New Roman")
            : plain->family;
    *props = styles_in_font(reader->styles, *props, family);
    const char *copy = pool_strdup(reader->pool, buf_text(&out));
    buf_free(&out);
    return copy;
}

/* Characters F000-F0FF are a symbol font's, whatever font the run claims. */
static bool has_private(const char *text) {
    for (const char *p = text; (p = strchr(p, 0xEF)) != NULL; p++)
        if ((unsigned char)p[1] >= 0x80 && (unsigned char)p[1] <= 0x83)
            return true;
    return false;
}

static void put_code(struct buf *out, uint32_t cp) {
    char bytes[4];
    buf_append(out, bytes, utf8_put(bytes, cp));
}

static void put_private(struct story *story, struct buf *out, const char *family,
                        const char *text) {
    for (const char *p = text, *end = text + strlen(text); p < end;) {
        const char *from = p;
        uint32_t cp = utf8_next(&p, end);
        if (cp >= 0xF000 && cp <= 0xF0FF && is_legacy_font(family))
            put_code(out, cp & 0xFF);
        else if (cp >= 0xF000 && cp <= 0xF0FF)
            put_symbol(story, out, family, cp);
        else
            buf_append(out, from, (size_t)(p - from));
    }
}

/* ---- text ---- */

/* Line ends inside w:t are spaces, tabs are tabs. */
static void put_plain(const struct run *run, const char *text) {
    while (*text) {
        size_t n = strcspn(text, "\t\n\r");
        if (n)
            add_text(run->builder, run->props, text, n);
        text += n;
        if (*text == '\t')
            add_item(run->builder, INLINE_TAB, run->props);
        else if (*text && !(text[0] == '\r' && text[1] == '\n'))
            add_text(run->builder, run->props, " ", 1);
        text += *text != '\0';
    }
}

static void put_text(const struct run *run, const char *text) {
    if (is_symbol_font(run->props->family)) {
        struct run other = *run;
        text =
            symbol_text(run->builder->story, &other.props, styles_plain(run->builder->style), text);
        put_plain(&other, text);
    } else if (has_private(text)) {
        struct buf out = {0};
        put_private(run->builder->story, &out, run->props->family, text);
        put_plain(run, buf_text(&out));
        buf_free(&out);
    } else {
        put_plain(run, text);
    }
}

static void read_text(const struct run *run, const struct xml_node *node) {
    struct builder *builder = run->builder;
    const struct xml_node *child;
    if (!shown(run))
        return;
    XML_EACH_CHILD (child, node) {
        if (child->name != XML_TEXT)
            continue;
        if (builder->want_mark)
            note_set_mark(builder, child->text);
        else
            put_text(run, child->text);
        builder->want_mark = false;
    }
}

void put_coded(struct builder *builder, const struct run_props *props, const char *font,
               uint32_t cp) {
    struct reader *reader = builder->story->reader;
    struct run run = {builder, props};
    char bytes[5] = "";
    if (font && is_legacy_font(font)) {
        run.props = styles_in_font(reader->styles, props,
                                   intern_string(styles_reader(reader->styles)->strings, font));
        utf8_put(bytes, cp & 0xFF);
        put_plain(&run, bytes);
        return;
    }
    if (!font || !(is_symbol_font(font) || (cp >= 0xF000 && cp <= 0xF0FF))) {
        utf8_put(bytes, cp >= ' ' && cp < 0x110000 ? cp : 0xFFFD);
        put_plain(&run, bytes);
        return;
    }
    utf8_put(bytes, cp & 0xF0FF);
    run.props = styles_in_font(reader->styles, props,
                               intern_string(styles_reader(reader->styles)->strings, font));
    const char *text = symbol_text(builder->story, &run.props, styles_plain(builder->style), bytes);
    put_plain(&run, text);
}

static void read_symbol(const struct run *run, const struct xml_node *node) {
    const char *code = xml_get(node, w_char);
    if (code && shown(run))
        put_coded(run->builder, run->props, xml_get(node, w_font),
                  (uint32_t)strtoul(code, NULL, 16));
}

static int sides_to_clear(const struct xml_node *node) {
    const char *clear = node->attrs ? xml_get_local(node, "clear") : NULL;
    return is(clear, "left")    ? CLEAR_LEFT
           : is(clear, "right") ? CLEAR_RIGHT
           : is(clear, "all")   ? CLEAR_LEFT | CLEAR_RIGHT
                                : 0;
}

static void read_break(const struct run *run, const struct xml_node *node) {
    const char *type = xml_get(node, w_type);
    if (is(type, "page"))
        put(run, INLINE_PAGE_BREAK);
    else if (is(type, "column"))
        put(run, INLINE_COLUMN_BREAK);
    else if (shown(run))
        add_item(run->builder, INLINE_LINE_BREAK, run->props)->clear = sides_to_clear(node);
}

static void read_field_char(const struct run *run, const struct xml_node *node) {
    const char *type = xml_get(node, w_fldCharType);
    if (is(type, "begin"))
        field_begin(run->builder, node);
    else if (is(type, "separate"))
        field_separate(run->builder);
    else if (is(type, "end"))
        field_end(run->builder, run->props);
}

static void read_instruction(const struct run *run, const struct xml_node *node) {
    const struct xml_node *child;
    XML_EACH_CHILD (child, node)
        if (child->name == XML_TEXT)
            field_instruction(run->builder, child->text);
}

static void read_note_mark(const struct run *run) {
    const char *mark = run->builder->story->note_mark;
    if (!mark || !shown(run))
        return;
    struct inline_item *item = add_item(run->builder, INLINE_NOTE_MARK, run->props);
    item->text = mark;
    item->note = run->builder->story->note;
}

static void read_place_tab(const struct run *run, const struct xml_node *node) {
    const char *align = xml_get(node, w_alignment);
    if (!shown(run))
        return;
    struct place_tab *place = POOL_NEW(run->builder->story->reader->pool, struct place_tab);
    place->kind = is(align, "center") ? TAB_CENTER : is(align, "right") ? TAB_RIGHT : TAB_LEFT;
    place->of_indents = is(xml_get(node, w_relativeTo), "indent");
    place->leader = tab_leader_of(xml_get(node, w_leader));
    add_item(run->builder, INLINE_TAB, run->props)->place = place;
}

/* ---- the run ---- */

/* What is more than a character. */
static void read_object(const struct run *run, const struct xml_node *node) {
    switch (node->name) {
    case w_footnoteReference:
    case w_endnoteReference:
        if (shown(run))
            note_reference(run->builder, node, run->props);
        break;
    case w_footnoteRef:
    case w_endnoteRef:
        read_note_mark(run);
        break;
    case w_drawing:
        if (shown(run))
            read_drawing(run->builder, node, run->props);
        break;
    case w_pict:
    case w_object:
        if (shown(run))
            read_vml(run->builder, node, run->props);
        break;
    case mc_AlternateContent:
        if (story_enter(run->builder->story)) {
            read_run_content(run->builder, chosen(node), run->props);
            story_leave(run->builder->story);
        }
        break;
    default:
        if (xml_is_local(node, "ruby")) {
            if (shown(run))
                read_ruby(run->builder, node, run->props);
            break;
        }
        unsupported(run->builder->story, node->qname);
        if (story_enter(run->builder->story)) {
            read_inline(run->builder, node);
            story_leave(run->builder->story);
        }
    }
}

static void read_run_child(const struct run *run, const struct xml_node *node) {
    switch (node->name) {
    case w_t:
        read_text(run, node);
        break;
    case w_ptab:
        read_place_tab(run, node);
        break;
    case w_tab:
        put(run, INLINE_TAB);
        break;
    case w_br:
        read_break(run, node);
        break;
    case w_cr:
        put(run, INLINE_LINE_BREAK);
        break;
    case w_noBreakHyphen:
        put(run, INLINE_NO_BREAK_HYPHEN);
        break;
    case w_softHyphen:
        if (legacy_soft_hyphen(run->builder->story->reader, run->props) && shown(run))
            add_text(run->builder, run->props, "\u00AD", 2);
        else
            put(run, INLINE_SOFT_HYPHEN);
        break;
    case w_sym:
        read_symbol(run, node);
        break;
    case w_pgNum:
        put(run, INLINE_PAGE_NUMBER);
        break;
    case w_separator:
    case w_continuationSeparator:
        put(run, INLINE_SEPARATOR);
        break;
    case w_fldChar:
        read_field_char(run, node);
        break;
    case w_instrText:
        read_instruction(run, node);
        break;
    case w_delText:
        break;
    default:
        if (!is_marker(node))
            read_object(run, node);
    }
}

void read_run_content(struct builder *builder, const struct xml_node *parent,
                      const struct run_props *props) {
    const struct run run = {builder, props};
    const struct xml_node *node;
    XML_EACH_CHILD (node, parent)
        read_run_child(&run, node);
    builder->want_mark = false;
}

void read_run(struct builder *builder, const struct xml_node *node) {
    struct styles *styles = builder->story->reader->styles;
    const struct xml_node *rpr = xml_child(node, w_rPr);
    read_run_content(builder, node,
                     fields_contents(&builder->story->fields)
                         ? styles_run_in_contents(styles, builder->style, rpr)
                         : styles_run(styles, builder->style, rpr));
}
