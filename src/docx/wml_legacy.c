/* Vietnamese text of the years before Unicode: fonts whose 8-bit codes stand in the file as Latin-1
 * characters. ABC fonts (".VnTime", ".VnArialH") use TCVN 5712 (VN3): one code a letter, lower case
 * with all tones, capitals by a twin font whose name ends in H. VNI fonts ("VNI-Times") write a
 * base letter and then a code for its marks, except for some letters of one code.
 *
 * Many documents name such a font in a style while their text has long been Unicode. So text is
 * only converted when it cannot be anything else, or when the document as a whole is in such a
 * code. */
#include "docx/legacy.h"
#include "docx/wml_read.h"

#include "base/utf8.h"
#include "docx/intern.h"

#include <string.h>
#include <strings.h>

enum coding { CODING_UNICODE, CODING_TCVN3, CODING_VNI };

/* ---- fonts ---- */

static bool begins(const char *s, const char *prefix) {
    return strncasecmp(s, prefix, strlen(prefix)) == 0;
}

static enum coding coding_of(const char *family) {
    if (family[0] == '.')
        return begins(family, ".Vn") ? CODING_TCVN3 : CODING_UNICODE;
    return begins(family, "VNI-") ? CODING_VNI : CODING_UNICODE;
}

bool is_legacy_font(const char *family) {
    return family && coding_of(family) != CODING_UNICODE;
}

/* ".VnTimeH": its small letters look like capitals. */
static bool is_capital_font(const char *family) {
    size_t n = strlen(family);
    return family[0] == '.' && n > 4 && family[n - 1] == 'H';
}

static const char *unicode_family(const char *family) {
    static const struct {
        const char *prefix, *family;
    } families[] = {{"arial", "Arial"},        {"helve", "Arial"},    {"avant", "Arial"},
                    {"tahoma", "Arial"},       {"verdana", "Arial"},  {"univer", "Arial"},
                    {"swiss", "Arial"},        {"franklin", "Arial"}, {"gothic", "Arial"},
                    {"courier", "Courier New"}};
    const char *name = family + (family[0] == '.' ? 3 : 4);
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
        if (begins(name, families[i].prefix))
            return families[i].family;
    return "Times New Roman";
}

/* ---- is it in such a code? ---- */

/* Vietnamese letters that no 8-bit code could have left in a file as Latin-1. */
static bool is_unicode_letter(uint32_t cp) {
    return (cp >= 0x1EA0 && cp <= 0x1EF9) || cp == 0x102 || cp == 0x103 || cp == 0x110 ||
           cp == 0x111 || cp == 0x128 || cp == 0x129 || cp == 0x168 || cp == 0x169 || cp == 0x1A0 ||
           cp == 0x1A1 || cp == 0x1AF || cp == 0x1B0 || (cp >= 0x300 && cp <= 0x323);
}

/* A Latin-1 letter that Vietnamese in Unicode does not have. */
static bool is_foreign_letter(uint32_t cp) {
    static const char own[] = "\xC0\xC1\xC2\xC3\xC8\xC9\xCA\xCC\xCD\xD2\xD3\xD4\xD5\xD9\xDA\xDD";
    return cp >= 0xC0 && cp <= 0xFE && cp != 0xD7 && cp != 0xF7 &&
           !memchr(own, (int)(cp < 0xE0 ? cp : cp - 0x20), sizeof own - 1);
}

static bool is_ascii_letter(uint32_t cp) {
    return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
}

struct evidence {
    size_t unicode, legacy;
    size_t hints; /* signs that stand beside a letter: "hoµ", "§éc" */
};

static void weigh(const char *text, size_t n, struct evidence *e) {
    uint32_t before = ' ';
    for (const char *p = text, *end = text + n; p < end;) {
        uint32_t cp = utf8_next(&p, end);
        bool sign = cp >= 0xA1 && cp <= 0xBE, sign_before = before >= 0xA1 && before <= 0xBE;
        e->unicode += is_unicode_letter(cp);
        e->legacy += is_foreign_letter(cp);
        e->hints += (sign && is_ascii_letter(before)) || (sign_before && is_ascii_letter(cp));
        before = cp;
    }
}

bool legacy_part(const struct xml_node *root) {
    struct evidence e = {0};
    for (const struct xml_node *at = root; at; at = xml_next(root, at))
        if (at->name == XML_TEXT && at->parent && at->parent->name == w_t)
            weigh(at->text, strlen(at->text), &e);
    return e.legacy + e.hints > e.unicode;
}

bool legacy_letters(const char *text) {
    struct evidence e = {0};
    weigh(text, strlen(text), &e);
    return e.legacy + e.hints > e.unicode;
}

/* Whether the main part is, by and large, not in Unicode; found out once. */
static bool document_is_legacy(struct reader *reader) {
    if (!reader->legacy_known) {
        reader->legacy = legacy_part(reader->main_root);
        reader->legacy_known = true;
    }
    return reader->legacy;
}

enum verdict { SURELY_UNICODE, SURELY_LEGACY, AS_THE_DOCUMENT };

static enum verdict judge(const char *text, size_t n) {
    struct evidence e = {0};
    weigh(text, n, &e);
    return e.unicode ? SURELY_UNICODE : e.legacy ? SURELY_LEGACY : AS_THE_DOCUMENT;
}

/* ---- TCVN 5712, VN3 ---- */

static const uint16_t tcvn3[0x60] = {
    /* from A0 on; 0: as it is */
    0,      0x0102, 0x00C2, 0x00CA, 0x00D4, 0x01A0, 0x01AF, 0x0110, /* A0 */
    0x0103, 0x00E2, 0x00EA, 0x00F4, 0x01A1, 0x01B0, 0x0111, 0,      /* A8 */
    0,      0,      0,      0,      0,      0x00E0, 0x1EA3, 0x00E3, /* B0 */
    0x00E1, 0x1EA1, 0,      0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0,      /* B8 */
    0,      0,      0,      0,      0,      0,      0x1EB7, 0x1EA7, /* C0 */
    0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD, 0x00E8, 0,      0x1EBB, 0x1EBD, /* C8 */
    0x00E9, 0x1EB9, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7, 0x00EC, /* D0 */
    0x1EC9, 0,      0,      0,      0x0129, 0x00ED, 0x1ECB, 0x00F2, /* D8 */
    0,      0x1ECF, 0x00F5, 0x00F3, 0x1ECD, 0x1ED3, 0x1ED5, 0x1ED7, /* E0 */
    0x1ED1, 0x1ED9, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3, 0x00F9, /* E8 */
    0,      0x1EE7, 0x0169, 0x00FA, 0x1EE5, 0x1EEB, 0x1EED, 0x1EEF, /* F0 */
    0x1EE9, 0x1EF1, 0x1EF3, 0x1EF7, 0x1EF9, 0x00FD, 0x1EF5, 0,      /* F8 */
};

static void put(struct buf *out, uint32_t cp) {
    char bytes[4];
    buf_append(out, bytes, utf8_put(bytes, cp));
}

static void from_tcvn3(struct buf *out, const char *text, size_t n) {
    for (const char *p = text, *end = text + n; p < end;) {
        uint32_t cp = utf8_next(&p, end);
        uint32_t letter = cp >= 0xA0 && cp <= 0xFF ? tcvn3[cp - 0xA0] : 0;
        put(out, letter ? letter : cp);
    }
}

/* ---- VNI ---- */

enum { GRAVE = 0x300, ACUTE, CIRCUMFLEX, TILDE, BREVE = 0x306, HOOK = 0x309, DOT_BELOW = 0x323 };

/* Codes that are letters of their own (small ones; capitals lie 0x20 before). */
static uint32_t vni_letter(uint32_t cp) {
    switch (cp) {
    case 0xE6:
        return 0x1EC9; /* ỉ */
    case 0xEC:
        return 0xEC;
    case 0xED:
        return 0xED;
    case 0xEE:
        return 0x1EF5; /* ỵ */
    case 0xF1:
        return 0x111; /* đ */
    case 0xF2:
        return 0x1ECB; /* ị */
    case 0xF3:
        return 0x129; /* ĩ */
    case 0xF4:
        return 0x1A1; /* ơ */
    case 0xF6:
        return 0x1B0; /* ư */
    default:
        return 0;
    }
}

/* Codes that put marks on the letter before: a shape (0: none) and a tone (0: none). */
static bool vni_marks(uint32_t cp, uint32_t *shape, uint32_t *tone) {
    static const struct {
        uint8_t code;
        uint16_t shape, tone;
    } marks[] = {
        {0xF9, 0, ACUTE},
        {0xF8, 0, GRAVE},
        {0xFB, 0, HOOK},
        {0xF5, 0, TILDE},
        {0xEF, 0, DOT_BELOW},
        {0xE2, CIRCUMFLEX, 0},
        {0xE1, CIRCUMFLEX, ACUTE},
        {0xE0, CIRCUMFLEX, GRAVE},
        {0xE5, CIRCUMFLEX, HOOK},
        {0xE3, CIRCUMFLEX, TILDE},
        {0xE4, CIRCUMFLEX, DOT_BELOW},
        {0xEA, BREVE, 0},
        {0xE9, BREVE, ACUTE},
        {0xE8, BREVE, GRAVE},
        {0xFA, BREVE, HOOK},
        {0xFC, BREVE, TILDE},
        {0xEB, BREVE, DOT_BELOW},
    };
    uint32_t small = cp >= 0xC0 && cp < 0xE0 ? cp + 0x20 : cp;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (marks[i].code != small)
            continue;
        *shape = marks[i].shape;
        *tone = marks[i].tone;
        return true;
    }
    return false;
}

/* Whether the letter (as Unicode) takes this shape at all. */
static bool takes(uint32_t letter, uint32_t shape) {
    static const char plain[] = "aeouyAEOUY", circumflex[] = "aeoAEO";
    bool ascii = letter < 0x80 && letter > 0;
    if (shape == BREVE)
        return letter == 'a' || letter == 'A';
    if (shape == CIRCUMFLEX)
        return ascii && strchr(circumflex, (char)letter);
    return (ascii && strchr(plain, (char)letter)) || letter == 0x1A0 || letter == 0x1A1 ||
           letter == 0x1AF || letter == 0x1B0;
}

static uint32_t letter_of(uint32_t cp) {
    bool capital = cp >= 0xC0 && cp < 0xE0;
    uint32_t letter = vni_letter(capital ? cp + 0x20 : cp);
    return !letter ? cp : capital ? utf8_upper_char(letter) : letter;
}

/* Marks are put behind their letter as combining characters; NFC joins them. */
static void from_vni(struct buf *out, const char *text, size_t n) {
    uint32_t letter = 0, shape, tone;
    for (const char *p = text, *end = text + n; p < end;) {
        uint32_t cp = utf8_next(&p, end);
        if (vni_marks(cp, &shape, &tone) && letter && takes(letter, shape)) {
            if (shape)
                put(out, shape);
            if (tone)
                put(out, tone);
            letter = 0;
            continue;
        }
        letter = letter_of(cp);
        put(out, letter);
    }
}

/* ---- text ---- */

static const struct run_props *in_unicode_font(struct reader *reader,
                                               const struct run_props *props) {
    const char *family =
        intern_string(styles_reader(reader->styles)->strings, unicode_family(props->family));
    return styles_in_font(reader->styles, props, family);
}

static void tell_once(struct story *story, const char *family) {
    struct reader *reader = story->reader;
    if (!reader->legacy_told)
        diag_add(reader->diag, DOCX_LEGACY_TEXT, story_where(story), family, NULL);
    reader->legacy_told = true;
    reader->legacy_font = family;
}

static const char *convert(struct pool *pool, const char *family, const char *text, size_t n) {
    struct buf out = {0};
    if (coding_of(family) == CODING_TCVN3)
        from_tcvn3(&out, text, n);
    else
        from_vni(&out, text, n);
    const char *copy = utf8_nfc(pool, buf_text(&out), out.len, &n);
    buf_free(&out);
    return is_capital_font(family) ? utf8_upper(pool, copy) : copy;
}

const char *legacy_unicode(struct pool *pool, const char *family, bool document, const char *text,
                           size_t n) {
    enum verdict verdict = judge(text, n);
    bool legacy = verdict == AS_THE_DOCUMENT ? document : verdict == SURELY_LEGACY;
    return legacy ? convert(pool, family, text, n) : NULL;
}

const char *legacy_text(struct story *story, const struct run_props **props, const char *text,
                        size_t n) {
    struct reader *reader = story->reader;
    const char *family = (*props)->family;
    enum verdict verdict = judge(text, n);
    if (verdict == SURELY_UNICODE || (verdict == AS_THE_DOCUMENT && !document_is_legacy(reader)))
        return NULL;
    tell_once(story, family);
    *props = in_unicode_font(reader, *props);
    return convert(reader->pool, family, text, n);
}

const struct run_props *legacy_props(struct reader *reader, const struct run_props *props) {
    return is_legacy_font(props->family) && document_is_legacy(reader)
               ? in_unicode_font(reader, props)
               : props;
}

bool legacy_soft_hyphen(struct reader *reader, const struct run_props *props) {
    return props->family && coding_of(props->family) == CODING_TCVN3 && document_is_legacy(reader);
}
