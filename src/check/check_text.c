#include "base/buf.h"
#include "base/utf8.h"
#include "check/check.h"

#include <ctype.h>
#include <string.h>

/* How a document's text is judged. First each line is looked at alone: the sections the decree
 * gives a fixed form (the State's name, "Số:", "Kính gửi:" ...) are recognised by it, folded, so
 * that hòa and hoà, a tab or a no-break space make no difference. Then, if the dispatch is known,
 * its values are looked for in the text without any spaces. The body is found first, in one pass
 * forward; what belongs above it must stand above it and the signer below, because subjects,
 * offices and titles are words of the body too. */

enum { NOT_FOUND = -1, LONG_PIECE = 40, MOST_SHOWN = 60 };

struct piece { /* a line, or what stands between two tabs of one */
    const char *text, *folded;
    size_t at; /* where it begins in `squashed` */
};

struct reading {
    struct pool *pool;
    struct diag *diag;
    struct where where;
    const struct profile *profile;
    const struct dispatch *dispatch;
    bool final;
    VEC(struct piece) pieces;
    long found[SECTIONS];        /* index of the piece; NOT_FOUND */
    struct buf squashed;         /* all text, folded, without spaces */
    size_t body_start, body_end; /* in `squashed`; 0 and 0 if unknown */
};

static bool starts(const char *s, const char *with) {
    return strncmp(s, with, strlen(with)) == 0;
}

/* "kinh gui:" or "kinh gui :": what follows the colon; NULL if `folded` opens otherwise. */
static const char *after_label(const char *folded, const char *label) {
    if (!starts(folded, label))
        return NULL;
    folded += strlen(label);
    folded += strspn(folded, " ");
    return *folded == ':' ? folded + 1 + strspn(folded + 1, " ") : NULL;
}

/* ---- the text in pieces ---- */

static void squash(struct buf *out, const char *folded) {
    for (; *folded; folded++)
        if (!strchr(" \n\t\r", *folded))
            buf_putc(out, *folded);
}

/* Clerks write lists with - and with –; folding drops only the first. */
static const char *without_dash(const char *folded) {
    static const char *const dashes[] = {"–", "—", "+", "*", "•"};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (starts(folded, dashes[i]))
            return folded + strlen(dashes[i]) + strspn(folded + strlen(dashes[i]), " ");
    return folded;
}

static char *plain_spaces(struct pool *pool, const char *s, size_t n) {
    char *copy = pool_alloc(pool, n + 1), *to = copy;
    for (size_t i = 0; i < n; i++) {
        bool hard = i + 1 < n && memcmp(s + i, "\xC2\xA0", 2) == 0;
        char c = hard ? ' ' : s[i];
        i += hard;
        if (c != ' ' || (to > copy && to[-1] != ' '))
            *to++ = c;
    }
    if (to > copy && to[-1] == ' ')
        to--;
    *to = '\0';
    return copy;
}

static void add_piece(struct reading *page, const char *s, size_t n) {
    size_t len;
    const char *nfc = utf8_nfc(page->pool, s, n, &len);
    const char *text = plain_spaces(page->pool, nfc, len);
    if (!*text)
        return;
    struct piece *piece = VEC_PUSH(page->pool, &page->pieces);
    piece->text = text;
    piece->folded = without_dash(utf8_fold(page->pool, text));
    piece->at = page->squashed.len;
    squash(&page->squashed, utf8_fold(page->pool, text));
}

static void cut_pieces(struct reading *page, const char *const *lines, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const char *s = lines[i];
        for (size_t len; *s; s += len + (s[len] != '\0')) {
            len = strcspn(s, "\t\n");
            add_piece(page, s, len);
        }
    }
}

/* ---- sections by their form ---- */

/* Past a number or the blank, dots or line that stand for one. */
static const char *skip_slot(const char *s) {
    while (*s && (strchr(" 0123456789._/", *s) || starts(s, "…")))
        s++, s += strspn(s, "\x80\xA6");
    return s;
}

/* "<place>, ngày .. tháng .. năm ....", nothing after it. `*blank`: day, month or year is open. */
static bool is_date_line(const char *folded, bool *blank) {
    const char *comma = strstr(folded, ", ngay"), *s;
    if (!comma || comma == folded)
        return false;
    const char *day = comma + 6;
    s = skip_slot(day);
    if (!starts(s, "thang"))
        return false;
    const char *month = s + 5;
    s = skip_slot(month);
    if (!starts(s, "nam"))
        return false;
    const char *year = s + 3;
    *blank = !isdigit((unsigned char)day[strspn(day, " ")]) ||
             !isdigit((unsigned char)month[strspn(month, " ")]) ||
             !isdigit((unsigned char)year[strspn(year, " ")]);
    return *skip_slot(year) == '\0';
}

static void found_at(struct reading *page, enum section section, size_t i) {
    if (page->found[section] == NOT_FOUND)
        page->found[section] = (long)i;
}

static void blank_slot(struct reading *page, enum section section) {
    if (page->final && page->profile->required[section])
        diag_add(page->diag, TEXT_SLOT_BLANK, page->where, section_name(section), NULL);
}

static void look_for_heading(struct reading *page, size_t i) {
    const struct piece *piece = &page->pieces.at[i];
    if (page->found[SECTION_QUOC_HIEU] == NOT_FOUND &&
        strstr(piece->folded, "cong hoa xa hoi chu nghia viet nam"))
        found_at(page, SECTION_QUOC_HIEU, i);
    if (page->found[SECTION_TIEU_NGU] == NOT_FOUND &&
        strstr(piece->folded, "doc lap tu do hanh phuc"))
        found_at(page, SECTION_TIEU_NGU, i);
}

static void look_for_number(struct reading *page, size_t i) {
    const char *rest = after_label(page->pieces.at[i].folded, "so");
    if (!rest || page->found[SECTION_SO_KY_HIEU] != NOT_FOUND)
        return;
    const char *slash = strchr(rest, '/');
    if (!slash || !slash[1 + strspn(slash + 1, " ")])
        return;
    found_at(page, SECTION_SO_KY_HIEU, i);
    if (!isdigit((unsigned char)*rest))
        blank_slot(page, SECTION_SO_KY_HIEU);
}

static void look_for_labels(struct reading *page, size_t i) {
    const char *folded = page->pieces.at[i].folded;
    bool blank;
    if (page->found[SECTION_DIA_DANH_NGAY] == NOT_FOUND && is_date_line(folded, &blank)) {
        found_at(page, SECTION_DIA_DANH_NGAY, i);
        if (blank)
            blank_slot(page, SECTION_DIA_DANH_NGAY);
    }
    if ((starts(folded, "v/v") && folded[3 + strspn(folded + 3, " :.")]) ||
        starts(folded, "ve viec "))
        found_at(page, SECTION_TRICH_YEU, i);
    const char *to = after_label(folded, "kinh gui");
    if (to && (*to || i + 1 < page->pieces.n))
        found_at(page, SECTION_KINH_GUI, i);
    const char *copies = after_label(folded, "noi nhan");
    if (copies && (*copies || i + 1 < page->pieces.n))
        found_at(page, SECTION_NOI_NHAN, i);
    const char *kept = after_label(folded, "luu");
    if (kept && *kept)
        found_at(page, SECTION_LUU, i);
}

/* ---- sections without a fixed form, when only the text is known ---- */

static bool has_letter(const char *s) {
    for (; *s; s++)
        if (isalpha((unsigned char)*s) || (unsigned char)*s >= 0x80)
            return true;
    return false;
}

static bool is_upper(struct pool *pool, const char *s) {
    return has_letter(s) && strcmp(utf8_upper(pool, s), s) == 0;
}

static size_t count_words(const char *s) {
    size_t n = 0;
    for (s += strspn(s, " "); *s; s += strspn(s, " "), n++)
        s += strcspn(s, " ");
    return n;
}

/* "Vũ Hòa Bình": two to six words, each with a capital, no sign at the end. */
static bool is_name(struct pool *pool, const char *s) {
    size_t words = count_words(s);
    if (words < 2 || words > 6 || is_upper(pool, s) || strpbrk(s, ":;/0123456789"))
        return false;
    for (const char *p = s; *p; p += strspn(p, " ")) {
        const char *first = p;
        uint32_t cp = utf8_next(&p, p + strlen(p));
        if (cp == '-' || utf8_upper_char(cp) != cp)
            return false;
        p = first + strcspn(first, " ");
    }
    return s[strlen(s) - 1] != '.' && s[strlen(s) - 1] != ',';
}

/* Index of the first piece below the heading. */
static size_t below_heading(const struct reading *page) {
    static const enum section heads[] = {SECTION_QUOC_HIEU,  SECTION_TIEU_NGU,
                                         SECTION_SO_KY_HIEU, SECTION_DIA_DANH_NGAY,
                                         SECTION_TRICH_YEU,  SECTION_KINH_GUI};
    long last = NOT_FOUND;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (page->found[heads[i]] > last)
            last = page->found[heads[i]];
    return (size_t)(last + 1);
}

/* Some line above the number that is neither the State's name nor its motto, nor the date. */
static void look_for_agency(struct reading *page) {
    long end = page->found[SECTION_SO_KY_HIEU];
    size_t n = end == NOT_FOUND ? below_heading(page) : (size_t)end;
    for (size_t i = 0; i < n; i++) {
        bool other =
            (long)i == page->found[SECTION_QUOC_HIEU] || (long)i == page->found[SECTION_TIEU_NGU] ||
            (long)i == page->found[SECTION_DIA_DANH_NGAY] ||
            (long)i == page->found[SECTION_TRICH_YEU] || (long)i == page->found[SECTION_KINH_GUI];
        if (!other && has_letter(page->pieces.at[i].text))
            found_at(page, SECTION_CO_QUAN, i);
    }
}

/* A sentence below the heading and its recipients, above "Nơi nhận". */
static void look_for_body(struct reading *page) {
    enum { SENTENCE = 5 };
    size_t i = below_heading(page), end = page->pieces.n;
    long copies = page->found[SECTION_NOI_NHAN];
    if (copies != NOT_FOUND && (size_t)copies >= i)
        end = (size_t)copies;
    bool list = page->found[SECTION_KINH_GUI] + 1 == (long)i && i > 0 &&
                !*after_label(page->pieces.at[i - 1].folded, "kinh gui");
    while (list && i < end &&
           (starts(page->pieces.at[i].text, "-") || starts(page->pieces.at[i].text, "–")))
        i++;
    for (; i < end; i++) {
        const char *text = page->pieces.at[i].text;
        if (count_words(text) >= SENTENCE && !is_upper(page->pool, text))
            found_at(page, SECTION_NOI_DUNG, i);
    }
}

/* A line of capitals (or with KT., TL. ...) and, below it, a name. */
static void look_for_signer(struct reading *page) {
    bool position = false;
    for (size_t i = below_heading(page); i < page->pieces.n; i++) {
        const struct piece *piece = &page->pieces.at[i];
        bool power = starts(piece->folded, "kt.") || starts(piece->folded, "tl.") ||
                     starts(piece->folded, "tm.") || starts(piece->folded, "tuq.") ||
                     starts(piece->folded, "q.");
        if (power || (is_upper(page->pool, piece->text) && count_words(piece->text) >= 2))
            position = true;
        else if (position && is_name(page->pool, piece->text))
            found_at(page, SECTION_NGUOI_KY, i);
    }
}

/* The type's name is a line of its own; the subject, which has no form of its own here, follows. */
static void look_for_type(struct reading *page, size_t i) {
    const struct piece *piece = &page->pieces.at[i];
    if (page->profile->required[SECTION_TEN_LOAI] && page->found[SECTION_TEN_LOAI] == NOT_FOUND &&
        strcmp(piece->text, page->profile->printed) == 0) {
        found_at(page, SECTION_TEN_LOAI, i);
        if (i + 1 < page->pieces.n)
            found_at(page, SECTION_TRICH_YEU, i + 1);
    }
    if (starts(piece->folded, "can cu "))
        found_at(page, SECTION_CAN_CU, i);
    if (starts(piece->folded, "dieu 1."))
        found_at(page, SECTION_DIEU, i);
}

static void recognise(struct reading *page) {
    for (size_t i = 0; i < SECTIONS; i++)
        page->found[i] = NOT_FOUND;
    for (size_t i = 0; i < page->pieces.n; i++) {
        look_for_heading(page, i);
        look_for_number(page, i);
        look_for_labels(page, i);
        look_for_type(page, i);
    }
    look_for_agency(page);
    look_for_body(page);
    look_for_signer(page);
}

/* With the dispatch at hand its own words are looked for, not the shape of words. */
static bool judged_by_value(const struct reading *page, enum section section) {
    return page->dispatch && (section == SECTION_CO_QUAN || section == SECTION_NOI_DUNG ||
                              section == SECTION_NGUOI_KY);
}

static void report_missing(struct reading *page) {
    for (int i = 0; i < SECTIONS; i++)
        if (page->profile->required[i] && page->found[i] == NOT_FOUND &&
            !judged_by_value(page, (enum section)i))
            diag_add(page->diag, TEXT_SECTION_MISSING, page->where, section_name((enum section)i),
                     NULL);
}

/* ---- the dispatch's own values ---- */

struct region {
    size_t from, to; /* of page.squashed */
};

/* Where `value` stands in the region; false if nowhere. Then region->from is past it, so that the
 * next value of a list is looked for further on. */
static bool find(struct reading *page, const char *value, struct region *region, size_t *start) {
    struct buf wanted = {0};
    squash(&wanted, utf8_fold(page->pool, value));
    const char *text = buf_text(&page->squashed);
    const char *at =
        memmem(text + region->from, region->to - region->from, buf_text(&wanted), wanted.len);
    if (at) {
        *start = (size_t)(at - text);
        region->from = *start + wanted.len;
    }
    buf_free(&wanted);
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
    long from = page->found[SECTION_KINH_GUI];
    struct region region = {from == NOT_FOUND ? 0 : page->pieces.at[from].at, page->squashed.len};
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
               pool_printf(page->pool, "%s/%s", dispatch_field(d, "so")->text.s, symbol->text.s),
               &region, &start);
    if (!place || !page->profile->required[SECTION_DIA_DANH_NGAY])
        return;
    const char *date =
        dispatch_field(d, "ngay")->blank
            ? ""
            : pool_printf(page->pool, " %s tháng %s năm %s", dispatch_field(d, "ngay")->text.s,
                          dispatch_field(d, "thang")->text.s, dispatch_field(d, "nam")->text.s);
    expect(page, SECTION_DIA_DANH_NGAY, pool_printf(page->pool, "%s, ngày%s", place->text.s, date),
           &again, &start);
}

static void expect_values(struct reading *page) {
    expect_body(page);
    size_t len = page->squashed.len;
    struct region above = {0, page->body_start ? page->body_start : len};
    struct region below = {page->body_end, len};
    const struct field *many = dispatch_field(page->dispatch, "nhieu kinh gui");
    /* The agency's name stands over the number; anywhere else it is only spoken of. */
    long number = page->found[SECTION_SO_KY_HIEU];
    struct region top = {0, number == NOT_FOUND ? above.to : page->pieces.at[number].at};
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

bool check_text(const char *const *lines, size_t n, const struct dispatch *dispatch,
                const struct profile *profile, bool final, struct where where, struct diag *diag) {
    size_t errors = diag_count(diag, DIAG_ERROR);
    struct reading page = {.pool = pool_new(),
                           .diag = diag,
                           .where = where,
                           .profile = profile,
                           .dispatch = dispatch,
                           .final = final};
    cut_pieces(&page, lines, n);
    recognise(&page);
    report_missing(&page);
    if (dispatch)
        expect_values(&page);
    buf_free(&page.squashed);
    pool_free(page.pool);
    return diag_count(diag, DIAG_ERROR) == errors;
}
