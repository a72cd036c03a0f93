#include "docx/style_props.h"

#include "docx/units.h"

#include <stdlib.h>
#include <string.h>

static const char *val(const struct xml_node *node) {
    return xml_get(node, w_val);
}

static bool is(const char *value, const char *name) {
    return value && strcmp(value, name) == 0;
}

/* On/off of an element that is there (17.17.4). */
static bool on(const struct xml_node *node) {
    const char *v = val(node);
    return !v || !(is(v, "0") || is(v, "false") || is(v, "off"));
}

/* ---- runs ---- */

/* The font one pair of attributes names; NULL: none. */
static const char *font_of(const struct props_reader *reader, const struct xml_node *fonts,
                           enum xml_name themed, enum xml_name named) {
    const char *theme = xml_get(fonts, themed);
    const char *font = theme ? theme_font(reader->theme, theme) : NULL;
    if (!font)
        font = xml_get(fonts, named);
    return font && *font ? font : NULL;
}

static void read_underline(const struct props_reader *reader, const struct xml_node *node,
                           struct run_delta *d) {
    static const struct {
        const char *name;
        enum underline underline;
        bool heavy;
    } kinds[] = {{"none", UNDERLINE_NONE, false},
                 {"words", UNDERLINE_WORDS, false},
                 {"double", UNDERLINE_DOUBLE, false},
                 {"thick", UNDERLINE_THICK, false},
                 {"dotted", UNDERLINE_DOTTED, false},
                 {"dottedHeavy", UNDERLINE_DOTTED, true},
                 {"dash", UNDERLINE_DASH, false},
                 {"dashedHeavy", UNDERLINE_DASH, true},
                 {"dashLong", UNDERLINE_LONG_DASH, false},
                 {"dashLongHeavy", UNDERLINE_LONG_DASH, true},
                 {"dotDash", UNDERLINE_DOT_DASH, false},
                 {"dashDotHeavy", UNDERLINE_DOT_DASH, true},
                 {"dotDotDash", UNDERLINE_DOT_DOT_DASH, false},
                 {"dashDotDotHeavy", UNDERLINE_DOT_DOT_DASH, true},
                 {"wave", UNDERLINE_WAVE, false},
                 {"wavyHeavy", UNDERLINE_WAVE, true},
                 {"wavyDouble", UNDERLINE_DOUBLE_WAVE, false}};
    const char *kind = val(node);
    int32_t color = themed_color(reader->theme, node, w_color);
    d->v.underline = UNDERLINE_SINGLE;
    d->v.heavy_underline = false;
    d->v.underline_color = color;
    d->set |= RUN_UNDERLINE;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (is(kind, kinds[i].name)) {
            d->v.underline = kinds[i].underline;
            d->v.heavy_underline = kinds[i].heavy;
        }
}

static enum emphasis_mark emphasis_of(const char *kind) {
    return is(kind, "dot")        ? EMPHASIS_DOT
           : is(kind, "comma")    ? EMPHASIS_COMMA
           : is(kind, "circle")   ? EMPHASIS_CIRCLE
           : is(kind, "underDot") ? EMPHASIS_UNDER_DOT
                                  : EMPHASIS_NONE;
}

static unsigned toggle_of(enum xml_name name) {
    switch (name) {
    case w_b:
        return TOGGLE_BOLD;
    case w_i:
        return TOGGLE_ITALIC;
    case w_caps:
        return TOGGLE_CAPS;
    case w_smallCaps:
        return TOGGLE_SMALL_CAPS;
    case w_strike:
        return TOGGLE_STRIKE;
    case w_vanish:
        return TOGGLE_HIDDEN;
    case w_outline:
        return TOGGLE_OUTLINE;
    case w_shadow:
        return TOGGLE_SHADOW;
    case w_emboss:
        return TOGGLE_EMBOSS;
    case w_imprint:
        return TOGGLE_IMPRINT;
    case w_bCs:
        return TOGGLE_COMPLEX_BOLD;
    case w_iCs:
        return TOGGLE_COMPLEX_ITALIC;
    default:
        return 0;
    }
}

static void read_font(const struct props_reader *reader, const struct xml_node *node,
                      struct run_delta *d) {
    const char *family = font_of(reader, node, w_asciiTheme, w_ascii);
    const char *complex = font_of(reader, node, w_cstheme, w_cs);
    if (!family)
        family = font_of(reader, node, w_hAnsiTheme, w_hAnsi);
    if (family) {
        d->v.family = intern_string(reader->strings, family);
        d->set |= RUN_FAMILY;
    }
    if (complex) {
        bool same = family && strcmp(complex, family) == 0; /* as is most frequent */
        d->complex_family = same ? d->v.family : intern_string(reader->strings, complex);
        d->set |= RUN_COMPLEX_FAMILY;
    }
}

static void read_color(const struct props_reader *reader, const struct xml_node *node,
                       struct run_delta *d) {
    int32_t color = themed_color(reader->theme, node, w_val);
    d->v.color = color < 0 ? 0 : (uint32_t)color;
    d->v.auto_color = color < 0;
    d->set |= RUN_COLOR;
}

static void read_vert_align(const char *value, struct run_delta *d) {
    d->v.vert_align = is(value, "superscript") ? ALIGN_SUPERSCRIPT
                      : is(value, "subscript") ? ALIGN_SUBSCRIPT
                                               : ALIGN_BASELINE;
    d->set |= RUN_VERT_ALIGN;
}

static void read_size(const struct xml_node *node, mpt *field, unsigned bit, struct run_delta *d) {
    mpt size = length_get(node, w_val, UNIT_HALF_POINT, 0);
    if (size <= 0)
        return;
    *field = size > 1638000 ? 1638000 : size; /* Word's largest */
    d->set |= bit;
}

static void read_scale(const struct xml_node *node, struct run_delta *d) {
    const char *v = val(node);
    int scale = v ? atoi(v) : 100;
    d->v.scale = scale < 1 ? 100 : scale > 600 ? 600 : scale;
    d->set |= RUN_SCALE;
}

/* Whether an element asks for what it names: Word writes most of these with their usual values. */
static bool asks_for_effect(int effect, const struct xml_node *node) {
    const char *value = xml_get_local(node, "val");
    switch (effect) {
    case AT_EFFECT_LIGATURES:
    case AT_EFFECT_NUMBER_FORM:
    case AT_EFFECT_NUMBER_SPACING:
    case AT_EFFECT_CONTEXTUAL:
        return !(is(value, "none") || is(value, "default") || is(value, "0") || is(value, "false"));
    case AT_EFFECT_STYLISTIC_SETS:
        return node->first != NULL;
    default:
        return true;
    }
}

static void set_effect(unsigned effect, bool asks, struct run_delta *d) {
    d->effects_set |= effect;
    d->v.effects = asks ? d->v.effects | effect : d->v.effects & ~effect;
}

/* What is not drawn is kept to be named; other names say nothing of the look (see the list in
 * tests/unit/test_known_props.c). */
static void read_effect(const struct props_reader *reader, const struct xml_node *node,
                        struct run_delta *d) {
    static const char *const names[] = {
#define EFFECT(token, name) name,
#include "docx/effects.def"
#undef EFFECT
    };
    for (int i = AT_EFFECT_EAST_ASIAN; i < EFFECTS; i++) {
        if (strcmp(node->qname, names[i]) != 0)
            continue;
        set_effect(1u << i, !look_read(reader, node, d) && asks_for_effect(i, node), d);
    }
}

static void read_language(const struct props_reader *reader, const struct xml_node *node,
                          struct run_delta *d) {
    const char *language = reader->languages ? val(node) : NULL;
    const char *complex = xml_get(node, w_bidi);
    if (complex) {
        d->v.arabic = strncmp(complex, "ar", 2) == 0;
        d->set |= RUN_ARABIC;
    }
    if (!language)
        return;
    d->v.language = intern_string(reader->strings, language);
    d->set |= RUN_LANGUAGE;
}

static void read_run_shade(const struct props_reader *reader, const struct xml_node *node,
                           struct run_delta *d) {
    bool striped;
    d->shade = shade_read(reader->theme, node, &striped);
    d->set |= RUN_SHADE;
    set_effect(EFFECT_STRIPED_SHADE, striped, d);
}

static void read_run_prop(const struct props_reader *reader, const struct xml_node *node,
                          struct run_delta *d) {
    switch (node->name) {
    case w_rFonts:
        read_font(reader, node, d);
        break;
    case w_sz:
        read_size(node, &d->v.size, RUN_SIZE, d);
        break;
    case w_szCs:
        read_size(node, &d->complex_size, RUN_COMPLEX_SIZE, d);
        break;
    case w_cs:
        d->v.complex = on(node);
        d->set |= RUN_COMPLEX;
        break;
    case w_rtl:
        d->v.rtl = on(node);
        d->set |= RUN_RTL;
        break;
    case w_color:
        read_color(reader, node, d);
        break;
    case w_u:
        read_underline(reader, node, d);
        break;
    case w_vertAlign:
        read_vert_align(val(node), d);
        break;
    case w_highlight:
        d->v.highlight = color_named(val(node));
        d->set |= RUN_HIGHLIGHT;
        break;
    case w_shd:
        read_run_shade(reader, node, d);
        break;
    case w_spacing:
        d->v.spacing = length_get(node, w_val, UNIT_TWIP, 0);
        d->set |= RUN_SPACING;
        break;
    case w_w:
        read_scale(node, d);
        break;
    case w_position:
        d->v.position = length_get(node, w_val, UNIT_HALF_POINT, 0);
        d->set |= RUN_POSITION;
        break;
    case w_kern:
        d->v.kern_from = length_get(node, w_val, UNIT_HALF_POINT, 0);
        d->set |= RUN_KERN;
        break;
    case w_em:
        d->v.emphasis = emphasis_of(val(node));
        d->set |= RUN_EMPHASIS;
        break;
    case w_bdr:
        d->v.border = border_read(reader->theme, node);
        d->set |= RUN_BORDER;
        set_effect(EFFECT_FANCY_BORDER, d->v.border.fancy, d);
        break;
    case w_fitText:
        d->v.fit = length_get(node, w_val, UNIT_TWIP, 0);
        d->set |= RUN_FIT;
        break;
    case w_snapToGrid:
        d->v.off_grid = !on(node);
        d->set |= RUN_GRID;
        break;
    case w_lang:
        read_language(reader, node, d);
        break;
    case w_dstrike:
        d->v.double_strike = on(node);
        d->set |= RUN_DOUBLE_STRIKE;
        break;
    case XML_TEXT:
    case w_rStyle: /* found by whoever resolves styles */
    case w_noProof:
        break;
    default:
        read_effect(reader, node, d);
    }
}

void run_delta_read(const struct props_reader *reader, const struct xml_node *rpr,
                    struct run_delta *delta) {
    const struct xml_node *node;
    XML_EACH_CHILD (node, rpr) {
        unsigned toggle = toggle_of(node->name);
        if (!toggle) {
            read_run_prop(reader, node, delta);
            continue;
        }
        delta->toggles_set |= toggle;
        delta->toggles = on(node) ? delta->toggles | toggle : delta->toggles & ~toggle;
    }
}

void run_delta_lay(struct run_delta *delta, const struct run_delta *over) {
#define LAY(bit, field)                                                                            \
    if (over->set & (bit))                                                                         \
    delta->field = over->field
    LAY(RUN_FAMILY, v.family);
    LAY(RUN_SIZE, v.size);
    LAY(RUN_UNDERLINE, v.underline);
    LAY(RUN_VERT_ALIGN, v.vert_align);
    LAY(RUN_UNDERLINE, v.heavy_underline);
    LAY(RUN_UNDERLINE, v.underline_color);
    LAY(RUN_EMPHASIS, v.emphasis);
    LAY(RUN_BORDER, v.border);
    LAY(RUN_FIT, v.fit);
    LAY(RUN_LANGUAGE, v.language);
    LAY(RUN_GRID, v.off_grid);
    LAY(RUN_COLOR, v.color);
    LAY(RUN_COLOR, v.auto_color);
    LAY(RUN_HIGHLIGHT, v.highlight);
    LAY(RUN_SHADE, shade);
    LAY(RUN_SPACING, v.spacing);
    LAY(RUN_SCALE, v.scale);
    LAY(RUN_POSITION, v.position);
    LAY(RUN_KERN, v.kern_from);
    LAY(RUN_DOUBLE_STRIKE, v.double_strike);
    LAY(RUN_COMPLEX_FAMILY, complex_family);
    LAY(RUN_COMPLEX_SIZE, complex_size);
    LAY(RUN_COMPLEX, v.complex);
    LAY(RUN_RTL, v.rtl);
    LAY(RUN_ARABIC, v.arabic);
    LAY(RUN_LETTER_FILL, look.fill);
    LAY(RUN_LETTER_LINE, look.line);
    LAY(RUN_LETTER_SHADOW, look.shadow);
    LAY(RUN_LETTER_GLOW, look.glow);
    delta->set |= over->set;
    delta->v.effects =
        (delta->v.effects & ~over->effects_set) | (over->v.effects & over->effects_set);
    delta->effects_set |= over->effects_set;
    delta->toggles = (delta->toggles & ~over->toggles_set) | (over->toggles & over->toggles_set);
    delta->toggles_set |= over->toggles_set;
}

/* ---- paragraphs ---- */

static enum jc jc_of(const char *value) {
    static const struct {
        const char *name;
        enum jc jc;
    } names[] = {
        {"center", JC_CENTER},   {"right", JC_RIGHT},           {"end", JC_RIGHT},
        {"both", JC_BOTH},       {"distribute", JC_DISTRIBUTE}, {"thaiDistribute", JC_DISTRIBUTE},
        {"lowKashida", JC_BOTH}, {"mediumKashida", JC_BOTH},    {"highKashida", JC_BOTH}};
    for (size_t i = 0; value && i < sizeof names / sizeof names[0]; i++)
        if (strcmp(value, names[i].name) == 0)
            return names[i].jc;
    return JC_LEFT;
}

static void take(const struct xml_node *node, enum xml_name attr, mpt *field, unsigned bit,
                 struct para_delta *d) {
    if (!xml_get(node, attr))
        return;
    *field = length_get(node, attr, UNIT_TWIP, 0);
    d->set |= bit;
}

/* In hundredths of a line, for want of a length: Word writes both, and the length is what it last
 * computed. A line is 12 pt without a grid. */
static void take_lines(const struct xml_node *node, enum xml_name attr, enum xml_name length,
                       mpt *field, unsigned bit, struct para_delta *d) {
    if (!xml_get(node, attr) || xml_get(node, length) || !xml_int(node, attr, 0))
        return;
    *field = mpt_clamp((int64_t)xml_int(node, attr, 0) * 120);
    d->set |= bit;
}

enum { MAX_CHARS = 100000 }; /* a thousand characters */

static void take_chars(const struct xml_node *node, enum xml_name attr, int sign, int *field,
                       unsigned bit, struct para_delta *d) {
    if (!xml_get(node, attr))
        return;
    int n = xml_int(node, attr, 0);
    *field = sign * (n < -MAX_CHARS ? -MAX_CHARS : n > MAX_CHARS ? MAX_CHARS : n);
    d->set |= bit;
}

/* Characters hold over lengths (17.3.1.12), from whichever level: the lengths beside them in Word's
 * own styles are mere filler. How wide a character is, settle_para knows. */
static void read_char_indents(const struct xml_node *node, struct para_delta *d) {
    take_chars(node, w_startChars, 1, &d->left_chars, PARA_LEFT_CHARS, d);
    take_chars(node, w_leftChars, 1, &d->left_chars, PARA_LEFT_CHARS, d);
    take_chars(node, w_endChars, 1, &d->right_chars, PARA_RIGHT_CHARS, d);
    take_chars(node, w_rightChars, 1, &d->right_chars, PARA_RIGHT_CHARS, d);
    take_chars(node, w_firstLineChars, 1, &d->first_chars, PARA_FIRST_CHARS, d);
    take_chars(node, w_hangingChars, -1, &d->first_chars, PARA_FIRST_CHARS, d);
}

static void read_indents(const struct xml_node *node, struct para_delta *d) {
    take(node, w_start, &d->v.left, PARA_LEFT, d);
    take(node, w_left, &d->v.left, PARA_LEFT, d);
    take(node, w_end, &d->v.right, PARA_RIGHT, d);
    take(node, w_right, &d->v.right, PARA_RIGHT, d);
    take(node, w_firstLine, &d->v.first, PARA_FIRST, d);
    read_char_indents(node, d);
    if (!xml_get(node, w_hanging))
        return;
    take(node, w_hanging, &d->v.first, PARA_FIRST, d); /* hanging wins over firstLine (17.3.1.12) */
    d->v.first = -d->v.first;
}

static bool attr_on(const char *value) {
    return !(is(value, "0") || is(value, "false") || is(value, "off"));
}

/* Kept as written until the rule is known for sure; a height of twips comes as "12pt" in the
 * strict form, so everything goes through mpt. */
static void read_line(const struct xml_node *node, struct para_delta *d) {
    const char *rule = xml_get(node, w_lineRule);
    if (xml_get(node, w_line)) {
        d->v.line = length_get(node, w_line, UNIT_TWIP, 12000) / UNIT_TWIP;
        d->v.line_rule = LINE_AUTO;
        d->set |= PARA_LINE | PARA_LINE_RULE;
    }
    if (!rule)
        return;
    d->v.line_rule = is(rule, "exact")     ? LINE_EXACT
                     : is(rule, "atLeast") ? LINE_AT_LEAST
                                           : LINE_AUTO;
    d->set |= PARA_LINE_RULE;
}

static void read_spacing(const struct xml_node *node, struct para_delta *d) {
    const char *before_auto = xml_get(node, w_beforeAutospacing);
    const char *after_auto = xml_get(node, w_afterAutospacing);
    take(node, w_before, &d->v.before, PARA_BEFORE, d);
    take(node, w_after, &d->v.after, PARA_AFTER, d);
    take_lines(node, w_beforeLines, w_before, &d->v.before, PARA_BEFORE, d);
    take_lines(node, w_afterLines, w_after, &d->v.after, PARA_AFTER, d);
    if (before_auto) {
        d->v.before_auto = attr_on(before_auto);
        d->set |= PARA_BEFORE_AUTO;
    }
    if (after_auto) {
        d->v.after_auto = attr_on(after_auto);
        d->set |= PARA_AFTER_AUTO;
    }
    read_line(node, d);
}

static enum tab_kind tab_kind_of(const char *value) {
    return is(value, "center")                      ? TAB_CENTER
           : is(value, "right") || is(value, "end") ? TAB_RIGHT
           : is(value, "decimal")                   ? TAB_DECIMAL
           : is(value, "bar")                       ? TAB_BAR
                                                    : TAB_LEFT;
}

enum tab_leader tab_leader_of(const char *value) {
    return is(value, "dot")          ? LEADER_DOT
           : is(value, "hyphen")     ? LEADER_HYPHEN
           : is(value, "underscore") ? LEADER_UNDERSCORE
           : is(value, "heavy")      ? LEADER_HEAVY
           : is(value, "middleDot")  ? LEADER_MIDDLE_DOT
                                     : LEADER_NONE;
}

static void read_tabs(struct pool *pool, const struct xml_node *node, struct para_delta *d) {
    const struct xml_node *tab;
    VEC(struct tab_change) changes = {0};
    for (size_t i = 0; i < d->tab_count; i++)
        *VEC_PUSH(pool, &changes) = d->tabs[i];
    XML_EACH_CHILD (tab, node) {
        if (tab->name != w_tab)
            continue;
        struct tab_change *change = VEC_PUSH(pool, &changes);
        change->stop.pos = length_get(tab, w_pos, UNIT_TWIP, 0);
        change->stop.kind = tab_kind_of(val(tab));
        change->stop.leader = tab_leader_of(xml_get(tab, w_leader));
        change->clear = is(val(tab), "clear");
    }
    d->tabs = changes.at;
    d->tab_count = changes.n;
}

static void set_asks(unsigned what, bool asks, struct para_delta *d) {
    d->asks_set |= what;
    d->v.asks = asks ? d->v.asks | what : d->v.asks & ~what;
}

static void read_borders(struct theme *theme, const struct xml_node *node, struct para_delta *d) {
    const struct xml_node *edge;
    XML_EACH_CHILD (edge, node) {
        int i = edge->name == w_top                             ? EDGE_TOP
                : edge->name == w_left || edge->name == w_start ? EDGE_LEFT
                : edge->name == w_bottom                        ? EDGE_BOTTOM
                : edge->name == w_right || edge->name == w_end  ? EDGE_RIGHT
                : edge->name == w_between                       ? EDGE_BETWEEN
                                                                : EDGES;
        if (xml_is_local(edge, "bar"))
            set_asks(ASKS_BAR_BORDER, border_read(theme, edge).width > 0, d);
        if (i == EDGES)
            continue;
        d->v.borders[i] = border_read(theme, edge);
        if (d->v.borders[i].fancy)
            set_asks(ASKS_FANCY_BORDER, true, d);
        d->set |= PARA_BORDER << i;
    }
}

static void read_para_shade(const struct props_reader *reader, const struct xml_node *node,
                            struct para_delta *d) {
    bool striped;
    d->v.shade = shade_read(reader->theme, node, &striped);
    d->set |= PARA_SHADE;
    set_asks(ASKS_STRIPED_SHADE, striped, d);
}

static void read_number(const struct xml_node *node, struct para_delta *d) {
    const struct xml_node *id = xml_child(node, w_numId), *level = xml_child(node, w_ilvl);
    if (id) {
        d->num_id = xml_int(id, w_val, 0);
        d->set |= PARA_NUM_ID;
    }
    if (level) {
        d->num_level = xml_int(level, w_val, 0);
        d->set |= PARA_NUM_LEVEL;
    }
}

static enum text_alignment text_alignment_of(const char *kind) {
    return is(kind, "top")      ? AT_LINE_TOP
           : is(kind, "center") ? AT_LINE_CENTER
           : is(kind, "bottom") ? AT_LINE_BOTTOM
                                : ON_BASELINE; /* auto is, in lines that run across */
}

static void set_flag(const struct xml_node *node, bool *field, unsigned bit, struct para_delta *d) {
    *field = on(node);
    d->set |= bit;
}

static bool read_flag(const struct xml_node *node, struct para_delta *d) {
    switch (node->name) {
    case w_keepNext:
        set_flag(node, &d->v.keep_next, PARA_KEEP_NEXT, d);
        return true;
    case w_keepLines:
        set_flag(node, &d->v.keep_lines, PARA_KEEP_LINES, d);
        return true;
    case w_widowControl:
        set_flag(node, &d->v.widow_control, PARA_WIDOW, d);
        return true;
    case w_pageBreakBefore:
        set_flag(node, &d->v.page_break_before, PARA_BREAK_BEFORE, d);
        return true;
    case w_contextualSpacing:
        set_flag(node, &d->v.contextual, PARA_CONTEXTUAL, d);
        return true;
    case w_snapToGrid:
        set_flag(node, &d->v.snap_to_grid, PARA_GRID, d);
        return true;
    default:
        return false;
    }
}

static void read_outline(const struct xml_node *node, struct para_delta *d) {
    int level = xml_int(node, w_val, 9);
    d->v.outline_level = level >= 0 && level <= 8 ? level : -1;
    d->set |= PARA_OUTLINE;
}

static void read_para_prop(const struct props_reader *reader, const struct xml_node *node,
                           struct para_delta *d) {
    switch (node->name) {
    case w_jc:
        d->v.jc = jc_of(val(node));
        d->set |= PARA_JC;
        break;
    case w_ind:
        read_indents(node, d);
        break;
    case w_spacing:
        read_spacing(node, d);
        break;
    case w_tabs:
        read_tabs(reader->pool, node, d);
        break;
    case w_pBdr:
        read_borders(reader->theme, node, d);
        break;
    case w_shd:
        read_para_shade(reader, node, d);
        break;
    case w_outlineLvl:
        read_outline(node, d);
        break;
    case w_numPr:
        read_number(node, d);
        break;
    case w_textAlignment:
        d->v.text_alignment = text_alignment_of(val(node));
        d->set |= PARA_TEXT_ALIGNMENT;
        break;
    case w_suppressAutoHyphens:
        set_asks(ASKS_NO_HYPHENS, on(node), d);
        break;
    case w_suppressLineNumbers:
        set_asks(ASKS_NO_LINE_NUMBERS, on(node), d);
        break;
    case w_mirrorIndents:
        set_asks(ASKS_MIRROR_INDENTS, on(node), d);
        break;
    case w_bidi:
        set_asks(ASKS_BIDI, on(node), d);
        break;
    case w_wordWrap:
        set_asks(ASKS_CUT_WORDS, !on(node), d);
        break;
    default:
        break;
    }
}

void para_delta_read(const struct props_reader *reader, const struct xml_node *ppr,
                     struct para_delta *delta) {
    const struct xml_node *node;
    XML_EACH_CHILD (node, ppr)
        if (!read_flag(node, delta))
            read_para_prop(reader, node, delta);
}

enum { MAX_TABS = 256 }; /* a long chain of styles must not copy ever longer lists */

static void lay_tabs(struct pool *pool, struct para_delta *delta, const struct para_delta *over) {
    if (!over->tab_count)
        return;
    size_t kept = delta->tab_count < MAX_TABS ? delta->tab_count : MAX_TABS;
    size_t n = kept + over->tab_count;
    struct tab_change *all = POOL_ARRAY(pool, struct tab_change, n);
    if (kept)
        memcpy(all, delta->tabs, kept * sizeof *all);
    memcpy(all + kept, over->tabs, over->tab_count * sizeof *all);
    delta->tabs = all;
    delta->tab_count = n;
}

void para_delta_lay(struct pool *pool, struct para_delta *delta, const struct para_delta *over) {
    LAY(PARA_JC, v.jc);
    LAY(PARA_LEFT, v.left);
    LAY(PARA_RIGHT, v.right);
    LAY(PARA_FIRST, v.first);
    LAY(PARA_BEFORE, v.before);
    LAY(PARA_AFTER, v.after);
    LAY(PARA_BEFORE_AUTO, v.before_auto);
    LAY(PARA_AFTER_AUTO, v.after_auto);
    LAY(PARA_CONTEXTUAL, v.contextual);
    LAY(PARA_LINE, v.line);
    LAY(PARA_LINE_RULE, v.line_rule);
    LAY(PARA_KEEP_NEXT, v.keep_next);
    LAY(PARA_KEEP_LINES, v.keep_lines);
    LAY(PARA_WIDOW, v.widow_control);
    LAY(PARA_BREAK_BEFORE, v.page_break_before);
    LAY(PARA_SHADE, v.shade);
    LAY(PARA_OUTLINE, v.outline_level);
    LAY(PARA_GRID, v.snap_to_grid);
    LAY(PARA_NUM_ID, num_id);
    LAY(PARA_NUM_LEVEL, num_level);
    LAY(PARA_LEFT_CHARS, left_chars);
    LAY(PARA_RIGHT_CHARS, right_chars);
    LAY(PARA_FIRST_CHARS, first_chars);
    LAY(PARA_TEXT_ALIGNMENT, v.text_alignment);
    for (int i = 0; i < EDGES; i++)
        LAY(PARA_BORDER << i, v.borders[i]);
    delta->set |= over->set;
    delta->v.asks = (delta->v.asks & ~over->asks_set) | (over->v.asks & over->asks_set);
    delta->asks_set |= over->asks_set;
    lay_tabs(pool, delta, over);
#undef LAY
}
