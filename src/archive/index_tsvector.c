/* The words of a dispatch as the text of a tsvector: 'quyet':1A,7C 'quyêt´':1A ...
 *
 * PostgreSQL adds up the bytes of all words it reads, repeated ones too, and refuses a text that
 * comes to more than a mebibyte. So each word is written once with all its places; and should there
 * still be too many different ones (tables of numbers, a scan gone wrong), those that come last are
 * left out, of the text before the filters, that the dispatch can be found by. */
#include "archive/index_parts.h"

#include "dispatch/names.h"

#include <string.h>

enum {
    MOST_BYTES = 1000000, /* of 1,048,575, which is MAXSTRPOS in PostgreSQL's ts_type.h */
    LEXEME_BYTES = 4,     /* what it takes besides its bytes */
    PLACE_BYTES = 2,      /* ... and each of its places, */
    MOST_PLACES = 256,    /* of which so many are kept */
    LAST_PLACE = 16383,   /* there is none behind */
    NONE = -1,
};

struct posting {
    int place;
    char weight;
    int next; /* of the same lexeme; NONE: no more */
};

struct lexeme {
    const char *text;
    size_t length, places;
    int first, last; /* postings; NONE: it has no place */
};

struct vector {
    struct pool *pool;
    struct names known; /* lexeme -> index */
    VEC(struct lexeme) lexemes;
    VEC(struct posting) postings;
    size_t bytes;
};

/* The lexeme; NULL: it is not there, and with it there would be more than `most` bytes. */
static struct lexeme *lexeme_of(struct vector *v, const char *text, size_t length, size_t most) {
    size_t at = names_find(&v->known, text, length);
    if (at != NAMES_NONE)
        return &v->lexemes.at[at];
    if (v->bytes + length + LEXEME_BYTES > most)
        return NULL;
    v->bytes += length + LEXEME_BYTES;
    names_add(&v->known, text, length, v->lexemes.n);
    struct lexeme *lexeme = VEC_PUSH(v->pool, &v->lexemes);
    *lexeme = (struct lexeme){.text = text, .length = length, .first = NONE, .last = NONE};
    return lexeme;
}

static void add_place(struct vector *v, struct lexeme *lexeme, int place, char weight) {
    int at = (int)v->postings.n;
    *VEC_PUSH(v->pool, &v->postings) =
        (struct posting){place < LAST_PLACE ? place : LAST_PLACE, weight, NONE};
    if (lexeme->last == NONE)
        lexeme->first = at;
    else
        v->postings.at[lexeme->last].next = at;
    lexeme->last = at;
    v->bytes += lexeme->places++ < MOST_PLACES ? PLACE_BYTES : 0;
}

/* "quyet|quyêt´ dinh": two forms at one place, and a word at the next. */
static void add_column(struct vector *v, const char *terms, char weight, int place, size_t most) {
    while (*terms) {
        size_t n = strcspn(terms, " |");
        struct lexeme *lexeme = n ? lexeme_of(v, terms, n, most) : NULL;
        if (lexeme)
            add_place(v, lexeme, place, weight);
        place += terms[n] != '|';
        terms += n + (terms[n] != '\0');
    }
}

static int count_places(const char *terms) {
    int n = 0;
    for (; *terms; terms += *terms == ' ') {
        n++;
        terms += strcspn(terms, " ");
    }
    return n;
}

/* Pairs have no place: that they are there is all that is asked of them. */
static void add_pairs(struct vector *v, const struct buf columns[COLUMNS]) {
    struct buf pairs = {0};
    for (int i = 0; i < COLUMN_MARKS; i++)
        pairs_put(&pairs, buf_text(&columns[i]));
    for (const char *p = buf_text(&pairs); *p; p += PAIR_BYTES, p += *p == ' ') {
        const char *text = pool_printf(v->pool, PAIR_TERM, PAIR_BYTES, p);
        lexeme_of(v, text, strlen(text), MOST_BYTES);
    }
    buf_free(&pairs);
}

static void put_lexeme(struct buf *out, const struct vector *v, const struct lexeme *lexeme) {
    buf_printf(out, "%s'%.*s'", out->len ? " " : "", (int)lexeme->length, lexeme->text);
    for (int at = lexeme->first; at != NONE; at = v->postings.at[at].next)
        buf_printf(out, "%c%d%c", at == lexeme->first ? ':' : ',', v->postings.at[at].place,
                   v->postings.at[at].weight);
}

void tsvector_put(struct buf *out, const struct buf columns[COLUMNS]) {
    /* In which order columns take their room, and up to which quarter of it. */
    static const struct {
        int column;
        size_t quarters;
    } order[] = {{COLUMN_HEAD, 1}, {COLUMN_PEOPLE, 1}, {COLUMN_MARKS, 2}, {COLUMN_BODY, 3}};
    struct pool *pool = pool_new();
    struct vector v = {.pool = pool, .known = {.pool = pool}};
    int begin[COLUMNS] = {1};
    for (int i = 1; i < COLUMNS; i++)
        begin[i] = begin[i - 1] + count_places(buf_text(&columns[i - 1]));
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        int column = order[i].column;
        add_column(&v, buf_text(&columns[column]), "ABCD"[column], begin[column],
                   MOST_BYTES / 4 * order[i].quarters);
    }
    add_pairs(&v, columns);
    const struct lexeme *lexeme;
    VEC_EACH (lexeme, &v.lexemes)
        put_lexeme(out, &v, lexeme);
    pool_free(pool);
}
