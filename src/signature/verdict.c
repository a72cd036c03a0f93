#include "signature/verdict.h"

#include "base/buf.h"

#include <string.h>

/* More than this nobody reads; one that makes the verdict worse is still added. */
enum { MAX_FINDINGS = 500 };

static const struct {
    const char *name;
    enum validity effect;
    const char *text[2]; /* by enum lang */
} findings[FINDING_CODES] = {
#define FINDING(code, name, effect, vi, en) [code] = {name, effect, {vi, en}},
#include "signature/findings.def"
#undef FINDING
};

static const struct {
    const char *name, *word[2];
} verdicts[] = {
    [VALIDITY_VALID] = {"valid", {"HỢP LỆ", "VALID"}},
    [VALIDITY_UNDECIDED] = {"undecided", {"CHƯA KẾT LUẬN", "UNDECIDED"}},
    [VALIDITY_UNSIGNED] = {"unsigned", {"CHƯA KÝ", "NOT SIGNED"}},
    [VALIDITY_WEAK] = {"weak", {"NGUYÊN VẸN NHƯNG THUẬT TOÁN YẾU", "INTACT BUT WEAK"}},
    [VALIDITY_CHANGED] = {"changed", {"CÓ THAY ĐỔI SAU KHI KÝ", "CHANGED AFTER SIGNING"}},
    [VALIDITY_INVALID] = {"invalid", {"KHÔNG HỢP LỆ", "INVALID"}},
};

static bool same_arg(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

void finding_add(struct pool *pool, finding_list *list, enum finding_code code, int revision,
                 const char *a, const char *b) {
    const struct finding *f;
    VEC_EACH (f, list)
        if (f->code == code && f->revision == revision && same_arg(f->args[0], a) &&
            same_arg(f->args[1], b))
            return;
    if (list->n >= MAX_FINDINGS && findings[code].effect <= findings_worst(list))
        return;
    struct finding *new = VEC_PUSH(pool, list);
    *new = (struct finding){.code = code, .revision = revision};
    new->args[0] = a ? pool_strdup(pool, a) : NULL;
    new->args[1] = b ? pool_strdup(pool, b) : NULL;
}

enum validity finding_effect(enum finding_code code) {
    return findings[code].effect;
}

const char *finding_name(enum finding_code code) {
    return findings[code].name;
}

const char *finding_text(struct pool *pool, const struct finding *finding, enum lang lang) {
    struct buf text = {0};
    for (const char *p = findings[finding->code].text[lang]; *p; p++) {
        if (p[0] == '{' && (p[1] == '1' || p[1] == '2') && p[2] == '}') {
            const char *arg = finding->args[p[1] - '1'];
            buf_puts(&text, arg ? arg : "?");
            p += 2;
        } else {
            buf_putc(&text, *p);
        }
    }
    const char *result = pool_strdup(pool, buf_text(&text));
    buf_free(&text);
    return result;
}

enum validity findings_worst(const finding_list *list) {
    enum validity worst = VALIDITY_VALID;
    const struct finding *f;
    VEC_EACH (f, list)
        if (findings[f->code].effect > worst)
            worst = findings[f->code].effect;
    return worst;
}

const char *verdict_word(enum validity verdict, enum lang lang) {
    return verdicts[verdict].word[lang];
}

const char *verdict_name(enum validity verdict) {
    return verdicts[verdict].name;
}
