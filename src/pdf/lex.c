#include "pdf/lex.h"

#include <string.h>

bool lex_is_space(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

int lex_hex(char c) {
    char small = (char)(c | 0x20);
    return c >= '0' && c <= '9' ? c - '0' : small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

static bool is_delimiter(char c) {
    return c != '\0' && strchr("()<>[]{}/%", c);
}

static bool is_regular(char c) {
    return !lex_is_space(c) && !is_delimiter(c);
}

static void skip_blank(struct lex *lex) {
    while (lex->at < lex->end) {
        if (*lex->at == '%')
            while (lex->at < lex->end && *lex->at != '\n' && *lex->at != '\r')
                lex->at++;
        else if (lex_is_space(*lex->at))
            lex->at++;
        else
            return;
    }
}

static void skip_regular(struct lex *lex) {
    while (lex->at < lex->end && is_regular(*lex->at))
        lex->at++;
}

/* Balanced parentheses belong to the string, escaped ones do not count. */
static bool skip_string(struct lex *lex) {
    int depth = 0;
    while (lex->at < lex->end) {
        char c = *lex->at++;
        if (c == '\\' && lex->at < lex->end)
            lex->at++;
        else if (c == '(')
            depth++;
        else if (c == ')' && --depth == 0)
            return true;
    }
    return false;
}

static bool skip_hex(struct lex *lex) {
    const char *close = memchr(lex->at, '>', (size_t)(lex->end - lex->at));
    lex->at = close ? close + 1 : lex->end;
    return close;
}

static enum lex_kind word_or_number(const char *s, const char *end) {
    bool digit = false;
    for (const char *p = s; p < end; p++) {
        if (*p >= '0' && *p <= '9')
            digit = true;
        else if (!(*p == '.' || ((*p == '-' || *p == '+') && p == s)))
            return LEX_WORD;
    }
    return digit ? LEX_NUMBER : LEX_WORD;
}

static enum lex_kind scan(struct lex *lex) {
    char c = *lex->at, next = lex->at + 1 < lex->end ? lex->at[1] : ' ';
    if (c == '(')
        return skip_string(lex) ? LEX_STRING : LEX_OTHER;
    if ((c == '<' || c == '>') && next == c) {
        lex->at += 2;
        return c == '<' ? LEX_OPEN : LEX_CLOSE;
    }
    if (c == '<')
        return skip_hex(lex) ? LEX_HEX : LEX_OTHER;
    lex->at++;
    if (c == '[' || c == ']')
        return c == '[' ? LEX_OPEN : LEX_CLOSE;
    if (c == '/') {
        skip_regular(lex);
        return LEX_NAME;
    }
    if (is_delimiter(c))
        return LEX_OTHER;
    const char *start = lex->at - 1;
    skip_regular(lex);
    return word_or_number(start, lex->at);
}

struct token lex_next(struct lex *lex) {
    skip_blank(lex);
    if (lex->at >= lex->end)
        return (struct token){.kind = LEX_END, .s = lex->end};
    struct token token = {.s = lex->at};
    token.kind = scan(lex);
    token.len = (size_t)(lex->at - token.s);
    return token;
}

bool token_is(struct token token, const char *text) {
    return strlen(text) == token.len && memcmp(token.s, text, token.len) == 0;
}

/* By hand: strtod would look at the locale. */
double token_number(struct token token) {
    double value = 0, scale = 1;
    bool fraction = false, negative = false;
    if (token.kind != LEX_NUMBER)
        return 0;
    for (size_t i = 0; i < token.len; i++) {
        char c = token.s[i];
        if (c == '-')
            negative = true;
        else if (c == '.')
            fraction = true;
        else if (c >= '0' && c <= '9') {
            value = value * 10 + (c - '0');
            scale *= fraction ? 10 : 1;
        }
    }
    return (negative ? -value : value) / scale;
}
