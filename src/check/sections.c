/* The sections a type requires, in a document's lines (view.h), and the dispatch's own values
 * there.
 *
 * A section is there when a line was recognised as one of its elements. If the dispatch is known,
 * its values are looked for in the text without any spaces, folded, so that hòa and hoà, a tab or a
 * no-break space make no difference. The body is found first, in one pass forward; what belongs
 * above it must stand above it and the signer below, because subjects, offices and titles are words
 * of the body too. */
#include "base/buf.h"
#include "base/utf8.h"
#include "check/judge.h"

#include <ctype.h>
#include <string.h>

enum { LONG_PIECE = 40, MOST_SHOWN = 60 };

struct reading {
    struct pool *pool;
    struct diag *diag;
    struct where where;
    const struct profile *profile;
    const struct view *view;
    const struct dispatch *dispatch;
    struct buf squashed;         /* all text, folded, without spaces */
    size_t *at;                  /* where each line begins in it, and where the last ends */
    size_t line;                 /* a line at which something was looked for */
    size_t body_start, body_end; /* in `squashed`; 0 and 0 if unknown */
};

/* ---- the sections ---- */

/* The elements that make a section, the first of which is there; ELEMENT_OTHER ends the list. */
static const enum element elements_of[SECTIONS][4] = {
    [SECTION_QUOC_HIEU] = {ELEMENT_QUOC_HIEU},
    [SECTION_TIEU_NGU] = {ELEMENT_TIEU_NGU},
    [SECTION_CO_QUAN] = {ELEMENT_AGENCY},
    [SECTION_SO_KY_HIEU] = {ELEMENT_NUMBER},
    [SECTION_DIA_DANH_NGAY] = {ELEMENT_DATE},
    [SECTION_TRICH_YEU] = {ELEMENT_SUBJECT, ELEMENT_TITLE},
    [SECTION_KINH_GUI] = {ELEMENT_TO},
    [SECTION_NOI_DUNG] = {ELEMENT_BODY, ELEMENT_CELL, ELEMENT_BASIS, ELEMENT_ORIGINAL},
    [SECTION_NGUOI_KY] = {ELEMENT_NAME},
    [SECTION_NOI_NHAN] = {ELEMENT_COPIES},
    [SECTION_LUU] = {ELEMENT_KEPT},
    [SECTION_TEN_LOAI] = {ELEMENT_TYPE},
    [SECTION_CAN_CU] = {ELEMENT_BASIS},
    [SECTION_DIEU] = {ELEMENT_BODY},
};

/* What follows the label: "Kính gửi:" alone is none. */
static bool label_filled(const struct view *view, const struct line *line, enum element item) {
    const char *colon = strchr(line->text, ':');
    return (colon && colon[1 + strspn(colon + 1, " ")]) || view_first(view, item);
}

static bool line_counts(const struct view *view, enum section section, const struct line *line) {
    const char *slash;
    switch (section) {
    case SECTION_SO_KY_HIEU:
        slash = strchr(line->text, '/');
        return slash && slash[1 + strspn(slash + 1, " ")];
    case SECTION_KINH_GUI:
        return label_filled(view, line, ELEMENT_TO_ITEM);
    case SECTION_NOI_NHAN:
        return label_filled(view, line, ELEMENT_COPIES_ITEM) || view_first(view, ELEMENT_KEPT);
    case SECTION_DIEU:
        return heading_of(line) == HEADING_ARTICLE;
    case SECTION_NOI_DUNG:
        return has_letter(line->text);
    default:
        return true;
    }
}

const struct line *view_section(const struct view *view, enum section section) {
    const struct line *line;
    VEC_EACH (line, &view->lines)
        for (size_t i = 0; i < 4 && elements_of[section][i] != ELEMENT_OTHER; i++)
            if (line->element == elements_of[section][i] && line_counts(view, section, line))
                return line;
    return NULL;
}

/* With the dispatch at hand its own words are looked for, not the shape of words. */
static bool judged_by_value(const struct reading *page, enum section section) {
    return page->dispatch && (section == SECTION_CO_QUAN || section == SECTION_NOI_DUNG ||
                              section == SECTION_NGUOI_KY);
}

static void report_missing(const struct reading *page) {
    for (int i = 0; i < SECTIONS; i++)
        if (page->profile->required[i] && !view_section(page->view, (enum section)i) &&
            !judged_by_value(page, (enum section)i))
            diag_add(page->diag, TEXT_SECTION_MISSING, page->where, section_name((enum section)i),
                     NULL);
}

/* ---- slots left open ---- */

static bool digit_follows(const char *folded, const char *word) {
    const char *at = find_word(folded, word);
    return at && isdigit((unsigned char)at[strlen(word) + strspn(at + strlen(word), " :")]);
}

static void report_blank(const struct reading *page, enum section section, bool filled) {
    if (page->profile->required[section] && !filled)
        diag_add(page->diag, TEXT_SLOT_BLANK, page->where, section_name(section), NULL);
}

static void report_slots(const struct reading *page) {
    const struct line *number = view_section(page->view, SECTION_SO_KY_HIEU);
    const struct line *date = view_section(page->view, SECTION_DIA_DANH_NGAY);
    if (number)
        report_blank(page, SECTION_SO_KY_HIEU, digit_follows(number->folded, "so"));
    if (date && find_word(date->folded, "thang"))
        report_blank(page, SECTION_DIA_DANH_NGAY,
                     digit_follows(date->folded, "ngay") && digit_follows(date->folded, "thang") &&
                         digit_follows(date->folded, "nam"));
}

/* ---- the text without spaces ---- */

static void put_squashed(struct buf *out, const char *folded) {
    char *to = buf_reserve(out, strlen(folded)), *start = to;
    for (char c; (c = *folded) != '\0'; folded++) {
        *to = c;
        to += c != ' ' && c != '\n' && c != '\t' && c != '\r';
    }
    *to = '\0';
    out->len += (size_t)(to - start);
}

static void squash_lines(struct reading *page) {
    const struct view *view = page->view;
    page->at = POOL_ARRAY(page->pool, size_t, view->lines.n + 1);
    for (size_t i = 0; i < view->lines.n; i++) {
        const struct line *line = &view->lines.at[i];
        page->at[i] = page->squashed.len;
        if (line->element != ELEMENT_HEADER && line->element != ELEMENT_FOOTER)
            put_squashed(&page->squashed, line->folded);
    }
    page->at[view->lines.n] = page->squashed.len;
}

/* Where the section's line begins; `otherwise` if there is none. */
static size_t place_of(const struct reading *page, enum section section, size_t otherwise) {
    const struct line *line = view_section(page->view, section);
    return line ? page->at[view_index(page->view, line)] : otherwise;
}

/* ---- the dispatch's own values ---- */

struct region {
    size_t from, to; /* of page.squashed */
};

/* The line that begins where the region does, if it holds the value as it was typed, as most do:
 * these need not be folded to be found. */
static bool find_line(struct reading *page, const char *value, struct region *region) {
    const struct view *view = page->view;
    while (page->line < view->lines.n && page->at[page->line + 1] <= region->from)
        page->line++;
    if (page->line == view->lines.n || page->at[page->line] != region->from ||
        page->at[page->line + 1] > region->to || strcmp(view->lines.at[page->line].raw, value) != 0)
        return false;
    region->from = page->at[page->line + 1];
    return true;
}

/* Where `value` stands in the region; false if nowhere. Then region->from is past it, so that the
 * next value of a list is looked for further on, and mostly is found right there. */
static bool find(struct reading *page, const char *value, struct region *region, size_t *start) {
    *start = region->from;
    if (find_line(page, value, region))
        return true;
    const char *wanted = squash(page->pool, value);
    size_t n = strlen(wanted), room = region->to - region->from;
    const char *from = buf_text(&page->squashed) + region->from;
    const char *at =
        n <= room && memcmp(from, wanted, n) == 0 ? from : memmem(from, room, wanted, n);
    if (at) {
        *start = region->from + (size_t)(at - from);
        region->from = *start + n;
    }
    return at != NULL;
}

static const char *shown(struct pool *pool, const char *s) {
    size_t n = strlen(s);
    char *copy = pool_strndup(pool, s, n);
    for (char *p = copy; *p; p++)
        if (*p == '\n')
            *p = ' ';
    if (n <= MOST_SHOWN)
        return copy;
    for (n = MOST_SHOWN; n && ((unsigned char)copy[n] & 0xC0) == 0x80;)
        n--;
    return pool_printf(pool, "%.*s…", (int)n, copy);
}

static bool expect(struct reading *page, enum section section, const char *value,
                   struct region *region, size_t *start) {
    if (find(page, value, region, start))
        return true;
    diag_add(page->diag, TEXT_VALUE_DROPPED, page->where, section_name(section),
             shown(page->pool, value), NULL);
    return false;
}

/* One stretch of the body. The first long one tells where the body begins: a short one ("1.") may
 * stand in the heading too. */
static bool expect_stretch(struct reading *page, const struct buf *text, struct region *region) {
    size_t start;
    if (!expect(page, SECTION_NOI_DUNG, buf_text(text), region, &start))
        return false;
    if (region->from - start >= LONG_PIECE && !page->body_start)
        page->body_start = start;
    return true;
}

/* The paragraph is compared between its note marks, which print as numbers of their own. */
static bool expect_paragraph(struct reading *page, const struct paragraph *paragraph,
                             struct region *region) {
    struct buf text = {0};
    bool ok = true;
    for (size_t i = 0; ok && i <= paragraph->spans.n; i++) {
        const char *s = i < paragraph->spans.n ? paragraph->spans.at[i].text : NULL;
        if (s) {
            buf_puts(&text, s);
        } else {
            ok = expect_stretch(page, &text, region);
            buf_clear(&text);
        }
    }
    buf_free(&text);
    return ok;
}

static bool expect_table(struct reading *page, const struct body_table *table,
                         struct region *region) {
    const struct table_row *row;
    VEC_EACH (row, &table->rows)
        for (size_t i = 0; i < table->columns; i++)
            if (!expect_paragraph(page, &row->cells[i], region))
                return false;
    return true;
}

/* Forward only, and only to the first paragraph that is not there: linear. */
static void expect_body(struct reading *page) {
    const struct body *body = page->dispatch->body;
    struct region region = {place_of(page, SECTION_KINH_GUI, 0), page->squashed.len};
    const struct body_block *block;
    if (!body || !page->profile->required[SECTION_NOI_DUNG])
        return;
    VEC_EACH (block, &body->blocks) {
        bool ok = block->kind == BLOCK_TABLE ? expect_table(page, &block->table, &region)
                                             : expect_paragraph(page, &block->paragraph, &region);
        if (!ok)
            return;
    }
    page->body_end = region.from;
}

static void expect_field(struct reading *page, enum section section, const char *key,
                         struct region region) {
    const struct field *field = dispatch_field(page->dispatch, key);
    size_t start;
    if (field && page->profile->required[section] && !field->blank)
        expect(page, section, field->text.s, &region, &start);
}

/* The items in their order; only the first that is not there is reported. */
static void expect_list(struct reading *page, enum section section, const char *key,
                        struct region region) {
    const struct field *field = dispatch_field(page->dispatch, key);
    const struct text *item;
    size_t start;
    if (!field || !page->profile->required[section])
        return;
    VEC_EACH (item, &field->items)
        if (!expect(page, section, item->s, &region, &start))
            return;
}

/* Number and symbol stand together, and so do place and date: alone, a place is often a part of
 * the agency's name. Slots a draft leaves open are spaces, which do not count. */
static void expect_joined(struct reading *page, struct region region) {
    const struct dispatch *d = page->dispatch;
    const struct field *symbol = dispatch_field(d, "ky hieu");
    const struct field *place = dispatch_field(d, "dia danh");
    struct region again = region;
    size_t start;
    if (symbol && page->profile->required[SECTION_SO_KY_HIEU])
        expect(page, SECTION_SO_KY_HIEU,
               pool_concat(page->pool, dispatch_field(d, "so")->text.s, "/", symbol->text.s, NULL),
               &region, &start);
    if (!place || !page->profile->required[SECTION_DIA_DANH_NGAY])
        return;
    const char *date = dispatch_field(d, "ngay")->blank
                           ? ""
                           : pool_concat(page->pool, " ", dispatch_field(d, "ngay")->text.s,
                                         " tháng ", dispatch_field(d, "thang")->text.s, " năm ",
                                         dispatch_field(d, "nam")->text.s, NULL);
    expect(page, SECTION_DIA_DANH_NGAY,
           pool_concat(page->pool, place->text.s, ", ngày", date, NULL), &again, &start);
}

static void expect_values(struct reading *page) {
    expect_body(page);
    size_t len = page->squashed.len;
    struct region above = {0, page->body_start ? page->body_start : len};
    struct region below = {page->body_end, len};
    const struct field *many = dispatch_field(page->dispatch, "nhieu kinh gui");
    /* The agency's name stands over the number; anywhere else it is only spoken of. */
    struct region top = {0, place_of(page, SECTION_SO_KY_HIEU, above.to)};
    expect_field(page, SECTION_CO_QUAN, "co quan", top);
    expect_joined(page, above);
    expect_field(page, SECTION_TRICH_YEU, "trich yeu", above);
    expect_list(page, SECTION_KINH_GUI, many && many->flag ? "kinh gui" : "mot kinh gui", above);
    expect_field(page, SECTION_NGUOI_KY, "quyen han", below);
    expect_field(page, SECTION_NGUOI_KY, "chuc vu", below);
    expect_field(page, SECTION_NGUOI_KY, "ho ten", below);
    expect_list(page, SECTION_CAN_CU, "can cu", above);
    expect_list(page, SECTION_NOI_NHAN, "noi nhan", below);
    expect_field(page, SECTION_LUU, "luu", below);
}

bool check_sections(const struct view *view, const struct profile *profile, bool final,
                    struct where where, struct diag *diag) {
    size_t errors = diag_count(diag, DIAG_ERROR);
    struct reading page = {.pool = pool_new(),
                           .diag = diag,
                           .where = where,
                           .profile = profile,
                           .view = view,
                           .dispatch = view->dispatch};
    report_missing(&page);
    if (final)
        report_slots(&page);
    if (page.dispatch) {
        squash_lines(&page);
        expect_values(&page);
    }
    buf_free(&page.squashed);
    pool_free(page.pool);
    return diag_count(diag, DIAG_ERROR) == errors;
}
