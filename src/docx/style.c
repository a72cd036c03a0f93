#include "docx/style.h"

#include "docx/style_sheet.h"
#include "docx/units.h"

#include <string.h>
#include <strings.h>

enum { MAX_BASES = 64 };

/* ---- the sheet ---- */

static enum style_type type_of(const struct xml_node *node) {
    const char *type = xml_get(node, w_type);
    if (!type || strcmp(type, "paragraph") == 0)
        return STYLE_PARA;
    return strcmp(type, "character") == 0 ? STYLE_CHAR
           : strcmp(type, "table") == 0   ? STYLE_TABLE
                                          : STYLE_OTHER;
}

static bool is_default(const struct xml_node *node) {
    const char *value = xml_get(node, w_default);
    return value && strcmp(value, "0") != 0 && strcmp(value, "false") != 0;
}

static void read_style(struct styles *styles, const struct xml_node *node) {
    const char *id = xml_get(node, w_styleId);
    if (!id)
        return;
    void **slot = intern_slot(styles->by_id, id, strlen(id));
    if (*slot)
        return;
    struct style *style = POOL_NEW(styles->pool, struct style);
    *slot = style;
    style->id = intern_string(styles->reader.strings, id);
    style->name = xml_child_val(node, w_name);
    style->type = type_of(node);
    style->node = node;
    if (style->type != STYLE_OTHER && is_default(node))
        styles->defaults[style->type] = style;
}

/* Where no style of a type is marked as its default, Word's own of that name is. */
static void default_by_name(struct styles *styles, enum style_type type, const char *name) {
    const struct xml_node *node;
    if (styles->defaults[type])
        return;
    XML_EACH_CHILD (node, styles->root) {
        const char *id = node->name == w_style ? xml_get(node, w_styleId) : NULL;
        const char *named = id ? xml_child_val(node, w_name) : NULL;
        if (named && strcmp(named, name) == 0 && type_of(node) == type)
            styles->defaults[type] = intern_find(styles->by_id, id, strlen(id));
    }
}

static void read_sheet(struct styles *styles, const struct xml_node *root) {
    const struct xml_node *node, *defaults = xml_child(root, w_docDefaults);
    styles->root = root;
    XML_EACH_CHILD (node, root)
        if (node->name == w_style)
            read_style(styles, node);
    default_by_name(styles, STYLE_PARA, "Normal");
    default_by_name(styles, STYLE_TABLE, "Normal Table");
    run_delta_read(&styles->reader, xml_child(xml_child(defaults, w_rPrDefault), w_rPr),
                   &styles->doc_run);
    para_delta_read(&styles->reader, xml_child(xml_child(defaults, w_pPrDefault), w_pPr),
                    &styles->doc_para);
}

const char *styles_named(const struct styles *styles, const char *name) {
    const struct xml_node *node;
    char heading[] = "heading 1";
    if (name[0] >= '1' && name[0] <= '9' && !name[1]) {
        heading[sizeof heading - 2] = name[0];
        name = heading;
    }
    XML_EACH_CHILD (node, styles->root) {
        const char *own = node->name == w_style ? xml_child_val(node, w_name) : NULL;
        if (own && strcasecmp(own, name) == 0 && type_of(node) == STYLE_PARA)
            return xml_get(node, w_styleId);
    }
    return NULL;
}

/* What holds where nobody says anything: the standard's defaults. */
static void set_defaults(struct styles *styles) {
    styles->doc_run =
        (struct run_delta){.v = {.family = intern_string(styles->reader.strings, "Times New Roman"),
                                 .size = 10000,
                                 .highlight = -1,
                                 .underline_color = -1,
                                 .auto_color = true,
                                 .scale = 100},
                           .shade = -1,
                           .complex_size = 10000};
    styles->doc_run.complex_family = styles->doc_run.v.family;
    styles->doc_para = (struct para_delta){.v = {.line = 240,
                                                 .widow_control = true,
                                                 .shade = -1,
                                                 .outline_level = -1,
                                                 .snap_to_grid = true}};
}

static struct styles *read_styles(struct styles base, struct package *package,
                                  const char *main_part) {
    struct styles *styles = POOL_NEW(base.pool, struct styles);
    *styles = base;
    styles->path = package_path(package);
    styles->by_id = intern_new(base.pool);
    styles->values = intern_new(base.pool);
    styles->bases = intern_new(base.pool);
    styles->cells = intern_new(base.pool);
    set_defaults(styles);
    styles->part = package_related(base.pool, package, main_part, "styles", base.diag);
    const struct xml_node *root =
        styles->part ? package_tree(base.pool, package, styles->part, base.diag) : NULL;
    if (root)
        read_sheet(styles, root);
    return styles;
}

struct styles *styles_read(struct pool *pool, struct package *package, const char *main_part,
                           const struct numbering *numbering, struct theme *theme,
                           struct diag *diag) {
    return read_styles((struct styles){.pool = pool,
                                       .diag = diag,
                                       .numbering = numbering,
                                       .reader = {pool, intern_new(pool), theme}},
                       package, main_part);
}

/* Strings are the host's, for they are compared by pointer. */
struct styles *styles_read_beside(const struct styles *host, struct package *package,
                                  const char *main_part, const struct numbering *numbering,
                                  struct theme *theme) {
    return read_styles((struct styles){.pool = host->pool,
                                       .diag = host->diag,
                                       .numbering = numbering,
                                       .reader = {host->pool, host->reader.strings, theme},
                                       .fixed_auto = host->fixed_auto,
                                       .win_over_tables = host->win_over_tables},
                       package, main_part);
}

const struct props_reader *styles_reader(const struct styles *styles) {
    return &styles->reader;
}

/* ---- resolving a style ---- */

struct style *style_find(const struct styles *styles, enum style_type type, const char *id) {
    struct style *style = id ? intern_find(styles->by_id, id, strlen(id)) : NULL;
    return style && style->type == type ? style : styles->defaults[type];
}

static const struct style *base_of(struct styles *styles, struct style *style, int depth) {
    const char *id = xml_child_val(style->node, w_basedOn);
    struct style *base = id ? intern_find(styles->by_id, id, strlen(id)) : NULL;
    if (!base || base->type != style->type)
        return NULL;
    if (!base->resolving && depth < MAX_BASES)
        return style_resolve(styles, base, depth + 1);
    diag_add(styles->diag, DOCX_STYLE_CYCLE,
             (struct where){.file = styles->path, .part = styles->part},
             style->name ? style->name : style->id, NULL);
    return NULL;
}

/* w:numId 0 takes a paragraph out of its list (17.9.18), and with the list its inherited indents
 * from the left and of the first line, whoever gave them; those set beside it count. */
static void leave_list(struct para_delta *para) {
    para->v.left = para->v.first = 0;
    para->left_chars = para->first_chars = 0;
    para->set |= PARA_LEFT | PARA_FIRST;
}

/* A style that carries a list: the level's paragraph properties, under the style's own. */
static void lay_list(struct styles *styles, struct style *style, const struct para_delta *own) {
    if (!(own->set & (PARA_NUM_ID | PARA_NUM_LEVEL)))
        return;
    struct para_delta *para = &style->para;
    if (own->set & PARA_NUM_ID)
        para->num_id = own->num_id;
    if (own->set & PARA_NUM_ID && own->num_id == 0)
        leave_list(para);
    para->num_level = own->set & PARA_NUM_LEVEL
                          ? own->num_level
                          : numbering_style_level(styles->numbering, para->num_id, style->id);
    para->set |= PARA_NUM_ID | PARA_NUM_LEVEL;
    const struct num_level *level =
        numbering_level(styles->numbering, para->num_id, para->num_level);
    struct para_delta delta = {0};
    if (!level || !level->para)
        return;
    para_delta_read(&styles->reader, level->para, &delta);
    para_delta_lay(styles->pool, para, &delta);
}

/* Attributes of a frame that are not said are the style's (17.3.1.11); a place said in numbers
 * stands over one said in words. */
static const struct xml_node *lay_frame(struct pool *pool, const struct xml_node *under,
                                        const struct xml_node *over) {
    if (!under || !over)
        return over ? over : under;
    struct xml_node *both = xml_copy(pool, under);
    for (const struct xml_attr *attr = over->attrs; attr; attr = attr->next)
        if (attr->name)
            xml_set(pool, both, attr->name, attr->value);
    if (xml_get(over, w_x) && !xml_get(over, w_xAlign))
        xml_set(pool, both, w_xAlign, "inline");
    if (xml_get(over, w_y) && !xml_get(over, w_yAlign))
        xml_set(pool, both, w_yAlign, "inline");
    return both;
}

const struct style *style_resolve(struct styles *styles, struct style *style, int depth) {
    if (!style || style->resolved)
        return style;
    style->resolving = true;
    const struct style *base = base_of(styles, style, depth);
    struct run_delta run = {0};
    struct para_delta para = {0};
    if (base) {
        style->run = base->run;
        style->para = base->para;
    }
    const struct xml_node *ppr = xml_child(style->node, w_pPr);
    style->frame = lay_frame(styles->pool, base ? base->frame : NULL, xml_child(ppr, w_framePr));
    run_delta_read(&styles->reader, xml_child(style->node, w_rPr), &run);
    para_delta_read(&styles->reader, ppr, &para);
    lay_list(styles, style, &para);
    para.set &= ~(unsigned)PARA_NUM_LEVEL; /* lay_list has decided */
    run_delta_lay(&style->run, &run);
    para_delta_lay(styles->pool, &style->para, &para);
    if (style->type == STYLE_TABLE)
        table_sheet_resolve(styles, style, base);
    style->resolving = false;
    style->resolved = true;
    return style;
}

/* ---- styles of a document in another ---- */

static void **by_name(struct intern *names, struct pool *pool, const struct style *style) {
    char *key = pool_printf(pool, "%d %s", style->type, style->name ? style->name : "");
    for (char *p = key; *p; p++)
        *p = (char)(*p >= 'A' && *p <= 'Z' ? *p + ('a' - 'A') : *p);
    return intern_slot(names, key, strlen(key));
}

static struct style *style_of_node(const struct styles *styles, const struct xml_node *node) {
    const char *id = node->name == w_style ? xml_get(node, w_styleId) : NULL;
    struct style *style = id ? intern_find(styles->by_id, id, strlen(id)) : NULL;
    return style && style->node == node && style->type != STYLE_OTHER ? style : NULL;
}

static void take_over(struct style *style, const struct style *found) {
    style->run = found->run;
    style->para = found->para;
    style->para.set &= ~(unsigned)(PARA_NUM_ID | PARA_NUM_LEVEL);
    style->para.num_id = style->para.num_level = 0;
    style->frame = found->frame;
    style->sheet = found->sheet;
    style->resolved = true;
}

void styles_adopt(struct styles *styles, struct styles *host) {
    struct intern *names = intern_new(styles->pool);
    const struct xml_node *node;
    struct style *style, *own;
    XML_EACH_CHILD (node, host->root)
        if ((style = style_of_node(host, node)))
            *by_name(names, styles->pool, style) = style;
    XML_EACH_CHILD (node, styles->root)
        if ((style = style_of_node(styles, node)) && style->name &&
            (own = *by_name(names, styles->pool, style)))
            take_over(style, style_resolve(host, own, 0));
    styles->doc_run = host->doc_run;
    styles->doc_para = host->doc_para;
}

enum { FIXED_AUTO_SPACING = 5000 };

/* ---- one object for equal properties ---- */

enum { RUN_KEY = 32, PARA_FIELDS = 23, PARA_KEY = PARA_FIELDS + EDGES * 4 /* of put_borders */ };

static const struct run_props *intern_run(struct styles *styles, const struct run_props *p) {
    const int64_t key[RUN_KEY] = {1,
                                  (int64_t)(intptr_t)p->family,
                                  p->size,
                                  p->bold,
                                  p->italic,
                                  p->caps,
                                  p->small_caps,
                                  p->strike,
                                  p->double_strike,
                                  p->hidden,
                                  p->color,
                                  p->underline,
                                  p->highlight,
                                  p->vert_align,
                                  p->spacing,
                                  p->scale,
                                  p->position,
                                  p->kern_from,
                                  p->outline | p->shadow << 1,
                                  p->auto_color,
                                  p->heavy_underline,
                                  p->underline_color,
                                  p->emphasis,
                                  p->effects,
                                  p->fit,
                                  (int64_t)(intptr_t)p->language,
                                  p->off_grid | p->rtl << 1 | p->arabic << 2,
                                  (int64_t)(intptr_t)p->look,
                                  p->border.width,
                                  p->border.space,
                                  p->border.color,
                                  p->border.style};
    void **slot = intern_slot(styles->values, key, sizeof key);
    if (!*slot) {
        struct run_props *copy = POOL_NEW(styles->pool, struct run_props);
        *copy = *p;
        *slot = copy;
    }
    return *slot;
}

static void put_borders(int64_t *key, const struct border *borders) {
    for (int i = 0; i < EDGES; i++) {
        *key++ = borders[i].width;
        *key++ = borders[i].space;
        *key++ = borders[i].color;
        *key++ = borders[i].style; /* tells width and line apart */
    }
}

static const struct para_props *intern_para(struct styles *styles, const struct para_props *p) {
    int64_t key[PARA_KEY] = {2,
                             (int64_t)(intptr_t)p->style_id,
                             p->jc,
                             p->left,
                             p->right,
                             p->first,
                             p->before,
                             p->after,
                             p->before_auto * 2 + p->after_auto,
                             p->contextual,
                             p->line,
                             p->line_rule,
                             p->keep_next,
                             p->keep_lines,
                             p->widow_control,
                             p->page_break_before,
                             (int64_t)(intptr_t)p->tabs,
                             (int64_t)p->tab_count,
                             p->shade,
                             p->outline_level,
                             p->snap_to_grid,
                             p->text_alignment,
                             p->asks};
    put_borders(key + PARA_FIELDS, p->borders);
    void **slot = intern_slot(styles->values, key, sizeof key);
    if (!*slot) {
        struct para_props *copy = POOL_NEW(styles->pool, struct para_props);
        *copy = *p;
        *slot = copy;
    }
    return *slot;
}

static void insert_stop(struct tab_stop *stops, size_t *n, struct tab_stop stop) {
    size_t at = *n;
    while (at > 0 && stops[at - 1].pos > stop.pos)
        at--;
    if (at > 0 && stops[at - 1].pos == stop.pos) {
        stops[at - 1] = stop;
        return;
    }
    memmove(stops + at + 1, stops + at, (*n - at) * sizeof *stops);
    stops[at] = stop;
    ++*n;
}

static void clear_stop(struct tab_stop *stops, size_t *n, mpt pos) {
    for (size_t i = 0; i < *n; i++) {
        if (stops[i].pos != pos)
            continue;
        memmove(stops + i, stops + i + 1, (*n - i - 1) * sizeof *stops);
        --*n;
        return;
    }
}

enum { MAX_STOPS = 64 }; /* as many as Word keeps in a paragraph */

static void keep_stops(struct styles *styles, const struct tab_stop *stops, size_t n,
                       struct para_props *p) {
    p->tabs = NULL;
    p->tab_count = n;
    if (!n)
        return;
    void **slot = intern_slot(styles->values, stops, n * sizeof *stops);
    if (!*slot)
        *slot = pool_strndup(styles->pool, (const char *)stops, n * sizeof *stops);
    p->tabs = *slot;
}

static void settle_tabs(struct styles *styles, const struct para_delta *delta,
                        struct para_props *p) {
    struct tab_stop stops[MAX_STOPS + 1];
    size_t n = 0;
    for (size_t i = 0; i < delta->tab_count; i++) {
        const struct tab_change *change = &delta->tabs[i];
        if (change->clear)
            clear_stop(stops, &n, change->stop.pos);
        else if (n < MAX_STOPS)
            insert_stop(stops, &n, change->stop);
    }
    keep_stops(styles, stops, n, p);
}

const struct para_props *styles_with_stop(struct styles *styles, const struct para_props *props,
                                          mpt first, struct tab_stop stop) {
    struct tab_stop all[MAX_STOPS + 1];
    size_t n = props->tab_count < MAX_STOPS ? props->tab_count : MAX_STOPS - 1;
    if (n)
        memcpy(all, props->tabs, n * sizeof *all);
    insert_stop(all, &n, stop);
    struct para_props p = *props;
    p.first = first;
    keep_stops(styles, all, n, &p);
    return intern_para(styles, &p);
}

const struct para_props *styles_without_auto(struct styles *styles, const struct para_props *props,
                                             bool before, bool after) {
    struct para_props p = *props;
    if (before && p.before_auto) {
        p.before_auto = false;
        p.before = 0;
    }
    if (after && p.after_auto) {
        p.after_auto = false;
        p.after = 0;
    }
    return intern_para(styles, &p);
}

const struct para_props *styles_asking(struct styles *styles, const struct para_props *props,
                                       unsigned asks) {
    struct para_props p = *props;
    p.asks |= asks;
    return intern_para(styles, &p);
}

static const struct xml_node *default_run(const struct styles *styles) {
    const struct xml_node *defaults = xml_child(styles->root, w_docDefaults);
    return xml_child(xml_child(defaults, w_rPrDefault), w_rPr);
}

void styles_keep_languages(struct styles *styles) {
    styles->reader.languages = true;
    run_delta_read(&styles->reader, default_run(styles), &styles->doc_run);
}

void styles_fix_auto_spacing(struct styles *styles) {
    styles->fixed_auto = true;
}

static void fix_auto_spacing(struct para_props *p) {
    if (p->before_auto)
        p->before = FIXED_AUTO_SPACING;
    if (p->after_auto)
        p->after = FIXED_AUTO_SPACING;
    p->before_auto = p->after_auto = false;
}

/* A character is as wide as the paragraph's font is high, as East Asian ones are. What hangs does
 * so inside an indent in characters, which is counted from where it hangs to. */
static void indent_by_chars(const struct para_delta *delta, mpt size, struct para_props *p) {
    if (delta->first_chars)
        p->first = mpt_clamp((int64_t)delta->first_chars * size / 100);
    if (delta->left_chars)
        p->left =
            mpt_clamp((int64_t)delta->left_chars * size / 100 - (p->first < 0 ? p->first : 0));
    if (delta->right_chars)
        p->right = mpt_clamp((int64_t)delta->right_chars * size / 100);
}

static bool has_char_indents(const struct para_delta *delta) {
    return delta->left_chars || delta->right_chars || delta->first_chars;
}

/* The finished properties of what all levels said together; `size`: of the paragraph mark. */
static const struct para_props *settle_para(struct styles *styles, const struct para_delta *delta,
                                            const char *style_id, mpt size) {
    struct para_props p = delta->v;
    if (has_char_indents(delta))
        indent_by_chars(delta, size, &p);
    p.style_id = style_id;
    int32_t line = p.line < 0 ? -p.line : p.line;
    if (p.line < 0 && p.line_rule == LINE_AUTO)
        p.line_rule = LINE_EXACT;
    if (!line)
        p.line_rule = LINE_AUTO;
    p.line = p.line_rule == LINE_AUTO ? (line ? line : 240) : mpt_clamp((int64_t)line * UNIT_TWIP);
    settle_tabs(styles, delta, &p);
    if (styles->fixed_auto)
        fix_auto_spacing(&p);
    return intern_para(styles, &p);
}

/* ---- runs ---- */

/* Text from right to left has font, size and weight of its own (17.3.2.26); a bullet of a symbol
 * font stays in that. */
static void make_complex(const struct run_delta *delta, unsigned toggles, struct run_props *p) {
    if (!is_symbol_font(p->family))
        p->family = delta->complex_family;
    p->size = delta->complex_size;
    p->bold = toggles & TOGGLE_COMPLEX_BOLD;
    p->italic = toggles & TOGGLE_COMPLEX_ITALIC;
}

struct run_base {
    struct run_delta delta; /* defaults, table and paragraph style */
    unsigned said;          /* toggles the document defaults turn on */
    unsigned level;         /* toggles of table and paragraph style, cancelled out */
    const struct run_props *plain;
};

static const struct run_props *settle_run(struct styles *styles, const struct run_delta *delta,
                                          unsigned toggles) {
    struct run_props p = delta->v;
    p.bold = toggles & TOGGLE_BOLD;
    p.italic = toggles & TOGGLE_ITALIC;
    p.caps = toggles & TOGGLE_CAPS;
    p.small_caps = toggles & TOGGLE_SMALL_CAPS;
    p.strike = toggles & TOGGLE_STRIKE;
    p.hidden = toggles & TOGGLE_HIDDEN;
    p.outline = toggles & TOGGLE_OUTLINE;
    p.shadow = toggles & TOGGLE_SHADOW;
    p.look = look_settle(styles->pool, styles->values, delta,
                         toggles & TOGGLE_EMBOSS    ? RELIEF_RAISED
                         : toggles & TOGGLE_IMPRINT ? RELIEF_SUNKEN
                                                    : RELIEF_NONE);
    if (p.highlight < 0)
        p.highlight = delta->shade;
    if (p.rtl || p.complex)
        make_complex(delta, toggles, &p);
    p.arabic &= p.rtl;
    p.complex = false; /* is done */
    return intern_run(styles, &p);
}

static const struct run_delta *char_style(struct styles *styles, const struct xml_node *rpr) {
    const char *id = xml_child_val(rpr, w_rStyle);
    struct style *style = id ? intern_find(styles->by_id, id, strlen(id)) : NULL;
    if (!style || style->type != STYLE_CHAR)
        return NULL;
    return &style_resolve(styles, style, 0)->run;
}

/* Style levels cancel out, the document's defaults hold against them, direct formatting wins. */
static unsigned toggles_of(const struct run_base *base, const struct run_delta *style,
                           const struct run_delta *direct) {
    unsigned level = base->level ^ (style ? style->toggles & style->toggles_set : 0);
    unsigned value = level | base->said;
    return (value & ~direct->toggles_set) | (direct->toggles & direct->toggles_set);
}

static const struct run_props *run_over(struct styles *styles, const struct run_base *base,
                                        const struct xml_node *rpr, const struct xml_node *more) {
    const struct run_delta *style = char_style(styles, rpr);
    struct run_delta all = base->delta, direct = {0};
    run_delta_read(&styles->reader, rpr, &direct);
    run_delta_read(&styles->reader, more, &direct);
    if (style)
        run_delta_lay(&all, style);
    run_delta_lay(&all, &direct);
    return settle_run(styles, &all, toggles_of(base, style, &direct));
}

const struct run_props *styles_run(struct styles *styles, const struct para_style *para,
                                   const struct xml_node *rpr) {
    return rpr && rpr->first ? run_over(styles, para->base, rpr, NULL) : para->base->plain;
}

const struct run_props *styles_run_in_contents(struct styles *styles, const struct para_style *para,
                                               const struct xml_node *rpr) {
    const char *id = xml_child_val(rpr, w_rStyle);
    const struct style *style = id ? intern_find(styles->by_id, id, strlen(id)) : NULL;
    if (!style || !style->name || strcasecmp(style->name, "Hyperlink") != 0)
        return styles_run(styles, para, rpr);
    struct xml_node *own = xml_copy(styles->pool, rpr);
    xml_remove(xml_child(own, w_rStyle));
    return styles_run(styles, para, own);
}

const struct run_props *styles_label(struct styles *styles, const struct para_style *para,
                                     const struct xml_node *ppr, const struct num_level *level) {
    return run_over(styles, para->base, xml_child(ppr, w_rPr), level->run);
}

const struct run_props *styles_in_font(struct styles *styles, const struct run_props *props,
                                       const char *family) {
    struct run_props p = *props;
    p.family = family;
    return intern_run(styles, &p);
}

const struct run_props *styles_right_to_left(struct styles *styles, const struct run_props *props) {
    struct run_props p = *props;
    p.rtl = true;
    return intern_run(styles, &p);
}

const struct run_props *styles_without_underline(struct styles *styles,
                                                 const struct run_props *props) {
    struct run_props p = *props;
    if (!p.underline)
        return props;
    p.underline = UNDERLINE_NONE;
    return intern_run(styles, &p);
}

const struct run_props *styles_in_color(struct styles *styles, const struct run_props *props,
                                        uint32_t color) {
    struct run_props p = *props;
    if (!p.auto_color)
        return props;
    p.auto_color = false;
    p.color = color;
    return intern_run(styles, &p);
}

const struct run_props *styles_plain(const struct para_style *para) {
    return para->base->plain;
}

/* ---- paragraphs ---- */

struct para_base { /* a paragraph style in a cell style, without direct formatting */
    struct run_base run;
    struct para_delta para;
    const struct para_props *plain;
    const char *style_id;
};

void styles_win_over_tables(struct styles *styles) {
    styles->win_over_tables = true;
}

enum { OLD_NORMAL_SIZE = 12000 };

/* Documents from before Word 2010 do not tell a default paragraph style of 12 pt, set left, from
 * one that says nothing: a table style's size and alignment hold over these two (MS-DOCX
 * 2.15.3.4; it names 11 pt too, which Word does not do), also where a style has them from it. */
static void let_table_win(struct styles *styles, const struct cell_style *cell,
                          const struct style *style, struct para_base *base) {
    const struct style *normal = style_resolve(styles, styles->defaults[STYLE_PARA], 0);
    if (styles->win_over_tables || !normal || !style)
        return;
    if (cell->run.set & normal->run.set & style->run.set & RUN_SIZE &&
        normal->run.v.size == OLD_NORMAL_SIZE && style->run.v.size == OLD_NORMAL_SIZE)
        base->run.delta.v.size = cell->run.v.size;
    if (cell->para.set & normal->para.set & style->para.set & PARA_JC &&
        normal->para.v.jc == JC_LEFT && style->para.v.jc == JC_LEFT)
        base->para.v.jc = cell->para.v.jc;
}

static void fill_base(struct styles *styles, const struct cell_style *cell,
                      const struct style *style, struct para_base *base) {
    unsigned level = 0;
    base->run.delta = styles->doc_run;
    base->para = styles->doc_para;
    if (cell) {
        run_delta_lay(&base->run.delta, &cell->run);
        para_delta_lay(styles->pool, &base->para, &cell->para);
        level ^= cell->run.toggles & cell->run.toggles_set;
    }
    if (style) {
        run_delta_lay(&base->run.delta, &style->run);
        para_delta_lay(styles->pool, &base->para, &style->para);
        level ^= style->run.toggles & style->run.toggles_set;
        base->style_id = style->id;
    }
    if (cell)
        let_table_win(styles, cell, style, base);
    base->run.said = styles->doc_run.toggles & styles->doc_run.toggles_set;
    base->run.level = level;
    base->run.plain = settle_run(styles, &base->run.delta, level | base->run.said);
    base->plain = settle_para(styles, &base->para, base->style_id, base->run.plain->size);
}

static const struct para_base *base_for(struct styles *styles, const struct cell_style *cell,
                                        struct style *style) {
    const void *key[2] = {cell, style};
    void **slot = intern_slot(styles->bases, key, sizeof key);
    if (*slot)
        return *slot;
    struct para_base *base = POOL_NEW(styles->pool, struct para_base);
    *slot = base;
    fill_base(styles, cell, style_resolve(styles, style, 0), base);
    return base;
}

/* The paragraph's own w:numPr lies over the style: the properties of its level. */
static void lay_direct_list(struct styles *styles, const struct para_base *base,
                            const struct para_delta *direct, struct para_style *out,
                            struct para_delta *all) {
    if (!(direct->set & (PARA_NUM_ID | PARA_NUM_LEVEL)))
        return;
    if (direct->set & PARA_NUM_ID)
        out->num_id = direct->num_id;
    if (direct->set & PARA_NUM_ID && direct->num_id == 0)
        leave_list(all);
    out->num_level = direct->set & PARA_NUM_LEVEL
                         ? direct->num_level
                         : numbering_style_level(styles->numbering, out->num_id, base->style_id);
    const struct num_level *level = numbering_level(styles->numbering, out->num_id, out->num_level);
    struct para_delta delta = {0};
    if (!level || !level->para)
        return;
    para_delta_read(&styles->reader, level->para, &delta);
    para_delta_lay(styles->pool, all, &delta);
}

static bool says_something(const struct xml_node *ppr) {
    const struct xml_node *node;
    XML_EACH_CHILD (node, ppr)
        if (node->name != w_pStyle && node->name != w_rPr && node->name != XML_TEXT)
            return true;
    return false;
}

static void lay_direct(struct styles *styles, const struct para_base *base,
                       const struct xml_node *ppr, struct para_style *out) {
    struct para_delta all = base->para, direct = {0};
    para_delta_read(&styles->reader, ppr, &direct);
    lay_direct_list(styles, base, &direct, out, &all);
    para_delta_lay(styles->pool, &all, &direct);
    out->props = settle_para(styles, &all, base->style_id, out->mark->size);
}

void styles_para(struct styles *styles, const struct cell_style *cell, const struct xml_node *ppr,
                 struct para_style *out) {
    struct style *style = style_find(styles, STYLE_PARA, xml_child_val(ppr, w_pStyle));
    const struct para_base *base = base_for(styles, cell, style);
    const struct xml_node *mark = xml_child(ppr, w_rPr);
    *out = (struct para_style){.props = base->plain,
                               .base = &base->run,
                               .num_id = base->para.num_id,
                               .num_level = base->para.num_level};
    out->frame = lay_frame(styles->pool, style ? style->frame : NULL, xml_child(ppr, w_framePr));
    out->mark = styles_run(styles, out, mark);
    if (says_something(ppr) ||
        (has_char_indents(&base->para) && out->mark->size != base->run.plain->size))
        lay_direct(styles, base, ppr, out);
}
