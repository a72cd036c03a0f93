/* phrases: where the fixed phrases that rules look for (phrases.def) stand in the author's text.
 *
 * Dozens of phrases, each searched for by itself, cost as many walks over the text. Here the text
 * is walked once for all of them, from word to word, and what a rule asks is a list. */
#ifndef CONGVAN_CHECK_PHRASES_H
#define CONGVAN_CHECK_PHRASES_H

#include "check/judge.h"

struct phrase {
    enum rule_code code;
    const char *text, *right; /* right: NULL where the rule knows */
};

struct sighting {
    const struct line *line;
    const struct phrase *phrase;
    const char *at; /* in the line's text */
};

/* The next sighting, from `at` on (NULL: the first), of a phrase of the rule that is asked: line by
 * line, in a line by phrase and then by place. NULL: no more. Lent by the view. */
const struct sighting *next_sighting(struct judge *judge, const struct sighting *at);
#define EACH_SIGHTING(at, judge)                                                                   \
    for (at = next_sighting(judge, NULL); at; at = next_sighting(judge, at + 1))

#endif
