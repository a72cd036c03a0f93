/* What control words of RTF say of the look of characters, paragraphs and cells. */
#include "docx/rtf_parts.h"

#include <string.h>

const struct rtf_chars rtf_plain = {.size = 24, .scale = 100};

bool rtf_is(const struct rtf_word *w, const char *name) {
    return strcmp(w->name, name) == 0;
}

/* On without a number or with one that is not 0. */
static bool on(const struct rtf_word *w) {
    return !w->has_value || w->value != 0;
}

int rtf_within(int value, int least, int most) {
    return value < least ? least : value > most ? most : value;
}

static const char *underline_of(const struct rtf_word *w) {
    static const char *const known[][2] = {
        {"ul", "single"},        {"uld", "dotted"},           {"uldb", "double"},
        {"ulw", "words"},        {"ulth", "thick"},           {"uldash", "dash"},
        {"uldashd", "dotDash"},  {"uldashdd", "dotDotDash"},  {"ulwave", "wave"},
        {"ulldash", "dashLong"}, {"ululdbwave", "wavyDouble"}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (rtf_is(w, known[i][0]))
            return known[i][1];
    return NULL;
}

static bool flag_of(const struct rtf_word *w, struct rtf_chars *c) {
    const struct {
        const char *name;
        bool *flag;
    } flags[] = {{"b", &c->bold},        {"i", &c->italic},
                 {"strike", &c->strike}, {"striked", &c->double_strike},
                 {"caps", &c->caps},     {"scaps", &c->small_caps},
                 {"v", &c->hidden},      {"deleted", &c->hidden}};
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (rtf_is(w, flags[i].name)) {
            *flags[i].flag = on(w);
            return true;
        }
    return false;
}

bool rtf_char_word(struct rtf *r, const struct rtf_word *w) {
    enum { FAR = 31680 };
    struct rtf_chars *c = &r->now.chars;
    int value = rtf_within(w->value, -FAR, FAR);
    const char *underline = underline_of(w);
    if (underline)
        c->underline = on(w) ? underline : NULL;
    else if (rtf_is(w, "ulnone"))
        c->underline = NULL;
    else if (rtf_is(w, "plain"))
        *c = rtf_plain, c->font = r->deflt;
    else if (rtf_is(w, "f"))
        c->font = w->value;
    else if (rtf_is(w, "fs"))
        c->size = rtf_within(w->value, 2, 3276);
    else if (rtf_is(w, "cf"))
        c->color = w->value;
    else if (rtf_is(w, "cb") || rtf_is(w, "chcbpat"))
        c->back = w->value;
    else if (rtf_is(w, "highlight"))
        c->highlight = w->value;
    else if (rtf_is(w, "super") || rtf_is(w, "sub"))
        c->align = !on(w) ? NULL : w->name[2] == 'p' ? "superscript" : "subscript";
    else if (rtf_is(w, "nosupersub"))
        c->align = NULL;
    else if (rtf_is(w, "expndtw"))
        c->spacing = value;
    else if (rtf_is(w, "up") || rtf_is(w, "dn"))
        c->raise = rtf_within(w->has_value ? value : 6, 0, 3000) * (w->name[0] == 'u' ? 1 : -1);
    else if (rtf_is(w, "charscalex"))
        c->scale = rtf_within(w->value, 1, 600);
    else
        return flag_of(w, c);
    return true;
}

/* ---- paragraphs ---- */

static void add_tab(struct rtf *r, int at) {
    struct rtf_para *p = &r->now.para;
    struct rtf_tab *tab = &p->tabs[p->tab_count < RTF_TABS ? p->tab_count : RTF_TABS - 1];
    tab->at = at;
    tab->align = tab->align ? tab->align : "left";
    p->tab_count += p->tab_count < RTF_TABS;
}

/* The kind and the leader of a tab stop stand before its place. */
static bool tab_word(struct rtf *r, const struct rtf_word *w) {
    static const char *const kinds[][2] = {
        {"tqr", "right"}, {"tqc", "center"}, {"tqdec", "decimal"}};
    static const char *const leaders[][2] = {{"tldot", "dot"},     {"tlmdot", "middleDot"},
                                             {"tlhyph", "hyphen"}, {"tlul", "underscore"},
                                             {"tlth", "heavy"},    {"tleq", "underscore"}};
    struct rtf_para *p = &r->now.para;
    struct rtf_tab *next = &p->tabs[p->tab_count < RTF_TABS ? p->tab_count : RTF_TABS - 1];
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (rtf_is(w, kinds[i][0])) {
            next->align = kinds[i][1];
            return true;
        }
    for (size_t i = 0; i < sizeof leaders / sizeof leaders[0]; i++)
        if (rtf_is(w, leaders[i][0])) {
            next->leader = leaders[i][1];
            return true;
        }
    if (rtf_is(w, "tx"))
        add_tab(r, rtf_within(w->value, -31680, 31680));
    return rtf_is(w, "tx");
}

void rtf_take_style(struct rtf *r, int id) {
    enum { IDS = 65536 };
    size_t i = id >= 0 && id < IDS ? r->style_index[id] : 0;
    int level = r->now.para.level;
    if (!i)
        return;
    r->now.chars = r->styles.at[i - 1].chars;
    r->now.para = r->styles.at[i - 1].para;
    r->now.para.level = level;
}

static bool jc_word(const struct rtf_word *w, const char **jc) {
    static const char *const known[][2] = {{"ql", "left"}, {"qr", "right"},      {"qc", "center"},
                                           {"qj", "both"}, {"qd", "distribute"}, {"qk", "both"}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (rtf_is(w, known[i][0])) {
            *jc = known[i][1];
            return true;
        }
    return false;
}

static bool measure_word(const struct rtf_word *w, struct rtf_para *p) {
    const struct {
        const char *name;
        int *value;
    } measures[] = {{"li", &p->left},   {"lin", &p->left}, {"ri", &p->right},
                    {"rin", &p->right}, {"fi", &p->first}, {"sb", &p->before},
                    {"sa", &p->after},  {"sl", &p->line},  {"cbpat", &p->shade}};
    for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++)
        if (rtf_is(w, measures[i].name)) {
            *measures[i].value = rtf_within(w->value, -31680, 31680);
            return true;
        }
    return false;
}

bool rtf_para_word(struct rtf *r, const struct rtf_word *w) {
    struct rtf_para *p = &r->now.para;
    if (rtf_is(w, "pard"))
        *p = (struct rtf_para){0};
    else if (rtf_is(w, "intbl"))
        p->level = p->level ? p->level : 1;
    else if (rtf_is(w, "itap"))
        p->level = rtf_within(w->value, 0, RTF_TABLES);
    else if (rtf_is(w, "s"))
        rtf_take_style(r, w->value);
    else if (rtf_is(w, "contextualspace"))
        p->contextual = on(w);
    else if (rtf_is(w, "slmult"))
        p->multiple = w->value != 0;
    else if (rtf_is(w, "keep"))
        p->keep = on(w);
    else if (rtf_is(w, "keepn"))
        p->keep_next = on(w);
    else if (rtf_is(w, "pagebb"))
        p->break_before = on(w);
    else if (rtf_is(w, "nowidctlpar"))
        p->widow_off = true;
    else if (rtf_is(w, "widctlpar"))
        p->widow_off = false;
    else if (rtf_is(w, "outlinelevel"))
        p->outline = rtf_within(w->value, 0, 8) + 1;
    else
        return jc_word(w, &p->jc) || tab_word(r, w) || measure_word(w, p);
    return true;
}

/* ---- borders, cells and rows ---- */

/* Which edge the words after it speak of. */
static bool edge_word(struct rtf *r, const struct rtf_word *w) {
    const struct {
        const char *name;
        struct rtf_edge *edge;
    } edges[] = {
        {"brdrt", &r->now.para.edges[RTF_TOP]},      {"brdrl", &r->now.para.edges[RTF_LEFT]},
        {"brdrb", &r->now.para.edges[RTF_BOTTOM]},   {"brdrr", &r->now.para.edges[RTF_RIGHT]},
        {"clbrdrt", &r->row.next.edges[RTF_TOP]},    {"clbrdrl", &r->row.next.edges[RTF_LEFT]},
        {"clbrdrb", &r->row.next.edges[RTF_BOTTOM]}, {"clbrdrr", &r->row.next.edges[RTF_RIGHT]},
        {"trbrdrt", &r->row.edges[RTF_TOP]},         {"trbrdrl", &r->row.edges[RTF_LEFT]},
        {"trbrdrb", &r->row.edges[RTF_BOTTOM]},      {"trbrdrr", &r->row.edges[RTF_RIGHT]},
        {"trbrdrh", &r->row.edges[RTF_SIDES]},       {"trbrdrv", &r->row.edges[RTF_SIDES + 1]}};
    for (size_t i = 0; i < sizeof edges / sizeof edges[0]; i++)
        if (rtf_is(w, edges[i].name)) {
            r->row.edge = edges[i].edge;
            return true;
        }
    return false;
}

static bool border_word(struct rtf *r, const struct rtf_word *w) {
    static const char *const kinds[][2] = {{"brdrs", "single"},          {"brdrth", "single"},
                                           {"brdrdb", "double"},         {"brdrdot", "dotted"},
                                           {"brdrdash", "dashed"},       {"brdrhair", "single"},
                                           {"brdrtriple", "triple"},     {"brdrdashd", "dotDash"},
                                           {"brdrdashdd", "dotDotDash"}, {"brdrwavy", "wave"}};
    struct rtf_edge none = {0}, *edge = r->row.edge ? r->row.edge : &none;
    if (edge_word(r, w))
        return true;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (rtf_is(w, kinds[i][0])) {
            edge->kind = kinds[i][1];
            return true;
        }
    if (rtf_is(w, "brdrnone") || rtf_is(w, "brdrnil") || rtf_is(w, "brdrtbl"))
        edge->kind = NULL;
    else if (rtf_is(w, "brdrw"))
        edge->width = rtf_within(w->value, 0, 255);
    else if (rtf_is(w, "brdrcf"))
        edge->color = w->value;
    else
        return false;
    return true;
}

/* The margins of cells and, of those of one cell, what Word means by them: its words for the top
 * and the left one are each the other's. */
static bool pad_word(struct rtf *r, const struct rtf_word *w) {
    const struct {
        const char *name;
        int *pad;
    } pads[] = {
        {"trpaddt", &r->row.pads[RTF_TOP]},        {"trpaddl", &r->row.pads[RTF_LEFT]},
        {"trpaddb", &r->row.pads[RTF_BOTTOM]},     {"trpaddr", &r->row.pads[RTF_RIGHT]},
        {"clpadl", &r->row.next.pads[RTF_TOP]},    {"clpadt", &r->row.next.pads[RTF_LEFT]},
        {"clpadb", &r->row.next.pads[RTF_BOTTOM]}, {"clpadr", &r->row.next.pads[RTF_RIGHT]}};
    for (size_t i = 0; i < sizeof pads / sizeof pads[0]; i++)
        if (rtf_is(w, pads[i].name)) {
            *pads[i].pad = rtf_within(w->value, 0, 2000);
            return true;
        }
    return false;
}

static bool cell_word(struct rtf *r, const struct rtf_word *w) {
    struct rtf_cell *next = &r->row.next;
    if (rtf_is(w, "cellx"))
        rtf_new_cell(r, rtf_within(w->value, -31680, 31680));
    else if (rtf_is(w, "clcbpat"))
        next->shade = w->value;
    else if (rtf_is(w, "clvmgf"))
        next->merge = "restart";
    else if (rtf_is(w, "clvmrg"))
        next->merge = "continue";
    else if (rtf_is(w, "clmgf"))
        next->first = true;
    else if (rtf_is(w, "clmrg"))
        next->merged = true;
    else if (rtf_is(w, "clvertalc"))
        next->valign = "center";
    else if (rtf_is(w, "clvertalb"))
        next->valign = "bottom";
    else
        return false;
    return true;
}

bool rtf_row_word(struct rtf *r, const struct rtf_word *w) {
    struct rtf_row *row = &r->row;
    int value = rtf_within(w->value, -31680, 31680);
    if (rtf_is(w, "trowd"))
        rtf_new_row(r);
    else if (rtf_is(w, "trleft"))
        row->left = value;
    else if (rtf_is(w, "trgaph"))
        row->gap = rtf_within(value, 0, 1000);
    else if (rtf_is(w, "trrh"))
        row->height = value;
    else if (rtf_is(w, "trhdr"))
        row->header = true;
    else if (rtf_is(w, "trkeep"))
        row->keep = true;
    else if (rtf_is(w, "trqc"))
        row->jc = "center";
    else if (rtf_is(w, "trqr"))
        row->jc = "right";
    else
        return border_word(r, w) || pad_word(r, w) || cell_word(r, w);
    return true;
}
