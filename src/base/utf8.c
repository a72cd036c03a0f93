#include "base/utf8.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

uint32_t utf8_next_other(const char **p, const char *end) {
    utf8proc_int32_t cp;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)*p, end - *p, &cp);
    if (n <= 0) {
        (*p)++;
        return 0xFFFD;
    }
    *p += n;
    return (uint32_t)cp;
}

size_t utf8_put(char out[4], uint32_t cp) {
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp >= 0x10000)
        return (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)out);
    out[0] = (char)(0xE0 | cp >> 12);
    out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[2] = (char)(0x80 | (cp & 0x3F));
    return 3;
}

/* Length of the valid character at `s` if it has two or three bytes, as all of Vietnamese; else 0.
 */
static size_t short_step(const unsigned char *s, size_t left) {
    if (s[0] >= 0xC2 && s[0] < 0xE0 && left > 1 && (s[1] & 0xC0) == 0x80)
        return 2;
    if (s[0] > 0xE0 && s[0] < 0xED && left > 2 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80)
        return 3;
    return 0;
}

bool utf8_has_right_to_left(const char *s) {
    /* first bytes of all of these scripts */
    static const char leads[] = "\xD6\xD7\xD8\xD9\xDA\xDB\xDC\xDD\xDE\xDF\xE0\xEF\xF0";
    for (const char *p = s; (p = strpbrk(p, leads)) != NULL;) {
        uint32_t cp = utf8_next(&p, p + strnlen(p, 4));
        if ((cp >= 0x590 && cp < 0x900) || (cp >= 0xFB1D && cp < 0xFE00) ||
            (cp >= 0xFE70 && cp < 0xFEFF) || (cp >= 0x10800 && cp < 0x11000) ||
            (cp >= 0x1E800 && cp < 0x1F000))
            return true;
    }
    return false;
}

bool utf8_valid(const char *s, size_t n, size_t *bad_at) {
    const unsigned char *bytes = (const unsigned char *)s;
    for (size_t i = 0; i < n;) {
        if (bytes[i] < 0x80) {
            i++;
            continue;
        }
        size_t step = short_step(bytes + i, n - i);
        utf8proc_int32_t cp;
        utf8proc_ssize_t any = step ? (utf8proc_ssize_t)step
                                    : utf8proc_iterate(bytes + i, (utf8proc_ssize_t)(n - i), &cp);
        if (any <= 0) {
            *bad_at = i;
            return false;
        }
        i += (size_t)any;
    }
    return true;
}

size_t utf8_length(const char *s) {
    size_t n = 0;
    for (; *s; s++)
        n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

/* As many marks on one letter as the Stream-Safe Text Format allows (UAX #15, 13). */
enum { MAX_MARKS = 30 };

/* Where a piece of `s` ends: behind MAX_MARKS marks in a row, or at `n`. */
static size_t piece_end(const char *s, size_t n) {
    size_t marks = 0;
    for (const char *p = s; p < s + n;) {
        utf8proc_int32_t cp = (utf8proc_int32_t)utf8_next(&p, s + n);
        marks = cp >= 0x300 && utf8proc_get_property(cp)->combining_class ? marks + 1 : 0;
        if (marks == MAX_MARKS)
            return (size_t)(p - s);
    }
    return n;
}

/* utf8proc sorts marks by insertion, in time quadratic in how many follow one another: so piece by
 * piece. What it allocates is moved into the pool. */
static char *map(struct pool *pool, const char *s, size_t n, utf8proc_option_t options,
                 size_t *out_len) {
    struct buf out = {0};
    for (size_t at = 0, end; at < n; at = end) {
        utf8proc_uint8_t *mapped = NULL;
        end = at + piece_end(s + at, n - at);
        utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)s + at,
                                            (utf8proc_ssize_t)(end - at), &mapped, options);
        if (len < 0)
            buf_append(&out, s + at, end - at);
        else
            buf_append(&out, (char *)mapped, (size_t)len);
        free(mapped);
    }
    char *result = pool_strndup(pool, buf_text(&out), out.len);
    *out_len = out.len;
    buf_free(&out);
    return result;
}

/* Length of the valid character at `s` if NFC surely leaves it alone, whatever stands beside it;
 * else 0. Up to U+02FF there is no combining mark (lead bytes C2 to CB); E1 B8-BB is Latin Extended
 * Additional, E2 80 punctuation. */
static size_t settled_step(const unsigned char *s, size_t left) {
    if (left > 1 && s[0] >= 0xC2 && s[0] < 0xCC)
        return (s[1] & 0xC0) == 0x80 ? 2 : 0;
    if (left < 3 || (s[2] & 0xC0) != 0x80)
        return 0;
    bool latin = s[0] == 0xE1 && s[1] >= 0xB8 && s[1] <= 0xBB;
    bool punctuation = s[0] == 0xE2 && s[1] == 0x80 && s[2] >= 0x90;
    return latin || punctuation ? 3 : 0;
}

static bool plainly_nfc(const char *s, size_t n) {
    for (const unsigned char *p = (const unsigned char *)s, *end = p + n; p < end;) {
        size_t step = *p < 0x80 ? 1 : settled_step(p, (size_t)(end - p));
        if (!step)
            return false;
        p += step;
    }
    return true;
}

bool utf8_is_settled(const char *s, size_t n) {
    for (const unsigned char *p = (const unsigned char *)s, *end = p + n; p < end;) {
        bool control = *p < 0x20 ? *p != '\n' && *p != '\t' : *p == 0x7F;
        size_t step = *p < 0x80 ? !control : settled_step(p, (size_t)(end - p));
        if (!step)
            return false;
        p += step;
    }
    return true;
}

bool utf8_has_vietnamese(const char *s) {
    for (const unsigned char *p = (const unsigned char *)s; *p; p++)
        if (*p == 0xC6 && (p[1] == 0xA0 || p[1] == 0xA1 || p[1] == 0xAF || p[1] == 0xB0))
            return true;
        else if (*p == 0xE1 && ((p[1] == 0xBA && p[2] >= 0xA0) || (p[1] == 0xBB && p[2] <= 0xB9)))
            return true;
    return false;
}

char *utf8_nfc(struct pool *pool, const char *s, size_t n, size_t *out_len) {
    if (plainly_nfc(s, n)) {
        *out_len = n;
        return pool_strndup(pool, s, n);
    }
    return map(pool, s, n, UTF8PROC_STABLE | UTF8PROC_COMPOSE, out_len);
}

char *utf8_from_utf16(struct pool *pool, const char *s, size_t n, size_t *out_len) {
    const unsigned char *u = (const unsigned char *)s;
    if (n < 2 || !((u[0] == 0xFF && u[1] == 0xFE) || (u[0] == 0xFE && u[1] == 0xFF)))
        return NULL;
    int high = u[0] == 0xFE ? 0 : 1;
    struct buf out = {0};
    for (size_t i = 2; i + 1 < n; i += 2) {
        uint32_t unit = (uint32_t)u[i + high] << 8 | u[i + 1 - high];
        if (unit >= 0xD800 && unit < 0xDC00 && i + 3 < n) {
            uint32_t low = (uint32_t)u[i + 2 + high] << 8 | u[i + 3 - high];
            if (low >= 0xDC00 && low < 0xE000) {
                unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        if (unit >= 0xD800 && unit < 0xE000)
            unit = 0xFFFD;
        char bytes[4];
        buf_append(&out, bytes, utf8_put(bytes, unit));
    }
    char *result = pool_strndup(pool, buf_text(&out), out.len);
    *out_len = out.len;
    buf_free(&out);
    return result;
}

/* Base letters of Vietnamese, small; '.' stands for any other character. */
static const char latin[] = /* U+00C0-01BF, a quarter of a block in a row: lead bytes C3 to C6 */
    "aaaa....eee.ii....oooo...uu..y..aaaa....eee.ii....oooo...uu..y.."
    "..aa............dd......................ii......................"
    "........................................uu......................"
    "................................oo.............uu...............";
static const char extended[] = /* U+1E80-1EFF: lead bytes E1 BA and E1 BB */
    "................................aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

/* Signs above ASCII that folding leaves as they are: U+00A1-00BF but the soft hyphen and the micro
 * sign, and dashes, quotation marks, dots. */
static bool is_plain_sign(uint32_t cp) {
    return (cp > 0xA0 && cp < 0xC0 && cp != 0xAD && cp != 0xB5) || (cp >= 0x2010 && cp <= 0x2027);
}

/* The base letter of the Vietnamese letter at `s`, and its length in bytes; '.': there is none. The
 * text ends in NUL. */
static char base_at(const unsigned char *s, size_t *n) {
    unsigned row = s[0] - 0xC3u;
    if (row < 4 && (s[1] & 0xC0) == 0x80) {
        *n = 2;
        return latin[row * 64 + (s[1] & 0x3F)];
    }
    if (s[0] != 0xE1 || (s[1] | 1) != 0xBB || (s[2] & 0xC0) != 0x80)
        return '.';
    *n = 3;
    return extended[(s[1] & 1) * 64 + (s[2] & 0x3F)];
}

/* What a byte of ASCII folds to; 0: it is a space, a line end, the end or no ASCII. */
static const unsigned char folded_ascii[256] =
    "\0\1\2\3\4\5\6\7\10\0\0\13\14\0\16\17"
    "\20\21\22\23\24\25\26\27\30\31\32\33\34\35\36\37"
    "\0!\"#$%&'()*+,\0./0123456789:;<=>?@abcdefghijklmnopqrstuvwxyz[\\]^\0"
    "`abcdefghijklmnopqrstuvwxyz{|}~\177";

static bool is_gap(uint32_t cp) {
    return cp == ' ' || cp == '_' || cp == '-' || cp == '\t' || cp == 0xA0;
}

/* Past the spaces at `s`, hyphens and underscores among them. */
static const char *skip_gap(const char *s) {
    for (;;)
        if (is_gap((unsigned char)*s) && *s != '\xA0')
            s++;
        else if (s[0] == '\xC2' && s[1] == '\xA0')
            s += 2;
        else
            return s;
}

/* Writes what no letter is: a gap, a line end, or a plain sign; *s moves past it. NULL: another
 * character. Apart from the letters, so that these are gone through without a look at memory. */
static char *fold_other(char *to, const char **s, bool gaps, bool first) {
    const char *end = skip_gap(*s);
    if (end > *s) {
        if (gaps && !first && *end)
            *to++ = ' ';
        *s = end;
        return to;
    }
    if (**s & 0x80) {
        uint32_t sign = utf8_next(s, *s + strnlen(*s, 4));
        return is_plain_sign(sign) ? to + utf8_put(to, sign) : NULL;
    }
    if (gaps)
        *to++ = **s; /* a line end */
    (*s)++;
    return to;
}

/* Most gaps are one space between two words. */
static bool parts_words(const unsigned char *s) {
    return s[0] == ' ' && (folded_ascii[s[1]] || s[1] > 0xC2);
}

char *utf8_fold_plain(struct pool *pool, const char *s, bool gaps) {
    char *folded = pool_room(pool, strlen(s) + 1), *to = folded; /* never longer than `s` */
    const unsigned char *p = (const unsigned char *)s;
    while (*p) {
        for (unsigned c; (c = folded_ascii[*p]) != 0; p++)
            *to++ = (char)c;
        size_t n;
        char base = *p & 0x80 ? base_at(p, &n) : '.';
        if (base != '.') {
            *to++ = base;
            p += n;
        } else if (to > folded && parts_words(p)) {
            *to = ' ';
            to += gaps;
            p++;
        } else if (*p) {
            const char *other = (const char *)p;
            if ((to = fold_other(to, &other, gaps, to == folded)) == NULL)
                return NULL;
            p = (const unsigned char *)other;
        }
    }
    *to = '\0';
    return folded;
}

static char *fold_any(struct pool *pool, const char *s, size_t n) {
    size_t len;
    char *plain =
        map(pool, s, n, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD,
            &len);
    char *folded = pool_room(pool, len * 3 + 1); /* a bad byte becomes U+FFFD, three bytes */
    char *to = folded;
    bool gap = false;
    for (const char *p = plain, *end = plain + len; p < end;) {
        uint32_t cp = utf8_next(&p, end);
        if (is_gap(cp)) {
            gap = to > folded;
            continue;
        }
        if (gap)
            *to++ = ' ';
        gap = false;
        to += utf8_put(to, cp == 0x111 ? 'd' : cp);
    }
    *to = '\0';
    return folded;
}

char *utf8_fold(struct pool *pool, const char *s) {
    char *folded = utf8_fold_plain(pool, s, true);
    return folded ? folded : fold_any(pool, s, strlen(s));
}

/* Circumflex, breve and horn are of the letter; grave, acute, tilde, hook and dot are tones. */
static uint32_t with_quality(uint32_t base, uint32_t mark) {
    static const uint16_t letters[][3] = {{'a', 0x302, 0xE2},  {'a', 0x306, 0x103},
                                          {'e', 0x302, 0xEA},  {'o', 0x302, 0xF4},
                                          {'o', 0x31B, 0x1A1}, {'u', 0x31B, 0x1B0}};
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (letters[i][0] == base && letters[i][1] == mark)
            return letters[i][2];
    return base;
}

static bool is_tone(uint32_t mark) {
    return mark == 0x300 || mark == 0x301 || mark == 0x303 || mark == 0x309 || mark == 0x323;
}

struct letter utf8_letter(uint32_t cp) {
    if (cp < 0x80) {
        uint32_t small = cp >= 'A' && cp <= 'Z' ? cp + 'a' - 'A' : cp;
        return (struct letter){.plain = small, .toneless = small};
    }
    enum { PARTS = 8 };
    utf8proc_int32_t parts[PARTS];
    int boundary = 0;
    uint32_t small = (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)small, parts, PARTS,
                                                 UTF8PROC_DECOMPOSE, &boundary);
    struct letter letter = {.plain = small == 0x111 ? 'd' : small, .toneless = small};
    if (n < 2 || n > PARTS)
        return letter;
    letter.plain = letter.toneless = (uint32_t)parts[0];
    for (int i = 1; i < n; i++)
        if (is_tone((uint32_t)parts[i]))
            letter.tone = (uint32_t)parts[i];
        else
            letter.toneless = with_quality((uint32_t)parts[0], (uint32_t)parts[i]);
    return letter;
}

uint32_t utf8_lower_char(uint32_t cp) {
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

uint32_t utf8_upper_char(uint32_t cp) {
    if (cp < 0x80)
        return cp >= 'a' && cp <= 'z' ? cp - 'a' + 'A' : cp;
    if (cp >= 0x1EA0 && cp <= 0x1EF9)
        return cp & ~UINT32_C(1);
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp);
}

char *utf8_upper(struct pool *pool, const char *s) {
    size_t n = strlen(s);
    char *out = pool_room(pool, n * 3 + 1), *to = out; /* room for U+FFFD per bad byte */
    for (const char *p = s, *end = s + n; p < end;)
        to += utf8_put(to, utf8_upper_char(utf8_next(&p, end)));
    *to = '\0';
    return out;
}

/* A bit for each of the bytes there are, several sharing one. */
static uint64_t bytes_of(const char *s) {
    uint64_t set = 0;
    while (*s)
        set |= UINT64_C(1) << (*s++ & 63);
    return set;
}

/* How many bits are set, or `most` if they are more. */
static size_t count_bits(uint64_t set, size_t most) {
    size_t n = 0;
    for (; set && n < most; set &= set - 1)
        n++;
    return n;
}

size_t utf8_distance(const char *a, const char *b, size_t limit) {
    size_t n = strlen(a), m = strlen(b);
    size_t row[128];
    if (n >= m + limit || m >= n + limit || m >= 127)
        return limit;
    /* each byte that only one of them has costs a step: most names that differ do so by many */
    uint64_t in_a = bytes_of(a), in_b = bytes_of(b);
    if (count_bits(in_a & ~in_b, limit) == limit || count_bits(in_b & ~in_a, limit) == limit)
        return limit;
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0], least = i;
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t replace = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            size_t insert = row[j - 1] + 1, erase = row[j] + 1;
            row[j] = replace < insert ? replace : insert;
            if (erase < row[j])
                row[j] = erase;
            if (row[j] < least)
                least = row[j];
        }
        if (least >= limit) /* it never falls again */
            return limit;
    }
    return row[m] < limit ? row[m] : limit;
}

size_t utf8_slip(const char *folded) {
    size_t half = (strlen(folded) + 1) / 2;
    return half < 3 ? half : 3;
}
