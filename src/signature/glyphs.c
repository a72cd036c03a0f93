#include "signature/glyphs.h"

#include "base/utf8.h"
#include "signature/cmap.h"

#include <string.h>

/* What the fonts of one page may map at most. */
enum { MAX_ENTRIES = 1 << 20 };

struct glyph_font {
    pdf_value value;
    int id;
    bool two_bytes;
    double standard;     /* width of what has none, in ems */
    struct idmap widths; /* code -> 1 + width in thousandths of an em */
    struct cmap characters;
};

/* One character that leaves no ink. */
static bool is_blank(const char *text) {
    const char *end = text + strlen(text);
    uint32_t cp = *text ? utf8_next(&text, end) : 0;
    return text != end ? false
                       : cp == 0x20 || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200B) ||
                             cp == 0x202F || cp == 0x3000;
}

static bool set_width(struct pool *pool, struct glyph_font *font, int code, double width) {
    size_t *left = font->characters.left;
    if (code < 0 || code >= CMAP_CODES || !*left)
        return false;
    --*left;
    if (width >= 0 && width < 100000)
        *idmap_at(pool, &font->widths, (uint64_t)code + 1) = 1 + (uint32_t)width;
    return true;
}

/* A number as a code; one that is none becomes one that no font has. */
static int code_of(struct reader *reader, pdf_value value) {
    double number = reader_number(reader, value);
    return number >= 0 && number < CMAP_CODES ? (int)number : CMAP_CODES;
}

/* /W: "c [w1 w2 ...]" and "first last w". */
static void read_composite(struct pool *pool, struct reader *reader, struct glyph_font *font,
                           pdf_value inner) {
    pdf_value list = reader_key(reader, inner, "/W");
    int n = reader_count(reader, list);
    font->standard = reader_has(reader, inner, "/DW")
                         ? reader_number(reader, reader_key(reader, inner, "/DW")) / 1000
                         : 1;
    for (int i = 0; i + 1 < n;) {
        int first = code_of(reader, reader_item(reader, list, i));
        pdf_value second = reader_item(reader, list, i + 1);
        if (reader_kind(reader, second) == PDF_ARRAY) {
            for (int k = 0; k < reader_count(reader, second); k++)
                set_width(pool, font, first + k,
                          reader_number(reader, reader_item(reader, second, k)));
            i += 2;
        } else {
            int last = code_of(reader, second);
            double width = reader_number(reader, reader_item(reader, list, i + 2));
            for (int code = first; code <= last && set_width(pool, font, code, width); code++)
                ;
            i += 3;
        }
    }
}

static void read_simple(struct pool *pool, struct reader *reader, struct glyph_font *font) {
    pdf_value list = reader_key(reader, font->value, "/Widths");
    int first = code_of(reader, reader_key(reader, font->value, "/FirstChar"));
    for (int i = 0; i < reader_count(reader, list); i++)
        set_width(pool, font, first + i, reader_number(reader, reader_item(reader, list, i)));
}

/* WinAnsiEncoding (annex D.2), which differs from Latin-1 here only. */
static uint32_t latin(unsigned code) {
    static const uint16_t middle[32] = {
        0x20AC, 0,      0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
        0x2039, 0x152,  0,      0x17D,  0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0,      0x17E,  0x178};
    return code >= 0x80 && code < 0xA0 ? middle[code - 0x80] : code;
}

/* "/uni1EC7", as programs name characters that have no name of their own; 0 for other names. */
static uint32_t named(const char *name) {
    uint32_t value = 0;
    if (strncmp(name, "/uni", 4) != 0 || strlen(name) != 8)
        return strcmp(name, "/space") == 0 ? ' ' : 0;
    for (const char *p = name + 4; *p; p++) {
        if (lex_hex(*p) < 0)
            return 0;
        value = value << 4 | (uint32_t)lex_hex(*p);
    }
    return value;
}

/* A font without ToUnicode whose codes are bytes: what its encoding says. */
static void read_encoding(struct pool *pool, struct reader *reader, struct glyph_font *font) {
    pdf_value encoding = reader_key(reader, font->value, "/Encoding");
    pdf_value list = reader_key(reader, encoding, "/Differences");
    long long code = 0;
    for (unsigned c = 0x20; c < 0x100; c++)
        if (latin(c))
            cmap_put(pool, &font->characters, c, latin(c));
    for (int i = 0; i < reader_count(reader, list); i++) {
        pdf_value item = reader_item(reader, list, i);
        if (reader_integer(reader, item, &code))
            continue;
        uint32_t character = named(reader_name(reader, item));
        if (character && code >= 0 && code < 0x100)
            cmap_put(pool, &font->characters, (unsigned)code, character);
        code++;
    }
}

static struct glyph_font *read_font(struct glyph_fonts *fonts, struct reader *reader,
                                    pdf_value value) {
    struct pool *pool = fonts->pool;
    struct glyph_font *font = POOL_NEW(pool, struct glyph_font);
    *font = (struct glyph_font){.value = value, .id = reader_id(reader, value), .standard = 0.5};
    font->characters.left = &fonts->left;
    font->two_bytes = reader_is_name(reader, reader_key(reader, value, "/Subtype"), "/Type0");
    if (font->two_bytes)
        read_composite(pool, reader, font,
                       reader_item(reader, reader_key(reader, value, "/DescendantFonts"), 0));
    else
        read_simple(pool, reader, font);
    size_t len;
    const char *map = reader_decoded(reader, reader_key(reader, value, "/ToUnicode"), &len);
    if (map)
        cmap_read(pool, &font->characters, map, len);
    else if (!font->two_bytes)
        read_encoding(pool, reader, font);
    return font;
}

void glyph_fonts_init(struct glyph_fonts *fonts, struct pool *pool) {
    *fonts = (struct glyph_fonts){.pool = pool, .left = MAX_ENTRIES};
}

const struct glyph_font *glyph_font(struct glyph_fonts *fonts, struct reader *reader,
                                    pdf_value value) {
    static const struct glyph_font unknown = {.standard = 0.5};
    int id = value ? reader_id(reader, value) : 0;
    if (!value)
        return &unknown;
    for (size_t i = 0; i < fonts->at.n; i++)
        if (id ? fonts->at.at[i]->id == id : fonts->at.at[i]->value == value)
            return fonts->at.at[i];
    return *VEC_PUSH(fonts->pool, &fonts->at) = read_font(fonts, reader, value);
}

/* The next byte of a literal string: escapes are one byte (7.3.4.2). */
static unsigned literal_byte(const char **p, const char *end) {
    unsigned char c = (unsigned char)*(*p)++;
    if (c != '\\' || *p >= end)
        return c;
    c = (unsigned char)*(*p)++;
    if (c >= '0' && c <= '7') {
        unsigned value = c - '0';
        for (int i = 0; i < 2 && *p < end && **p >= '0' && **p <= '7'; i++)
            value = value * 8 + (unsigned)(*(*p)++ - '0');
        return value & 0xFF;
    }
    return c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
}

static unsigned hex_byte(const char **p, const char *end) {
    unsigned value = 0;
    for (int digits = 0; digits < 2 && *p < end; (*p)++)
        if (lex_hex(**p) >= 0) {
            value = value << 4 | (unsigned)lex_hex(**p);
            digits++;
        }
    return value;
}

static unsigned next_byte(struct token string, const char **p, const char *end) {
    return string.kind == LEX_HEX ? hex_byte(p, end) : literal_byte(p, end);
}

bool glyph_next(const struct glyph_font *font, struct token string, const char **at,
                struct shown_glyph *glyph) {
    const char *end = string.s + string.len - 1;
    if (!*at)
        *at = string.s + 1;
    if (*at >= end)
        return false;
    unsigned code = next_byte(string, at, end);
    if (font->two_bytes && *at < end)
        code = code << 8 | next_byte(string, at, end);
    uint32_t width = idmap_get(&font->widths, (uint64_t)code + 1);
    const char *text = cmap_text(&font->characters, code);
    *glyph = (struct shown_glyph){.width = width ? (width - 1) / 1000.0 : font->standard,
                                  .visible = !text || !is_blank(text),
                                  .text = text ? text : "",
                                  .space = !font->two_bytes && code == 32};
    return true;
}
