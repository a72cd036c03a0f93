#include "signature/glyphs.h"

#include "pdf/idmap.h"

#include <string.h>

enum { MAX_CODES = 65536 };

struct glyph_font {
    pdf_value value;
    int id;
    bool two_bytes;
    double standard;     /* width of what has none, in ems */
    struct idmap widths; /* code -> 1 + width in thousandths of an em */
    struct idmap blanks; /* codes that mean a blank */
};

static bool is_blank(unsigned cp) {
    return cp == 0x20 || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200B) || cp == 0x202F ||
           cp == 0x3000;
}

static int hex(char c) {
    return c >= '0' && c <= '9'                     ? c - '0'
           : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                    : -1;
}

static unsigned hex_number(struct token token) {
    unsigned value = 0;
    for (size_t i = 1; i + 1 < token.len; i++)
        if (hex(token.s[i]) >= 0)
            value = value << 4 | (unsigned)hex(token.s[i]);
    return value;
}

/* "<code> <unicode>" of bfchar, "<first> <last> <unicode>" of bfrange. */
static void read_map(struct pool *pool, struct glyph_font *font, const char *s, size_t len) {
    struct lex lex = {s, s + len};
    unsigned numbers[3];
    unsigned n = 0, per_entry = 0;
    for (struct token t = lex_next(&lex); t.kind != LEX_END; t = lex_next(&lex)) {
        if (t.kind == LEX_WORD) {
            per_entry = token_is(t, "beginbfchar") ? 2 : token_is(t, "beginbfrange") ? 3 : 0;
            n = 0;
        } else if (t.kind == LEX_HEX && per_entry) {
            numbers[n++] = hex_number(t);
            if (n < per_entry)
                continue;
            n = 0;
            unsigned last = per_entry == 3 ? numbers[1] : numbers[0];
            for (unsigned code = numbers[0]; code <= last && code < MAX_CODES; code++)
                if (is_blank(numbers[per_entry - 1] + code - numbers[0]))
                    *idmap_at(pool, &font->blanks, code + 1) = 1;
        }
    }
}

static void set_width(struct pool *pool, struct glyph_font *font, int code, double width) {
    if (code >= 0 && code < MAX_CODES && width >= 0 && width < 100000)
        *idmap_at(pool, &font->widths, (uint64_t)code + 1) = 1 + (uint32_t)width;
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
        int first = (int)reader_number(reader, reader_item(reader, list, i));
        pdf_value second = reader_item(reader, list, i + 1);
        if (reader_kind(reader, second) == PDF_ARRAY) {
            for (int k = 0; k < reader_count(reader, second); k++)
                set_width(pool, font, first + k,
                          reader_number(reader, reader_item(reader, second, k)));
            i += 2;
        } else {
            int last = (int)reader_number(reader, second);
            double width = reader_number(reader, reader_item(reader, list, i + 2));
            for (int code = first; code <= last && code < MAX_CODES; code++)
                set_width(pool, font, code, width);
            i += 3;
        }
    }
}

static void read_simple(struct pool *pool, struct reader *reader, struct glyph_font *font) {
    pdf_value list = reader_key(reader, font->value, "/Widths");
    int first = (int)reader_number(reader, reader_key(reader, font->value, "/FirstChar"));
    for (int i = 0; i < reader_count(reader, list); i++)
        set_width(pool, font, first + i, reader_number(reader, reader_item(reader, list, i)));
}

static struct glyph_font *read_font(struct pool *pool, struct reader *reader, pdf_value value) {
    struct glyph_font *font = POOL_NEW(pool, struct glyph_font);
    *font = (struct glyph_font){.value = value, .id = reader_id(reader, value), .standard = 0.5};
    font->two_bytes = reader_is_name(reader, reader_key(reader, value, "/Subtype"), "/Type0");
    if (font->two_bytes)
        read_composite(pool, reader, font,
                       reader_item(reader, reader_key(reader, value, "/DescendantFonts"), 0));
    else
        read_simple(pool, reader, font);
    size_t len;
    const char *map = reader_decoded(reader, reader_key(reader, value, "/ToUnicode"), &len);
    if (map)
        read_map(pool, font, map, len);
    else if (!font->two_bytes)
        *idmap_at(pool, &font->blanks, 0x20 + 1) = *idmap_at(pool, &font->blanks, 0xA0 + 1) = 1;
    return font;
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
    return *VEC_PUSH(fonts->pool, &fonts->at) = read_font(fonts->pool, reader, value);
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
        if (hex(**p) >= 0) {
            value = value << 4 | (unsigned)hex(**p);
            digits++;
        }
    return value;
}

static unsigned next_byte(struct token string, const char **p, const char *end) {
    return string.kind == LEX_HEX ? hex_byte(p, end) : literal_byte(p, end);
}

bool glyph_next(const struct glyph_font *font, struct token string, const char **at,
                struct glyph *glyph) {
    const char *end = string.s + string.len - 1;
    if (!*at)
        *at = string.s + 1;
    if (*at >= end)
        return false;
    unsigned code = next_byte(string, at, end);
    if (font->two_bytes && *at < end)
        code = code << 8 | next_byte(string, at, end);
    uint32_t width = idmap_get(&font->widths, (uint64_t)code + 1);
    *glyph = (struct glyph){.width = width ? (width - 1) / 1000.0 : font->standard,
                            .visible = !idmap_get(&font->blanks, (uint64_t)code + 1),
                            .space = !font->two_bytes && code == 32};
    return true;
}
