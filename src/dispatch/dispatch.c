#include "dispatch/dispatch.h"
#include "base/file.h"
#include "base/utf8.h"
#include "dispatch/appendix.h"
#include "dispatch/names.h"
#include "dispatch/schema.h"
#include "dispatch/values.h"

#include <string.h>

struct maker {
    struct pool *pool;
    struct diag *diag;
    struct dispatch *dispatch;
};

/* ---- fields ---- */

/* A new field; the first of a name is the one lookups find. */
static struct field *add_field(struct maker *maker, const char *key, const char *name,
                               enum field_kind kind, struct where where) {
    struct dispatch *dispatch = maker->dispatch;
    names_add(dispatch->by_key, key, strlen(key), dispatch->fields.n);
    struct field *field = VEC_PUSH(maker->pool, &dispatch->fields);
    field->key = key;
    field->name = name;
    field->kind = kind;
    field->where = where;
    return field;
}

/* `source` NULL: a slot no key names; the message then points at the file. */
static void add_text(struct maker *maker, const char *key, const char *name, const char *s,
                     const struct ini_key *source, bool blank) {
    struct where where = source ? source->where : (struct where){.file = maker->dispatch->path};
    struct field *field = add_field(maker, key, name, FIELD_TEXT, where);
    field->text = (struct text){.where = where, .source = source};
    field->text.s = value_plain(maker->pool, s, &field->text.emphasis, &field->text.emphasis_count);
    field->source = source;
    field->given = source != NULL;
    field->blank = blank;
}

/* The field of a key, under its section's name and, where that is a tag too, under its own. */
static void add_key(struct maker *maker, const struct ini_section *section,
                    const struct ini_key *key, const char *s, bool blank) {
    const char *prefixed = pool_concat(maker->pool, section->folded, ".", key->folded, NULL);
    const char *full = pool_concat(maker->pool, section->name, ".", key->name, NULL);
    /* A key of [công văn] the program does not know is bare too, unless it takes a known name. */
    bool free_key = strcmp(section->folded, "cong van") == 0 &&
                    !schema_name(section->folded, key->folded) && !schema_taken(key->folded);
    if (schema_bare(section->folded, key->folded) || free_key)
        add_text(maker, key->folded, key->name, s, key, blank);
    add_text(maker, prefixed, full, s, key, blank);
}

static void not_given(struct maker *maker, const struct ini_key *key) {
    for (size_t i = maker->dispatch->fields.n; i-- > 0;) {
        struct field *field = &maker->dispatch->fields.at[i];
        if (field->source != key)
            break;
        field->given = false;
    }
}

/* ---- [công văn] ---- */

static void set_type(struct maker *maker, const struct ini_key *key) {
    char *folded = utf8_fold(maker->pool, key->value);
    bool ok = *folded != '\0';
    for (char *p = folded; *p; p++) {
        if (*p == ' ')
            *p = '-';
        ok &= *p == '-' || (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9');
    }
    maker->dispatch->type_where = key->where;
    if (ok)
        maker->dispatch->type = folded;
    else
        diag_add(maker->diag, DISPATCH_BAD_TYPE, key->where, key->value, NULL);
}

static void add_slot(struct maker *maker, const char *key, const char *name, const char *s,
                     int blank, const struct ini_key *source) {
    add_text(maker, key, name, s ? s : value_blank(maker->pool, blank), source, s == NULL);
}

/* `key` NULL or empty: the slots of a draft. A wrong date is an error and its slots stay blank. */
static void add_date(struct maker *maker, const struct ini_key *key) {
    struct date date = {0};
    if (key && !value_date(maker->pool, key->value, &date))
        diag_add(maker->diag, DISPATCH_BAD_DATE, key->where, key->value, NULL);
    add_slot(maker, "ngay", "ngày", date.day, BLANK_DAY, key);
    add_slot(maker, "thang", "tháng", date.month, BLANK_MONTH, key);
    add_slot(maker, "nam", "năm", date.year, BLANK_YEAR, key);
    add_slot(maker, "cong van.ngay", "công văn.ngày", date.day, BLANK_DAY, key);
    add_slot(maker, "cong van.thang", "công văn.tháng", date.month, BLANK_MONTH, key);
    add_slot(maker, "cong van.nam", "công văn.năm", date.year, BLANK_YEAR, key);
}

static void add_number(struct maker *maker, const struct ini_key *key) {
    const char *s = key && *key->value ? value_number(maker->pool, key->value) : NULL;
    add_slot(maker, "so", "số", s, BLANK_NUMBER, key);
    add_slot(maker, "cong van.so", "công văn.số", s, BLANK_NUMBER, key);
}

static void add_dispatch_key(struct maker *maker, const struct ini_section *section,
                             const struct ini_key *key) {
    const char *s = value_lines(maker->pool, key->value);
    if (strcmp(key->folded, "so") == 0) {
        add_number(maker, key);
        return;
    }
    if (strcmp(key->folded, "ngay") == 0) {
        add_date(maker, key);
        return;
    }
    if (strcmp(key->folded, "trich yeu") == 0)
        s = value_subject(s);
    else if (strcmp(key->folded, "do khan") == 0 || strcmp(key->folded, "do mat") == 0)
        s = utf8_upper(maker->pool, s);
    if (!*s)
        return;
    add_key(maker, section, key, s, false);
    if (strcmp(key->folded, "loai") == 0) {
        set_type(maker, key);
        not_given(maker, key);
    }
}

/* ---- the other sections ---- */

/* A picture is found from the folder of the file that names it. */
static const char *picture(struct maker *maker, const struct ini_key *key) {
    const char *path =
        path_join(maker->pool, path_folder(maker->pool, key->where.file), key->value);
    if (!file_exists(path) || file_is_folder(path)) {
        diag_add_file(maker->diag, path, NULL); /* it may yet come */
        diag_add(maker->diag, DISPATCH_NO_PICTURE, key->where, path, NULL);
    }
    return path;
}

/* What a key of an appendix may say; the first makes its flag true. */
static const struct appendix_choice {
    const char *key, *other; /* its name in English; NULL: it has none */
    const char *flag;
    const char *yes[2], *no[2]; /* folded */
    const char *allowed;
} choices[] = {
    {"kho", NULL, "ngang", {"ngang", "landscape"}, {"doc", "dung"}, "ngang, dọc"},
    {"kem theo", NULL, "ghi du", {"ghi du", "day du"}, {"de trong", "trong"}, "để trống, ghi đủ"},
    {"tach rieng", "separate", "rieng", {"co", "yes"}, {"khong", "no"}, "có, không"},
};

enum { CHOICES = sizeof choices / sizeof *choices };

static bool is_choice(const struct ini_key *key) {
    for (size_t i = 0; i < CHOICES; i++)
        if (strcmp(key->folded, choices[i].key) == 0 ||
            (choices[i].other && strcmp(key->folded, choices[i].other) == 0))
            return true;
    return false;
}

static void add_plain_key(struct maker *maker, const struct ini_section *section,
                          const struct ini_key *key) {
    if (!*key->value)
        return;
    bool signer = strcmp(section->folded, "nguoi ky") == 0 || schema_signer(section->folded);
    bool image =
        signer && (strcmp(key->folded, "chu ky") == 0 || strcmp(key->folded, "con dau") == 0);
    if (schema_appendix(section->folded) && is_choice(key))
        return; /* becomes a flag; {{kèm theo}} is the line that is made of it */
    const char *s = image ? picture(maker, key) : value_lines(maker->pool, key->value);
    if (strcmp(section->folded, "co quan") == 0 && strcmp(key->folded, "ten") == 0)
        add_text(maker, "co quan", "cơ quan", s, key, false);
    add_key(maker, section, key, s, false);
    bool for_lines =
        strcmp(key->folded, "ten thuong") == 0 && strcmp(section->folded, "co quan") == 0;
    if (strcmp(section->folded, "noi dung") == 0 || schema_appendix(section->folded) || for_lines)
        not_given(maker, key);
}

static bool is_luu(const struct ini_key *key) {
    return strcmp(key->folded, "luu") == 0;
}

static bool is_item(const struct ini_section *section, const struct ini_key *key) {
    bool luu = strcmp(section->folded, "noi nhan") == 0 && is_luu(key);
    return !luu && *key->value;
}

static size_t count_items(const struct ini_section *section) {
    size_t n = 0;
    const struct ini_key *key;
    VEC_EACH (key, &section->keys)
        n += is_item(section, key);
    return n;
}

/* `end` NULL: as typed. */
static void add_item(struct maker *maker, struct field *field, const struct ini_key *key,
                     const char *end) {
    struct text *item = VEC_PUSH(maker->pool, &field->items);
    *item = (struct text){.where = key->where, .source = key};
    const char *value = value_lines(maker->pool, key->value);
    value = end ? value_item(maker->pool, value, end) : value;
    item->s = value_plain(maker->pool, value, &item->emphasis, &item->emphasis_count);
}

/* The list itself, every item with its sign: ";", and "." where nothing follows. */
static void add_list_field(struct maker *maker, const struct ini_section *section, const char *name,
                           bool more_follows) {
    size_t left = count_items(section);
    if (!left)
        return;
    struct field *field = add_field(maker, section->folded, name, FIELD_LIST, section->where);
    field->given = true;
    const struct ini_key *key;
    VEC_EACH (key, &section->keys)
        if (is_item(section, key))
            add_item(maker, field, key, --left || more_follows ? ";" : ".");
}

static void add_list(struct maker *maker, const struct ini_section *section) {
    static const char *const names[][2] = {
        {"noi nhan", "nơi nhận"}, {"kinh gui", "kính gửi"}, {"can cu", "căn cứ"}};
    size_t which = 0;
    while (strcmp(names[which][0], section->folded) != 0)
        which++;
    bool copies = which == 0;
    const struct ini_key *key, *luu = copies ? ini_key(section, "luu") : NULL;
    bool has_luu = luu && *luu->value;
    add_list_field(maker, section, names[which][1], has_luu);
    if (has_luu)
        add_text(maker, "luu", "lưu",
                 value_item(maker->pool, value_lines(maker->pool, luu->value), "."), luu, false);
    VEC_EACH (key, &section->keys)
        if (*key->value)
            add_key(maker, section, key,
                    key == luu ? value_item(maker->pool, value_lines(maker->pool, luu->value), ".")
                               : value_lines(maker->pool, key->value),
                    false);
}

/* What a free section holds is a list too, under the section's own name. */
static void add_free_list(struct maker *maker, const struct ini_section *section) {
    if (schema_section(section->folded) || schema_taken(section->folded) || !count_items(section))
        return;
    struct field *field =
        add_field(maker, section->folded, section->name, FIELD_LIST, section->where);
    const struct ini_key *key;
    VEC_EACH (key, &section->keys)
        if (is_item(section, key))
            add_item(maker, field, key, NULL);
}

static void add_section(struct maker *maker, const struct ini_section *section) {
    if (ini_is_list(section->folded)) {
        add_list(maker, section);
        return;
    }
    bool main_section = strcmp(section->folded, "cong van") == 0;
    const struct ini_key *key;
    VEC_EACH (key, &section->keys) {
        if (main_section)
            add_dispatch_key(maker, section, key);
        else
            add_plain_key(maker, section, key);
    }
    add_free_list(maker, section);
}

/* ---- what is computed ---- */

static void add_missing_slots(struct maker *maker) {
    if (!dispatch_field(maker->dispatch, "so"))
        add_number(maker, NULL);
    if (!dispatch_field(maker->dispatch, "ngay"))
        add_date(maker, NULL);
}

/* How the office is named in a sentence: capitals belong to the head only. */
static void add_plain_name(struct maker *maker) {
    const struct field *plain = dispatch_field(maker->dispatch, "co quan.ten thuong");
    const struct field *name = plain ? plain : dispatch_field(maker->dispatch, "co quan");
    if (!name)
        return;
    char *s = pool_strdup(maker->pool, name->text.s);
    for (char *p = s; *p; p++)
        if (*p == '\n')
            *p = ' ';
    const struct ini_key *source = name->source;
    add_text(maker, "ten thuong", "tên thường", s, NULL, false);
    maker->dispatch->fields.at[maker->dispatch->fields.n - 1].where = source->where;
}

/* The only recipient, bare, for the form "Kính gửi: X" (1.8); the flag for the list form. */
static void add_recipients(struct maker *maker, const struct ini *ini) {
    const struct ini_section *section = ini_section(ini, "kinh gui");
    size_t n = section ? count_items(section) : 0;
    struct where where = section ? section->where : (struct where){.file = maker->dispatch->path};
    struct field *one = add_field(maker, "mot kinh gui", "một kính gửi", FIELD_LIST, where);
    const struct ini_key *key;
    if (n == 1)
        VEC_EACH (key, &section->keys)
            if (is_item(section, key))
                add_item(maker, one, key, "");
    add_field(maker, "nhieu kinh gui", "nhiều kính gửi", FIELD_FLAG, where)->flag = n > 1;
}

static void add_body(struct maker *maker, const struct ini *ini) {
    struct dispatch *dispatch = maker->dispatch;
    const struct ini_key *key = ini_key(ini_section(ini, "noi dung"), "tep");
    struct where from = {.file = dispatch->path};
    const char *folder = path_folder(maker->pool, dispatch->path);
    const char *name = pool_printf(maker->pool, "%s.md", path_stem(maker->pool, dispatch->path));
    if (key && *key->value) {
        from = key->where;
        folder = path_folder(maker->pool, key->where.file);
        name = key->value;
    }
    const char *path = path_join(maker->pool, folder, name);
    if (!(key && *key->value) && !file_exists(path)) {
        dispatch->missing_body = path;
        return;
    }
    dispatch->body = body_open(maker->pool, path, from, maker->diag);
    if (dispatch->body)
        add_field(maker, "noi dung", "nội dung", FIELD_BODY, from)->body = dispatch->body;
}

/* ---- appendices ---- */

static bool is_one_of(const char *folded, const char *const words[2]) {
    return strcmp(folded, words[0]) == 0 || strcmp(folded, words[1]) == 0;
}

static bool choose(struct maker *maker, const struct ini_key *key,
                   const struct appendix_choice *choice) {
    const char *folded = utf8_fold(maker->pool, key->value);
    bool yes = is_one_of(folded, choice->yes);
    if (!yes && *folded && !is_one_of(folded, choice->no))
        diag_add(maker->diag, APPENDIX_BAD_VALUE, key->where, key->name, key->value,
                 choice->allowed, NULL);
    return yes;
}

static const char *appendix_field(struct maker *maker, const struct ini_section *section,
                                  const char *name) {
    return pool_printf(maker->pool, "%s.%s", section->folded, name);
}

static void add_choices(struct maker *maker, const struct ini_section *section) {
    for (size_t i = 0; i < CHOICES; i++) {
        const struct appendix_choice *choice = &choices[i];
        const struct ini_key *key = ini_key(section, choice->key);
        const struct ini_key *other = choice->other ? ini_key(section, choice->other) : NULL;
        bool yes = key && choose(maker, key, choice);
        yes |= other && choose(maker, other, choice);
        const char *name = appendix_field(maker, section, choice->flag);
        if (key || other)
            add_field(maker, name, name, FIELD_FLAG, (key ? key : other)->where)->flag = yes;
    }
}

static void add_appendix(struct maker *maker, const struct ini_section *section, size_t at,
                         size_t count) {
    const struct ini_key *key = ini_key(section, "tep");
    const char *label = appendix_label(maker->pool, at, count);
    const char *name = appendix_field(maker, section, "nhan");
    add_text(maker, name, name, label, NULL, false);
    add_choices(maker, section);
    struct body *body = NULL;
    if (key && *key->value) {
        const char *folder = path_folder(maker->pool, key->where.file);
        body = appendix_body(maker->pool, path_join(maker->pool, folder, key->value), key->where,
                             maker->diag);
    } else {
        diag_add(maker->diag, APPENDIX_NO_FILE, section->where, section->name, NULL);
    }
    name = appendix_field(maker, section, "noi dung");
    add_field(maker, name, name, FIELD_BODY, section->where)->body = body;
}

static void add_appendices(struct maker *maker, const struct ini *ini) {
    VEC(struct text) items = {0};
    const struct ini_section *section;
    VEC_EACH (section, &ini->sections)
        if (schema_appendix(section->folded) && section->keys.n)
            *VEC_PUSH(maker->pool, &items) =
                (struct text){.s = section->folded, .where = section->where};
    size_t at = 0;
    VEC_EACH (section, &ini->sections)
        if (schema_appendix(section->folded) && section->keys.n)
            add_appendix(maker, section, at++, items.n);
    if (!items.n)
        return;
    struct field *list = add_field(maker, "phu luc", "phụ lục", FIELD_SECTIONS, items.at[0].where);
    list->items.at = items.at;
    list->items.n = list->items.cap = items.n;
}

/* ---- several signers ---- */

/* The signer of [người ký] signs on the right; the others beside and below, left and right in
 * turn. */
static void add_signers(struct maker *maker, const struct ini *ini) {
    static const char *const sides[][2] = {{"nguoi ky trai", "người ký trái"},
                                           {"nguoi ky phai", "người ký phải"}};
    VEC(struct text) items[2] = {{0}, {0}};
    size_t n = 0;
    const struct ini_section *section;
    VEC_EACH (section, &ini->sections)
        if (schema_signer(section->folded) && section->keys.n) {
            *VEC_PUSH(maker->pool, &items[n % 2]) =
                (struct text){.s = section->folded, .where = section->where};
            n++;
        }
    struct where where = {.file = maker->dispatch->path};
    if (!n)
        return;
    add_field(maker, "nhieu nguoi ky", "nhiều người ký", FIELD_FLAG, where)->flag = true;
    for (int side = 0; side < 2; side++) {
        struct field *field =
            add_field(maker, sides[side][0], sides[side][1], FIELD_SECTIONS, where);
        field->items.at = items[side].at;
        field->items.n = field->items.cap = items[side].n;
    }
}

/* ---- reading ---- */

const char *dispatch_body_file(const struct dispatch *dispatch) {
    const struct body *body = dispatch->body;
    if (!body || !body->blocks.n || body->docx)
        return NULL;
    const struct body_block *block = &body->blocks.at[0];
    return block->kind == BLOCK_TABLE && block->table.rows.n ? block->table.rows.at[0].where.file
                                                             : block->paragraph.where.file;
}

/* The chung.ini beside the INI at `path`, in the spellings file managers make of it; NULL if there
 * is none. Those that may yet come are remembered. */
static const char *common_file(struct pool *pool, const char *path, struct diag *diag) {
    static const char *const names[] = {"chung.ini", "Chung.ini", "CHUNG.INI"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *common = path_join(pool, path_folder(pool, path), names[i]);
        if (file_exists(common))
            return common;
        diag_add_file(diag, common, NULL);
    }
    return NULL;
}

static void read_defaults(struct maker *maker, struct ini *ini) {
    const char *path = maker->dispatch->path;
    const char *common = common_file(maker->pool, path, maker->diag);
    if (!common || file_same(common, path))
        return;
    struct ini *defaults = ini_read(maker->pool, common, maker->diag);
    if (!defaults)
        return;
    schema_check(defaults, maker->diag);
    ini_add_defaults(maker->pool, ini, defaults);
}

struct dispatch *dispatch_new(struct pool *pool, const char *path, const char *type) {
    struct dispatch *dispatch = POOL_NEW(pool, struct dispatch);
    dispatch->path = pool_strdup(pool, path);
    dispatch->type = type;
    dispatch->type_where = (struct where){.file = dispatch->path};
    dispatch->ini = POOL_NEW(pool, struct ini);
    dispatch->by_key = POOL_NEW(pool, struct names);
    dispatch->by_key->pool = pool;
    return dispatch;
}

static struct dispatch *make(struct pool *pool, const char *path, struct ini *ini,
                             const struct ini *over, struct diag *diag) {
    struct dispatch *dispatch = dispatch_new(pool, path, "cong-van");
    struct maker maker = {pool, diag, dispatch};
    dispatch->ini = ini;
    schema_check(ini, diag);
    if (over)
        ini_overlay(pool, ini, over);
    read_defaults(&maker, ini);
    const struct ini_section *section;
    VEC_EACH (section, &ini->sections)
        add_section(&maker, section);
    add_missing_slots(&maker);
    add_recipients(&maker, ini);
    add_plain_name(&maker);
    add_body(&maker, ini);
    add_appendices(&maker, ini);
    add_signers(&maker, ini);
    return dispatch;
}

struct dispatch *dispatch_make(struct pool *pool, const char *path, struct ini *ini,
                               struct diag *diag) {
    return make(pool, path, ini, NULL, diag);
}

struct dispatch *dispatch_read_over(struct pool *pool, const char *path, const struct ini *over,
                                    struct diag *diag) {
    struct ini *ini = ini_read(pool, path, diag);
    return ini ? make(pool, path, ini, over, diag) : NULL;
}

struct dispatch *dispatch_read(struct pool *pool, const char *path, struct diag *diag) {
    return dispatch_read_over(pool, path, NULL, diag);
}

void dispatch_set(struct pool *pool, struct dispatch *dispatch, const char *name, const char *s) {
    struct maker maker = {.pool = pool, .dispatch = dispatch};
    const char *key = utf8_fold(pool, name);
    if (*s && !dispatch_field(dispatch, key))
        add_text(&maker, key, name, s, NULL, false);
}

void dispatch_set_sections(struct pool *pool, struct dispatch *dispatch, const char *name,
                           const char *const *sections, size_t n) {
    struct maker maker = {.pool = pool, .dispatch = dispatch};
    struct where where = {.file = dispatch->path};
    struct field *list = add_field(&maker, utf8_fold(pool, name), name, FIELD_SECTIONS, where);
    for (size_t i = 0; i < n; i++)
        *VEC_PUSH(pool, &list->items) = (struct text){.s = sections[i], .where = where};
}

const struct field *dispatch_field(const struct dispatch *dispatch, const char *key) {
    if (dispatch->appendices && strcmp(key, dispatch->appendices->key) == 0)
        return dispatch->appendices;
    size_t i = names_find(dispatch->by_key, key, strlen(key));
    return i == NAMES_NONE ? NULL : &dispatch->fields.at[i];
}
