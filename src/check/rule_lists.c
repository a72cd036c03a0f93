/* Lists with a form of their own: recipients, copies, căn cứ; and the end of the text (PL I, Mục
 * II, khoản 6 and 9). */
#include "check/judge.h"
#include "dispatch/schema.h"

#include <stdlib.h>
#include <string.h>

/* ---- what lists share ---- */

static enum element list_of(enum rule_code code) {
    switch (code) {
    case TO_DASH:
    case TO_SEMICOLON:
    case TO_STOP:
        return ELEMENT_TO_ITEM;
    case BASIS_SEMICOLON:
    case BASIS_STOP:
        return ELEMENT_BASIS;
    default:
        return ELEMENT_COPIES_ITEM;
    }
}

static bool has_dash(const char *text) {
    return starts_with(text, "-") || starts_with(text, "–") || starts_with(text, "—");
}

static const char *last_word(const char *text) {
    const char *space = strrchr(text, ' ');
    return space ? space + 1 : text;
}

/* The line with `mark` at its end, in place of another mark. */
static void mend_end(struct judge *judge, const struct line *line, const char *mark) {
    const char *word = last_word(line->text);
    size_t n = strlen(word);
    while (n > 1 && strchr(",;.:", word[n - 1]))
        n--;
    mend_text(judge, line, word, pool_printf(judge->view->pool, "%.*s%s", (int)n, word, mark));
}

void judge_list_dash(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, list_of(judge->code))
    if (line->opens && !has_dash(line->text) && line->column != 1)
        found(judge, line, NULL);
}

static const struct line *last_in(struct judge *judge, enum element element) {
    const struct line *line, *last = NULL;
    EACH_OF(line, judge, element)
    last = line;
    return last;
}

/* The last item ends otherwise: of the copies that is "Lưu". A line after a forced break goes on
 * with the item above. */
void judge_list_semicolon(struct judge *judge) {
    const struct line *last = last_in(judge, list_of(judge->code)), *line;
    if (judge->code == COPIES_SEMICOLON && view_first(judge->view, ELEMENT_KEPT))
        last = NULL;
    EACH_OF(line, judge, list_of(judge->code)) {
        bool goes_on = line + 1 < judge->view->lines.at + judge->view->lines.n && !line[1].opens;
        if (line == last || goes_on || ends_with(line->text, ";"))
            continue;
        found(judge, line, NULL);
        mend_end(judge, line, ";");
    }
}

static size_t count_of(struct judge *judge, enum element element) {
    const struct line *line;
    size_t n = 0;
    EACH_OF(line, judge, element)
    n++;
    return n;
}

/* One recipient is no list. */
void judge_list_stop(struct judge *judge) {
    const struct line *last = last_in(judge, list_of(judge->code));
    if (!last || ends_with(last->text, "."))
        return;
    if (judge->code == TO_STOP && count_of(judge, ELEMENT_TO_ITEM) < 2)
        return;
    found(judge, last, NULL);
    mend_end(judge, last, ".");
}

/* ---- items that are there twice ---- */

struct item {
    const char *key; /* letters and digits, folded */
    const struct line *line;
};

struct items {
    VEC(struct item) at;
};

static int by_key(const void *a, const void *b) {
    const struct item *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static int same_key(const void *a, const void *b) {
    return strcmp(((const struct item *)a)->key, ((const struct item *)b)->key);
}

static const char *key_of(struct pool *pool, const char *text) {
    char *key = squash(pool, text);
    size_t n = strlen(key);
    while (n && strchr(".;,", key[n - 1]))
        key[--n] = '\0';
    return key;
}

static struct items sorted_items(struct judge *judge, enum element element) {
    struct pool *pool = judge->view->pool;
    struct items items = {0};
    const struct line *line;
    EACH_OF(line, judge, element)
    *VEC_PUSH(pool, &items.at) = (struct item){key_of(pool, line->text), line};
    if (items.at.n)
        qsort(items.at.at, items.at.n, sizeof *items.at.at, by_key);
    return items;
}

static void report_twice(struct judge *judge, enum element element) {
    struct items items = sorted_items(judge, element);
    for (size_t i = 1; i < items.at.n; i++)
        if (*items.at.at[i].key && strcmp(items.at.at[i].key, items.at.at[i - 1].key) == 0)
            found(judge, items.at.at[i].line, NULL);
}

void judge_to_twice(struct judge *judge) {
    report_twice(judge, ELEMENT_TO_ITEM);
}

void judge_copies_twice(struct judge *judge) {
    report_twice(judge, ELEMENT_COPIES_ITEM);
}

void judge_copies_again(struct judge *judge) {
    struct items items = sorted_items(judge, ELEMENT_TO_ITEM);
    const struct line *line;
    if (!items.at.n)
        return;
    EACH_OF(line, judge, ELEMENT_COPIES_ITEM) {
        struct item item = {key_of(judge->view->pool, line->text), line};
        if (bsearch(&item, items.at.at, items.at.n, sizeof item, same_key))
            found(judge, line, NULL);
    }
}

/* ---- kính gửi ---- */

void judge_to_label(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_TO) {
        if (starts_with(line->text, "Kính gửi:"))
            continue;
        found(judge, line, NULL);
        if (starts_with(line->text, "Kính gửi :"))
            mend_text(judge, line, "Kính gửi :", "Kính gửi:");
    }
}

static const char *after_colon(const char *text) {
    const char *colon = strchr(text, ':');
    return colon ? colon + 1 + strspn(colon + 1, " ") : "";
}

void judge_to_one(struct judge *judge) {
    const struct line *to = next_of(judge, ELEMENT_TO, NULL);
    const struct line *item = next_of(judge, ELEMENT_TO_ITEM, NULL);
    if (to && item && !*after_colon(to->text) && count_of(judge, ELEMENT_TO_ITEM) == 1 &&
        item->column != 1)
        found(judge, item, NULL);
}

/* "Các thôn: Khe Trúc; Bản Hạc" is one recipient. */
void judge_to_many(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_TO) {
        const char *names = after_colon(line->text), *semicolon = strchr(names, ';');
        if (semicolon && semicolon[1] && !strchr(names, ':'))
            found(judge, line, NULL);
    }
}

void judge_to_aligned(struct judge *judge) {
    enum { NEAR = 2835 };
    const struct line *first = NULL, *line;
    EACH_OF(line, judge, ELEMENT_TO_ITEM) {
        if (!line->opens || !has_dash(line->text) || line->para->props->jc == JC_CENTER)
            continue;
        const struct para_props *props = line->para->props;
        if (first && first->cell == line->cell &&
            abs(props->left + props->first - first->para->props->left - first->para->props->first) >
                NEAR)
            found(judge, line, NULL);
        first = first ? first : line;
    }
}

/* Its profile has a use for "Kính gửi". */
static bool type_has_receivers(const struct view *view) {
    const struct profile_part *part;
    const struct profile_key *key;
    if (view->profile)
        VEC_EACH (part, &view->profile->parts)
            if (strcmp(part->folded, "kinh gui") == 0)
                VEC_EACH (key, &part->keys)
                    if (key->need != KEY_NONE)
                        return true;
    return false;
}

void judge_to_unwanted(struct judge *judge) {
    static const char *const with[] = {"to trinh",     "bao cao",   "cong dien",
                                       "thu cong",     "giay moi",  "phieu gui",
                                       "phieu chuyen", "phieu bao", NULL};
    if (!view_named(judge->view) || type_has_receivers(judge->view))
        return;
    for (const char *const *type = with; *type; type++)
        if (strcmp(*type, judge->view->type) == 0)
            return;
    judge->seen = true;
    const struct line *line = view_first(judge->view, ELEMENT_TO);
    if (!line)
        line = view_first(judge->view, ELEMENT_TO_ITEM);
    if (line)
        found(judge, line, NULL);
}

/* ---- nơi nhận ---- */

void judge_copies_label(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_COPIES)
    if (strcmp(line->text, "Nơi nhận:") != 0)
        found(judge, line, NULL);
}

static bool is_cong_van(const struct view *view) {
    return view->type && strcmp(view->type, "cong van") == 0;
}

void judge_copies_first(struct judge *judge) {
    const struct line *first =
        is_cong_van(judge->view) ? next_of(judge, ELEMENT_COPIES_ITEM, NULL) : NULL;
    if (first && !starts_with(first->folded, "nhu ") && !starts_with(first->folded + 1, " nhu "))
        found(judge, first, NULL);
}

/* "Như trên" points at "Kính gửi"; in these the text itself names who it is for. */
static bool names_receiver(const char *type) {
    return strcmp(type, "giay moi") == 0 || strcmp(type, "giay gioi thieu") == 0;
}

void judge_copies_above(struct judge *judge) {
    const struct line *line;
    if (!view_named(judge->view) || view_first(judge->view, ELEMENT_TO) ||
        view_first(judge->view, ELEMENT_TO_ITEM) || names_receiver(judge->view->type))
        return;
    EACH_OF(line, judge, ELEMENT_COPIES_ITEM)
    if (strstr(line->folded, "nhu tren"))
        found(judge, line, NULL);
}

void judge_kept_last(struct judge *judge) {
    const struct view *view = judge->view;
    const struct line *kept = next_of(judge, ELEMENT_KEPT, NULL);
    if (!kept || kept + 1 >= view->lines.at + view->lines.n)
        return;
    const struct line *next = kept + 1;
    if (has_dash(next->text) && next->table == kept->table && next->cell == kept->cell &&
        (next->element == ELEMENT_OTHER || next->element == ELEMENT_COPIES_ITEM))
        found(judge, next, NULL);
}

static const char *kept_at(const char *text) {
    text += strspn(text, "- ");
    return starts_with(text, "–") ? text + strlen("–") + strspn(text + strlen("–"), " ") : text;
}

void judge_kept_form(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_KEPT)
    if (!has_dash(line->text) || !starts_with(kept_at(line->text), "Lưu:"))
        found(judge, line, NULL);
}

void judge_kept_vt(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_KEPT) {
        const char *kept = after_colon(line->text);
        if (*kept && (!starts_with(kept, "VT") || is_letter(first_char(kept + 2))))
            found(judge, line, NULL);
    }
}

void judge_kept_stop(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_KEPT) {
        if (ends_with(line->text, "."))
            continue;
        found(judge, line, NULL);
        mend_end(judge, line, ".");
    }
}

/* ---- căn cứ ---- */

void judge_basis_line(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_BASIS)
    if (strstr(line->text, "; căn cứ ") || strstr(line->text, "; Căn cứ "))
        found(judge, line, NULL);
}

void judge_basis_case(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_BASIS)
    if (is_small(first_char(line->text)))
        found(judge, line, NULL);
}

/* ---- the end of the text ---- */

/* The last line of the body; NULL if the body ends in a table. */
static const struct line *end_of_text(struct judge *judge) {
    const struct line *last = NULL, *line;
    VEC_EACH (line, &judge->view->lines)
        if (line->element == ELEMENT_BODY || line->element == ELEMENT_CELL)
            last = line;
    if (!last || last->element == ELEMENT_CELL)
        return NULL;
    judge->seen = true;
    return last;
}

static bool ends_in_word(const struct line *line) {
    uint32_t last = last_char(line->text);
    return is_letter(last) || is_digit(last);
}

void judge_body_end(struct judge *judge) {
    const struct line *line = end_of_text(judge);
    if (!line || !ends_in_word(line))
        return;
    found(judge, line, NULL);
    mend_end(judge, line, "./.");
}

/* Its template prints words of the type's own, perhaps below the body: the document shows them. */
static bool body_is_part(const struct view *view) {
    const struct profile_part *part;
    if (!view->document && view->profile)
        VEC_EACH (part, &view->profile->parts)
            if (!schema_section(part->folded))
                return true;
    return false;
}

void judge_body_end_custom(struct judge *judge) {
    if (body_is_part(judge->view))
        return;
    const struct line *line = end_of_text(judge);
    if (!line || ends_in_word(line) || ends_with(line->text, "./.") || ends_with(line->text, "/."))
        return;
    found(judge, line, NULL);
    if (ends_with(line->text, "."))
        mend_end(judge, line, "./.");
}
