#include "docx/units.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

mpt mpt_clamp(int64_t value) {
    return (mpt)(value > MPT_LIMIT ? MPT_LIMIT : value < -MPT_LIMIT ? -MPT_LIMIT : value);
}

/* The power of ten after a number, as in "36e-5mm"; *s moves past it. 0: none. */
static int exponent_at(const char **s) {
    const char *p = *s;
    if (*p != 'e' && *p != 'E')
        return 0;
    bool negative = *++p == '-';
    p += *p == '-' || *p == '+';
    if (*p < '0' || *p > '9')
        return 0;
    int value = 0;
    for (; *p >= '0' && *p <= '9'; p++)
        value = value < 100 ? value * 10 + (*p - '0') : value;
    *s = p;
    return negative ? -value : value;
}

/* Thousandths of the number at *s; *s moves past it. False if there is no digit. */
static bool parse_milli(const char **s, int64_t *milli) {
    const char *p = *s;
    while (*p == ' ')
        p++;
    bool negative = *p == '-';
    p += *p == '-' || *p == '+';
    int64_t value = 0, place = 100;
    const char *digits = p;
    for (; *p >= '0' && *p <= '9'; p++)
        if (value < 1000000000000)
            value = value * 10 + (*p - '0');
    bool any = p > digits;
    value *= 1000;
    if (*p == '.')
        for (p++; *p >= '0' && *p <= '9'; p++, place /= 10, any = true)
            value += (*p - '0') * place;
    const int64_t most = (int64_t)1 << 55;
    int power = any ? exponent_at(&p) : 0;
    for (; power < 0 && value; power++)
        value /= 10;
    for (; power > 0 && value; power--)
        value = value > most / 10 ? most : value * 10;
    *milli = negative ? -value : value;
    *s = p;
    return any;
}

/* A unit as a fraction of mpt: unit = up / down. */
static bool unit_named(const char *s, int64_t *up, int64_t *down) {
    static const struct {
        const char *name;
        int up, down;
    } units[] = {{"pt", 1000, 1},  {"cm", 3600000, 127}, {"mm", 360000, 127}, {"in", 72000, 1},
                 {"pc", 12000, 1}, {"pi", 12000, 1},     {"px", UNIT_PX, 1},  {"emu", 10, 127}};
    while (*s == ' ')
        s++;
    if (!*s) /* as nearly always */
        return false;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strncasecmp(s, units[i].name, strlen(units[i].name)) == 0) {
            *up = units[i].up;
            *down = units[i].down;
            return true;
        }
    }
    return false;
}

mpt length_parse(const char *s, int unit, bool *ok) {
    int64_t milli, up = unit, down = 1;
    bool any = s && parse_milli(&s, &milli);
    if (ok)
        *ok = any;
    if (!any)
        return 0;
    unit_named(s, &up, &down);
    const int64_t cap = (int64_t)1 << 40; /* times 3,600,000 still fits */
    milli = milli > cap ? cap : milli < -cap ? -cap : milli;
    int64_t half = 500 * down;
    int64_t scaled = milli * up;
    return mpt_clamp((scaled + (scaled < 0 ? -half : half)) / (1000 * down));
}

mpt length_get(const struct xml_node *node, enum xml_name attr, int unit, mpt otherwise) {
    bool ok;
    mpt value = length_parse(node ? xml_get(node, attr) : NULL, unit, &ok);
    return ok ? value : otherwise;
}

mpt emu_parse(const char *s, mpt otherwise) {
    char *end;
    long long emu = strtoll(s, &end, 10);
    if (end == s)
        return otherwise;
    const long long cap = 1LL << 40;
    emu = emu > cap ? cap : emu < -cap ? -cap : emu;
    return mpt_clamp((emu * 10 + (emu < 0 ? -63 : 63)) / 127);
}

mpt emu_get(const struct xml_node *node, enum xml_name attr, mpt otherwise) {
    const char *s = node ? xml_get(node, attr) : NULL;
    return s ? emu_parse(s, otherwise) : otherwise;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static size_t hex_run(const char *s, int32_t *value) {
    size_t n = 0;
    for (*value = 0; n < 6 && hex_digit(s[n]) >= 0; n++)
        *value = *value * 16 + hex_digit(s[n]);
    return n;
}

int32_t color_hex(const char *s) {
    int32_t value;
    if (!s)
        return -1;
    return hex_run(s + (*s == '#'), &value) == 6 ? value : -1;
}

static int32_t widen(int32_t rgb) {
    return (rgb >> 8 & 15) * 0x110000 + (rgb >> 4 & 15) * 0x1100 + (rgb & 15) * 0x11;
}

int32_t color_named(const char *s) {
    static const struct {
        const char *name;
        int32_t rgb;
    } names[] = {
        {"black", 0x000000},       {"white", 0xFFFFFF},     {"red", 0xFF0000},
        {"green", 0x008000},       {"blue", 0x0000FF},      {"yellow", 0xFFFF00},
        {"cyan", 0x00FFFF},        {"magenta", 0xFF00FF},   {"aqua", 0x00FFFF},
        {"fuchsia", 0xFF00FF},     {"lime", 0x00FF00},      {"navy", 0x000080},
        {"maroon", 0x800000},      {"olive", 0x808000},     {"purple", 0x800080},
        {"teal", 0x008080},        {"gray", 0x808080},      {"silver", 0xC0C0C0},
        {"darkBlue", 0x000080},    {"darkCyan", 0x008080},  {"darkGreen", 0x008000},
        {"darkMagenta", 0x800080}, {"darkRed", 0x800000},   {"darkYellow", 0x808000},
        {"darkGray", 0x808080},    {"lightGray", 0xC0C0C0}, {"windowText", 0x000000},
        {"window", 0xFFFFFF},
    };
    int32_t value;
    if (!s)
        return -1;
    if (*s == '#') {
        size_t n = hex_run(s + 1, &value);
        return n == 6 ? value : n == 3 ? widen(value) : -1;
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t n = strlen(names[i].name);
        if (strncasecmp(s, names[i].name, n) == 0 && (!s[n] || s[n] == ' '))
            return names[i].rgb;
    }
    return -1;
}

int32_t color_preset(const char *s) {
    static const struct {
        const char *name;
        int32_t rgb;
    } names[] = {
        {"orange", 0xFFA500},    {"pink", 0xFFC0CB},        {"brown", 0xA52A2A},
        {"gold", 0xFFD700},      {"dkBlue", 0x00008B},      {"dkGreen", 0x006400},
        {"dkRed", 0x8B0000},     {"dkGray", 0xA9A9A9},      {"ltGray", 0xD3D3D3},
        {"lightBlue", 0xADD8E6}, {"ltBlue", 0xADD8E6},      {"lightGreen", 0x90EE90},
        {"ltGreen", 0x90EE90},   {"lightYellow", 0xFFFFE0}, {"ltYellow", 0xFFFFE0},
        {"dkOrange", 0xFF8C00},  {"crimson", 0xDC143C},     {"royalBlue", 0x4169E1},
        {"steelBlue", 0x4682B4}, {"violet", 0xEE82EE},      {"beige", 0xF5F5DC},
        {"ivory", 0xFFFFF0},     {"khaki", 0xF0E68C},       {"indigo", 0x4B0082},
    };
    for (size_t i = 0; s && i < sizeof names / sizeof names[0]; i++)
        if (strcasecmp(s, names[i].name) == 0)
            return names[i].rgb;
    return color_named(s);
}

static bool is_yes(const char *value) {
    return value && strcmp(value, "0") != 0 && strcmp(value, "false") != 0 &&
           strcmp(value, "off") != 0;
}

bool xml_attr_on(const struct xml_node *node, enum xml_name attr) {
    return is_yes(node ? xml_get(node, attr) : NULL);
}

static const char *local_part(const char *qname) {
    const char *colon = qname ? strchr(qname, ':') : NULL;
    return colon ? colon + 1 : qname ? qname : "";
}

const char *xml_get_local(const struct xml_node *node, const char *local) {
    const struct xml_attr *attr;
    for (attr = node ? node->attrs : NULL; attr; attr = attr->next)
        if (strcmp(local_part(attr->qname), local) == 0)
            return attr->value;
    return NULL;
}

bool xml_attr_on_local(const struct xml_node *node, const char *attr) {
    return is_yes(xml_get_local(node, attr));
}

bool xml_is_local(const struct xml_node *node, const char *local) {
    return strcmp(local_part(node->qname), local) == 0;
}

struct xml_node *xml_child_local(const struct xml_node *node, const char *local) {
    struct xml_node *child;
    XML_EACH_CHILD (child, node)
        if (xml_is_local(child, local))
            return child;
    return NULL;
}

bool xml_flag(const struct xml_node *node) {
    return node && (!xml_get(node, w_val) || xml_attr_on(node, w_val));
}

bool xml_flag_local(const struct xml_node *parent, const char *local) {
    return xml_flag(xml_child_local(parent, local));
}
