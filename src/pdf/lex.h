/* lex: the tokens of PDF syntax (ISO 32000-1, 7.2), for the places where the bytes themselves are
 * judged and for content streams. It allocates nothing and never fails: what is no token is
 * LEX_OTHER. */
#ifndef CONGVAN_PDF_LEX_H
#define CONGVAN_PDF_LEX_H

#include <stdbool.h>
#include <stddef.h>

enum lex_kind {
    LEX_END,
    LEX_NUMBER,
    LEX_NAME,   /* with its slash; #xx escapes are left as they stand */
    LEX_STRING, /* (...), with its parentheses */
    LEX_HEX,    /* <...>, with its brackets */
    LEX_OPEN,   /* "[" or "<<" */
    LEX_CLOSE,  /* "]" or ">>" */
    LEX_WORD,   /* obj, R, true, BT, ... */
    LEX_OTHER,  /* a stray ")" or ">", "{" or "}", a string without an end */
};

struct lex {
    const char *at, *end;
};

struct token {
    enum lex_kind kind;
    const char *s;
    size_t len;
};

struct token lex_next(struct lex *lex);
bool token_is(struct token token, const char *text);
/* The value of a LEX_NUMBER; 0 for anything else. */
double token_number(struct token token);

bool lex_is_space(char c); /* the six white-space characters */
int lex_hex(char c);       /* the value of a hexadecimal digit; -1 for anything else */

#endif
