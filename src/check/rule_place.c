/* Rules below elements, and elements that stand level: what only the laid-out page shows. */
#include "check/judge.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static bool is_tail(const char *text, const char *tail) {
    return *tail && ends_with(text, tail);
}

/* Where the last of the element's lines stands; a long one is broken, then its end counts. */
static const struct placed *placed_line(const struct view *view, const struct line *line) {
    const struct placed *best = NULL;
    struct placed *at;
    const char *text = squash(view->pool, line->text);
    VEC_EACH (at, &view->placed)
        if (at->text && strcmp(placed_squashed(view, at), text) == 0)
            return at;
    VEC_EACH (at, &view->placed)
        if (at->text && is_tail(text, at->squashed) &&
            (!best || strlen(at->squashed) > strlen(best->squashed)))
            best = at;
    return best;
}

static const struct placed *placed_first(const struct view *view, const struct line *line) {
    struct placed *at;
    const char *text = squash(view->pool, line->text);
    VEC_EACH (at, &view->placed)
        if (at->text && starts_with(text, placed_squashed(view, at)) && strlen(at->squashed) > 2)
            return at;
    return NULL;
}

/* The stroke right below the text: before any other line there. */
static const struct placed *stroke_below(const struct view *view, const struct placed *text) {
    enum { DEEPEST = 20000 };
    const struct placed *best = NULL, *at;
    VEC_EACH (at, &view->placed) {
        mpt depth = at->y - text->y;
        if (at->text || at->page != text->page || depth < 0 || depth > DEEPEST ||
            at->x1 < text->x0 || at->x0 > text->x1)
            continue;
        if (!best || at->y < best->y)
            best = at;
    }
    return best;
}

enum need { NEED_ALL, NEED_PART };

struct ruled {
    enum rule_code missing, length;
    enum element element;
    enum need need;
};

static const struct ruled ruled[] = {
    {TIEU_NGU_RULE, TIEU_NGU_RULE_LENGTH, ELEMENT_TIEU_NGU, NEED_ALL},
    {AGENCY_RULE, AGENCY_RULE_LENGTH, ELEMENT_AGENCY, NEED_PART},
    {TITLE_RULE, TITLE_RULE_LENGTH, ELEMENT_TITLE, NEED_PART},
};

enum { RULED = sizeof ruled / sizeof *ruled };

struct pair {
    const struct line *line;
    const struct placed *text, *stroke;
};

/* The title's rule stands below "(Kèm theo Quyết định ...)", if that follows (Mẫu 1.3). */
static bool goes_on(const struct line *last, const struct line *line, enum element element) {
    return line->element == element ||
           (element == ELEMENT_TITLE && line == last + 1 && line->element == ELEMENT_APPENDIX_REF);
}

/* The last line of the element, and the stroke below it. False: it is not on the pages. */
static bool find_pair(struct judge *judge, enum element element, struct pair *pair) {
    const struct line *line, *last = NULL;
    VEC_EACH (line, &judge->view->lines)
        if (last ? goes_on(last, line, element) : line->element == element)
            last = line;
    pair->line = last;
    pair->text = last ? placed_line(judge->view, last) : NULL;
    if (!pair->text)
        return false;
    pair->stroke = stroke_below(judge->view, pair->text);
    judge->seen = true;
    return true;
}

/* An underlined line has its stroke, and a rule of its own that speaks of it. */
void judge_rule_missing(struct judge *judge) {
    struct pair pair = {0};
    for (size_t i = 0; i < RULED; i++)
        if (ruled[i].missing == judge->code && find_pair(judge, ruled[i].element, &pair) &&
            !pair.stroke)
            found(judge, pair.line, NULL);
}

static bool underlined(const struct pair *pair) {
    return pair->line->look.underline != SHARE_NONE;
}

/* The whole of the text within 5 %, or 1/3 to 1/2 of it within a few points. */
static bool length_right(enum need need, int64_t stroke, int64_t text) {
    enum { SLACK = 2000 };
    if (need == NEED_ALL)
        return llabs(stroke - text) * 100 <= text * 5 + SLACK * 100;
    return stroke * 3 >= text - SLACK * 3 && stroke * 2 <= text + SLACK * 2;
}

void judge_rule_length(struct judge *judge) {
    struct pair pair = {0};
    for (size_t i = 0; i < RULED; i++) {
        if (ruled[i].length != judge->code || !find_pair(judge, ruled[i].element, &pair) ||
            !pair.stroke || underlined(&pair))
            continue;
        mpt stroke = pair.stroke->x1 - pair.stroke->x0, text = pair.text->x1 - pair.text->x0;
        if (!length_right(ruled[i].need, stroke, text))
            found(judge, pair.line, in_mm(judge, stroke), in_mm(judge, text), NULL);
    }
    judge->seen &= judge->findings || pair.stroke != NULL;
}

/* Every line with a stroke below it is found that `is_wrong`. */
static void judge_strokes(struct judge *judge, bool (*is_wrong)(const struct pair *pair)) {
    struct pair pair = {0};
    bool any = false;
    for (size_t i = 0; i < RULED; i++) {
        if (!find_pair(judge, ruled[i].element, &pair) || !pair.stroke)
            continue;
        any = true;
        if (is_wrong(&pair))
            found(judge, pair.line, NULL);
    }
    judge->seen = any;
}

static bool is_off_centre(const struct pair *pair) {
    enum { NEAR = 8500 }; /* 3 mm */
    return abs(pair->stroke->x0 + pair->stroke->x1 - pair->text->x0 - pair->text->x1) / 2 > NEAR;
}

static bool is_dashed(const struct pair *pair) {
    return pair->stroke->dashed;
}

void judge_rule_centre(struct judge *judge) {
    judge_strokes(judge, is_off_centre);
}

void judge_rule_solid(struct judge *judge) {
    judge_strokes(judge, is_dashed);
}

/* ---- the address ---- */

/* The stroke right above the text. */
static const struct placed *stroke_above(const struct view *view, const struct placed *text) {
    enum { HIGHEST = 30000 };
    const struct placed *best = NULL, *at;
    VEC_EACH (at, &view->placed)
        if (!at->text && at->page == text->page && at->y <= text->y && text->y - at->y <= HIGHEST &&
            (!best || at->y > best->y))
            best = at;
    return best;
}

void judge_address_rule(struct judge *judge) {
    const struct wml_section *s = judge->view->document->sections;
    const struct line *line = view_first(judge->view, ELEMENT_ADDRESS);
    const struct placed *text = line ? placed_first(judge->view, line) : NULL;
    if (!text)
        return;
    judge->seen = true;
    const struct placed *stroke = stroke_above(judge->view, text);
    int64_t across = s->page_width - s->left - s->right;
    if (!stroke || stroke->dashed || (int64_t)(stroke->x1 - stroke->x0) * 10 < across * 9)
        found(judge, line, NULL);
}

/* ---- level ---- */

static void check_level(struct judge *judge, const struct line *line, const struct line *other) {
    enum { NEAR = 4000 };
    const struct placed *a = line ? placed_first(judge->view, line) : NULL;
    const struct placed *b = other ? placed_first(judge->view, other) : NULL;
    if (!a || !b)
        return;
    judge->seen = true;
    if (a->page != b->page || abs(a->y - b->y) > NEAR)
        found(judge, line, NULL);
}

void judge_date_level(struct judge *judge) {
    check_level(judge, view_first(judge->view, ELEMENT_DATE),
                view_first(judge->view, ELEMENT_NUMBER));
}

/* Minutes have two signers side by side, and their copies below them. */
static bool signed_by_two(const struct view *view) {
    const struct line *line;
    size_t names = 0;
    VEC_EACH (line, &view->lines)
        names += line->element == ELEMENT_NAME;
    return names > 1;
}

void judge_copies_level(struct judge *judge) {
    const struct line *signer = view_first(judge->view, ELEMENT_AUTHORITY);
    const struct line *position = view_first(judge->view, ELEMENT_POSITION);
    if (signed_by_two(judge->view))
        return;
    if (!signer || (position && position < signer))
        signer = position;
    check_level(judge, view_first(judge->view, ELEMENT_COPIES), signer);
}
