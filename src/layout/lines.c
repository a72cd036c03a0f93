/* Numbers of lines in the margin (17.6.8). Lines of the body's own paragraphs count; tables, notes
 * and what stands in boxes do not. */
#include "layout/paginate.h"
#include "layout/tag.h"

enum {
    USUAL_DISTANCE = 18000, /* a quarter of an inch; between columns half of it */
    NUMBER_WIDTH = 72000    /* room for the largest number */
};

void lines_begin(struct paginator *p) {
    const struct wml_section *s = p->section;
    if (s->line_numbers.restart == LINES_BY_PAGE)
        p->line = 0;
}

static void enter(struct paginator *p, const struct wml_section *s) {
    if (s == p->lines_of)
        return;
    if (p->lines_of && s->line_numbers.restart != LINES_GO_ON)
        p->line = 0;
    p->lines_of = s;
}

static mpt distance_of(const struct wml_section *s) {
    mpt usual = column_count(s) > 1 ? USUAL_DISTANCE / 2 : USUAL_DISTANCE;
    return s->line_numbers.distance > 0 ? length(s->line_numbers.distance) : usual;
}

/* The number set against the right end of its own little column. */
static struct flow *number_story(struct layout *l, int number) {
    static const struct para_props props = {
        .jc = JC_RIGHT, .line = 240, .shade = -1, .outline_level = -1};
    struct block *block = POOL_NEW(l->pool, struct block);
    struct para *para = POOL_NEW(l->pool, struct para);
    struct inline_item *item = POOL_NEW(l->pool, struct inline_item);
    const struct run_props *normal = l->document->normal;
    *item = (struct inline_item){
        .kind = INLINE_TEXT, .props = normal, .text = pool_printf(l->pool, "%d", number)};
    *para = (struct para){.props = &props, .mark = normal, .items = item, .item_count = 1};
    *block = (struct block){.kind = WML_PARA, .para = para};
    return flow_build(l, block, NUMBER_WIDTH, IN_MARGIN);
}

/* The baseline of a line, from its top; -1: it has no text. */
static int64_t baseline_of(const struct strip *s) {
    for (size_t i = 0; i < s->draw_count; i++)
        if (s->draws[i].kind == DRAW_TEXT)
            return s->draws[i].as.text.y;
    return -1;
}

static void draw_number(struct paginator *p, const struct placed *line, mpt x, int number) {
    struct flow *story = number_story(p->l, number);
    struct place all = {.strip = story->strips.n};
    if (!story->strips.n)
        return;
    int64_t own = baseline_of(&story->strips.at[0]), text = baseline_of(line->strip);
    bool repeating = p->l->repeating;
    p->l->repeating = true; /* an artifact */
    flow_emit(p->l, story, (struct place){0}, all, coordinate((int64_t)x - NUMBER_WIDTH),
              p->top + line->y + (text < 0 ? 0 : text - own));
    p->l->repeating = repeating;
}

void lines_emit(struct paginator *p, const struct placed *placed, size_t n, mpt x) {
    for (size_t i = 0; i < n && !p->l->failed; i++) {
        const struct strip *strip = placed[i].strip;
        const struct wml_section *s = strip->section;
        if (!s || s->line_numbers.step < 1 || strip->row || !strip->numbered)
            continue;
        enter(p, s);
        int number = s->line_numbers.first + p->line++;
        if (number % s->line_numbers.step == 0)
            draw_number(p, &placed[i], x - distance_of(s), number);
    }
}
