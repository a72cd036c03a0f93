/* Numbers as lists, pages and notes print them (17.18.59). */
#include "base/utf8.h"
#include "docx/numbering.h"

#include <string.h>

enum { MAX_SPELLED = 3999 }; /* beyond it letters and Roman numerals grow without end */

static void put_code(struct buf *out, uint32_t cp) {
    char bytes[4];
    buf_append(out, bytes, utf8_put(bytes, cp));
}

static void put_roman(struct buf *out, int value, bool upper) {
    static const struct {
        int value;
        const char *text;
    } digits[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                  {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                  {5, "v"},    {4, "iv"},   {1, "i"}};
    for (size_t i = 0; i < sizeof digits / sizeof digits[0]; i++)
        for (; value >= digits[i].value; value -= digits[i].value)
            for (const char *p = digits[i].text; *p; p++)
                buf_putc(out, upper ? (char)(*p - 32) : *p);
}

static void put_lower_roman(struct buf *out, int value) {
    put_roman(out, value, false);
}

static void put_upper_roman(struct buf *out, int value) {
    put_roman(out, value, true);
}

/* a ... z, aa, bb ... zz, aaa: as Word counts on. */
static void put_letter(struct buf *out, int value, uint32_t first, int letters) {
    for (int i = 0; i <= (value - 1) / letters; i++)
        put_code(out, first + (uint32_t)((value - 1) % letters));
}

static void put_lower_letter(struct buf *out, int value) {
    put_letter(out, value, 'a', 26);
}

static void put_upper_letter(struct buf *out, int value) {
    put_letter(out, value, 'A', 26);
}

/* Russian lists leave out ё, й, ъ, ы and ь. */
static void put_russian(struct buf *out, int value, uint32_t shift) {
    static const char letters[] = "абвгдежзиклмнопрстуфхцчшщэюя";
    enum { LETTERS = (sizeof letters - 1) / 2 };
    const char *p = letters + (value - 1) % LETTERS * 2;
    uint32_t cp = utf8_next(&p, p + 2) - shift;
    for (int i = 0; i <= (value - 1) / LETTERS; i++)
        put_code(out, cp);
}

static void put_lower_russian(struct buf *out, int value) {
    put_russian(out, value, 0);
}

static void put_upper_russian(struct buf *out, int value) {
    put_russian(out, value, 0x20);
}

/* *, †, ‡, §, **, ... */
static void put_sign(struct buf *out, int value) {
    static const char *const signs[] = {"*", "†", "‡", "§"};
    for (int i = 0; i <= (value - 1) / 4; i++)
        buf_puts(out, signs[(value - 1) % 4]);
}

static void put_hex(struct buf *out, int value) {
    buf_printf(out, "%X", (unsigned)value);
}

static void put_ordinal(struct buf *out, int value) {
    static const char *const ends[] = {"th", "st", "nd", "rd"};
    bool teen = value / 10 % 10 == 1;
    buf_printf(out, "%d%s", value, ends[!teen && value % 10 <= 3 ? value % 10 : 0]);
}

/* Twenty numbers that have a character each; then decimals. */
static void put_enclosed(struct buf *out, int value, uint32_t first) {
    if (value <= 20)
        put_code(out, first + (uint32_t)value - 1);
    else
        buf_put_int(out, value);
}

static void put_circle(struct buf *out, int value) {
    put_enclosed(out, value, 0x2460);
}

static void put_parentheses(struct buf *out, int value) {
    put_enclosed(out, value, 0x2474);
}

static void put_full_stop(struct buf *out, int value) {
    put_enclosed(out, value, 0x2488);
}

/* ---- digits of other scripts ---- */

static void put_digits(struct buf *out, int value, uint32_t zero) {
    char digits[16];
    snprintf(digits, sizeof digits, "%d", value);
    for (const char *p = digits; *p; p++)
        put_code(out, zero + (uint32_t)(*p - '0'));
}

static void put_full_width(struct buf *out, int value) {
    put_digits(out, value, 0xFF10);
}

static void put_hindi(struct buf *out, int value) {
    put_digits(out, value, 0x966);
}

static void put_thai(struct buf *out, int value) {
    put_digits(out, value, 0xE50);
}

static const char *const ideographs[] = {"〇", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};

static void put_ideograph_digits(struct buf *out, int value) {
    char digits[16];
    snprintf(digits, sizeof digits, "%d", value);
    for (const char *p = digits; *p; p++)
        buf_puts(out, ideographs[*p - '0']);
}

/* Up to 3,999 as it is read: 一百〇五; ten to nineteen without their 一. */
static void put_chinese(struct buf *out, int value) {
    static const struct {
        int value;
        const char *text;
    } places[] = {{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}};
    bool begun = false, zero = false;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        int digit = value / places[i].value % 10;
        if (!digit) {
            zero = begun;
            continue;
        }
        if (zero)
            buf_puts(out, ideographs[0]);
        if (begun || digit > 1 || places[i].value != 10)
            buf_puts(out, ideographs[digit]);
        buf_puts(out, places[i].text);
        begun = true;
        zero = false;
    }
}

/* ---- spelled out ---- */

static const char *const vietnamese[] = {"không", "một", "hai", "ba",  "bốn",
                                         "năm",   "sáu", "bảy", "tám", "chín"};

static void put_vietnamese_unit(struct buf *out, int tens, int unit) {
    if (unit == 5 && tens)
        buf_puts(out, "lăm");
    else if (unit == 1 && tens > 1)
        buf_puts(out, "mốt");
    else
        buf_puts(out, vietnamese[unit]);
}

/* Below a hundred; `after`: hundreds stand before it, so a lone unit wants its “linh”. */
static void put_vietnamese_tens(struct buf *out, int value, bool after) {
    int tens = value / 10, unit = value % 10;
    if (tens > 1)
        buf_printf(out, "%s mươi", vietnamese[tens]);
    else if (tens == 1)
        buf_puts(out, "mười");
    else if (after)
        buf_puts(out, "linh");
    if (unit && (tens || after))
        buf_putc(out, ' ');
    if (unit)
        put_vietnamese_unit(out, tens, unit);
}

static void put_vietnamese(struct buf *out, int value) {
    int thousands = value / 1000, hundreds = value / 100 % 10, rest = value % 100;
    if (thousands)
        buf_printf(out, "%s nghìn%s", vietnamese[thousands], value % 1000 ? " " : "");
    if (hundreds || (thousands && rest))
        buf_printf(out, "%s trăm%s", vietnamese[hundreds], rest ? " " : "");
    if (rest)
        put_vietnamese_tens(out, rest, value >= 100);
}

struct english {
    const char *cardinal, *ordinal;
};
static const struct english units[] = {
    {"zero", "zeroth"},         {"one", "first"},           {"two", "second"},
    {"three", "third"},         {"four", "fourth"},         {"five", "fifth"},
    {"six", "sixth"},           {"seven", "seventh"},       {"eight", "eighth"},
    {"nine", "ninth"},          {"ten", "tenth"},           {"eleven", "eleventh"},
    {"twelve", "twelfth"},      {"thirteen", "thirteenth"}, {"fourteen", "fourteenth"},
    {"fifteen", "fifteenth"},   {"sixteen", "sixteenth"},   {"seventeen", "seventeenth"},
    {"eighteen", "eighteenth"}, {"nineteen", "nineteenth"},
};
static const struct english tens_of[] = {
    {"", ""},
    {"ten", "tenth"},
    {"twenty", "twentieth"},
    {"thirty", "thirtieth"},
    {"forty", "fortieth"},
    {"fifty", "fiftieth"},
    {"sixty", "sixtieth"},
    {"seventy", "seventieth"},
    {"eighty", "eightieth"},
    {"ninety", "ninetieth"},
};

static const char *english_word(const struct english *word, bool ordinal) {
    return ordinal ? word->ordinal : word->cardinal;
}

static void put_english(struct buf *out, int value, bool ordinal) {
    size_t start = out->len;
    static const struct {
        int value;
        struct english word;
    } large[] = {{1000, {"thousand", "thousandth"}}, {100, {"hundred", "hundredth"}}};
    for (size_t i = 0; i < sizeof large / sizeof large[0]; i++) {
        if (value < large[i].value)
            continue;
        int rest = value % large[i].value;
        buf_printf(out, "%s %s%s", units[value / large[i].value].cardinal,
                   english_word(&large[i].word, ordinal && !rest), rest ? " " : "");
        value = rest;
    }
    if (value >= 20) {
        buf_puts(out, english_word(&tens_of[value / 10], ordinal && value % 10 == 0));
        value = value % 10 ? value % 10 : -1;
        if (value > 0)
            buf_putc(out, '-');
    }
    if (value > 0 && value < 20)
        buf_puts(out, english_word(&units[value], ordinal));
    if (out->len > start && out->data[start] >= 'a') /* Word begins them with a capital */
        out->data[start] = (char)(out->data[start] - 32);
}

static void put_cardinal_text(struct buf *out, int value) {
    put_english(out, value, false);
}

static void put_ordinal_text(struct buf *out, int value) {
    put_english(out, value, true);
}

/* ---- Hebrew and Arabic letters ---- */

/* The letter of `value` among those of two bytes each, as often as they were gone through. */
static void put_from(struct buf *out, int value, const char *letters, int n) {
    const char *p = letters + (value - 1) % n * 2;
    for (int i = 0; i <= (value - 1) / n; i++)
        buf_append(out, p, 2);
}

static void put_arabic_alphabet(struct buf *out, int value) {
    put_from(out, value, "أبتثجحخدذرزسشصضطظعغفقكلمنهوي", 28);
}

static void put_abjad(struct buf *out, int value) {
    put_from(out, value, "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ", 28);
}

static const char hebrew[] = "אבגדהוזחטיכלמנסעפצקרשת";
enum { HEBREW_LETTERS = 22 };

/* Letters are numbers: units, tens, hundreds; 15 and 16 are not written with those of a name of
 * God. Word begins anew after 392. */
static void put_hebrew_number(struct buf *out, int value) {
    value = (value - 1) % 392 + 1;
    if (value >= 100)
        buf_append(out, hebrew + (18 + value / 100 - 1) * 2, 2);
    value %= 100;
    int tens = value == 15 || value == 16 ? 9 : value / 10 * 10;
    if (tens == 9)
        buf_append(out, hebrew + 8 * 2, 2);
    else if (tens)
        buf_append(out, hebrew + (9 + tens / 10 - 1) * 2, 2);
    if (value - tens)
        buf_append(out, hebrew + (value - tens - 1) * 2, 2);
}

/* After the last letter that one goes before them. */
static void put_hebrew_alphabet(struct buf *out, int value) {
    for (; value > HEBREW_LETTERS; value -= HEBREW_LETTERS)
        buf_append(out, hebrew + (HEBREW_LETTERS - 1) * 2, 2);
    buf_append(out, hebrew + (value - 1) * 2, 2);
}

/* ---- by name ---- */

struct format {
    const char *name;
    void (*put)(struct buf *out, int value); /* from 1 to MAX_SPELLED; NULL: see number_format */
};

static const struct format *find_format(const char *name) {
    static const struct format formats[] = {
        {"decimal", NULL},
        {"decimalHalfWidth", NULL},
        {"decimalZero", NULL},
        {"001", NULL}, /* not the standard's: Word's own, filled up with zeros */
        {"0001", NULL},
        {"00001", NULL},
        {"numberInDash", NULL},
        {"bullet", NULL},
        {"none", NULL},
        {"lowerRoman", put_lower_roman},
        {"upperRoman", put_upper_roman},
        {"lowerLetter", put_lower_letter},
        {"upperLetter", put_upper_letter},
        {"russianLower", put_lower_russian},
        {"russianUpper", put_upper_russian},
        {"chicago", put_sign},
        {"hex", put_hex},
        {"ordinal", put_ordinal},
        {"ordinalText", put_ordinal_text},
        {"cardinalText", put_cardinal_text},
        {"vietnameseCounting", put_vietnamese},
        {"hebrew1", put_hebrew_number},
        {"hebrew2", put_hebrew_alphabet},
        {"arabicAlpha", put_arabic_alphabet},
        {"arabicAbjad", put_abjad},
        {"decimalEnclosedCircle", put_circle},
        {"decimalEnclosedCircleChinese", put_circle},
        {"decimalEnclosedParen", put_parentheses},
        {"decimalEnclosedFullstop", put_full_stop},
        {"decimalFullWidth", put_full_width},
        {"decimalFullWidth2", put_full_width},
        {"hindiNumbers", put_hindi},
        {"thaiNumbers", put_thai},
        {"ideographDigital", put_ideograph_digits},
        {"japaneseCounting", put_chinese},
        {"chineseCounting", put_chinese},
        {"chineseCountingThousand", put_chinese},
        {"taiwaneseCounting", put_chinese},
        {"taiwaneseCountingThousand", put_chinese},
    };
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(name, formats[i].name) == 0)
            return &formats[i];
    return NULL;
}

bool number_format_known(const char *format) {
    return find_format(format) != NULL;
}

void number_format(struct buf *out, const char *name, int value) {
    const struct format *format = find_format(name);
    if (format && format->put && value > 0 && value <= MAX_SPELLED)
        format->put(out, value);
    else if (strcmp(name, "numberInDash") == 0)
        buf_printf(out, "- %d -", value);
    else if (strcmp(name, "decimalZero") == 0 && value >= 0)
        buf_printf(out, "%02d", value);
    else if (name[0] == '0' && value >= 0)
        buf_printf(out, "%0*d", (int)strlen(name), value);
    else if (strcmp(name, "none") != 0)
        buf_put_int(out, value);
}
