#include "signature/later.h"

#include "signature/change.h"
#include "pdf/lex.h"
#include "signature/reading.h"

#include <stdlib.h>
#include <string.h>

/* Pairs of boxes to compare at most: more is no signature's appearance. */
enum { MAX_OVERLAPS = 20000000, MAX_SHOWN = 200 };

/* Updates after the first signature: each is compared with the one before as a whole. */
enum { MAX_UPDATES = 100 };

static void found(struct revision_judging *j, enum finding_code code, const char *a,
                  const char *b) {
    finding_add(j->pool, j->findings, code, j->rules->revision, a, b);
}

/* ---- what new appearances show and hide ---- */

static const char *text_shown(struct pool *pool, const ink_boxes *shown) {
    ink_boxes words = {0};
    const struct ink_box *box;
    VEC_EACH (box, shown)
        if (box->ink == INK_TEXT && reading_is_text(box))
            *VEC_PUSH(pool, &words) = *box;
    return reading_text(pool, &words);
}

/* Line and column ends become blanks; none stands at an end. */
static char *one_line(struct pool *pool, const char *text) {
    char *line = pool_strdup(pool, text), *out = line;
    for (const char *p = text; *p; p++)
        if (!lex_is_space(*p))
            *out++ = *p;
        else if (out > line && out[-1] != ' ')
            *out++ = ' ';
    while (out > line && out[-1] == ' ')
        out--;
    if (out - line > MAX_SHOWN) {
        out = line + MAX_SHOWN;
        while (((unsigned char)*out & 0xC0) == 0x80)
            out--;
    }
    *out = '\0';
    return line;
}

/* What the page showed before, the annotations on it included; `own` tells of words the widget
 * itself showed. */
static bool paint_before(struct revision_judging *j, const struct new_widget *w, ink_boxes *boxes,
                         bool *own) {
    pdf_value page = reader_page(j->before, w->page - 1);
    pdf_value annotations = reader_key(j->before, page, "/Annots");
    int id = reader_id(j->after, w->widget);
    bool whole = paint_page(j->before, j->scratch, page, boxes);
    for (int i = 0; i < reader_count(j->before, annotations); i++) {
        pdf_value annotation = reader_item(j->before, annotations, i);
        bool same = id && reader_id(j->before, annotation) == id;
        ink_boxes alone = {0};
        whole = paint_annotation(j->before, j->scratch, annotation, same ? &alone : boxes) && whole;
        *own = *own || (same && text_shown(j->scratch, &alone)[0]);
    }
    return whole;
}

/* A seal may lie over words, that is what seals do; one that hides them, other words or a filled
 * area may not. On a certified document nothing may but in a field whose place was certified. */
static void judge_overlap(struct revision_judging *j, const struct new_widget *w,
                          const ink_boxes *shown, const ink_boxes *page, const char *number) {
    const struct ink_box *over, *under;
    VEC_EACH (over, shown)
        VEC_EACH (under, page) {
            if (under->ink != INK_TEXT || over->ink == INK_UNSEEN || !ink_overlap(over, under))
                continue;
            bool bad = (j->rules->certified && (w->fresh || w->filled)) || ink_hides(over, under);
            found(j, bad ? FIND_COVERS : FIND_OVER_TEXT, w->field, number);
            if (bad)
                return;
        }
}

static bool same_but_for_blanks(const char *a, const char *b) {
    for (;; a++, b++) {
        while (lex_is_space(*a) && *a)
            a++;
        while (lex_is_space(*b) && *b)
            b++;
        if (*a != *b || !*a)
            return *a == *b;
    }
}

/* The text a choice shows for its value, which may be another (12.7.4.4, /Opt). */
static const char *display_of(struct revision_judging *j, const struct form_field *field,
                              const char *value) {
    pdf_value options = reader_key(j->after, field->dictionary, "/Opt");
    for (int i = 0; i < reader_count(j->after, options); i++) {
        pdf_value option = reader_item(j->after, options, i);
        if (strcmp(reader_text(j->after, reader_item(j->after, option, 0)), value) == 0 &&
            reader_count(j->after, option) == 2)
            return reader_text(j->after, reader_item(j->after, option, 1));
    }
    return value;
}

/* A field that was filled in shows its value and nothing else. */
static void judge_filled(struct revision_judging *j, const struct new_widget *w,
                         const ink_boxes *shown) {
    const struct form_field *field = w->filled;
    const char *value = reader_text(j->after, field->value);
    const struct ink_box *box;
    bool pictures = false;
    if (strcmp(field->type, "/Btn") == 0)
        return;
    VEC_EACH (box, shown)
        pictures = pictures || box->ink == INK_PICTURE;
    if (pictures ||
        !same_but_for_blanks(display_of(j, field, value), text_shown(j->scratch, shown)))
        found(j, FIND_FILLED_OTHERWISE, w->field, NULL);
}

static void judge_widget(struct revision_judging *j, const struct new_widget *w) {
    ink_boxes page = {0}, shown = {0};
    bool own = false;
    if (!w->page || w->page > reader_pages(j->before))
        return;
    const char *number = pool_printf(j->scratch, "%d", w->page);
    bool whole = paint_annotation(j->after, j->scratch, w->widget, &shown);
    if (!shown.n && whole)
        return;
    whole = paint_before(j, w, &page, &own) && whole;
    if (!whole || page.n > MAX_OVERLAPS / shown.n) {
        found(j, FIND_TOO_COMPLEX, NULL, NULL);
        return;
    }
    judge_overlap(j, w, &shown, &page, number);
    if (w->filled) {
        judge_filled(j, w, &shown);
        return;
    }
    const char *text = one_line(j->scratch, text_shown(j->scratch, &shown));
    if (text[0])
        found(j, FIND_SHOWS, w->field, text);
    if (own)
        found(j, FIND_STAMP_GONE, w->field, number);
    if (w->empty)
        found(j, FIND_UNSIGNED_SHOWS, w->field, number);
    if (w->fresh && j->rules->certified)
        found(j, FIND_CERTIFIED_NEW, w->field, number);
}

/* ---- how the revision was written ---- */

/* The value after the last "startxref" of the bytes; 0 when there is none. */
static size_t startxref_of(const char *s, size_t len) {
    const char *at = NULL;
    for (const char *p = s; (p = memmem(p, (size_t)(s + len - p), "startxref", 9)) != NULL; p++)
        at = p;
    return at ? strtoul(at + 9, NULL, 10) : 0;
}

/* Whether a cross-reference table's trailer names a stream beside it (7.5.8.4). */
static bool is_hybrid(const char *s, size_t len) {
    struct lex lex = {s, s + len};
    bool trailer = false;
    for (struct token t = lex_next(&lex); t.kind != LEX_END; t = lex_next(&lex)) {
        if (token_is(t, "startxref"))
            return false;
        trailer = trailer || token_is(t, "trailer");
        if (trailer && token_is(t, "/XRefStm"))
            return true;
    }
    return false;
}

/* Each update brings its own section, or some programs show what it holds and others do not. */
static void judge_section(struct revision_judging *j, struct bytes file, size_t start, size_t end) {
    size_t at = startxref_of(file.s + start, end - start);
    if (at < start || at >= end)
        found(j, FIND_XREF, NULL, NULL);
    else if (memcmp(file.s + at, "xref", end - at < 4 ? end - at : 4) == 0 &&
             is_hybrid(file.s + at, end - at))
        found(j, FIND_HYBRID, NULL, NULL);
}

/* ---- revision by revision ---- */

/* Adding evidence for verification changes nothing that was certified (ISO 32000-2, 12.8.2.2). */
static bool is_evidence(enum finding_code code) {
    return code == FIND_DSS || code == FIND_STAMPED_LATER;
}

static void judge_revision(struct revision_judging *j, struct bytes file, size_t start,
                           size_t end) {
    new_widgets widgets = {0};
    size_t first = j->findings->n;
    change_find(j, &widgets);
    const struct new_widget *w;
    VEC_EACH (w, &widgets)
        judge_widget(j, w);
    judge_section(j, file, start, end);
    if (reader_warnings(j->after) > reader_warnings(j->before))
        found(j, FIND_AMBIGUOUS, NULL, NULL);
    for (size_t i = first; i < j->findings->n && j->rules->none; i++)
        if (!is_evidence(j->findings->at[i].code)) {
            found(j, FIND_CERTIFIED, NULL, NULL);
            break;
        }
}

static struct change_rules rules_for(struct pool *pool, const struct verification *v,
                                     int revision) {
    struct change_rules rules = {.revision = revision};
    const struct signature *s;
    VEC_EACH (s, &v->signatures) {
        if (!s->range.end || s->revision >= revision)
            continue;
        *VEC_PUSH(pool, &rules.binding) = &s->allows;
        rules.certified = rules.certified || s->allows.certifies;
        rules.may_fill = rules.may_fill || s->allows.listed;
        rules.none = rules.none || s->allows.level == 1;
    }
    rules.may_fill = rules.may_fill && !rules.none;
    return rules;
}

static const struct signature *first_sound(const struct verification *v) {
    const struct signature *s;
    VEC_EACH (s, &v->signatures)
        if (s->range.end)
            return s;
    return NULL;
}

/* False when the later revision cannot be read: what follows cannot be judged either. */
static bool judge_update(struct pool *pool, struct pool *scratch, struct revisions *revisions,
                         struct verification *v, struct reader *before, size_t i) {
    struct change_rules rules = rules_for(scratch, v, (int)i + 1);
    struct revision_judging j = {.pool = pool,
                                 .scratch = scratch,
                                 .before = before,
                                 .after = revisions_at(revisions, v->ends.at[i]),
                                 .rules = &rules,
                                 .findings = &v->findings};
    if (j.after)
        judge_revision(&j, v->file, v->ends.at[i - 1], v->ends.at[i]);
    else
        found(&j, FIND_DAMAGED, NULL, NULL);
    return j.after;
}

void later_judge(struct pool *pool, struct revisions *revisions, struct verification *v) {
    const struct signature *first = first_sound(v);
    if (!first || (size_t)first->revision >= v->ends.n)
        return;
    if (v->ends.n - (size_t)first->revision > MAX_UPDATES) {
        finding_add(pool, &v->findings, FIND_TOO_COMPLEX, 0, NULL, NULL);
        return;
    }
    size_t end = first->range.end;
    for (size_t i = (size_t)first->revision; i < v->ends.n; i++) {
        struct pool *scratch = pool_new();
        struct reader *before = revisions_at(revisions, end);
        bool read = before && judge_update(pool, scratch, revisions, v, before, i);
        pool_free(scratch);
        if (!read)
            break;
        end = v->ends.at[i];
    }
}
