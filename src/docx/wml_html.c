/* HTML as Word takes it in: elements become paragraphs, runs and tables of WordprocessingML, which
 * are then read like any others.
 *
 * The text is walked once, tag by tag. A stack holds what is open: elements that format runs, lists
 * and tables. An end tag closes what stands above its element; one without its element is ignored,
 * as browsers have it. Beyond MAX_OPEN elements open no more, so their text goes on as it is. */
#include "docx/wml_html.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "docx/units.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MAX_OPEN = 64, MAX_NAME = 16 };

enum kind {
    KIND_RUN,   /* formats runs: b, span ... */
    KIND_BLOCK, /* is a paragraph, or holds some */
    KIND_LIST,
    KIND_ITEM,
    KIND_TABLE,
    KIND_ROW,
    KIND_CELL,
    KIND_BREAK,
    KIND_RULE,
    KIND_HIDDEN,
    KIND_OTHER
};

struct look {
    bool bold, italic, underline, strike, preformatted;
    const char *vert_align, *jc;
    int size; /* half-points; 0: the paragraph's */
    int heading;
    const char *color; /* six hex digits */
};

struct open {
    char name[MAX_NAME];
    enum kind kind;
    struct look look;
    struct xml_node *node; /* of a table, row or cell */
    int count;             /* of a list: items so far */
    bool ordered;
};

struct html {
    struct pool *pool;
    struct open open[MAX_OPEN];
    size_t n;
    struct xml_node *para; /* in hand; NULL: none */
    struct buf text;       /* of its run in hand */
    bool gap;              /* white space waits to be written */
    bool had_text;         /* the line has some */
    int breaks;            /* line breaks that wait: the last of a paragraph ends it and no more */
};

/* ---- building ---- */

static struct xml_node *add(struct html *h, struct xml_node *parent, enum xml_name name) {
    struct xml_node *node = xml_new(h->pool, name);
    xml_append(parent, node);
    return node;
}

static struct xml_node *add_val(struct html *h, struct xml_node *parent, enum xml_name name,
                                const char *value) {
    struct xml_node *node = add(h, parent, name);
    xml_set(h->pool, node, w_val, value);
    return node;
}

static const struct look *look_now(const struct html *h) {
    return &h->open[h->n - 1].look;
}

/* Where blocks go: the innermost cell, or the body. */
static struct xml_node *container(const struct html *h) {
    for (size_t i = h->n; i-- > 0;)
        if (h->open[i].kind == KIND_CELL)
            return h->open[i].node;
    return h->open[0].node;
}

static int list_depth(const struct html *h) {
    int depth = 0;
    for (size_t i = 0; i < h->n; i++)
        depth += h->open[i].kind == KIND_LIST;
    return depth;
}

static void put_run_props(struct html *h, struct xml_node *run, const struct look *look) {
    struct xml_node *props = add(h, run, w_rPr);
    if (look->bold)
        add(h, props, w_b);
    if (look->italic)
        add(h, props, w_i);
    if (look->strike)
        add(h, props, w_strike);
    if (look->color)
        add_val(h, props, w_color, look->color);
    add_val(h, props, w_sz, pool_printf(h->pool, "%d", look->size ? look->size : 24));
    if (look->underline)
        add_val(h, props, w_u, "single");
    if (look->vert_align)
        add_val(h, props, w_vertAlign, look->vert_align);
}

static void end_run(struct html *h) {
    if (!h->text.len || !h->para)
        return;
    struct xml_node *run = add(h, h->para, w_r);
    put_run_props(h, run, look_now(h));
    xml_append(add(h, run, w_t), xml_new_text(h->pool, pool_strdup(h->pool, buf_text(&h->text))));
    buf_clear(&h->text);
}

static void put_spacing(struct html *h, struct xml_node *props) {
    bool close = list_depth(h) > 0 || container(h)->name == w_tc;
    struct xml_node *spacing = add(h, props, w_spacing);
    xml_set(h->pool, spacing, w_before, "0");
    xml_set(h->pool, spacing, w_after, "0");
    xml_set(h->pool, spacing, w_line, "240");
    xml_set(h->pool, spacing, w_beforeAutospacing, close ? "0" : "1");
    xml_set(h->pool, spacing, w_afterAutospacing, close ? "0" : "1");
}

/* A paragraph of its own look, whatever the document's Normal is. */
static void begin_para(struct html *h) {
    const struct look *look = look_now(h);
    int depth = list_depth(h);
    h->para = add(h, container(h), w_p);
    struct xml_node *props = add(h, h->para, w_pPr);
    put_spacing(h, props);
    if (depth) {
        struct xml_node *indent = add(h, props, w_ind);
        xml_set(h->pool, indent, w_left, pool_printf(h->pool, "%d", 720 * depth));
    }
    if (look->jc)
        add_val(h, props, w_jc, look->jc);
    if (look->heading)
        add_val(h, props, w_outlineLvl, pool_printf(h->pool, "%d", look->heading - 1));
    put_run_props(h, props, look);
}

static void put_breaks(struct html *h, int n) {
    if (!h->para)
        begin_para(h);
    end_run(h);
    for (; n > 0; n--)
        add(h, add(h, h->para, w_r), w_br);
    h->breaks = 0;
    h->had_text = false;
}

static void end_para(struct html *h) {
    if (h->breaks)
        put_breaks(h, h->breaks - 1);
    end_run(h);
    h->para = NULL;
    h->gap = h->had_text = false;
}

static void put_bytes(struct html *h, const char *bytes, size_t n) {
    if (!h->para)
        begin_para(h);
    if (h->breaks)
        put_breaks(h, h->breaks);
    if (h->gap && h->had_text)
        buf_putc(&h->text, ' ');
    h->gap = false;
    h->had_text = true;
    buf_append(&h->text, bytes, n);
}

/* ---- lists ---- */

/* The label hangs before the paragraph: a bullet or the item's number. */
static void begin_item(struct html *h) {
    static const char *const bullets[] = {"•", "◦", "▪"};
    struct open *list = NULL;
    for (size_t i = h->n; i-- > 0 && !list;)
        if (h->open[i].kind == KIND_LIST)
            list = &h->open[i];
    begin_para(h);
    if (!list)
        return;
    xml_set(h->pool, xml_child(xml_child(h->para, w_pPr), w_ind), w_hanging, "360");
    list->count++;
    if (list->ordered)
        buf_printf(&h->text, "%d.", list->count);
    else
        buf_puts(&h->text, bullets[(list_depth(h) - 1) % 3]);
    end_run(h);
    add(h, add(h, h->para, w_r), w_tab);
}

/* ---- tables ---- */

static struct xml_node *new_table(struct html *h, bool bordered) {
    static const enum xml_name edges[] = {w_top, w_left, w_bottom, w_right, w_insideH, w_insideV};
    struct xml_node *table = add(h, container(h), w_tbl), *props = add(h, table, w_tblPr);
    struct xml_node *borders = bordered ? add(h, props, w_tblBorders) : NULL;
    for (size_t i = 0; borders && i < sizeof edges / sizeof edges[0]; i++)
        xml_set(h->pool, add_val(h, borders, edges[i], "single"), w_sz, "4");
    add(h, table, w_tblGrid);
    return table;
}

static struct xml_node *innermost(const struct html *h, enum kind kind) {
    for (size_t i = h->n; i-- > 0;) {
        if (h->open[i].kind == kind)
            return h->open[i].node;
        if (h->open[i].kind == KIND_TABLE)
            return NULL;
    }
    return NULL;
}

/* ---- tags ---- */

struct tag {
    char name[MAX_NAME];
    bool closes;
    const char *attrs; /* up to `end` */
    const char *end;
};

static enum kind kind_of(const char *name) {
    static const struct {
        const char *name;
        enum kind kind;
    } kinds[] = {{"p", KIND_BLOCK},       {"div", KIND_BLOCK},
                 {"h1", KIND_BLOCK},      {"h2", KIND_BLOCK},
                 {"h3", KIND_BLOCK},      {"h4", KIND_BLOCK},
                 {"h5", KIND_BLOCK},      {"h6", KIND_BLOCK},
                 {"pre", KIND_BLOCK},     {"blockquote", KIND_BLOCK},
                 {"dt", KIND_BLOCK},      {"dd", KIND_BLOCK},
                 {"section", KIND_BLOCK}, {"article", KIND_BLOCK},
                 {"center", KIND_BLOCK},  {"caption", KIND_BLOCK},
                 {"ul", KIND_LIST},       {"ol", KIND_LIST},
                 {"li", KIND_ITEM},       {"table", KIND_TABLE},
                 {"tr", KIND_ROW},        {"td", KIND_CELL},
                 {"th", KIND_CELL},       {"br", KIND_BREAK},
                 {"hr", KIND_RULE},       {"script", KIND_HIDDEN},
                 {"style", KIND_HIDDEN},  {"title", KIND_HIDDEN},
                 {"b", KIND_RUN},         {"strong", KIND_RUN},
                 {"i", KIND_RUN},         {"em", KIND_RUN},
                 {"u", KIND_RUN},         {"s", KIND_RUN},
                 {"strike", KIND_RUN},    {"del", KIND_RUN},
                 {"ins", KIND_RUN},       {"sub", KIND_RUN},
                 {"sup", KIND_RUN},       {"span", KIND_RUN},
                 {"font", KIND_RUN},      {"a", KIND_RUN}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(name, kinds[i].name) == 0)
            return kinds[i].kind;
    return KIND_OTHER;
}

/* The value of an attribute of the tag, copied; NULL: none. */
static const char *attribute(const struct html *h, const struct tag *tag, const char *name) {
    size_t n = strlen(name);
    for (const char *p = tag->attrs; p + n < tag->end; p++) {
        if (strncasecmp(p, name, n) != 0 || p[n] != '=' || (p[-1] != ' ' && p[-1] != '\n'))
            continue;
        p += n + 1;
        char quote = *p == '"' || *p == '\'' ? *p++ : 0;
        size_t len = 0;
        while (p + len < tag->end && (quote ? p[len] != quote : p[len] != ' '))
            len++;
        return pool_strndup(h->pool, p, len);
    }
    return NULL;
}

static const char *hex_color(const struct html *h, const char *value) {
    static const char *const names[][2] = {
        {"black", "000000"}, {"white", "FFFFFF"},  {"red", "FF0000"},    {"green", "008000"},
        {"blue", "0000FF"},  {"gray", "808080"},   {"grey", "808080"},   {"yellow", "FFFF00"},
        {"navy", "000080"},  {"maroon", "800000"}, {"purple", "800080"}, {"orange", "FFA500"}};
    value += strspn(value, " ");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strncasecmp(value, names[i][0], strlen(names[i][0])) == 0)
            return names[i][1];
    size_t digits = *value == '#' ? strspn(value + 1, "0123456789abcdefABCDEF") : 0;
    if (digits == 3)
        return pool_printf(h->pool, "%c%c%c%c%c%c", value[1], value[1], value[2], value[2],
                           value[3], value[3]);
    return digits == 6 ? pool_strndup(h->pool, value + 1, 6) : NULL;
}

/* The value of one property of a style attribute; NULL: not said. */
static const char *property(const char *style, const char *name) {
    size_t n = strlen(name);
    for (const char *p = style; p && *p; p = strchr(p, ';')) {
        p += strspn(p, "; \n");
        if (strncasecmp(p, name, n) == 0 && p[n + strspn(p + n, " ")] == ':')
            return strchr(p, ':') + 1 + strspn(strchr(p, ':') + 1, " ");
    }
    return NULL;
}

static bool says(const char *value, const char *word) {
    return value && strncasecmp(value, word, strlen(word)) == 0;
}

static const char *jc_of(const char *align) {
    return says(align, "center")    ? "center"
           : says(align, "right")   ? "right"
           : says(align, "justify") ? "both"
           : says(align, "left")    ? "left"
                                    : NULL;
}

static void take_style(const struct html *h, const struct tag *tag, struct look *look) {
    const char *style = attribute(h, tag, "style"), *color = attribute(h, tag, "color");
    const char *align = attribute(h, tag, "align"), *value = property(style, "color");
    if (value)
        color = value;
    if (color && hex_color(h, color))
        look->color = hex_color(h, color);
    if ((value = property(style, "font-weight")))
        look->bold = says(value, "bold") || atoi(value) >= 600;
    if ((value = property(style, "font-style")))
        look->italic = says(value, "italic");
    if ((value = property(style, "text-decoration"))) {
        look->underline |= says(value, "underline");
        look->strike |= says(value, "line-through");
    }
    mpt size = length_parse(property(style, "font-size"), 0, NULL); /* 0: of no unit, or "150%" */
    if (size >= UNIT_POINT && size < 400 * UNIT_POINT)
        look->size = size / UNIT_HALF_POINT;
    if ((value = property(style, "text-align")))
        align = value;
    if (jc_of(align))
        look->jc = jc_of(align);
}

static void take_name(const char *name, struct look *look) {
    static const int sizes[] = {48, 36, 27, 24, 20, 15}; /* of h1 to h6 */
    if (strcmp(name, "b") == 0 || strcmp(name, "strong") == 0 || strcmp(name, "th") == 0)
        look->bold = true;
    else if (strcmp(name, "i") == 0 || strcmp(name, "em") == 0)
        look->italic = true;
    else if (strcmp(name, "u") == 0 || strcmp(name, "ins") == 0)
        look->underline = true;
    else if (strcmp(name, "s") == 0 || strcmp(name, "strike") == 0 || strcmp(name, "del") == 0)
        look->strike = true;
    else if (strcmp(name, "sub") == 0)
        look->vert_align = "subscript";
    else if (strcmp(name, "sup") == 0)
        look->vert_align = "superscript";
    else if (strcmp(name, "pre") == 0)
        look->preformatted = true;
    if (strcmp(name, "center") == 0 || strcmp(name, "th") == 0)
        look->jc = "center";
    if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6') {
        look->bold = true;
        look->heading = name[1] - '0';
        look->size = sizes[look->heading - 1];
    }
}

static struct open *push(struct html *h, const struct tag *tag, enum kind kind) {
    if (h->n == MAX_OPEN)
        return NULL;
    struct open *open = &h->open[h->n];
    *open = (struct open){.kind = kind, .look = h->open[h->n - 1].look};
    memcpy(open->name, tag->name, sizeof open->name);
    take_name(tag->name, &open->look);
    take_style(h, tag, &open->look);
    h->n++;
    return open;
}

/* Closes what is open down to index `to`. A cell left empty gets its paragraph when read. */
static void close_down(struct html *h, size_t to) {
    while (h->n > to && h->n > 1) {
        if (h->open[h->n - 1].kind == KIND_RUN)
            end_run(h);
        else
            end_para(h);
        h->n--;
    }
}

/* A new row, cell or item closes the last one of its kind, unless a table or list is between. */
static void close_last(struct html *h, enum kind kind, enum kind limit) {
    for (size_t i = h->n; i-- > 1 && h->open[i].kind != limit;)
        if (h->open[i].kind == kind) {
            close_down(h, i);
            return;
        }
}

static void open_cell(struct html *h, const struct tag *tag) {
    close_last(h, KIND_CELL, KIND_TABLE);
    struct xml_node *row = innermost(h, KIND_ROW), *table = innermost(h, KIND_TABLE);
    struct open *open;
    if (!table && !row)
        return; /* a cell outside tables: its text goes on */
    if (!row && (open = push(h, &(struct tag){.name = "tr", .attrs = "", .end = ""}, KIND_ROW)))
        row = open->node = add(h, table, w_tr);
    if (!row || !(open = push(h, tag, KIND_CELL)))
        return;
    const char *span = attribute(h, tag, "colspan");
    open->node = add(h, row, w_tc);
    struct xml_node *props = add(h, open->node, w_tcPr);
    if (span && atoi(span) > 1)
        add_val(h, props, w_gridSpan, span);
}

static void open_table(struct html *h, const struct tag *tag) {
    const char *border = attribute(h, tag, "border"), *style = attribute(h, tag, "style");
    const char *said = property(style, "border");
    struct xml_node *table =
        new_table(h, (border && strcmp(border, "0") != 0) || (said && !says(said, "none")));
    struct open *open = push(h, tag, KIND_TABLE);
    if (open)
        open->node = table;
}

static void open_tag(struct html *h, const struct tag *tag) {
    enum kind kind = kind_of(tag->name);
    struct open *open;
    if (kind == KIND_RUN) {
        end_run(h);
        push(h, tag, kind);
        return;
    }
    if (kind == KIND_BREAK) {
        h->breaks++;
        h->gap = false;
        return;
    }
    if (kind == KIND_OTHER)
        return;
    end_para(h);
    if (kind == KIND_BLOCK) {
        if (strcmp(tag->name, "p") == 0)
            close_last(h, KIND_BLOCK, KIND_CELL);
        push(h, tag, kind);
    } else if (kind == KIND_LIST && (open = push(h, tag, kind))) {
        open->ordered = tag->name[0] == 'o';
    } else if (kind == KIND_ITEM) {
        close_last(h, KIND_ITEM, KIND_LIST);
        push(h, tag, kind);
        begin_item(h);
    } else if (kind == KIND_TABLE) {
        open_table(h, tag);
    } else if (kind == KIND_ROW) {
        close_last(h, KIND_ROW, KIND_TABLE);
        struct xml_node *table = innermost(h, KIND_TABLE);
        if (table && (open = push(h, tag, kind)))
            open->node = add(h, table, w_tr);
    } else if (kind == KIND_CELL) {
        open_cell(h, tag);
    }
}

static void close_tag(struct html *h, const struct tag *tag) {
    enum kind kind = kind_of(tag->name);
    for (size_t i = h->n; i-- > 1;) {
        if (strcmp(h->open[i].name, tag->name) == 0) {
            close_down(h, i);
            return;
        }
        if (kind != KIND_TABLE && h->open[i].kind == KIND_TABLE)
            return; /* nothing in a table closes what is around it */
    }
}

/* ---- the text ---- */

static const char *read_tag(const char *at, struct tag *tag) {
    size_t n = 0;
    *tag = (struct tag){.closes = *at == '/'};
    at += tag->closes;
    for (; (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') || (*at >= '0' && *at <= '9');
         at++)
        if (n + 1 < MAX_NAME)
            tag->name[n++] = (char)(*at >= 'A' && *at <= 'Z' ? *at + 32 : *at);
    tag->attrs = at + (*at == ' ');
    for (char quote = 0; *at && (quote || *at != '>'); at++)
        if (quote ? *at == quote : *at == '"' || *at == '\'')
            quote = quote ? 0 : *at;
    tag->end = at;
    return *at ? at + 1 : at;
}

/* The end of an element whose text is not the document's; to the end where it is never closed. */
static const char *past_hidden(const char *at, const char *name) {
    size_t n = strlen(name);
    while ((at = strstr(at, "</")) != NULL && strncasecmp(at + 2, name, n) != 0)
        at += 2;
    return at;
}

static const char *take_tag(struct html *h, const char *at) {
    struct tag tag;
    if (strncmp(at, "!--", 3) == 0) {
        const char *stop = strstr(at, "-->");
        return stop ? stop + 3 : at + strlen(at);
    }
    const char *after = read_tag(at, &tag);
    if (tag.closes)
        close_tag(h, &tag);
    else if (kind_of(tag.name) != KIND_HIDDEN)
        open_tag(h, &tag);
    else if (!(after = past_hidden(after, tag.name)))
        after = at + strlen(at);
    return after;
}

/* The character of "&amp;" and its like at `at`, behind the "&"; 0: none. */
static uint32_t entity(const char *at, const char **past) {
    static const struct {
        const char *name;
        uint32_t cp;
    } names[] = {{"amp;", '&'},       {"lt;", '<'},       {"gt;", '>'},       {"quot;", '"'},
                 {"apos;", '\''},     {"nbsp;", 0xA0},    {"ndash;", 0x2013}, {"mdash;", 0x2014},
                 {"lsquo;", 0x2018},  {"rsquo;", 0x2019}, {"ldquo;", 0x201C}, {"rdquo;", 0x201D},
                 {"hellip;", 0x2026}, {"bull;", 0x2022},  {"middot;", 0xB7},  {"deg;", 0xB0},
                 {"copy;", 0xA9},     {"reg;", 0xAE},     {"times;", 0xD7},   {"euro;", 0x20AC},
                 {"agrave;", 0xE0},   {"aacute;", 0xE1},  {"acirc;", 0xE2},   {"atilde;", 0xE3},
                 {"egrave;", 0xE8},   {"eacute;", 0xE9},  {"ecirc;", 0xEA},   {"igrave;", 0xEC},
                 {"iacute;", 0xED},   {"ograve;", 0xF2},  {"oacute;", 0xF3},  {"ocirc;", 0xF4},
                 {"otilde;", 0xF5},   {"ugrave;", 0xF9},  {"uacute;", 0xFA},  {"yacute;", 0xFD},
                 {"Agrave;", 0xC0},   {"Aacute;", 0xC1},  {"Acirc;", 0xC2},   {"Atilde;", 0xC3},
                 {"Egrave;", 0xC8},   {"Eacute;", 0xC9},  {"Ecirc;", 0xCA},   {"Ocirc;", 0xD4},
                 {"Oacute;", 0xD3},   {"Uacute;", 0xDA},  {"eth;", 0xF0}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strncmp(at, names[i].name, strlen(names[i].name)) != 0)
            continue;
        *past = at + strlen(names[i].name);
        return names[i].cp;
    }
    if (*at != '#')
        return 0;
    bool hex = (at[1] | 0x20) == 'x';
    char *end;
    unsigned long cp = strtoul(at + 1 + hex, &end, hex ? 16 : 10);
    *past = end + (*end == ';');
    return *end == ';' && cp >= ' ' && cp < 0x110000 && (cp < 0xD800 || cp > 0xDFFF) ? (uint32_t)cp
                                                                                     : 0;
}

static void take_white(struct html *h, char c) {
    if (!look_now(h)->preformatted)
        h->gap = true;
    else if (c == '\n')
        h->breaks++;
    else if (c != '\r')
        put_bytes(h, " ", 1);
}

static const char *take_char(struct html *h, const char *p) {
    char bytes[4];
    const char *past;
    uint32_t cp = *p == '&' ? entity(p + 1, &past) : 0;
    if (cp) {
        put_bytes(h, bytes, utf8_put(bytes, cp));
        return past;
    }
    if (strchr(" \t\r\n", *p)) {
        take_white(h, *p);
        return p + 1;
    }
    size_t n = 1 + strcspn(p + 1, "<& \t\r\n");
    put_bytes(h, p, n);
    return p + n;
}

/* A lone "<" is a character. */
static bool is_tag(const char *p) {
    char next = p[0] == '<' ? (char)(p[1] | 0x20) : '\0';
    return (next >= 'a' && next <= 'z') || (p[0] == '<' && p[1] && strchr("/!?", p[1]));
}

struct xml_node *html_blocks(struct pool *pool, const char *html) {
    struct html *h = POOL_NEW(pool, struct html);
    *h = (struct html){.pool = pool, .n = 1};
    struct xml_node *body = h->open[0].node = xml_new(pool, w_body);
    h->open[0].kind = KIND_OTHER;
    for (const char *p = html; *p;)
        p = is_tag(p) ? take_tag(h, p + 1) : take_char(h, p);
    end_para(h);
    buf_free(&h->text);
    return body;
}
