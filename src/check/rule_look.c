/* How elements look: sizes, styles, alignment (PL I, Mục II and the table of Mục V). One function
 * a kind of question; what it asks of which element is a table. */
#include "check/judge.h"

#include <string.h>

/* ---- sizes ---- */

struct size_row {
    enum rule_code code;
    enum element element, also;
    mpt least, most;
};

static const struct size_row sizes[] = {
    {QUOC_HIEU_SIZE, ELEMENT_QUOC_HIEU, ELEMENTS, 12000, 13000},
    {TIEU_NGU_SIZE, ELEMENT_TIEU_NGU, ELEMENTS, 13000, 14000},
    {GOVERNING_SIZE, ELEMENT_GOVERNING, ELEMENTS, 12000, 13000},
    {AGENCY_SIZE, ELEMENT_AGENCY, ELEMENTS, 12000, 13000},
    {NUMBER_SIZE, ELEMENT_NUMBER, ELEMENTS, 13000, 13000},
    {DATE_SIZE, ELEMENT_DATE, ELEMENTS, 13000, 14000},
    {TYPE_SIZE, ELEMENT_TYPE, ELEMENTS, 13000, 14000},
    {TITLE_SIZE, ELEMENT_TITLE, ELEMENTS, 13000, 14000},
    {SUBJECT_SIZE, ELEMENT_SUBJECT, ELEMENTS, 12000, 13000},
    {TO_SIZE, ELEMENT_TO, ELEMENT_TO_ITEM, 13000, 14000},
    {BASIS_SIZE, ELEMENT_BASIS, ELEMENTS, 13000, 14000},
    {BODY_SIZE, ELEMENT_BODY, ELEMENTS, 13000, 14000},
    {SIGN_SIZE, ELEMENT_AUTHORITY, ELEMENT_POSITION, 13000, 14000},
    {NAME_SIZE, ELEMENT_NAME, ELEMENTS, 13000, 14000},
    {COPIES_LABEL_SIZE, ELEMENT_COPIES, ELEMENTS, 12000, 12000},
    {COPIES_SIZE, ELEMENT_COPIES_ITEM, ELEMENT_KEPT, 11000, 11000},
    {URGENCY_SIZE, ELEMENT_URGENCY, ELEMENTS, 13000, 14000},
    {CIRCULATION_SIZE, ELEMENT_CIRCULATION, ELEMENTS, 13000, 14000},
    {ADDRESS_SIZE, ELEMENT_ADDRESS, ELEMENTS, 11000, 12000},
    {APPENDIX_SIZE, ELEMENT_APPENDIX, ELEMENTS, 14000, 14000},
    {APPENDIX_TITLE_SIZE, ELEMENT_APPENDIX_TITLE, ELEMENTS, 13000, 14000},
    {APPENDIX_REF_SIZE, ELEMENT_APPENDIX_REF, ELEMENTS, 13000, 14000},
};

static const char *size_words(const struct judge *judge, const struct look *look) {
    if (look->smallest == look->largest)
        return in_points(judge, look->largest);
    return pool_printf(judge->view->pool, "%s-%s", in_points(judge, look->smallest),
                       in_points(judge, look->largest));
}

/* The size to mend to: in the body the one its other paragraphs have. */
static mpt mended_size(const struct judge *judge, const struct size_row *row,
                       const struct look *look) {
    const struct line *line;
    bool text = row->element == ELEMENT_BODY || row->element == ELEMENT_BASIS;
    if (text)
        VEC_EACH (line, &judge->view->lines)
            if (line->element == ELEMENT_BODY && line->look.smallest >= row->least &&
                line->look.largest <= row->most)
                return line->look.smallest;
    return look->smallest < row->least ? row->least : row->most;
}

static void check_sizes(struct judge *judge, const struct size_row *row, enum element element) {
    const struct line *line;
    EACH_OF(line, judge, element) {
        const struct look *look = &line->look;
        if (look->smallest >= row->least && look->largest <= row->most)
            continue;
        found(judge, line, size_words(judge, look), NULL);
        mend_look(judge, line, MEND_SIZE, mended_size(judge, row, look));
    }
}

void judge_size(struct judge *judge) {
    const struct size_row *row = sizes;
    while (row->code != judge->code)
        row++;
    check_sizes(judge, row, row->element);
    if (row->also != ELEMENTS)
        check_sizes(judge, row, row->also);
}

/* ---- bold and italic ---- */

struct style_row {
    enum rule_code code;
    enum element element, also;
    bool bold, italic;
};

static const struct style_row styles[] = {
    {QUOC_HIEU_STYLE, ELEMENT_QUOC_HIEU, ELEMENTS, true, false},
    {TIEU_NGU_STYLE, ELEMENT_TIEU_NGU, ELEMENTS, true, false},
    {GOVERNING_STYLE, ELEMENT_GOVERNING, ELEMENTS, false, false},
    {AGENCY_STYLE, ELEMENT_AGENCY, ELEMENTS, true, false},
    {NUMBER_STYLE, ELEMENT_NUMBER, ELEMENTS, false, false},
    {DATE_STYLE, ELEMENT_DATE, ELEMENTS, false, true},
    {TYPE_STYLE, ELEMENT_TYPE, ELEMENTS, true, false},
    {TITLE_STYLE, ELEMENT_TITLE, ELEMENTS, true, false},
    {SUBJECT_STYLE, ELEMENT_SUBJECT, ELEMENTS, false, false},
    {TO_STYLE, ELEMENT_TO, ELEMENT_TO_ITEM, false, false},
    {BASIS_STYLE, ELEMENT_BASIS, ELEMENTS, false, true},
    {SIGN_STYLE, ELEMENT_AUTHORITY, ELEMENT_POSITION, true, false},
    {NAME_STYLE, ELEMENT_NAME, ELEMENTS, true, false},
    {COPIES_LABEL_STYLE, ELEMENT_COPIES, ELEMENTS, true, true},
    {COPIES_STYLE, ELEMENT_COPIES_ITEM, ELEMENT_KEPT, false, false},
    {URGENCY_STYLE, ELEMENT_URGENCY, ELEMENTS, true, false},
    {CIRCULATION_STYLE, ELEMENT_CIRCULATION, ELEMENTS, true, false},
    {ADDRESS_STYLE, ELEMENT_ADDRESS, ELEMENTS, false, false},
    {APPENDIX_STYLE, ELEMENT_APPENDIX, ELEMENTS, true, false},
    {APPENDIX_TITLE_STYLE, ELEMENT_APPENDIX_TITLE, ELEMENTS, true, false},
    {APPENDIX_REF_STYLE, ELEMENT_APPENDIX_REF, ELEMENTS, false, true},
};

const char *style_words(const struct judge *judge, const struct line *line) {
    static const char *const words[2][2][3] = {
        {{"không đậm", "một phần đậm", "đậm"}, {"đứng", "một phần nghiêng", "nghiêng"}},
        {{"not bold", "partly bold", "bold"}, {"upright", "partly italic", "italic"}}};
    const char *const(*lang)[3] = words[diag_lang(judge->diag)];
    return pool_printf(judge->view->pool, "%s, %s", lang[1][line->look.italic],
                       lang[0][line->look.bold]);
}

/* Reports (and mends) a line that is not wholly bold, or italic, as it ought to be. */
static void check_style(struct judge *judge, const struct line *line, bool bold, bool italic) {
    bool bold_right = line->look.bold == (bold ? SHARE_ALL : SHARE_NONE);
    bool italic_right = line->look.italic == (italic ? SHARE_ALL : SHARE_NONE);
    if (bold_right && italic_right)
        return;
    found(judge, line, style_words(judge, line), NULL);
    if (!bold_right)
        mend_look(judge, line, bold ? MEND_BOLD : MEND_NOT_BOLD, 0);
    if (!italic_right)
        mend_look(judge, line, italic ? MEND_ITALIC : MEND_NOT_ITALIC, 0);
}

/* The headings of the body are lines of the body: told by their form. */
static enum heading style_heading(enum rule_code code) {
    switch (code) {
    case ARTICLE_STYLE:
        return HEADING_ARTICLE;
    case CHAPTER_STYLE:
        return HEADING_CHAPTER;
    case ROMAN_STYLE:
        return HEADING_ROMAN;
    default:
        return HEADING_NONE;
    }
}

/* Of an article without a title, number and sentence share a line: then only the number is bold. */
static bool is_bare_article(enum heading heading, const struct line *line) {
    return heading == HEADING_ARTICLE && line->look.bold == SHARE_SOME &&
           line->look.italic == SHARE_NONE;
}

void judge_style(struct judge *judge) {
    enum heading heading = style_heading(judge->code);
    const struct line *line;
    if (heading != HEADING_NONE) {
        VEC_EACH (line, &judge->view->lines)
            if (line->element == ELEMENT_BODY && body_heading(judge->view, line) == heading) {
                judge->seen = true;
                if (!is_bare_article(heading, line))
                    check_style(judge, line, true, false);
            }
        return;
    }
    const struct style_row *row = styles;
    while (row->code != judge->code)
        row++;
    EACH_OF(line, judge, row->element)
    check_style(judge, line, row->bold, row->italic);
    if (row->also != ELEMENTS)
        EACH_OF(line, judge, row->also)
    check_style(judge, line, row->bold, row->italic);
}

/* ---- alignment ---- */

struct element_row {
    enum rule_code code;
    enum element element, also;
};

static const struct element_row centred[] = {
    {QUOC_HIEU_CENTRE, ELEMENT_QUOC_HIEU, ELEMENTS},
    {TIEU_NGU_CENTRE, ELEMENT_TIEU_NGU, ELEMENTS},
    {GOVERNING_CENTRE, ELEMENT_GOVERNING, ELEMENTS},
    {AGENCY_CENTRE, ELEMENT_AGENCY, ELEMENTS},
    {NUMBER_CENTRE, ELEMENT_NUMBER, ELEMENTS},
    {DATE_CENTRE, ELEMENT_DATE, ELEMENTS},
    {TYPE_CENTRE, ELEMENT_TYPE, ELEMENTS},
    {TITLE_CENTRE, ELEMENT_TITLE, ELEMENTS},
    {SUBJECT_CENTRE, ELEMENT_SUBJECT, ELEMENTS},
    {SIGN_CENTRE, ELEMENT_AUTHORITY, ELEMENT_POSITION},
    {NAME_CENTRE, ELEMENT_NAME, ELEMENTS},
    {APPENDIX_CENTRE, ELEMENT_APPENDIX, ELEMENTS},
};

/* Lines set side by side with tabs are placed by the tab stops: not judged. */
static void check_centre(struct judge *judge, enum element element) {
    const struct view *view = judge->view;
    const struct line *line;
    VEC_EACH (line, &view->lines) {
        if (line->element != element || (line->column >= 0 && !line->table))
            continue;
        judge->seen = true;
        if (line->para->props->jc == JC_CENTER)
            continue;
        found(judge, line, NULL);
        mend_look(judge, line, MEND_CENTRE, 0);
    }
}

void judge_centre(struct judge *judge) {
    const struct line *line;
    if (judge->code == CHAPTER_CENTRE) {
        VEC_EACH (line, &judge->view->lines)
            if (line->element == ELEMENT_BODY &&
                body_heading(judge->view, line) == HEADING_CHAPTER) {
                judge->seen = true;
                if (line->para->props->jc != JC_CENTER)
                    found(judge, line, NULL);
            }
        return;
    }
    const struct element_row *row = centred;
    while (row->code != judge->code)
        row++;
    check_centre(judge, row->element);
    if (row->also != ELEMENTS)
        check_centre(judge, row->also);
}

/* ---- capitals ---- */

static void check_capitals(struct judge *judge, enum element element) {
    const struct line *line;
    EACH_OF(line, judge, element)
    if (has_letter(line->text) && !all_capitals(line->text))
        found(judge, line, NULL);
}

void judge_capitals(struct judge *judge) {
    static const struct element_row rows[] = {
        {GOVERNING_CAPITALS, ELEMENT_GOVERNING, ELEMENTS},
        {AGENCY_CAPITALS, ELEMENT_AGENCY, ELEMENTS},
        {TYPE_CAPITALS, ELEMENT_TYPE, ELEMENTS},
        {SIGN_CAPITALS, ELEMENT_AUTHORITY, ELEMENT_POSITION},
        {URGENCY_CAPITALS, ELEMENT_URGENCY, ELEMENT_SECRECY},
        {CIRCULATION_CAPITALS, ELEMENT_CIRCULATION, ELEMENTS},
        {APPENDIX_TITLE_CAPITALS, ELEMENT_APPENDIX_TITLE, ELEMENTS},
    };
    const struct element_row *row = rows;
    while (row->code != judge->code)
        row++;
    check_capitals(judge, row->element);
    if (row->also != ELEMENTS)
        check_capitals(judge, row->also);
}

/* ---- underlines ---- */

void judge_underline(struct judge *judge) {
    enum element element = judge->code == TIEU_NGU_UNDERLINE ? ELEMENT_TIEU_NGU
                           : judge->code == AGENCY_UNDERLINE ? ELEMENT_AGENCY
                                                             : ELEMENT_BODY;
    const struct line *line;
    EACH_OF(line, judge, element)
    if (line->look.underline == SHARE_ALL)
        found(judge, line, NULL);
}

/* ---- Quốc hiệu, Tiêu ngữ and the date together ---- */

static mpt size_in(const struct line *line, mpt least, mpt most) {
    bool one = line && line->look.smallest == line->look.largest;
    return one && line->look.largest >= least && line->look.largest <= most ? line->look.largest
                                                                            : 0;
}

/* Sizes out of their own range have a rule of their own. */
void judge_size_pair(struct judge *judge) {
    const struct line *name = view_first(judge->view, ELEMENT_QUOC_HIEU);
    mpt a = size_in(name, 12000, 13000);
    mpt b = size_in(view_first(judge->view, ELEMENT_TIEU_NGU), 13000, 14000);
    mpt c = size_in(view_first(judge->view, ELEMENT_DATE), 13000, 14000);
    if (!a || !b || !c)
        return;
    judge->seen = true;
    if (b != a + 1000 || c != b)
        found_at(judge, name->where, in_points(judge, a), in_points(judge, b), in_points(judge, c),
                 NULL);
}

static bool single_spaced(const struct line *line) {
    const struct para_props *props = line->para->props;
    if (props->line_rule == LINE_AUTO)
        return props->line >= 228 && props->line <= 252;
    return props->line <= line->look.largest * 4 / 3;
}

void judge_heading_spacing(struct judge *judge) {
    const struct line *name = view_first(judge->view, ELEMENT_QUOC_HIEU);
    const struct line *motto = view_first(judge->view, ELEMENT_TIEU_NGU);
    if (!name || !motto)
        return;
    judge->seen = true;
    mpt gap = name->para == motto->para ? 0 : name->para->props->after + motto->para->props->before;
    if (gap > 1000 || !single_spaced(name) || !single_spaced(motto))
        found(judge, motto, NULL);
}
