#include "layout/numbers.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static char *roman(struct pool *pool, int number) {
    static const struct {
        int value;
        const char *text;
    } steps[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"},
                 {90, "XC"},  {50, "L"},   {40, "XL"}, {10, "X"},   {9, "IX"},
                 {5, "V"},    {4, "IV"},   {1, "I"}};
    char text[64] = "";
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        for (; number >= steps[i].value; number -= steps[i].value)
            strcat(text, steps[i].text);
    return pool_strdup(pool, text);
}

/* A ... Z, AA ... ZZ, AAA ...: the letter repeated, as Word counts. */
static char *letters(struct pool *pool, int number) {
    size_t times = (size_t)(number - 1) / 26 + 1;
    char *text = pool_alloc(pool, times + 1);
    memset(text, 'A' + (number - 1) % 26, times);
    return text;
}

static char *lower(char *text) {
    for (char *c = text; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return text;
}

const char *page_number_text(struct pool *pool, int number, const char *format) {
    if (!format)
        format = "decimal";
    bool small = number > 0 && number < 4000;
    if (small && strcmp(format, "upperRoman") == 0)
        return roman(pool, number);
    if (small && strcmp(format, "lowerRoman") == 0)
        return lower(roman(pool, number));
    if (small && strcmp(format, "upperLetter") == 0)
        return letters(pool, number);
    if (small && strcmp(format, "lowerLetter") == 0)
        return lower(letters(pool, number));
    if (strcmp(format, "numberInDash") == 0)
        return pool_printf(pool, "- %d -", number);
    return pool_printf(pool, strcmp(format, "decimalZero") == 0 ? "%02d" : "%d", number);
}
