#include "docx/build.h"
#include "base/utf8.h"

#include <string.h>

/* CT_PPr (17.3.1.26), CT_RPr (17.3.2.28), CT_TblPr (17.4.60), CT_TcPr (17.4.70). */
static const enum xml_name paragraph_order[] = {
    w_pStyle,        w_keepNext,     w_keepLines,     w_pageBreakBefore,
    w_framePr,       w_widowControl, w_numPr,         w_suppressLineNumbers,
    w_pBdr,          w_shd,          w_tabs,          w_suppressAutoHyphens,
    w_snapToGrid,    w_spacing,      w_ind,           w_contextualSpacing,
    w_mirrorIndents, w_jc,           w_textDirection, w_textAlignment,
    w_outlineLvl,    w_cnfStyle,     w_rPr,           w_sectPr,
    w_pPrChange,     XML_UNKNOWN};
static const enum xml_name run_order[] = {
    w_rStyle, w_rFonts,    w_b,       w_bCs,       w_i,        w_iCs,     w_caps,      w_smallCaps,
    w_strike, w_dstrike,   w_outline, w_shadow,    w_emboss,   w_imprint, w_noProof,   w_snapToGrid,
    w_vanish, w_webHidden, w_color,   w_spacing,   w_w,        w_kern,    w_position,  w_sz,
    w_szCs,   w_highlight, w_u,       w_effect,    w_bdr,      w_shd,     w_vertAlign, w_rtl,
    w_cs,     w_em,        w_lang,    w_rPrChange, XML_UNKNOWN};
static const enum xml_name table_order[] = {
    w_tblStyle,   w_tblpPr,     w_tblStyleRowBandSize, w_tblStyleColBandSize,
    w_tblW,       w_jc,         w_tblCellSpacing,      w_tblInd,
    w_tblBorders, w_shd,        w_tblLayout,           w_tblCellMar,
    w_tblLook,    w_tblCaption, w_tblPrChange,         XML_UNKNOWN};
static const enum xml_name cell_order[] = {
    w_cnfStyle, w_tcW,   w_gridSpan,      w_hMerge, w_vMerge,     w_tcBorders, w_shd,
    w_noWrap,   w_tcMar, w_textDirection, w_vAlign, w_tcPrChange, XML_UNKNOWN};

static const enum xml_name *order_of(enum xml_name props) {
    switch (props) {
    case w_rPr:
        return run_order;
    case w_tblPr:
        return table_order;
    case w_tcPr:
        return cell_order;
    default:
        return paragraph_order;
    }
}

static int rank(const enum xml_name *order, enum xml_name name) {
    int i = 0;
    while (order[i] != XML_UNKNOWN && order[i] != name)
        i++;
    return i;
}

bool build_in_order(const struct xml_node *props) {
    const enum xml_name *order = order_of(props->name);
    int last = 0;
    struct xml_node *child;
    XML_EACH_CHILD (child, props) {
        int place = rank(order, child->name);
        if (order[place] == XML_UNKNOWN)
            continue;
        if (place < last)
            return false;
        last = place;
    }
    return true;
}

struct xml_node *build_add(struct pool *pool, struct xml_node *parent, enum xml_name name,
                           enum xml_name attr, const char *value) {
    struct xml_node *node = xml_new(pool, name);
    if (value)
        xml_set(pool, node, attr, value);
    xml_append(parent, node);
    return node;
}

struct xml_node *build_add_int(struct pool *pool, struct xml_node *parent, enum xml_name name,
                               enum xml_name attr, int value) {
    return build_add(pool, parent, name, attr, pool_printf(pool, "%d", value));
}

struct xml_node *build_property(struct pool *pool, struct xml_node *props, enum xml_name name) {
    struct xml_node *found = xml_child(props, name);
    if (found)
        return found;
    const enum xml_name *order = order_of(props->name);
    int place = rank(order, name);
    struct xml_node *node = xml_new(pool, name), *after = NULL, *child;
    XML_EACH_CHILD (child, props)
        if (rank(order, child->name) <= place)
            after = child;
    if (after)
        xml_insert_after(after, node);
    else if (props->first)
        xml_insert_before(props->first, node);
    else
        xml_append(props, node);
    return node;
}

void build_on(struct pool *pool, struct xml_node *props, enum xml_name name) {
    build_property(pool, props, name)->attrs = NULL;
}

struct xml_node *build_props(struct pool *pool, struct xml_node *node, enum xml_name name) {
    struct xml_node *props = xml_child(node, name);
    if (props)
        return props;
    props = xml_new(pool, name);
    if (node->first)
        xml_insert_before(node->first, props);
    else
        xml_append(node, props);
    return props;
}

struct xml_node *build_run(struct pool *pool, const struct xml_node *props) {
    struct xml_node *run = xml_new(pool, w_r);
    if (props)
        xml_append(run, xml_copy(pool, props));
    return run;
}

static void put_piece(struct pool *pool, struct xml_node *run, const char *text, size_t n) {
    if (!n)
        return;
    struct xml_node *t = xml_new(pool, w_t);
    xml_set(pool, t, xml_space, "preserve");
    xml_append(t, xml_new_text(pool, pool_strndup(pool, text, n)));
    xml_append(run, t);
}

/* Char of XML 1.0, 2.2. */
static bool is_xml_char(uint32_t cp) {
    return cp == '\t' || cp == '\n' || (cp >= 0x20 && cp < 0xD800) ||
           (cp >= 0xE000 && cp < 0xFFFE) || cp >= 0x10000;
}

/* Most of a text, told without decoding it. */
static bool is_plain(char c) {
    return c >= ' ' && c < 0x7F;
}

void build_text(struct pool *pool, struct xml_node *run, const char *text) {
    const char *piece = text, *end = text + strlen(text);
    for (const char *p = text; p < end;) {
        const char *at = p;
        if (is_plain(*p)) {
            p++;
            continue;
        }
        uint32_t cp = utf8_next(&p, end);
        bool legal = is_xml_char(cp);
        if (legal && cp != '\t' && cp != '\n')
            continue;
        put_piece(pool, run, piece, (size_t)(at - piece));
        piece = p;
        if (legal)
            xml_append(run, xml_new(pool, cp == '\t' ? w_tab : w_br));
        else
            put_piece(pool, run, "\xEF\xBF\xBD", 3);
    }
    put_piece(pool, run, piece, (size_t)(end - piece));
}

char *build_clean(struct pool *pool, const char *text) {
    struct buf out = {0};
    const char *end = text + strlen(text);
    for (const char *p = text; p < end;) {
        const char *at = p;
        if (is_xml_char(utf8_next(&p, end)))
            buf_append(&out, at, (size_t)(p - at));
        else
            buf_puts(&out, "\xEF\xBF\xBD");
    }
    char *clean = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return clean;
}

struct xml_node *build_thin_paragraph(struct pool *pool) {
    struct xml_node *paragraph = xml_new(pool, w_p);
    struct xml_node *props = build_props(pool, paragraph, w_pPr);
    struct xml_node *spacing = build_property(pool, props, w_spacing);
    xml_set(pool, spacing, w_before, "0");
    xml_set(pool, spacing, w_after, "0");
    xml_set(pool, spacing, w_line, "20");
    xml_set(pool, spacing, w_lineRule, "exact");
    struct xml_node *mark = build_property(pool, props, w_rPr);
    xml_set(pool, build_property(pool, mark, w_sz), w_val, "2");
    xml_set(pool, build_property(pool, mark, w_szCs), w_val, "2");
    return paragraph;
}
