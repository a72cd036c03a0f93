#include "check/said.h"
#include "check/judge.h"

#include <string.h>

struct said_line {
    const char *text;
    const struct said_line *next; /* of the same element */
};

struct said {
    const struct said_line *first[ELEMENTS];
};

/* "Kính gửi:" alone says nothing. */
static const char *words_of(const struct line *line) {
    return line->element == ELEMENT_TO && ends_with(line->text, ":") ? "" : line->text;
}

const struct said *said_keep(struct pool *pool, const struct view *view) {
    struct said *said = POOL_NEW(pool, struct said);
    struct said_line *lines = POOL_ARRAY(pool, struct said_line, view->lines.n + 1);
    for (size_t i = view->lines.n; i-- > 0;) {
        const struct line *line = &view->lines.at[i];
        lines[i].text = pool_strdup(pool, words_of(line));
        lines[i].next = said->first[line->element];
        said->first[line->element] = &lines[i];
    }
    return said;
}

/* How far the words of one element have been heard again. */
struct place {
    const struct said_line *line; /* NULL: to their end */
    const char *at;               /* in its text */
};

static void enter(struct place *place, const struct said_line *line) {
    *place = (struct place){line, line ? line->text : NULL};
}

/* To the next character but a space, which may be a later line's. */
static void skip_spaces(struct place *place) {
    while (place->line) {
        while (*place->at == ' ')
            place->at++;
        if (*place->at)
            return;
        enter(place, place->line->next);
    }
}

/* Moves past `words`; false: something else stands there. */
static bool hear(struct place *place, const char *words) {
    if (place->line && place->at == place->line->text && strcmp(place->at, words) == 0) {
        enter(place, place->line->next);
        return true;
    }
    for (; *words; words++) {
        if (*words == ' ')
            continue;
        skip_spaces(place);
        if (!place->line || *place->at++ != *words)
            return false;
    }
    return true;
}

bool said_again(const struct said *before, const struct view *view) {
    struct place places[ELEMENTS];
    bool silent[ELEMENTS]; /* nothing was said */
    const struct line *line;
    for (int i = 0; i < ELEMENTS; i++) {
        enter(&places[i], before->first[i]);
        skip_spaces(&places[i]);
        silent[i] = !places[i].line;
    }
    VEC_EACH (line, &view->lines)
        if ((!silent[line->element] || is_prose(line->element)) &&
            !hear(&places[line->element], words_of(line)))
            return false;
    for (int i = 0; i < ELEMENTS; i++) {
        skip_spaces(&places[i]);
        if (places[i].line)
            return false;
    }
    return true;
}
