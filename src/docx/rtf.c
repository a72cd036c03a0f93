/* Reads RTF: groups, control words, characters. See rtf_parts.h for how it becomes a document.
 *
 * What is not the document's text (destinations that "\*" marks as ignorable and are not known
 * here, headers, comments) is passed over by group. Numbers of lists stand in the text (\listtext).
 */
#include "docx/rtf_parts.h"

#include "base/utf8.h"

#include <string.h>

bool is_rtf(const char *bytes, size_t n) {
    return n > 5 && memcmp(bytes, "{\\rtf", 5) == 0;
}

/* ---- groups ---- */

static void begin_group(struct rtf *r) {
    rtf_end_run(r);
    r->star = false;
    r->pending = 0;
    if (r->depth == RTF_GROUPS) {
        r->beyond++;
        return;
    }
    r->states[r->depth++] = r->now;
    r->now.begun = false;
}

static void begin(struct rtf *r, enum rtf_group group) {
    r->now.group = group;
    r->now.begun = true;
}

static void end_font(struct rtf *r) {
    struct rtf_font *font = r->fonts.n ? &r->fonts.at[r->fonts.n - 1] : NULL;
    rtf_decode(r);
    size_t n = r->text.len;
    const char *semicolon = n ? memchr(r->text.data, ';', n) : NULL;
    if (font && !font->name && n)
        font->name =
            utf8_nfc(r->pool, r->text.data, semicolon ? (size_t)(semicolon - r->text.data) : n, &n);
    buf_clear(&r->text);
}

static void begin_styles(struct rtf *r) {
    begin(r, RTF_STYLES);
    r->now.chars = rtf_plain;
    r->now.chars.font = r->deflt;
    r->now.para = (struct rtf_para){0};
    r->style = 0;
    r->style_said = false;
}

static void end_style(struct rtf *r) {
    enum { MOST = 4096 };
    if (r->styles.n == MOST)
        return;
    *VEC_PUSH(r->pool, &r->styles) = (struct rtf_style){r->now.chars, r->now.para};
    r->style_index[r->style] = (uint16_t)r->styles.n;
    r->style = 0;
    r->style_said = false;
}

/* What a group was for is done at its end. */
static void finish_group(struct rtf *r) {
    switch (r->now.group) {
    case RTF_FONTS:
        end_font(r);
        break;
    case RTF_PICTURE:
        rtf_end_picture(r);
        break;
    case RTF_FIELD:
        rtf_field_mark(r, "end");
        break;
    case RTF_INSTRUCTION:
        rtf_end_instruction(r);
        break;
    case RTF_NOTE:
        rtf_end_note(r);
        break;
    case RTF_BOX:
        rtf_end_para(r, false);
        break;
    case RTF_PLAIN:
    case RTF_SKIP:
    case RTF_STYLES:
    case RTF_COLORS:
        break;
    }
}

static void end_group(struct rtf *r) {
    rtf_end_run(r);
    r->pending = 0;
    if (r->beyond) {
        r->beyond--;
        return;
    }
    if (!r->depth)
        return;
    if (r->now.begun)
        finish_group(r);
    else if (r->now.group == RTF_FONTS)
        end_font(r);
    else if (r->now.group == RTF_STYLES)
        end_style(r);
    if (r->depth == 1 && rtf_is_text(r->now.group)) /* the end of all */
        rtf_end_para(r, false);
    r->now = r->states[--r->depth];
}

/* ---- destinations ---- */

static void begin_field(struct rtf *r) {
    rtf_field_mark(r, "begin");
    begin(r, RTF_FIELD);
}

static void begin_instruction(struct rtf *r) {
    rtf_end_run(r);
    begin(r, RTF_INSTRUCTION);
}

static void begin_note(struct rtf *r) {
    if (r->outer_base) { /* in another */
        begin(r, RTF_SKIP);
        return;
    }
    rtf_begin_note(r);
    begin(r, RTF_NOTE);
}

static void begin_picture(struct rtf *r) {
    struct buf bytes = r->picture.bytes;
    buf_clear(&bytes);
    r->picture = (struct rtf_picture){.scale_x = 100, .scale_y = 100, .bytes = bytes, .digit = -1};
    begin(r, RTF_PICTURE);
}

/* Its words are paragraphs of their own. */
static void begin_box(struct rtf *r) {
    rtf_end_para(r, false);
    begin(r, RTF_BOX);
    r->now.para = (struct rtf_para){.level = r->now.para.level};
    if (!r->lost)
        r->lost = "\\shp";
}

static void begin_fonts(struct rtf *r) {
    begin(r, RTF_FONTS);
}

static void begin_colors(struct rtf *r) {
    begin(r, RTF_COLORS);
}

static void begin_skip(struct rtf *r) {
    begin(r, RTF_SKIP);
}

/* Text goes on as it was: \fldrslt, \shpinst, \nesttableprops ... */
static void go_on(struct rtf *r) {
    if (r->now.group == RTF_FIELD)
        r->now.group = RTF_PLAIN;
}

static bool destination(struct rtf *r, const char *word) {
    static const struct {
        const char *word;
        void (*begin)(struct rtf *r);
    } known[] = {
        {"fonttbl", begin_fonts},  {"colortbl", begin_colors},   {"stylesheet", begin_styles},
        {"info", begin_skip},      {"header", begin_skip},       {"headerl", begin_skip},
        {"headerr", begin_skip},   {"headerf", begin_skip},      {"footer", begin_skip},
        {"footerl", begin_skip},   {"footerr", begin_skip},      {"footerf", begin_skip},
        {"footnote", begin_note},  {"field", begin_field},       {"fldinst", begin_instruction},
        {"fldrslt", go_on},        {"pict", begin_picture},      {"nonshppict", begin_skip},
        {"shppict", go_on},        {"shpinst", go_on},           {"shp", go_on},
        {"sp", begin_skip},        {"shptxt", begin_box},        {"shprslt", begin_skip},
        {"object", go_on},         {"objdata", begin_skip},      {"result", go_on},
        {"nesttableprops", go_on}, {"nonesttables", begin_skip}, {"listtext", go_on},
        {"pntext", go_on},         {"pn", begin_skip},           {"annotation", begin_skip},
        {"atnid", begin_skip},     {"xe", begin_skip},           {"tc", begin_skip},
        {"bkmkstart", begin_skip}, {"bkmkend", begin_skip},      {"ftnsep", begin_skip},
        {"ftnsepc", begin_skip},   {"aftnsep", begin_skip},      {"aftnsepc", begin_skip},
        {"do", begin_skip},        {"filetbl", begin_skip},      {"listtable", begin_skip},
        {"revtbl", begin_skip},    {"rsidtbl", begin_skip},      {"private1", begin_skip}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(word, known[i].word) == 0) {
            known[i].begin(r);
            return true;
        }
    return false;
}

/* ---- characters ---- */

static bool structure(struct rtf *r, const char *word);

/* Names of fonts and instructions are read like the text. */
static bool takes_text(const struct rtf *r) {
    return rtf_is_text(r->now.group) || r->now.group == RTF_FONTS ||
           r->now.group == RTF_INSTRUCTION;
}

static void take_hex(struct rtf *r, int digit) {
    if (digit < 0)
        return;
    if (r->picture.digit < 0) {
        r->picture.digit = digit;
        return;
    }
    buf_putc(&r->picture.bytes, (char)(r->picture.digit * 16 + digit));
    r->picture.digit = -1;
}

static int hex_digit(char c) {
    return c >= '0' && c <= '9'                     ? c - '0'
           : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                    : -1;
}

static void end_color(struct rtf *r) {
    enum { MOST = 10000 };
    if (r->colors.n < MOST)
        *VEC_PUSH(r->pool, &r->colors) = r->has_color ? r->color : -1;
    r->color = 0;
    r->has_color = false;
}

/* One character of the text, a byte. */
static void take_byte(struct rtf *r, unsigned char byte) {
    if (r->pending > 0) {
        r->pending--;
        return;
    }
    if (byte == '\t')
        structure(r, "tab");
    else if (r->now.group == RTF_COLORS && byte == ';')
        end_color(r);
    else if (r->now.group == RTF_PICTURE)
        take_hex(r, hex_digit((char)byte));
    else if (r->now.group == RTF_FONTS && byte == ';')
        end_font(r);
    else if (takes_text(r))
        rtf_put_byte(r, byte);
}

static void take_code(struct rtf *r, uint32_t code) {
    if (takes_text(r))
        rtf_put_code(r, code);
}

static void take_unicode(struct rtf *r, int value) {
    take_code(r, (uint32_t)(value < 0 ? value + 65536 : value));
    r->pending = r->now.skip;
}

/* ---- control words ---- */

static bool named_character(struct rtf *r, const char *word) {
    static const struct {
        const char *word;
        uint32_t code;
    } known[] = {{"emdash", 0x2014},    {"endash", 0x2013},  {"emspace", 0x2003},
                 {"enspace", 0x2002},   {"qmspace", 0x2005}, {"bullet", 0x2022},
                 {"lquote", 0x2018},    {"rquote", 0x2019},  {"ldblquote", 0x201C},
                 {"rdblquote", 0x201D}, {"zwj", 0x200D},     {"zwnj", 0x200C},
                 {"zwbo", 0x200B},      {"ltrmark", 0x200E}, {"rtlmark", 0x200F}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(word, known[i].word) == 0) {
            take_code(r, known[i].code);
            return true;
        }
    return false;
}

/* Breaks and ends of things. */
static bool structure(struct rtf *r, const char *word) {
    bool in_text = rtf_is_text(r->now.group);
    if (strcmp(word, "par") == 0) {
        if (in_text)
            rtf_end_para(r, true);
    } else if (strcmp(word, "tab") == 0) {
        if (in_text)
            rtf_mark(r, w_tab);
    } else if (strcmp(word, "line") == 0 || strcmp(word, "softline") == 0) {
        if (in_text)
            rtf_mark(r, w_br);
    } else if (strcmp(word, "page") == 0 || strcmp(word, "column") == 0) {
        if (in_text)
            xml_set(r->pool, rtf_mark(r, w_br), w_type, word);
    } else if (strcmp(word, "sect") == 0) {
        if (in_text)
            rtf_end_para(r, false);
        r->break_next = in_text;
    } else if (strcmp(word, "cell") == 0 || strcmp(word, "nestcell") == 0) {
        if (in_text)
            rtf_end_cell(r, word[0] == 'c' ? 1 : r->now.para.level);
    } else if (strcmp(word, "row") == 0) {
        if (in_text)
            rtf_end_row(r, 1);
    } else if (strcmp(word, "nestrow") == 0) {
        if (in_text)
            rtf_end_row(r, r->now.para.level);
    } else if (strcmp(word, "chftn") == 0) {
        if (in_text && r->outer_base)
            rtf_mark(r, w_footnoteRef);
    } else if (strcmp(word, "chpgn") == 0) {
        if (in_text)
            rtf_page_number(r);
    } else {
        return false;
    }
    return true;
}

/* ---- the other words ---- */

static bool font_word(struct rtf *r, const struct rtf_word *w) {
    enum { MOST = 65535 };
    if (r->now.group != RTF_FONTS)
        return false;
    struct rtf_font *font = r->fonts.n ? &r->fonts.at[r->fonts.n - 1] : NULL;
    if (rtf_is(w, "f") && w->value >= 0 && w->value <= MOST && r->fonts.n < MOST) {
        font = VEC_PUSH(r->pool, &r->fonts);
        font->id = w->value;
        r->font_index[w->value] = (uint16_t)r->fonts.n;
        r->now.chars.font = w->value; /* its name is in its own code */
    } else if (rtf_is(w, "fcharset") && font) {
        font->page = rtf_page_of_charset(w->value);
    } else if (rtf_is(w, "cpg") && font) {
        font->page = w->value;
    }
    return true;
}

static bool color_word(struct rtf *r, const struct rtf_word *w) {
    int shift = rtf_is(w, "red") ? 16 : rtf_is(w, "green") ? 8 : rtf_is(w, "blue") ? 0 : -1;
    if (r->now.group != RTF_COLORS)
        return false;
    if (shift >= 0) {
        r->color |= rtf_within(w->value, 0, 255) << shift;
        r->has_color = true;
    }
    return true;
}

static bool picture_word(struct rtf *r, const struct rtf_word *w) {
    static const char *const kinds[][2] = {
        {"pngblip", "png"}, {"jpegblip", "jpeg"}, {"emfblip", "emf"}, {"wmetafile", "wmf"}};
    struct rtf_picture *p = &r->picture;
    if (r->now.group != RTF_PICTURE)
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (rtf_is(w, kinds[i][0]))
            p->kind = kinds[i][1];
    if (rtf_is(w, "picwgoal"))
        p->width = rtf_within(w->value, 0, 100000);
    else if (rtf_is(w, "pichgoal"))
        p->height = rtf_within(w->value, 0, 100000);
    else if (rtf_is(w, "picscalex"))
        p->scale_x = rtf_within(w->value, 1, 1000);
    else if (rtf_is(w, "picscaley"))
        p->scale_y = rtf_within(w->value, 1, 1000);
    return true;
}

/* Word says in a style all that it means, and what it is based on after that; others only what
 * differs, and that after it. */
static bool style_word(struct rtf *r, const struct rtf_word *w) {
    if (r->now.group != RTF_STYLES)
        return false;
    if (rtf_is(w, "s"))
        r->style = rtf_within(w->value, 0, 65535);
    else if (rtf_is(w, "sbasedon") && !r->style_said)
        rtf_take_style(r, w->value);
    else
        return false;
    return true;
}

/* In groups that are not text words mean something else. */
static bool group_word(struct rtf *r, const struct rtf_word *w) {
    return font_word(r, w) || color_word(r, w) || picture_word(r, w) || style_word(r, w);
}

static bool document_word(struct rtf *r, const struct rtf_word *w) {
    if (rtf_is(w, "ansicpg"))
        r->page = w->value;
    else if (rtf_is(w, "mac"))
        r->page = 10000;
    else if (rtf_is(w, "pc"))
        r->page = 437;
    else if (rtf_is(w, "pca"))
        r->page = 850;
    else if (rtf_is(w, "deff"))
        r->deflt = r->now.chars.font = w->value;
    else if (rtf_is(w, "uc"))
        r->now.skip = rtf_within(w->value, 0, 16);
    else if (rtf_is(w, "u"))
        take_unicode(r, rtf_within(w->value, -32768, 65535));
    else
        return false;
    return true;
}

/* The bytes of \bin are not read as anything else. */
static void take_binary(struct rtf *r, int n) {
    size_t left = (size_t)(r->end - r->p), taken = n > 0 ? (size_t)n : 0;
    taken = taken < left ? taken : left;
    if (r->now.group == RTF_PICTURE)
        buf_append(&r->picture.bytes, r->p, taken);
    r->p += taken;
}

static void take_word(struct rtf *r, const struct rtf_word *w) {
    bool star = r->star;
    r->star = false;
    if (rtf_is(w, "bin")) {
        take_binary(r, w->value);
        return;
    }
    if (r->pending > 0) { /* a word is one character to be passed over */
        r->pending--;
        return;
    }
    if (r->now.group == RTF_SKIP || (!star && group_word(r, w)) || destination(r, w->name))
        return;
    if (star) {
        begin_skip(r);
        return;
    }
    if (document_word(r, w) || named_character(r, w->name) || structure(r, w->name))
        return;
    rtf_end_run(r);
    if (rtf_char_word(r, w) || rtf_para_word(r, w))
        r->style_said = true;
    else
        rtf_row_word(r, w);
}

/* ---- the text ---- */

static void take_symbol(struct rtf *r, char c) {
    if (c == '*') {
        r->star = true;
    } else if (c == '\'') {
        int high = r->p < r->end ? hex_digit(r->p[0]) : -1;
        int low = r->p + 1 < r->end ? hex_digit(r->p[1]) : -1;
        r->p += high >= 0 && low >= 0 ? 2 : 0;
        if (high >= 0 && low >= 0 && r->now.group != RTF_PICTURE)
            take_byte(r, (unsigned char)(high * 16 + low));
    } else if (r->pending > 0) {
        r->pending--;
    } else if (c == '~') {
        take_code(r, 0xA0);
    } else if (c == '_') {
        take_code(r, 0x2011);
    } else if (c == '-') {
        take_code(r, 0xAD);
    } else if (c == '\n' || c == '\r') {
        structure(r, "par");
    } else if (c == '\t') {
        structure(r, "tab");
    } else if (c == '{' || c == '}' || c == '\\') {
        take_byte(r, (unsigned char)c);
    }
}

static bool is_letter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Behind the backslash. */
static void take_control(struct rtf *r) {
    enum { MOST = 100000000 };
    struct rtf_word w = {0};
    size_t n = 0;
    if (r->p == r->end)
        return;
    if (!is_letter(*r->p)) {
        take_symbol(r, *r->p++);
        return;
    }
    for (; r->p < r->end && is_letter(*r->p); r->p++)
        if (n + 1 < sizeof w.name)
            w.name[n++] = *r->p;
    bool minus = r->p + 1 < r->end && *r->p == '-' && is_digit(r->p[1]);
    r->p += minus;
    for (; r->p < r->end && is_digit(*r->p); r->p++) {
        w.has_value = true;
        w.value = w.value < MOST ? w.value * 10 + (*r->p - '0') : w.value;
    }
    w.value = minus ? -w.value : w.value;
    r->p += r->p < r->end && *r->p == ' ';
    take_word(r, &w);
}

static void read_all(struct rtf *r) {
    while (r->p < r->end) {
        char c = *r->p++;
        if (c == '{')
            begin_group(r);
        else if (c == '}')
            end_group(r);
        else if (c == '\\')
            take_control(r);
        else if (c != '\r' && c != '\n')
            take_byte(r, (unsigned char)c);
    }
    while (r->depth)
        end_group(r);
}

struct package *rtf_package(struct pool *pool, const char *bytes, size_t n, bool hanging,
                            const char **lost) {
    struct rtf *r = POOL_NEW(pool, struct rtf);
    *r = (struct rtf){.pool = pool, .p = bytes, .end = bytes + n, .hanging = hanging, .page = 1252};
    r->package = package_new("rtf");
    r->states = POOL_ARRAY(pool, struct rtf_state, RTF_GROUPS);
    r->font_index = POOL_ARRAY(pool, uint16_t, 65536);
    r->style_index = POOL_ARRAY(pool, uint16_t, 65536);
    rtf_new_row(r);
    r->now.chars = rtf_plain;
    r->now.skip = 1;
    r->body = r->base = xml_new(pool, w_body);
    r->relations = xml_new(pool, pr_Relationships);
    read_all(r);
    rtf_finish(r);
    rtf_text_free(r);
    *lost = r->lost;
    return r->package;
}
