#include "signature/cmap.h"

#include "base/utf8.h"
#include "pdf/lex.h"

#include <string.h>

enum { MAX_UNITS = 16 };

/* What codes are mapped to: UTF-16 as it stands in the CMap. */
struct units {
    uint16_t at[MAX_UNITS];
    int n;
};

static unsigned number(struct token token) {
    unsigned value = 0;
    for (size_t i = 1; i + 1 < token.len; i++)
        if (lex_hex(token.s[i]) >= 0)
            value = value << 4 | (unsigned)lex_hex(token.s[i]);
    return value;
}

static struct units units_of(struct token token) {
    struct units units = {.n = 0};
    unsigned value = 0, digits = 0;
    for (size_t i = 1; i + 1 < token.len && units.n < MAX_UNITS; i++) {
        if (lex_hex(token.s[i]) < 0)
            continue;
        value = value << 4 | (unsigned)lex_hex(token.s[i]);
        if (++digits % 4 == 0) {
            units.at[units.n++] = (uint16_t)value;
            value = 0;
        }
    }
    if (digits % 4 && units.n < MAX_UNITS) /* one byte only, as some write it */
        units.at[units.n++] = (uint16_t)value;
    return units;
}

static void put_character(struct pool *pool, struct cmap *map, uint32_t character) {
    char utf8[4];
    size_t n = utf8_put(utf8, character);
    for (size_t i = 0; i < n; i++)
        *VEC_PUSH(pool, &map->text) = utf8[i];
}

/* False when the map is full. */
static bool begin(struct pool *pool, struct cmap *map, unsigned code) {
    if (code >= CMAP_CODES || !*map->left)
        return false;
    --*map->left;
    *idmap_at(pool, &map->places, (uint64_t)code + 1) = 1 + (uint32_t)map->text.n;
    return true;
}

static bool put_units(struct pool *pool, struct cmap *map, unsigned code,
                      const struct units *units) {
    if (!begin(pool, map, code))
        return false;
    for (int i = 0; i < units->n; i++) {
        uint32_t c = units->at[i];
        if (c >= 0xD800 && c < 0xDC00 && i + 1 < units->n)
            c = 0x10000 + ((c - 0xD800) << 10) + (units->at[++i] - 0xDC00U) % 0x400;
        if (c && (c < 0xD800 || c > 0xDFFF))
            put_character(pool, map, c);
    }
    *VEC_PUSH(pool, &map->text) = '\0';
    return true;
}

/* Consecutive codes, of which the last unit counts up. */
static void put_range(struct pool *pool, struct cmap *map, unsigned first, unsigned last,
                      struct token to) {
    struct units units = units_of(to);
    for (unsigned code = first; code <= last && put_units(pool, map, code, &units); code++)
        if (units.n)
            units.at[units.n - 1]++;
}

/* "[<u> <u> ...]": one for each code. */
static void put_list(struct pool *pool, struct cmap *map, unsigned first, struct lex *lex) {
    unsigned code = first;
    for (struct token t = lex_next(lex); t.kind == LEX_HEX; t = lex_next(lex)) {
        struct units units = units_of(t);
        put_units(pool, map, code++, &units);
    }
}

void cmap_read(struct pool *pool, struct cmap *map, const char *s, size_t len) {
    struct lex lex = {s, s + len};
    unsigned codes[2] = {0, 0}, n = 0, wanted = 0; /* codes in an entry: 1 bfchar, 2 bfrange */
    for (struct token t = lex_next(&lex); t.kind != LEX_END; t = lex_next(&lex)) {
        if (t.kind == LEX_WORD) {
            wanted = token_is(t, "beginbfchar") ? 1 : token_is(t, "beginbfrange") ? 2 : 0;
            n = 0;
        } else if (t.kind == LEX_OPEN && wanted == 2 && n == 2) {
            put_list(pool, map, codes[0], &lex);
            n = 0;
        } else if (t.kind == LEX_HEX && n < wanted) {
            codes[n++] = number(t);
        } else if (t.kind == LEX_HEX && wanted) {
            put_range(pool, map, codes[0], codes[wanted - 1], t);
            n = 0;
        }
    }
}

void cmap_put(struct pool *pool, struct cmap *map, unsigned code, uint32_t character) {
    if (!begin(pool, map, code))
        return;
    put_character(pool, map, character);
    *VEC_PUSH(pool, &map->text) = '\0';
}

const char *cmap_text(const struct cmap *map, unsigned code) {
    uint32_t place = idmap_get(&map->places, (uint64_t)code + 1);
    return place ? map->text.at + place - 1 : NULL;
}
