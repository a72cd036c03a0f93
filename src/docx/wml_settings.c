/* settings.xml (17.15): what it says of the whole document. */
#include "docx/wml_read.h"

#include "base/utf8.h"
#include "docx/units.h"

#include <string.h>

enum { DEFAULT_TAB = 36000, WORD_2007 = 12, WORD_2013 = 15 };

/* ---- w:compat (17.15.3) ---- */

struct option {
    const char *name;
    unsigned bit; /* COMPAT_*; 0: not done */
    enum { ANY_MODE, OLD_MODES } modes;
};

/* The option an element asks for; NULL: none that Word obeys in this mode. */
static const struct option *asked_for(const struct xml_node *node, int mode) {
    static const struct option options[] = {
#define COMPAT(token, name, modes) {name, COMPAT_##token, modes},
#define UNDONE(name, modes) {name, 0, modes},
#include "docx/compat.def"
#undef COMPAT
#undef UNDONE
    };
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (xml_is_local(node, options[i].name))
            return xml_flag(node) && (options[i].modes == ANY_MODE || mode < WORD_2013)
                       ? &options[i]
                       : NULL;
    return NULL;
}

/* w:compatSetting, Word's own (MS-DOCX 2.15.3): of one said twice the highest mode holds. */
static void read_compat_settings(const struct xml_node *compat, int *mode, bool *styles_win) {
    const struct xml_node *node;
    XML_EACH_CHILD (node, compat) {
        const char *name = node->name == w_compatSetting ? xml_get(node, w_name) : NULL;
        int value = name ? xml_int(node, w_val, 0) : 0;
        if (name && strcmp(name, "compatibilityMode") == 0 && value > *mode)
            *mode = value;
        if (name && strcmp(name, "overrideTableStyleFontSizeAndJustification") == 0)
            *styles_win = xml_attr_on(node, w_val);
    }
}

static void read_compat(struct reader *reader, const struct xml_node *compat) {
    struct document *document = reader->document;
    const struct xml_node *node;
    int mode = 0;
    bool styles_win = false;
    read_compat_settings(compat, &mode, &styles_win);
    if (mode)
        document->compat_mode = mode;
    XML_EACH_CHILD (node, compat) {
        const struct option *option = node->name == w_compatSetting || node->name == XML_TEXT
                                          ? NULL
                                          : asked_for(node, document->compat_mode);
        if (option)
            document->compat |= option->bit;
    }
    if (document->compat & COMPAT_FIXED_AUTO_SPACING)
        styles_fix_auto_spacing(reader->styles);
    if (styles_win)
        styles_win_over_tables(reader->styles);
}

/* ---- the document ---- */

bool setting_on(const struct reader *reader, const char *local) {
    return xml_flag_local(reader->settings, local);
}

static void read_hyphenation(struct reader *reader, const struct xml_node *root) {
    enum { ZONE = 18000 }; /* of a document that does not say */
    struct hyphenation *h = &reader->document->hyphenation;
    const struct xml_node *limit = xml_child_local(root, "consecutiveHyphenLimit");
    h->on = setting_on(reader, "autoHyphenation");
    if (!h->on)
        return;
    styles_keep_languages(reader->styles);
    h->zone = length_get(xml_child_local(root, "hyphenationZone"), w_val, UNIT_TWIP, ZONE);
    h->limit = limit ? xml_int(limit, w_val, 0) : 0;
    h->not_caps = setting_on(reader, "doNotHyphenateCaps");
}

void settings_read(struct reader *reader) {
    struct document *document = reader->document;
    document->compat_mode = WORD_2007; /* of a document that does not say */
    document->default_tab = DEFAULT_TAB;
    const char *part =
        package_related(reader->pool, reader->package, reader->main_part, "settings", reader->diag);
    const struct xml_node *root = part ? read_part(reader, part) : NULL;
    reader->settings = root;
    if (!root)
        return;
    read_compat(reader, xml_child(root, w_compat));
    mpt tab = length_get(xml_child(root, w_defaultTabStop), w_val, UNIT_TWIP, DEFAULT_TAB);
    document->default_tab = tab > 0 ? tab : DEFAULT_TAB;
    read_hyphenation(reader, root);
    document->even_and_odd = xml_on(root, w_evenAndOddHeaders, false);
    const char *mark = xml_get(xml_child_local(root, "decimalSymbol"), w_val);
    if (mark && *mark)
        document->decimal_mark = utf8_next(&mark, mark + strlen(mark));
}

/* ---- what is not done ---- */

static void name_setting(struct story *story, const char *local) {
    unsupported(story, pool_printf(story->reader->pool, "w:%s", local));
}

void settings_name_undone(struct story *story) {
    static const char *const sheets[] = {"printTwoOnOne", "bookFoldPrinting",
                                         "bookFoldRevPrinting"};
    const struct reader *reader = story->reader;
    const struct xml_node *node;
    for (size_t i = 0; i < sizeof sheets / sizeof sheets[0]; i++)
        if (setting_on(reader, sheets[i]))
            name_setting(story, sheets[i]);
    XML_EACH_CHILD (node, xml_child(reader->settings, w_compat)) {
        const struct option *option = node->name == w_compatSetting || node->name == XML_TEXT
                                          ? NULL
                                          : asked_for(node, reader->document->compat_mode);
        if (option && !option->bit)
            name_setting(story, option->name);
    }
}
