#include "dispatch/schema.h"
#include "base/utf8.h"

#include <string.h>

struct known_key {
    const char *section, *folded, *name;
    bool bare;
};

static const struct known_key keys[] = {
    {"cong van", "loai", "loại", true},
    {"cong van", "so", "số", true},
    {"cong van", "ky hieu", "ký hiệu", true},
    {"cong van", "dia danh", "địa danh", true},
    {"cong van", "ngay", "ngày", true},
    {"cong van", "trich yeu", "trích yếu", true},
    {"cong van", "do khan", "độ khẩn", true},
    {"cong van", "do mat", "độ mật", true},
    {"co quan", "chu quan", "chủ quản", true},
    {"co quan", "ten", "tên", false},
    {"co quan", "ten thuong", "tên thường", false},
    {"co quan", "dia chi", "địa chỉ", true},
    {"noi dung", "tep", "tệp", false},
    {"nguoi ky", "quyen han", "quyền hạn", true},
    {"nguoi ky", "chuc vu", "chức vụ", true},
    {"nguoi ky", "ho ten", "họ tên", true},
    {"nguoi ky", "chu ky", "chữ ký", true},
    {"nguoi ky", "con dau", "con dấu", true},
    {"phu luc", "tieu de", "tiêu đề", false},
    {"phu luc", "tep", "tệp", false},
    {"phu luc", "kho", "khổ", false},
    {"phu luc", "kem theo", "kèm theo", false},
    {"phu luc", "tach rieng", "tách riêng", false},
    {"phu luc", "separate", "separate", false},
};

static const char *const sections[][2] = {
    {"cong van", "công văn"}, {"co quan", "cơ quan"},   {"kinh gui", "kính gửi"},
    {"noi dung", "nội dung"}, {"noi nhan", "nơi nhận"}, {"nguoi ky", "người ký"},
    {"can cu", "căn cứ"},
};

enum { KEYS = sizeof keys / sizeof *keys, SECTION_NAMES = sizeof sections / sizeof *sections };

bool schema_appendix(const char *folded) {
    static const char name[] = "phu luc";
    size_t n = sizeof name - 1;
    return strncmp(folded, name, n) == 0 && (folded[n] == '\0' || folded[n] == ' ');
}

/* "phu luc 2" and the like. */
static bool is_numbered(const char *folded, const char *name) {
    size_t n = strlen(name);
    return strncmp(folded, name, n) == 0 && folded[n] == ' ' && folded[n + 1] &&
           strspn(folded + n + 1, "0123456789") == strlen(folded + n + 1);
}

bool schema_signer(const char *folded) {
    return is_numbered(folded, "nguoi ky");
}

bool schema_section(const char *folded) {
    for (size_t i = 0; i < SECTION_NAMES; i++)
        if (strcmp(sections[i][0], folded) == 0)
            return true;
    return schema_appendix(folded) || schema_signer(folded);
}

/* The section as the table of keys names it. */
static const char *table_section(const char *folded) {
    return schema_appendix(folded) ? "phu luc" : schema_signer(folded) ? "nguoi ky" : folded;
}

static const struct known_key *find_key(const char *section, const char *folded) {
    for (size_t i = 0; i < KEYS; i++)
        if (strcmp(keys[i].section, section) == 0 && strcmp(keys[i].folded, folded) == 0)
            return &keys[i];
    return NULL;
}

bool schema_bare(const char *section, const char *folded) {
    const struct known_key *key = find_key(section, folded);
    return key && key->bare;
}

/* Tags that are no key: what the program makes of sections and dates, and of what. */
static const struct {
    const char *folded, *name;
    struct tag_source source;
} computed[] = {
    {"thang", "tháng", {"công văn", "ngày", true}},
    {"nam", "năm", {"công văn", "ngày", true}},
    {"kinh gui", "kính gửi", {"kính gửi", NULL, false}},
    {"mot kinh gui", "một kính gửi", {"kính gửi", NULL, true}},
    {"nhieu kinh gui", "nhiều kính gửi", {"kính gửi", NULL, true}},
    {"luu", "lưu", {"nơi nhận", "lưu", false}},
    {"co quan", "cơ quan", {"cơ quan", "tên", false}},
    {"noi nhan", "nơi nhận", {"nơi nhận", NULL, false}},
    {"noi dung", "nội dung", {"nội dung", "tệp", false}},
    {"can cu", "căn cứ", {"căn cứ", NULL, false}},
    {"phu luc", "phụ lục", {"phụ lục 1", NULL, false}},
    {"nhan", "nhãn", {"phụ lục 1", NULL, true}},
    {"nguoi ky trai", "người ký trái", {"người ký 2", NULL, true}},
    {"nguoi ky phai", "người ký phải", {"người ký 3", NULL, true}},
    {"nhieu nguoi ky", "nhiều người ký", {"người ký 2", NULL, true}},
    {"ten thuong", "tên thường", {"cơ quan", "tên thường", true}},
    {"ten loai", "tên loại", {"công văn", "loại", true}},
    {"ten van ban", "tên văn bản", {"công văn", "loại", true}},
};
enum { COMPUTED = sizeof computed / sizeof *computed };

static const char *section_name_of(const char *folded) {
    for (size_t i = 0; i < SECTION_NAMES; i++)
        if (strcmp(sections[i][0], folded) == 0)
            return sections[i][1];
    return NULL;
}

/* "theo dõi.hạn": a key of a section, a free one as the template spells it. */
static struct tag_source of_section(struct pool *pool, const char *folded, const char *name) {
    const char *dot = strchr(folded, '.'), *named = strchr(name, '.');
    const char *section = pool_strndup(pool, folded, (size_t)(dot - folded));
    const char *known = section_name_of(section), *key = schema_name(section, dot + 1);
    return (struct tag_source){known ? known : pool_strndup(pool, name, (size_t)(named - name)),
                               key ? key : named + 1, false};
}

struct tag_source schema_source(struct pool *pool, const char *folded, const char *name) {
    for (size_t i = 0; i < COMPUTED; i++)
        if (strcmp(computed[i].folded, folded) == 0)
            return computed[i].source;
    for (size_t i = 0; i < KEYS; i++)
        if (keys[i].bare && strcmp(keys[i].folded, folded) == 0)
            return (struct tag_source){section_name_of(keys[i].section), keys[i].name, false};
    if (strchr(folded, '.') && strchr(name, '.'))
        return of_section(pool, folded, name);
    return (struct tag_source){"công văn", name, false};
}

/* Names that are an appendix's, or a signer's, own inside the sections that go through them. */
static const struct {
    const char *within, *folded;
    struct tag_source source;
} own[] = {
    {"phu luc", "nhan", {"phụ lục 1", NULL, true}},
    {"phu luc", "tieu de", {"phụ lục 1", "tiêu đề", false}},
    {"phu luc", "kem theo", {"phụ lục 1", "kèm theo", true}},
    {"phu luc", "noi dung", {"phụ lục 1", "tệp", false}},
};

struct tag_source schema_source_in(struct pool *pool, const char *within, const char *folded,
                                   const char *name) {
    for (size_t i = 0; within && i < sizeof own / sizeof *own; i++)
        if (strcmp(own[i].within, within) == 0 && strcmp(own[i].folded, folded) == 0)
            return own[i].source;
    struct tag_source source = schema_source(pool, folded, name);
    bool left = within && strcmp(within, "nguoi ky trai") == 0;
    bool right = within && strcmp(within, "nguoi ky phai") == 0;
    if ((left || right) && strcmp(source.section, "người ký") == 0)
        source.section = left ? "người ký 2" : "người ký 3";
    return source;
}

bool schema_taken(const char *folded) {
    for (size_t i = 0; i < COMPUTED; i++)
        if (strcmp(computed[i].folded, folded) == 0)
            return true;
    for (size_t i = 0; i < KEYS; i++)
        if (keys[i].bare && strcmp(keys[i].folded, folded) == 0)
            return true;
    return false;
}

const char *schema_nearest_tag(const char *folded, size_t limit) {
    const char *best = NULL;
    for (size_t i = 0; i < KEYS + COMPUTED; i++) {
        const char *key = i < KEYS ? keys[i].folded : computed[i - KEYS].folded;
        size_t d = i >= KEYS || keys[i].bare ? utf8_distance(folded, key, limit) : limit;
        if (d >= limit)
            continue;
        limit = d;
        best = i < KEYS ? keys[i].name : computed[i - KEYS].name;
    }
    return best;
}

const char *schema_home(const char *folded) {
    for (size_t i = 0; i < KEYS; i++)
        if (keys[i].bare && strcmp(keys[i].folded, folded) == 0)
            return keys[i].section;
    return NULL;
}

const char *schema_name(const char *section, const char *folded) {
    const struct known_key *key = find_key(table_section(section), folded);
    return key ? key->name : NULL;
}

/* A section is closed when the table has keys of it: lists and free sections take any. */
static bool is_closed(const char *section) {
    for (size_t i = 0; i < KEYS; i++)
        if (strcmp(keys[i].section, section) == 0)
            return true;
    return false;
}

/* NULL when no key of the section is near enough to be meant. */
static const char *nearest_key(const char *section, const char *folded) {
    const char *best = NULL;
    size_t least = utf8_slip(folded) + 1;
    for (size_t i = 0; i < KEYS; i++) {
        if (strcmp(keys[i].section, section) != 0)
            continue;
        size_t distance = utf8_distance(folded, keys[i].folded, least);
        if (distance < least) {
            least = distance;
            best = keys[i].name;
        }
    }
    return best;
}

static void check_keys(const struct ini_section *section, struct diag *diag) {
    const char *name = table_section(section->folded);
    if (!is_closed(name))
        return;
    const struct ini_key *key;
    VEC_EACH (key, &section->keys) {
        if (find_key(name, key->folded))
            continue;
        const char *near = nearest_key(name, key->folded);
        if (near)
            diag_add(diag, INI_UNKNOWN_KEY, key->where, key->name, section->name, near, NULL);
        else
            diag_add(diag, INI_FOREIGN_KEY, key->where, key->name, section->name, NULL);
    }
}

/* Free sections are allowed, but [kính gưi ] may well be a slip. */
static void check_name(const struct ini_section *section, struct diag *diag) {
    enum { SLIP = 2 };
    const char *near = NULL;
    if (schema_signer(section->folded))
        return;
    for (size_t i = 0; i < SECTION_NAMES; i++)
        if (strcmp(section->folded, sections[i][0]) == 0)
            return;
    for (size_t i = 0; i < SECTION_NAMES; i++)
        if (utf8_distance(section->folded, sections[i][0], SLIP + 1) <= SLIP)
            near = sections[i][1];
    if (near)
        diag_add(diag, INI_NEAR_SECTION, section->where, section->name, near, NULL);
}

void schema_check(const struct ini *ini, struct diag *diag) {
    const struct ini_section *section;
    VEC_EACH (section, &ini->sections) {
        check_name(section, diag);
        check_keys(section, diag);
    }
}
