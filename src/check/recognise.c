/* Which element of the decree a document's line is.
 *
 * First the elements with a form of their own are found wherever they stand (the State's name,
 * "Số:", "Kính gửi:", "Nơi nhận:" ...); they fix where the head ends and the closing begins. What
 * has no form is told by its place between them: the agency above the number and beside the
 * State's name, the signer beside the copies, the body between head and closing. */
#include "check/judge.h"
#include "base/utf8.h"
#include "check/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct zones {
    size_t head;    /* index of the first line below the head */
    size_t closing; /* of the first line of the closing (copies, signer) */
    size_t end;     /* past the closing */
};

static bool free_line(const struct line *line) {
    return line->element == ELEMENT_OTHER;
}

/* ---- forms ---- */

static bool is_number(const char *folded) {
    enum { LONGEST = 60 };
    if (!starts_with(folded, "so") || strlen(folded) > LONGEST)
        return false;
    const char *p = folded + 2;
    bool colon = strchr(p, ':') != NULL;
    p += strspn(p, " :.");
    p += strspn(p, "0123456789");
    p += isalpha((unsigned char)*p) && p[1] == '/';
    p += strspn(p, " ._\xE2\x80\xA6\xC2\xA0");
    return p > folded + 2 && (*p == '/' || (colon && (isalnum((unsigned char)*p) || !*p)));
}

static bool is_date(const char *folded) {
    enum { MOST_WORDS = 16 };
    const char *day = find_word(folded, "ngay");
    if (!day || word_count(folded) > MOST_WORDS)
        return false;
    /* Minutes: "Thời gian: ...", "Cuộc họp kết thúc vào ...". */
    if (memchr(folded, ':', (size_t)(day - folded)) || ends_with(folded, "./."))
        return false;
    const char *month = find_word(day, "thang");
    if (month && find_word(month, "nam"))
        return day == folded || day[-1] == ' ';
    return strpbrk(day, "/-.") && strpbrk(day, "0123456789") && word_count(folded) <= 8;
}

static enum element mark_element(const char *letters) {
    static const struct {
        const char *letters;
        enum element element;
    } marks[] = {{"khan", ELEMENT_URGENCY},
                 {"thuong khan", ELEMENT_URGENCY},
                 {"hoa toc", ELEMENT_URGENCY},
                 {"mat", ELEMENT_SECRECY},
                 {"toi mat", ELEMENT_SECRECY},
                 {"tuyet mat", ELEMENT_SECRECY},
                 {"xem xong tra lai", ELEMENT_CIRCULATION},
                 {"luu hanh noi bo", ELEMENT_CIRCULATION}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strcmp(marks[i].letters, letters) == 0)
            return marks[i].element;
    return ELEMENT_OTHER;
}

static bool is_type(const struct view *view, const struct line *line, const char *letters) {
    bool centred = line->para->props->jc == JC_CENTER;
    return (all_capitals(line->text) || centred) && view_names_type(view, letters);
}

static bool is_copies(const char *folded) {
    return starts_with(folded, "noi nhan") && word_count(folded) <= 6;
}

/* The letters of the line: its first, once only short forms are left to be told by them. */
static const char *letters_for(struct view *view, const struct line *line, const bool *seen) {
    enum { SHORT = 40 };
    bool heading = seen[ELEMENT_QUOC_HIEU] && seen[ELEMENT_TIEU_NGU];
    bool type = seen[ELEMENT_TYPE] || seen[ELEMENT_TO] || seen[ELEMENT_COPIES];
    return heading && type ? letters_start(view->pool, line->folded, SHORT)
                           : letters_of(view->pool, line->folded);
}

/* An element that is told by the form of the line alone, `seen` being those found before. */
static enum element form_of(struct view *view, const struct line *line, const bool *seen) {
    const char *letters = letters_for(view, line, seen);
    bool head = !seen[ELEMENT_TO] && !seen[ELEMENT_COPIES];
    if (!seen[ELEMENT_QUOC_HIEU] && strstr(letters, "cong hoa xa hoi chu nghia viet nam"))
        return ELEMENT_QUOC_HIEU;
    if (!seen[ELEMENT_TIEU_NGU] && strstr(letters, "doc lap tu do hanh phuc"))
        return ELEMENT_TIEU_NGU;
    if (head && !seen[ELEMENT_NUMBER] && is_number(line->folded))
        return ELEMENT_NUMBER;
    if (head && !seen[ELEMENT_DATE] && is_date(line->folded))
        return ELEMENT_DATE;
    if (head && !seen[ELEMENT_TYPE] && seen[ELEMENT_QUOC_HIEU] && is_type(view, line, letters))
        return ELEMENT_TYPE;
    if (head && !seen[ELEMENT_TYPE] && !seen[ELEMENT_SUBJECT] &&
        (starts_with(line->folded, "v/v") || starts_with(line->folded, "ve viec ")))
        return ELEMENT_SUBJECT;
    if (head && starts_with(line->folded, "kinh gui"))
        return ELEMENT_TO;
    if (!seen[ELEMENT_COPIES] && is_copies(line->folded))
        return ELEMENT_COPIES;
    if (seen[ELEMENT_COPIES] && !seen[ELEMENT_KEPT] && starts_with(letters, "luu"))
        return ELEMENT_KEPT;
    return mark_element(letters);
}

/* ---- copies ---- */

/* A type without the State's name above it is what a copy is called (sao y, sao lục, trích sao). */
static bool is_copy(const struct view *view, const struct line *line) {
    static const char *const names[] = {"sao y", "sao luc", "trich sao"};
    const char *letters = letters_of(view->pool, line->folded);
    const struct doc_type *type;
    if (!all_capitals(line->text))
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(letters, names[i]) == 0)
            return true;
    if (view->types)
        VEC_EACH (type, &view->types->at)
            if (!type->profile->required[SECTION_QUOC_HIEU] &&
                profile_shown_by(type->profile, letters))
                return true;
    return false;
}

/* The block of a copy stands below the original, which is another document. */
static void find_copy(struct view *view) {
    enum { LONGEST = 60 };
    size_t i = view->lines.n;
    while (i > 0 &&
           !(free_line(&view->lines.at[i - 1]) && strlen(view->lines.at[i - 1].text) <= LONGEST &&
             is_copy(view, &view->lines.at[i - 1])))
        i--;
    if (!i)
        return;
    struct line *type = &view->lines.at[--i];
    type->element = ELEMENT_TYPE;
    while (i > 0 && (type->table ? view->lines.at[i - 1].table == type->table
                                 : view->lines.at[i - 1].para == type->para))
        i--;
    while (i-- > 0)
        if (free_line(&view->lines.at[i]))
            view->lines.at[i].element = ELEMENT_ORIGINAL;
}

static void find_forms(struct view *view) {
    bool seen[ELEMENTS] = {[ELEMENT_TYPE] = view_first(view, ELEMENT_TYPE) != NULL};
    struct line *line;
    VEC_EACH (line, &view->lines) {
        if (!free_line(line))
            continue;
        line->element = form_of(view, line, seen);
        seen[line->element] = true;
    }
}

/* ---- the head ---- */

static bool has_dash(const char *text) {
    return starts_with(text, "-") || starts_with(text, "–") || starts_with(text, "+") ||
           starts_with(text, "—");
}

/* Further lines of an element: of the same paragraph or cell, in the same look. */
static bool goes_on(const struct line *line, const struct line *next) {
    if (!free_line(next) || line->table != next->table || line->row != next->row ||
        line->cell != next->cell || line->column != next->column)
        return false;
    if (!next->opens)
        return true;
    return line->para->props->jc == JC_CENTER && next->para->props->jc == JC_CENTER &&
           line->look.bold == next->look.bold &&
           all_capitals(next->text) == all_capitals(line->text);
}

static void extend(struct view *view, enum element element) {
    for (size_t i = 0; i + 1 < view->lines.n; i++)
        if (view->lines.at[i].element == element &&
            goes_on(&view->lines.at[i], &view->lines.at[i + 1]))
            view->lines.at[i + 1].element = element;
}

/* Below the title, centred: who decides or resolves, in capitals, or who sends, invites,
 * introduces, with a colon. */
static bool is_issuer(const struct line *line, bool titled) {
    if (ends_with(line->folded, " dien:"))
        return true;
    return line->para->props->jc == JC_CENTER &&
           (ends_with(line->text, ":") || (titled && all_capitals(line->text)));
}

/* The receivers of a telegram stand in a list below who sends it. */
static void find_telegram(struct view *view, size_t issuer) {
    if (!ends_with(view->lines.at[issuer].folded, "dien:"))
        return;
    for (size_t i = issuer + 1; i < view->lines.n; i++) {
        if (!free_line(&view->lines.at[i]) || !has_dash(view->lines.at[i].text))
            return;
        view->lines.at[i].element = ELEMENT_TO_ITEM;
    }
}

/* Below a people's council stands its term and session: "KHÓA II, KỲ HỌP THỨ TƯ". */
static void find_session(struct view *view, size_t issuer) {
    struct line *next = issuer + 1 < view->lines.n ? &view->lines.at[issuer + 1] : NULL;
    if (next && free_line(next) && next->para->props->jc == JC_CENTER &&
        starts_with(next->folded, "khoa ") && all_capitals(next->text))
        next->element = ELEMENT_ISSUER;
}

/* The subject of a named type: below the type, centred or bold, before the text begins. */
static void find_title(struct view *view) {
    const struct line *type = view_first(view, ELEMENT_TYPE);
    if (!type)
        return;
    for (size_t i = view_index(view, type) + 1; i < view->lines.n; i++) {
        struct line *line = &view->lines.at[i];
        bool heading = line->para->props->jc == JC_CENTER || line->look.bold == SHARE_ALL;
        heading |= ends_with(line->folded, " dien:");
        if (!free_line(line) || !heading || line->table != type->table ||
            starts_with(line->folded, "can cu") || heading_of(line) != HEADING_NONE)
            return;
        bool titled = line[-1].element == ELEMENT_TITLE && !all_capitals(line[-1].text);
        if (is_issuer(line, titled)) {
            line->element = ELEMENT_ISSUER;
            find_telegram(view, i);
            find_session(view, i);
            return;
        }
        line->element =
            starts_with(line->folded, "(kem theo") ? ELEMENT_APPENDIX_REF : ELEMENT_TITLE;
    }
}

static size_t last_of(const struct view *view, enum element element) {
    for (size_t i = view->lines.n; i > 0; i--)
        if (view->lines.at[i - 1].element == element)
            return i;
    return 0;
}

static size_t head_end(const struct view *view) {
    static const enum element heads[] = {ELEMENT_QUOC_HIEU, ELEMENT_TIEU_NGU, ELEMENT_NUMBER,
                                         ELEMENT_DATE,      ELEMENT_TYPE,     ELEMENT_TITLE,
                                         ELEMENT_SUBJECT,   ELEMENT_TO,       ELEMENT_ISSUER};
    size_t end = 0;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (last_of(view, heads[i]) > end)
            end = last_of(view, heads[i]);
    return end;
}

/* A line that opens a body of its own, so that what stands above it is the governing one. */
static bool opens_agency(const char *folded) {
    static const char *const words[] = {"bo ",
                                        "so ",
                                        "cuc ",
                                        "chi cuc ",
                                        "tong cuc ",
                                        "phong ",
                                        "truong ",
                                        "ban ",
                                        "trung tam ",
                                        "van phong ",
                                        "thanh tra ",
                                        "vien ",
                                        "benh vien ",
                                        "vu ",
                                        "uy ban nhan dan",
                                        "hoi dong nhan dan",
                                        "ubnd ",
                                        "hdnd ",
                                        "cong ty ",
                                        "kho bac ",
                                        "bao hiem ",
                                        "cong an ",
                                        "tram ",
                                        "dai ",
                                        "thu vien "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (starts_with(folded, words[i]) || strcmp(folded, words[i]) == 0)
            return true;
    return false;
}

/* Of the lines from..to (all of the left head), which name the issuing body. Boldness tells where
 * it differs; else the last line that opens a body does. */
static void split_agency(struct view *view, const size_t *at, size_t n) {
    size_t own = 0;
    bool plain = false, bold = false;
    for (size_t i = 0; i < n; i++) {
        bool is_bold = view->lines.at[at[i]].look.bold == SHARE_ALL;
        plain |= !is_bold;
        bold |= is_bold;
    }
    for (size_t i = 0; i < n; i++)
        if (plain && bold && view->lines.at[at[i]].look.bold == SHARE_ALL) {
            own = i;
            break;
        } else if (!(plain && bold) && opens_agency(view->lines.at[at[i]].folded)) {
            own = i;
        }
    for (size_t i = 0; i < n; i++)
        view->lines.at[at[i]].element = i < own ? ELEMENT_GOVERNING : ELEMENT_AGENCY;
}

static void find_agency(struct view *view, size_t end) {
    enum { MOST = 12 };
    const struct line *number = view_first(view, ELEMENT_NUMBER);
    const struct line *name = view_first(view, ELEMENT_QUOC_HIEU);
    int other = name && name->column == 0 ? 0 : 1;
    size_t at[MOST] = {0}, n = 0;
    if (!number) /* thư công */
        number = view_first(view, ELEMENT_DATE);
    for (size_t i = 0; i < (number ? view_index(view, number) : end) && n < MOST; i++) {
        const struct line *line = &view->lines.at[i];
        if (free_line(line) && line->column != other && has_letter(line->text))
            at[n++] = i;
    }
    split_agency(view, at, n);
}

/* ---- recipients ---- */

/* Below or beside "Kính gửi:", dashed lines; without dashes, up to the first that ends with '.'. */
static size_t find_recipients(struct view *view, size_t end) {
    enum { MOST = 40 };
    const struct line *to = view_first(view, ELEMENT_TO);
    if (!to)
        return end;
    const char *after = to->folded + strlen("kinh gui");
    bool bare = !after[strspn(after, " :.")];
    size_t i = view_index(view, to) + 1;
    bool dashes = i < view->lines.n && has_dash(view->lines.at[i].text);
    for (size_t n = 0; i < view->lines.n && n < MOST; i++, n++) {
        struct line *line = &view->lines.at[i];
        if (!free_line(line) || (dashes ? !has_dash(line->text) : !bare))
            break;
        if (!dashes && line->column < 0 && n > 0 && !ends_with(line[-1].text, ";"))
            break;
        line->element = ELEMENT_TO_ITEM;
        if (!dashes && ends_with(line->text, "."))
            return i + 1;
    }
    return i > end ? i : end;
}

/* ---- the closing ---- */

static bool is_power(const char *text) {
    static const char *const words[] = {"TM", "KT", "TL", "TUQ", "Q", "T/M", "K/T", "T/L", "QUYỀN"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *rest = text + strlen(words[i]);
        if (starts_with(text, words[i]) && (*rest == '.' || *rest == ' '))
            return true;
    }
    return false;
}

/* "Vũ Hòa Bình": two to six words, each with a capital, no sign at the end. A title before it
 * ("TS. Vũ Hòa Bình") is for a rule to find. */
static bool is_name(const char *text) {
    size_t words = word_count(text);
    if (words < 2 || words > 7 || strpbrk(text, ":;/0123456789()"))
        return false;
    size_t capitals = 0;
    for (const char *p = text; *p; p += strspn(p, " ")) {
        capitals += is_capital(first_char(p));
        p += strcspn(p, " ");
    }
    return capitals + 1 >= words && !ends_with(text, ".") && !ends_with(text, ",");
}

/* The lines of a signer, top to bottom: authority, position, and last the name. */
static void mark_signer(struct view *view, const size_t *at, size_t n) {
    size_t name = n;
    while (name > 0 && !(name > 1 && is_name(view->lines.at[at[name - 1]].text)))
        name--;
    bool power = false;
    for (size_t i = 0; i < n; i++) {
        struct line *line = &view->lines.at[at[i]];
        if (i + 1 == name) {
            line->element = ELEMENT_NAME;
            return;
        }
        if (starts_with(line->text, "("))
            continue;
        /* Several sign below each other: a name stands above the next one's position. */
        if (i > 0 && is_name(line->text) && !all_capitals(line->text) && i + 2 < name &&
            all_capitals(view->lines.at[at[i + 1]].text)) {
            line->element = ELEMENT_NAME;
            continue;
        }
        power = is_power(line->text);
        line->element = power ? ELEMENT_AUTHORITY : ELEMENT_POSITION;
    }
}

static bool same_cell(const struct line *a, const struct line *b) {
    return a->table == b->table && a->row == b->row && a->cell == b->cell;
}

/* Several sign side by side, each in a cell. */
static void mark_signers(struct view *view, const size_t *at, size_t n) {
    for (size_t i = 0, to; i < n; i = to) {
        for (to = i + 1; to < n && same_cell(&view->lines.at[at[i]], &view->lines.at[at[to]]);)
            to++;
        mark_signer(view, at + i, to - i);
    }
}

/* Beside the copies: the other cell of their table, or the other half of a tabbed line. */
static size_t find_signer_beside(struct view *view, const struct line *copies, size_t first) {
    enum { MOST = 24 };
    size_t at[MOST] = {0}, n = 0, last = 0;
    for (size_t i = first; i < view->lines.n && n < MOST; i++) {
        const struct line *line = &view->lines.at[i];
        bool beside = copies->table ? line->table == copies->table && line->cell != copies->cell
                                    : !line->table && line->column == 1;
        if (free_line(line) && beside)
            at[n++] = last = i;
    }
    mark_signers(view, at, n);
    return n ? last + 1 : 0;
}

/* A line of capitals, and a name right below; the lines from `i` that are. 0: none. */
static size_t signer_at(struct view *view, size_t i) {
    enum { MOST = 8 };
    size_t at[MOST] = {0}, n = 0;
    for (size_t k = i; k < view->lines.n && n < MOST && free_line(&view->lines.at[k]) &&
                       same_cell(&view->lines.at[i], &view->lines.at[k]);
         k++) {
        at[n++] = k;
        if (!all_capitals(view->lines.at[k].text))
            break;
    }
    const char *last = n > 1 ? view->lines.at[at[n - 1]].text : "";
    if (n < 2 || all_capitals(last) || !is_name(last) || word_count(view->lines.at[i].text) < 2)
        return 0;
    mark_signer(view, at, n);
    return n;
}

/* Without copies beside it; others may sign in the cells that follow. Returns the first line. */
static size_t find_signer_alone(struct view *view, size_t first) {
    for (size_t i = first; i < view->lines.n; i++) {
        size_t n = signer_at(view, i);
        if (!n)
            continue;
        const struct line *line = &view->lines.at[i];
        for (size_t k = i + n;
             line->table && k < view->lines.n && n && view->lines.at[k].table == line->table;
             k += n)
            n = signer_at(view, k);
        return i;
    }
    return view->lines.n;
}

static void find_copies(struct view *view, const struct line *copies) {
    for (size_t i = view_index(view, copies) + 1; i < view->lines.n; i++) {
        struct line *line = &view->lines.at[i];
        bool same = copies->table ? line->table == copies->table && line->cell == copies->cell
                                  : line->column != 1;
        if (!same && copies->table && line->table != copies->table)
            return;
        if (line->element == ELEMENT_KEPT)
            return;
        if (!same || !free_line(line))
            continue;
        if (!copies->table && !has_dash(line->text))
            return;
        line->element = ELEMENT_COPIES_ITEM;
    }
}

static bool is_appendix(struct pool *pool, const struct line *line) {
    const char *letters = letters_of(pool, line->folded);
    if (!starts_with(letters, "phu luc") || word_count(letters) > 3 || line->table)
        return false;
    const char *text = line->text;
    return is_capital(first_char(text)) && !strpbrk(text, ";,");
}

static void find_appendices(struct view *view, size_t first) {
    bool inside = false, titled = false;
    for (size_t i = first; i < view->lines.n; i++) {
        struct line *line = &view->lines.at[i];
        if (!free_line(line))
            continue;
        if (is_appendix(view->pool, line)) {
            line->element = ELEMENT_APPENDIX;
            inside = true;
            titled = false;
        } else if (inside && !titled && starts_with(line->folded, "(kem theo")) {
            line->element = ELEMENT_APPENDIX_REF;
            titled = true;
        } else if (inside && !titled && line->para->props->jc == JC_CENTER && !line->table) {
            line->element = ELEMENT_APPENDIX_TITLE;
        } else if (inside) {
            line->element = ELEMENT_APPENDIX_BODY;
            titled = true;
        }
    }
}

/* ---- the whole ---- */

static void find_closing(struct view *view, struct zones *zones) {
    const struct line *copies = view_first(view, ELEMENT_COPIES);
    size_t beside = 0, alone = view->lines.n;
    if (copies && view_index(view, copies) >= zones->head) {
        find_copies(view, copies);
        size_t first = view_index(view, copies);
        beside = find_signer_beside(view, copies, zones->head);
        zones->closing = first;
        zones->end = beside > last_of(view, ELEMENT_KEPT) ? beside : last_of(view, ELEMENT_KEPT);
        if (zones->end < first + 1)
            zones->end = first + 1;
    } else {
        zones->closing = zones->end = view->lines.n;
    }
    if (!view_first(view, ELEMENT_NAME)) {
        alone = find_signer_alone(view, zones->head);
        if (alone < zones->closing)
            zones->closing = alone;
    }
    const struct line *signer = view_first(view, ELEMENT_AUTHORITY);
    if (!signer)
        signer = view_first(view, ELEMENT_POSITION);
    if (signer && view_index(view, signer) < zones->closing)
        zones->closing = view_index(view, signer);
    if (last_of(view, ELEMENT_NAME) > zones->end || zones->end == view->lines.n)
        zones->end = last_of(view, ELEMENT_NAME) ? last_of(view, ELEMENT_NAME) : view->lines.n;
}

static void find_body(struct view *view, const struct zones *zones) {
    for (size_t i = zones->head; i < zones->closing; i++) {
        struct line *line = &view->lines.at[i];
        if (free_line(line))
            line->element = line->table ? ELEMENT_CELL : ELEMENT_BODY;
    }
}

static bool is_address(const char *folded) {
    return strstr(folded, "dien thoai") || strstr(folded, "email") || strstr(folded, "e-mail") ||
           strstr(folded, "website") || starts_with(folded, "dia chi") || strstr(folded, "fax") ||
           starts_with(folded, "dt:");
}

static void find_address(struct view *view) {
    struct line *line;
    VEC_EACH (line, &view->lines)
        if ((line->element == ELEMENT_FOOTER && line->first_page && !line->has_number) ||
            (line->element == ELEMENT_OTHER && is_address(line->folded)))
            line->element = ELEMENT_ADDRESS;
}

/* ---- the type ---- */

/* Sections the profile requires that are not there. */
static size_t lacking(const struct view *view, const struct profile *profile) {
    size_t n = 0;
    for (int i = 0; i < SECTIONS; i++)
        n += profile->required[i] && !view_section(view, (enum section)i);
    return n;
}

/* Of the types that the document's lines show it to be, the one of which the least is missing: what
 * is issued with a decision bears the name of a type, and has no number of its own. */
static const struct profile *shown_profile(const struct view *view) {
    const struct profile *best = NULL;
    const enum element elements[] = {ELEMENT_TYPE, ELEMENT_APPENDIX_REF};
    /* The appendices of a công văn go with it; it has a subject of its own. */
    size_t most = view_first(view, ELEMENT_SUBJECT) ? 1 : 2;
    for (size_t i = 0; view->types && i < most; i++) {
        const struct line *line = view_first(view, elements[i]);
        const struct doc_type *type;
        const char *letters = line ? letters_of(view->pool, line->folded) : "";
        VEC_EACH (type, &view->types->at)
            if (profile_shown_by(type->profile, letters) &&
                (!best || lacking(view, type->profile) < lacking(view, best)))
                best = type->profile;
    }
    return best;
}

static const struct profile *profile_named(const struct view *view, const char *folded) {
    const struct doc_type *type;
    if (view->types && folded)
        VEC_EACH (type, &view->types->at)
            if (strcmp(utf8_fold(view->pool, type->profile->name), folded) == 0)
                return type->profile;
    return NULL;
}

/* Of the symbol (Appendix III); NULL: it names no type. */
static const char *type_of_symbol(const struct view *view) {
    const struct line *number = view_first(view, ELEMENT_NUMBER);
    const char *slash = number ? strchr(number->text, '/') : NULL;
    size_t n = slash ? strcspn(slash + 1, "-") : 0;
    const struct type_row *row =
        slash ? type_by_abbreviation(pool_strndup(view->pool, slash + 1, n)) : NULL;
    return row ? row->folded : NULL;
}

/* Of the type's own line; else of what only a công văn has; else of the symbol. */
static void find_type(struct view *view) {
    const struct line *type = view_first(view, ELEMENT_TYPE);
    view->profile = shown_profile(view);
    if (view->profile)
        view->type = utf8_fold(view->pool, view->profile->name);
    else if (type)
        view->type = letters_of(view->pool, type->folded);
    else if (view_first(view, ELEMENT_SUBJECT))
        view->type = "cong van";
    else
        view->type = type_of_symbol(view);
    if (!view->type && view_first(view, ELEMENT_TO))
        view->type = "cong van";
    if (!view->profile)
        view->profile = profile_named(view, view->type);
}

/* What it was merged from tells more than its looks. */
static void take_type(struct view *view) {
    view->type = utf8_fold(view->pool, view->dispatch->type);
    view->profile = view->types && view->types->at.n ? view->types->at.at[0].profile : NULL;
}

/* An appendix in a file of its own opens with its label. */
static bool find_appendix_alone(struct view *view) {
    size_t i = 0;
    while (i < view->lines.n && !(free_line(&view->lines.at[i]) && view->lines.at[i].para))
        i++;
    if (i == view->lines.n || !is_appendix(view->pool, &view->lines.at[i]))
        return false;
    find_appendices(view, i);
    view->type = "phu luc";
    return true;
}

void recognise(struct view *view) {
    struct zones zones = {0};
    if (find_appendix_alone(view))
        return;
    find_copy(view);
    find_forms(view);
    find_title(view);
    extend(view, ELEMENT_SUBJECT);
    zones.head = head_end(view);
    find_agency(view, zones.head);
    zones.head = find_recipients(view, zones.head);
    find_closing(view, &zones);
    find_body(view, &zones);
    find_appendices(view, zones.end);
    find_address(view);
    if (view->dispatch)
        take_type(view);
    else
        find_type(view);
}

/* ---- căn cứ, and the date ---- */

static bool is_basis(const char *folded) {
    return starts_with(folded, "can cu ") || starts_with(folded, "theo de nghi ") ||
           starts_with(folded, "xet de nghi ") || starts_with(folded, "xet to trinh ") ||
           starts_with(folded, "theo to trinh ");
}

/* The run of such lines that opens the body: of a named type always; in a công văn "Căn cứ ..."
 * may open an ordinary sentence, so there one line must end as they do. */
static void find_basis(struct view *view) {
    const struct line *body = view_first(view, ELEMENT_BODY);
    if (!body)
        return;
    size_t first = view_index(view, body), end = first;
    bool listed = view_named(view);
    for (; end < view->lines.n && view->lines.at[end].element == ELEMENT_BODY &&
           is_basis(view->lines.at[end].folded);
         end++)
        listed |= ends_with(view->lines.at[end].text, ";");
    for (size_t i = first; listed && i < end; i++)
        view->lines.at[i].element = ELEMENT_BASIS;
}

static int number_in(const char *s) {
    s += strcspn(s, "0123456789");
    return isdigit((unsigned char)*s) ? atoi(s) : 0;
}

static void find_date(struct view *view) {
    const struct line *line = view_first(view, ELEMENT_DATE);
    const char *day = line ? find_word(line->folded, "ngay") : NULL;
    const char *month = day ? find_word(day, "thang") : NULL;
    const char *year = month ? find_word(month, "nam") : NULL;
    if (!year)
        return;
    view->date.day = number_in(pool_strndup(view->pool, day, (size_t)(month - day)));
    view->date.month = number_in(pool_strndup(view->pool, month, (size_t)(year - month)));
    view->date.year = number_in(year);
}

void recognise_body(struct view *view) {
    find_basis(view);
    find_date(view);
}
