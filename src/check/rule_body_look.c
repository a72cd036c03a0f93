/* How the paragraphs of the body look (PL I, Mục II, khoản 6). */
#include "check/judge.h"

#include <stdlib.h>

/* A paragraph of the body that is set as text: headings are centred, and lines after a forced
 * break have no paragraph of their own. */
static const struct line *next_text(struct judge *judge, const struct line *line) {
    const struct view *view = judge->view;
    for (line = line ? line : view->lines.at; line < view->lines.at + view->lines.n; line++) {
        bool text = line->element == ELEMENT_BODY || line->element == ELEMENT_BASIS;
        if (!text || !line->opens || line->column >= 0 || line->para->props->jc == JC_CENTER)
            continue;
        judge->seen = true;
        return line;
    }
    return NULL;
}

#define EACH_TEXT(line, judge)                                                                     \
    for (line = next_text(judge, NULL); line; line = next_text(judge, line + 1))

void judge_body_justified(struct judge *judge) {
    const struct line *line;
    EACH_TEXT(line, judge) {
        enum jc jc = line->para->props->jc;
        if (jc == JC_BOTH || jc == JC_DISTRIBUTE)
            continue;
        found(judge, line, NULL);
        mend_look(judge, line, MEND_JUSTIFY, 0);
    }
}

/* 1 cm or 1.27 cm, from the margin or from the paragraph's own left edge. */
void judge_body_indent(struct judge *judge) {
    enum { NEAR = 1000 };
    const struct line *line;
    EACH_TEXT(line, judge) {
        mpt first = line->para->props->first, start = first + line->para->props->left;
        bool right = abs(first - 28346) <= NEAR || abs(first - 36000) <= NEAR ||
                     abs(start - 28346) <= NEAR || abs(start - 36000) <= NEAR;
        if (right)
            continue;
        found(judge, line, in_mm(judge, start), NULL);
        mend_look(judge, line, MEND_INDENT, 28350);
    }
}

/* Between two paragraphs that follow one another; an empty one between them parts them too. */
void judge_body_space(struct judge *judge) {
    enum { LEAST = 6000 };
    const struct line *before = NULL, *line;
    EACH_TEXT(line, judge) {
        bool follows = before && line->para->number == before->para->number + 1 &&
                       before->where.part == line->where.part;
        const struct para_props *above = follows ? before->para->props : NULL;
        const struct para_props *props = line->para->props;
        before = line;
        if (!follows || above->after_auto || props->before_auto)
            continue;
        mpt gap = above->after + props->before;
        if (gap >= LEAST)
            continue;
        found(judge, line, in_points(judge, gap), NULL);
        mend_look(judge, line, MEND_SPACE, LEAST);
    }
}

/* Thousandths of a single line; a single line of Times New Roman is 1.15 of its size. */
static int64_t line_ratio(const struct line *line) {
    const struct para_props *props = line->para->props;
    if (props->line_rule == LINE_AUTO)
        return (int64_t)props->line * 1000 / 240;
    if (line->look.largest <= 0 || (props->line_rule == LINE_AT_LEAST && props->line < 1500))
        return 1000;
    int64_t ratio = (int64_t)props->line * 100000 / ((int64_t)line->look.largest * 115);
    return props->line_rule == LINE_AT_LEAST && ratio < 1000 ? 1000 : ratio;
}

void judge_body_line(struct judge *judge) {
    enum { LEAST = 940, MOST = 1510 };
    const struct line *line;
    EACH_TEXT(line, judge) {
        int64_t ratio = line_ratio(line);
        if (ratio >= LEAST && ratio <= MOST)
            continue;
        found(judge, line, in_points(judge, (mpt)(ratio > 99000 ? 99000 : ratio)), NULL);
        mend_look(judge, line, MEND_LINE, 0);
    }
}

/* Sizes out of the range have a rule of their own. */
void judge_body_size_mixed(struct judge *judge) {
    const struct line *line;
    mpt size = 0;
    EACH_TEXT(line, judge) {
        const struct look *look = &line->look;
        if (look->smallest < 13000 || look->largest > 14000)
            continue;
        if (!size)
            size = look->smallest;
        mpt other = look->largest != size ? look->largest : look->smallest;
        if (other == size)
            continue;
        found(judge, line, in_points(judge, other), in_points(judge, size), NULL);
        mend_look(judge, line, MEND_SIZE, size);
    }
}

/* Words in italics and remarks in brackets are stress; a whole paragraph is not. */
void judge_body_italic(struct judge *judge) {
    enum { LEAST_WORDS = 8 };
    const struct line *line;
    EACH_OF(line, judge, ELEMENT_BODY)
    if (line->look.italic == SHARE_ALL && !starts_with(line->text, "(") &&
        word_count(line->text) >= LEAST_WORDS)
        found(judge, line, NULL);
}
