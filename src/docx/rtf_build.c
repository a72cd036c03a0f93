/* Runs, paragraphs, notes, fields and pictures of RTF as nodes. Everything is said outright, so
 * that it looks the same whatever the styles of the document it is put into are. */
#include "docx/rtf_parts.h"

#include "base/utf8.h"

#include <string.h>

/* ---- nodes ---- */

struct xml_node *rtf_add(struct rtf *r, struct xml_node *parent, enum xml_name name) {
    struct xml_node *node = xml_new(r->pool, name);
    xml_append(parent, node);
    return node;
}

void rtf_add_val(struct rtf *r, struct xml_node *parent, enum xml_name name, const char *value) {
    xml_set(r->pool, rtf_add(r, parent, name), w_val, value);
}

void rtf_set_int(struct rtf *r, struct xml_node *node, enum xml_name name, int value) {
    xml_set(r->pool, node, name, pool_printf(r->pool, "%d", value));
}

void rtf_add_int(struct rtf *r, struct xml_node *parent, enum xml_name name, int value) {
    rtf_set_int(r, rtf_add(r, parent, name), w_val, value);
}

const char *rtf_color(struct rtf *r, int index) {
    int32_t color = index >= 0 && (size_t)index < r->colors.n ? r->colors.at[index] : -1;
    return color < 0 ? "auto" : pool_printf(r->pool, "%06X", (unsigned)color);
}

void rtf_put_edge(struct rtf *r, struct xml_node *parent, enum xml_name name,
                  const struct rtf_edge *edge) {
    if (!edge->kind)
        return;
    struct xml_node *node = rtf_add(r, parent, name);
    xml_set(r->pool, node, w_val, edge->kind);
    rtf_set_int(r, node, w_sz, edge->width > 5 ? edge->width * 2 / 5 : 2);
    xml_set(r->pool, node, w_color, rtf_color(r, edge->color));
}

static void put_shade(struct rtf *r, struct xml_node *parent, int index) {
    struct xml_node *shade = index > 0 ? rtf_add(r, parent, w_shd) : NULL;
    if (!shade)
        return;
    xml_set(r->pool, shade, w_val, "clear");
    xml_set(r->pool, shade, w_fill, rtf_color(r, index));
}

/* ---- runs ---- */

static void put_flags(struct rtf *r, struct xml_node *props, const struct rtf_chars *c) {
    const struct {
        bool on;
        enum xml_name name;
    } flags[] = {{c->bold, w_b},        {c->italic, w_i},
                 {c->caps, w_caps},     {c->small_caps, w_smallCaps},
                 {c->strike, w_strike}, {c->double_strike, w_dstrike},
                 {c->hidden, w_vanish}};
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (flags[i].on)
            rtf_add(r, props, flags[i].name);
}

/* The sixteen colours of \highlight. */
static void put_highlight(struct rtf *r, struct xml_node *props, int index) {
    static const char *const names[] = {
        NULL,          "black",   "blue",       "cyan",     "green",    "magenta",
        "red",         "yellow",  NULL,         "darkBlue", "darkCyan", "darkGreen",
        "darkMagenta", "darkRed", "darkYellow", "darkGray", "lightGray"};
    const int n = (int)(sizeof names / sizeof names[0]);
    if (index < 0 || index >= n || !names[index])
        return;
    rtf_add_val(r, props, w_highlight, names[index]);
}

static void put_run_props(struct rtf *r, struct xml_node *parent) {
    const struct rtf_chars *c = &r->now.chars;
    const struct rtf_font *font = rtf_font_of(r, c->font);
    struct xml_node *props = rtf_add(r, parent, w_rPr);
    if (font && font->name) {
        struct xml_node *fonts = rtf_add(r, props, w_rFonts);
        xml_set(r->pool, fonts, w_ascii, font->name);
        xml_set(r->pool, fonts, w_hAnsi, font->name);
        xml_set(r->pool, fonts, w_cs, font->name);
        xml_set(r->pool, fonts, w_eastAsia, font->name);
    }
    put_flags(r, props, c);
    rtf_add_val(r, props, w_color, rtf_color(r, c->color));
    if (c->spacing)
        rtf_add_int(r, props, w_spacing, c->spacing);
    if (c->scale != 100)
        rtf_add_int(r, props, w_w, c->scale);
    if (c->raise)
        rtf_add_int(r, props, w_position, c->raise);
    rtf_add_int(r, props, w_sz, c->size);
    put_highlight(r, props, c->highlight);
    if (c->underline)
        rtf_add_val(r, props, w_u, c->underline);
    put_shade(r, props, c->back);
    if (c->align)
        rtf_add_val(r, props, w_vertAlign, c->align);
}

static struct xml_node *para_now(struct rtf *r) {
    if (!r->para)
        r->para = xml_new(r->pool, w_p);
    return r->para;
}

static struct xml_node *new_run(struct rtf *r) {
    struct xml_node *run = rtf_add(r, para_now(r), w_r);
    put_run_props(r, run);
    return run;
}

void rtf_end_run(struct rtf *r) {
    size_t n = 0;
    rtf_decode(r);
    r->high = 0;
    if (!r->text.len || !rtf_is_text(r->now.group))
        return;
    const char *text = utf8_nfc(r->pool, r->text.data, r->text.len, &n);
    struct xml_node *t = rtf_add(r, new_run(r), w_t);
    xml_set(r->pool, t, xml_space, "preserve");
    xml_append(t, xml_new_text(r->pool, text));
    buf_clear(&r->text);
}

struct xml_node *rtf_mark(struct rtf *r, enum xml_name name) {
    rtf_end_run(r);
    return rtf_add(r, new_run(r), name);
}

void rtf_symbol(struct rtf *r, unsigned char byte) {
    const struct rtf_font *font = rtf_font_of(r, r->now.chars.font);
    struct xml_node *symbol = rtf_mark(r, w_sym);
    xml_set(r->pool, symbol, w_font, font && font->name ? font->name : "Symbol");
    xml_set(r->pool, symbol, w_char, pool_printf(r->pool, "F0%02X", byte));
}

/* ---- paragraphs ---- */

static void put_spacing(struct rtf *r, struct xml_node *props, const struct rtf_para *p) {
    struct xml_node *spacing = rtf_add(r, props, w_spacing);
    int line = p->line == 0 || p->line == 1000 ? 240 : p->line < 0 ? -p->line : p->line;
    bool even = p->line == 0 || p->line == 1000 || p->multiple;
    rtf_set_int(r, spacing, w_before, p->before);
    rtf_set_int(r, spacing, w_after, p->after);
    rtf_set_int(r, spacing, w_line, line);
    xml_set(r->pool, spacing, w_lineRule, even ? "auto" : p->line < 0 ? "exact" : "atLeast");
}

static void put_tabs(struct rtf *r, struct xml_node *props, const struct rtf_para *p) {
    struct xml_node *tabs = p->tab_count ? rtf_add(r, props, w_tabs) : NULL;
    for (size_t i = 0; i < p->tab_count; i++) {
        struct xml_node *tab = rtf_add(r, tabs, w_tab);
        xml_set(r->pool, tab, w_val, p->tabs[i].align);
        rtf_set_int(r, tab, w_pos, p->tabs[i].at);
        if (p->tabs[i].leader)
            xml_set(r->pool, tab, w_leader, p->tabs[i].leader);
    }
}

static void put_borders(struct rtf *r, struct xml_node *props, const struct rtf_para *p) {
    static const enum xml_name names[] = {w_top, w_left, w_bottom, w_right};
    struct xml_node *borders = NULL;
    for (int i = 0; i < RTF_SIDES; i++) {
        if (!p->edges[i].kind)
            continue;
        borders = borders ? borders : rtf_add(r, props, w_pBdr);
        rtf_put_edge(r, borders, names[i], &p->edges[i]);
    }
}

static void put_para_props(struct rtf *r, struct xml_node *para) {
    const struct rtf_para *p = &r->now.para;
    struct xml_node *props = xml_new(r->pool, w_pPr);
    if (para->first)
        xml_insert_before(para->first, props);
    else
        xml_append(para, props);
    if (p->keep_next)
        rtf_add(r, props, w_keepNext);
    if (p->keep)
        rtf_add(r, props, w_keepLines);
    if (p->break_before || r->break_next)
        rtf_add(r, props, w_pageBreakBefore);
    r->break_next = false;
    rtf_add_val(r, props, w_widowControl, p->widow_off ? "0" : "1");
    put_borders(r, props, p);
    put_shade(r, props, p->shade);
    put_tabs(r, props, p);
    put_spacing(r, props, p);
    struct xml_node *indent = rtf_add(r, props, w_ind);
    rtf_set_int(r, indent, w_left, p->left);
    rtf_set_int(r, indent, w_right, p->right);
    rtf_set_int(r, indent, p->first < 0 ? w_hanging : w_firstLine,
                p->first < 0 ? -p->first : p->first);
    if (p->contextual)
        rtf_add(r, props, w_contextualSpacing);
    rtf_add_val(r, props, w_jc, p->jc ? p->jc : "left");
    if (p->outline)
        rtf_add_int(r, props, w_outlineLvl, p->outline - 1);
    put_run_props(r, props);
}

/* `always`: even if nothing is in it. */
void rtf_end_para(struct rtf *r, bool always) {
    rtf_end_run(r);
    if (!r->para && !always)
        return;
    struct xml_node *para = para_now(r);
    r->para = NULL;
    put_para_props(r, para);
    xml_append(rtf_container(r, r->now.para.level), para);
}

/* ---- fields ---- */

void rtf_field_mark(struct rtf *r, const char *kind) {
    xml_set(r->pool, rtf_mark(r, w_fldChar), w_fldCharType, kind);
}

void rtf_page_number(struct rtf *r) {
    rtf_end_run(r);
    xml_set(r->pool, rtf_add(r, para_now(r), w_fldSimple), w_instr, "PAGE");
}

/* The instruction is what was gathered since its group began. */
void rtf_end_instruction(struct rtf *r) {
    size_t n = 0;
    rtf_decode(r);
    const char *text = utf8_nfc(r->pool, buf_text(&r->text), r->text.len, &n);
    buf_clear(&r->text);
    r->now.group = RTF_PLAIN;
    struct xml_node *instruction = rtf_mark(r, w_instrText);
    xml_set(r->pool, instruction, xml_space, "preserve");
    xml_append(instruction, xml_new_text(r->pool, text));
    rtf_field_mark(r, "separate");
}

/* ---- notes ---- */

/* Footnotes and, as RTF tells them apart inside of them only, endnotes too. */
void rtf_begin_note(struct rtf *r) {
    rtf_end_run(r);
    r->now.chars.align = "superscript";
    struct xml_node *mark = rtf_mark(r, w_footnoteReference);
    r->now.chars.align = NULL;
    r->note_count++;
    rtf_set_int(r, mark, w_id, r->note_count);
    if (!r->notes)
        r->notes = xml_new(r->pool, w_footnotes);
    struct xml_node *note = rtf_add(r, r->notes, w_footnote);
    rtf_set_int(r, note, w_id, r->note_count);
    r->outer_para = r->para;
    r->outer_base = r->base;
    r->para = NULL;
    r->base = note;
    r->now.para = (struct rtf_para){0};
}

/* Its table, if it has one, was ended with its last paragraph. */
void rtf_end_note(struct rtf *r) {
    r->now.para.level = 0;
    rtf_end_para(r, !r->base->first);
    r->base = r->outer_base;
    r->para = r->outer_para;
    r->outer_base = NULL;
}

/* ---- pictures ---- */

static void relate(struct rtf *r, const char *id, const char *type, const char *target) {
    struct xml_node *relation = rtf_add(r, r->relations, pr_Relationship);
    xml_set(r->pool, relation, pr_Id, id);
    xml_set(r->pool, relation, pr_Type,
            pool_concat(r->pool,
                        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
                        type, NULL));
    xml_set(r->pool, relation, pr_Target, target);
}

/* In hundredths of a point. */
static int scaled(int twips, int percent) {
    int64_t size = (int64_t)twips * percent / 20;
    return size > 200000 ? 200000 : size < 100 ? 100 : (int)size;
}

void rtf_end_picture(struct rtf *r) {
    struct rtf_picture *p = &r->picture;
    if (p->kind && p->bytes.len) {
        const char *id = pool_printf(r->pool, "rtf%d", ++r->picture_count);
        const char *name = pool_printf(r->pool, "media/image%d.%s", r->picture_count, p->kind);
        package_set(r->package, pool_concat(r->pool, "word/", name, NULL), p->bytes.data,
                    p->bytes.len);
        relate(r, id, "image", name);
        int width = scaled(p->width, p->scale_x), height = scaled(p->height, p->scale_y);
        struct xml_node *shape = rtf_add(r, rtf_mark(r, w_pict), v_shape);
        xml_set(r->pool, shape, v_style,
                pool_printf(r->pool, "width:%d.%02dpt;height:%d.%02dpt", width / 100, width % 100,
                            height / 100, height % 100));
        xml_set(r->pool, rtf_add(r, shape, v_imagedata), r_id, id);
    } else if (p->bytes.len && !r->lost) {
        r->lost = "\\pict";
    }
    buf_clear(&p->bytes);
}

/* ---- the package ---- */

static void set_part(struct rtf *r, const char *name, const struct xml_node *root) {
    struct buf out = {0};
    xml_write(root, &out);
    package_set(r->package, name, buf_text(&out), out.len);
    buf_free(&out);
}

void rtf_finish(struct rtf *r) {
    static const char rels[] =
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
        "relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    struct xml_node *document = xml_new(r->pool, w_document);
    rtf_end_para(r, false);
    rtf_close_tables(r, 0);
    xml_append(document, r->body);
    package_set(r->package, "_rels/.rels", rels, strlen(rels));
    set_part(r, "word/document.xml", document);
    if (r->notes) {
        relate(r, "notes", "footnotes", "footnotes.xml");
        set_part(r, "word/footnotes.xml", r->notes);
    }
    if (r->relations->first)
        set_part(r, "word/_rels/document.xml.rels", r->relations);
}
