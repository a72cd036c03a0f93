/* Marks of urgency, secrecy and circulation, and appendices (PL I, Mục III). */
#include "check/judge.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static void check_words(struct judge *judge, enum element element, const char *const *words,
                        const char *shown) {
    const struct line *line;
    EACH_OF(line, judge, element) {
        const char *const *word = words;
        while (*word && strcmp(*word, line->folded) != 0)
            word++;
        if (!*word)
            found(judge, line, shown, NULL);
    }
}

/* Folding lets HOẢ and HỎA both pass. */
void judge_mark_form(struct judge *judge) {
    static const char *const urgency[] = {"khan", "thuong khan", "hoa toc", NULL};
    static const char *const secrecy[] = {"mat", "toi mat", "tuyet mat", NULL};
    check_words(judge, ELEMENT_URGENCY, urgency, "KHẨN, THƯỢNG KHẨN, HỎA TỐC");
    check_words(judge, ELEMENT_SECRECY, secrecy, "MẬT, TỐI MẬT, TUYỆT MẬT");
}

void judge_mark_box(struct judge *judge) {
    enum element mark = judge->code == URGENCY_BOX ? ELEMENT_URGENCY : ELEMENT_CIRCULATION;
    const struct line *line;
    EACH_OF(line, judge, mark) {
        const struct border *borders = line->para->props->borders;
        if (!line->boxed && !(borders[EDGE_TOP].width && borders[EDGE_BOTTOM].width))
            found(judge, line, NULL);
    }
}

/* ---- appendices ---- */

/* What follows "Phụ lục" in its label; "" for none. */
static const char *number_of(const struct line *line) {
    const char *space = strrchr(line->text, ' ');
    return space && word_count(line->text) > 2 ? space + 1 : "";
}

static size_t length_of(const char *number) {
    return strcspn(number, ".:");
}

static size_t count_labels(struct judge *judge) {
    const struct line *line;
    size_t n = 0;
    EACH_OF(line, judge, ELEMENT_APPENDIX)
    n++;
    return n;
}

void judge_appendix_case(struct judge *judge) {
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_APPENDIX)
    if (!starts_with(line->text, "Phụ lục"))
        found(judge, line, NULL);
}

void judge_appendix_roman(struct judge *judge) {
    const struct line *line;
    if (count_labels(judge) < 2) {
        judge->seen = false;
        return;
    }
    EACH_OF(line, judge, ELEMENT_APPENDIX)
    if (!roman_value(number_of(line), length_of(number_of(line))))
        found(judge, line, NULL);
}

/* Some of the dispatch's appendices are files of their own, or this is one: numbers need not begin
 * with I here. */
static bool some_are_apart(const struct judge *judge) {
    const struct view *view = judge->view;
    return check_is_appendix(view) || (view->dispatch && view->dispatch->appendices);
}

void judge_appendix_alone(struct judge *judge) {
    const struct line *line = next_of(judge, ELEMENT_APPENDIX, NULL);
    if (some_are_apart(judge))
        judge->seen = false;
    else if (line && count_labels(judge) == 1 && *number_of(line))
        found(judge, line, NULL);
}

void judge_appendix_order(struct judge *judge) {
    const struct line *line;
    int expected = 1;
    if (count_labels(judge) < 2 || some_are_apart(judge)) {
        judge->seen = false;
        return;
    }
    EACH_OF(line, judge, ELEMENT_APPENDIX) {
        const char *number = number_of(line);
        int value = roman_value(number, length_of(number));
        if (!value && strlen(number) < 4)
            value = atoi(number);
        if (value && value != expected)
            found(judge, line, NULL);
        expected = (value ? value : expected) + 1;
    }
}

void judge_appendix_ref(struct judge *judge) {
    const struct line *end = judge->view->lines.at + judge->view->lines.n, *line;
    EACH_OF(line, judge, ELEMENT_APPENDIX) {
        const struct line *next = line + 1;
        while (next < end && next->element == ELEMENT_APPENDIX_TITLE)
            next++;
        if (next == end || next->element != ELEMENT_APPENDIX_REF)
            found(judge, line, NULL);
    }
}

void judge_appendix_untold(struct judge *judge) {
    const struct line *label = next_of(judge, ELEMENT_APPENDIX, NULL), *line;
    if (!label)
        return;
    if (check_is_appendix(judge->view)) {
        judge->seen = false; /* the text that names it is in another file */
        return;
    }
    VEC_EACH (line, &judge->view->lines)
        if ((line->element == ELEMENT_BODY || line->element == ELEMENT_CELL ||
             line->element == ELEMENT_NOTE) &&
            (strstr(line->folded, "phu luc") || strstr(line->folded, "kem theo")))
            return;
    found(judge, label, NULL);
}

/* "gửi kèm Phụ lục": an appendix of this document, not of one that is cited. */
static bool promises(const struct line *line) {
    const char *folded = line->folded;
    if (!find_word(folded, "phu luc") || strstr(folded, "ban hanh kem theo"))
        return false;
    return strstr(folded, "kem theo") || strstr(folded, "gui kem") || strstr(folded, "dinh kem");
}

static bool has_appendices(const struct view *view) {
    if (view_first(view, ELEMENT_APPENDIX))
        return true;
    return view->dispatch && (ini_section(view->dispatch->ini, "phu luc 1") ||
                              ini_section(view->dispatch->ini, "phu luc"));
}

void judge_appendix_missing(struct judge *judge) {
    const struct line *line;
    VEC_EACH (line, &judge->view->lines) {
        if (line->element != ELEMENT_BODY || !promises(line))
            continue;
        judge->seen = true;
        if (!has_appendices(judge->view))
            found(judge, line, NULL);
        return;
    }
}
