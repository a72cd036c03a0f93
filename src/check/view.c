#include "check/view.h"
#include "base/utf8.h"
#include "check/words.h"

#include <string.h>

static const struct type_row types[] = {
    {"nghi quyet", "nghị quyết", "NQ"},
    {"quyet dinh", "quyết định", "QĐ"},
    {"chi thi", "chỉ thị", "CT"},
    {"quy che", "quy chế", "QC"},
    {"quy dinh", "quy định", "QyĐ"},
    {"thong cao", "thông cáo", "TC"},
    {"thong bao", "thông báo", "TB"},
    {"huong dan", "hướng dẫn", "HD"},
    {"chuong trinh", "chương trình", "CTr"},
    {"ke hoach", "kế hoạch", "KH"},
    {"phuong an", "phương án", "PA"},
    {"de an", "đề án", "ĐA"},
    {"du an", "dự án", "DA"},
    {"bao cao", "báo cáo", "BC"},
    {"bien ban", "biên bản", "BB"},
    {"to trinh", "tờ trình", "TTr"},
    {"hop dong", "hợp đồng", "HĐ"},
    {"cong dien", "công điện", "CĐ"},
    {"ban ghi nho", "bản ghi nhớ", "BGN"},
    {"ban thoa thuan", "bản thỏa thuận", "BTT"},
    {"giay uy quyen", "giấy ủy quyền", "GUQ"},
    {"giay moi", "giấy mời", "GM"},
    {"giay gioi thieu", "giấy giới thiệu", "GGT"},
    {"giay nghi phep", "giấy nghỉ phép", "GNP"},
    {"phieu gui", "phiếu gửi", "PG"},
    {"phieu chuyen", "phiếu chuyển", "PC"},
    {"phieu bao", "phiếu báo", "PB"},
    {"sao y", "sao y", "SY"},
    {"trich sao", "trích sao", "TrS"},
    {"sao luc", "sao lục", "SL"},
    {"thu cong", "thư công", ""},
    {"cong van", "công văn", ""},
};

enum { TYPES = sizeof types / sizeof *types };

const struct type_row *type_by_name(const char *folded) {
    for (size_t i = 0; i < TYPES; i++)
        if (strcmp(types[i].folded, folded) == 0)
            return &types[i];
    return NULL;
}

const struct type_row *type_by_abbreviation(const char *exact) {
    for (size_t i = 0; i < TYPES; i++)
        if (*exact && strcmp(types[i].abbreviation, exact) == 0)
            return &types[i];
    return NULL;
}

bool view_names_type(const struct view *view, const char *letters) {
    const struct doc_type *type;
    if (view->profile && profile_shown_by(view->profile, letters))
        return true;
    if (view->types)
        VEC_EACH (type, &view->types->at)
            if (profile_shown_by(type->profile, letters))
                return true;
    return type_by_name(letters) != NULL;
}

bool view_named(const struct view *view) {
    return view->type && strcmp(view->type, "cong van") != 0;
}

const struct line *view_first(const struct view *view, enum element element) {
    const struct line *line;
    VEC_EACH (line, &view->lines)
        if (line->element == element)
            return line;
    return NULL;
}

size_t view_index(const struct view *view, const struct line *line) {
    return (size_t)(line - view->lines.at);
}

struct line *view_add(struct view *view, const char *raw) {
    struct line *line = VEC_PUSH(view->pool, &view->lines);
    line->raw = raw;
    line->text = tidy(view->pool, raw);
    line->folded = utf8_fold_plain(view->pool, line->text, true);
    line->foreign = !line->folded;
    if (line->foreign)
        line->folded = utf8_fold(view->pool, line->text);
    line->column = -1;
    return line;
}
