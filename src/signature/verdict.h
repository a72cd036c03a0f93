/* verdict: what is found out about a signed PDF, and what it comes to.
 *
 * Every fact is one entry of findings.def with its effect; the verdict of a signature and of the
 * document is the worst effect found. Nothing is folded into "valid": what is not known makes a
 * document undecided. */
#ifndef CONGVAN_SIGNATURE_VALIDITY_H
#define CONGVAN_SIGNATURE_VALIDITY_H

#include "base/diag.h"
#include "base/pool.h"

/* From best to worst. */
enum validity {
    VALIDITY_VALID,
    VALIDITY_UNDECIDED, /* trust, revocation or time unknown */
    VALIDITY_UNSIGNED,
    VALIDITY_WEAK,    /* intact, by means that no longer prove it */
    VALIDITY_CHANGED, /* what was signed is intact, the document shown is another */
    VALIDITY_INVALID,
};

enum finding_code {
#define FINDING(code, name, effect, vi, en) code,
#include "signature/findings.def"
#undef FINDING
    FINDING_CODES
};

struct finding {
    enum finding_code code;
    int revision; /* from 1: the revision that did it; 0: none */
    const char *args[2];
};

typedef VEC(struct finding) finding_list;

/* Adds a finding; `a` and `b` (NULL when not needed) are copied. The same one twice is one. */
void finding_add(struct pool *pool, finding_list *list, enum finding_code code, int revision,
                 const char *a, const char *b);

enum validity finding_effect(enum finding_code code);
const char *finding_name(enum finding_code code);
/* The sentence, filled in. In `pool`. */
const char *finding_text(struct pool *pool, const struct finding *finding, enum lang lang);

enum validity findings_worst(const finding_list *list);

/* "HỢP LỆ", "VALID" (as printed) and "valid" (for programs). */
const char *verdict_word(enum validity verdict, enum lang lang);
const char *verdict_name(enum validity verdict);

#endif
