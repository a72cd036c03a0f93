#include "check/profile.h"
#include "base/file.h"
#include "base/utf8.h"
#include "check/words.h"
#include "dispatch/ini.h"

#include <string.h>

struct section_row {
    const char *folded, *name;
};

static const struct section_row rows[SECTIONS] = {
    [SECTION_QUOC_HIEU] = {"quoc hieu", "quốc hiệu"},
    [SECTION_TIEU_NGU] = {"tieu ngu", "tiêu ngữ"},
    [SECTION_CO_QUAN] = {"co quan", "cơ quan"},
    [SECTION_SO_KY_HIEU] = {"so ky hieu", "số ký hiệu"},
    [SECTION_DIA_DANH_NGAY] = {"dia danh ngay", "địa danh ngày"},
    [SECTION_TRICH_YEU] = {"trich yeu", "trích yếu"},
    [SECTION_KINH_GUI] = {"kinh gui", "kính gửi"},
    [SECTION_NOI_DUNG] = {"noi dung", "nội dung"},
    [SECTION_NGUOI_KY] = {"nguoi ky", "người ký"},
    [SECTION_NOI_NHAN] = {"noi nhan", "nơi nhận"},
    [SECTION_LUU] = {"luu", "lưu"},
    [SECTION_TEN_LOAI] = {"ten loai", "tên loại"},
    [SECTION_CAN_CU] = {"can cu", "căn cứ"},
    [SECTION_DIEU] = {"dieu", "điều"},
};

const char *section_name(enum section section) {
    return rows[section].name;
}

/* The section a profile names; SECTIONS if there is none. */
static int section_by_name(const char *folded) {
    int i = 0;
    while (i < SECTIONS && strcmp(rows[i].folded, folded) != 0)
        i++;
    return i;
}

static bool is_yes(struct pool *pool, const char *answer, bool *yes) {
    const char *folded = utf8_fold(pool, answer);
    *yes = strcmp(folded, "co") == 0;
    return *yes || strcmp(folded, "khong") == 0;
}

static void read_requirement(struct pool *pool, struct profile *profile, const struct ini_key *key,
                             struct diag *diag) {
    int section = section_by_name(key->folded);
    bool yes;
    if (section == SECTIONS)
        diag_add(diag, PROFILE_UNKNOWN_SECTION, key->where, key->name, NULL);
    else if (!is_yes(pool, key->value, &yes))
        diag_add(diag, PROFILE_NOT_YES_NO, key->where, key->name, key->value, NULL);
    else
        profile->required[section] = yes;
}

/* ---- the parts of the INI ---- */

/* Cuts "có | what to write | example" at its bars; a bar may end the value. */
static const char *next_field(struct pool *pool, const char **rest) {
    const char *s = *rest, *bar = strstr(s, " |");
    while (bar && bar[2] && bar[2] != ' ')
        bar = strstr(bar + 2, " |");
    *rest = !bar ? "" : bar[2] ? bar + 3 : bar + 2;
    return bar ? pool_strndup(pool, s, (size_t)(bar - s)) : s;
}

static void read_key(struct pool *pool, struct profile_part *part, const struct ini_key *key,
                     struct diag *diag) {
    const char *rest = key->value, *need = next_field(pool, &rest);
    bool yes = false, none = strcmp(utf8_fold(pool, need), "bo") == 0;
    if (!none && !is_yes(pool, need, &yes)) {
        diag_add(diag, PROFILE_NOT_YES_NO, key->where, key->name, need, NULL);
        return;
    }
    struct profile_key *to = VEC_PUSH(pool, &part->keys);
    to->name = key->name;
    to->folded = key->folded;
    to->need = none ? KEY_NONE : yes ? KEY_REQUIRED : KEY_OPTIONAL;
    to->remark = next_field(pool, &rest);
    to->example = rest;
}

/* "phần công văn" describes [công văn]. */
static const char folded_prefix[] = "phan ";

static void read_part(struct pool *pool, struct profile *profile, const struct ini_section *section,
                      struct diag *diag) {
    struct profile_part *part = VEC_PUSH(pool, &profile->parts);
    const char *space = strchr(section->name, ' ');
    part->name = space ? space + 1 : section->name;
    part->folded = section->folded + strlen(folded_prefix);
    const struct ini_key *key;
    VEC_EACH (key, &section->keys)
        read_key(pool, part, key, diag);
}

/* ---- the whole ---- */

static const char *path_of_frame(struct pool *pool, const char *path, const struct ini *ini) {
    const struct ini_key *frame = ini_key(ini_section(ini, "ho so"), "khung");
    const char *folder = path_folder(pool, path);
    if (!frame)
        return NULL;
    if (strcmp(path_name(path), "profile.ini") == 0)
        return path_join(pool, folder, pool_printf(pool, "../%s/profile.ini", frame->value));
    return path_join(pool, folder, pool_printf(pool, "%s.ini", frame->value)); /* as packed */
}

static void set_key(struct pool *pool, struct ini_section *section, const struct ini_key *from) {
    struct ini_key *key;
    VEC_EACH (key, &section->keys)
        if (strcmp(key->folded, from->folded) == 0) {
            *key = *from;
            return;
        }
    *VEC_PUSH(pool, &section->keys) = *from;
}

/* Lays `over` over the frame: its order stays, so that files written from the two look alike. */
static void lay_over(struct pool *pool, struct ini *frame, const struct ini *over) {
    const struct ini_section *section;
    const struct ini_key *key;
    VEC_EACH (section, &over->sections) {
        struct ini_section *to = NULL, *s;
        VEC_EACH (s, &frame->sections)
            if (strcmp(s->folded, section->folded) == 0)
                to = s;
        if (!to) {
            *VEC_PUSH(pool, &frame->sections) = *section;
            continue;
        }
        VEC_EACH (key, &section->keys)
            set_key(pool, to, key);
    }
}

/* The profile on top of its frames. */
static const struct ini *read_files(struct pool *pool, const char *path, struct profile *profile,
                                    struct diag *diag) {
    enum { MAX_FRAMES = 4 };
    struct ini *files[MAX_FRAMES] = {NULL};
    size_t n = 0;
    for (; path && n < MAX_FRAMES; n++) {
        files[n] = ini_read(pool, path, diag);
        if (!files[n])
            return NULL;
        path = path_of_frame(pool, path, files[n]);
        if (path)
            *VEC_PUSH(pool, &profile->frames) = path;
    }
    for (size_t i = n - 1; i-- > 0;)
        lay_over(pool, files[n - 1], files[i]);
    return files[n - 1];
}

static const char *value_of(const struct ini *ini, const char *key) {
    const struct ini_key *at = ini_key(ini_section(ini, "ho so"), key);
    return at ? at->value : "";
}

/* ---- what a document of the type is known by ---- */

static void read_signs(struct pool *pool, struct profile *profile, const char *signs) {
    static const char more[] = "…";
    for (const char *rest = *signs ? signs : profile->printed; *rest;) {
        const char *sign = next_field(pool, &rest);
        size_t n = strlen(sign), m = strlen(more);
        bool opens = n >= m && strcmp(sign + n - m, more) == 0;
        *VEC_PUSH(pool, &profile->signs) =
            (struct profile_sign){letters_of(pool, utf8_fold(pool, sign)), opens};
    }
}

bool profile_shown_by(const struct profile *profile, const char *letters) {
    const struct profile_sign *sign;
    VEC_EACH (sign, &profile->signs) {
        size_t n = strlen(sign->letters);
        if (sign->opens ? strncmp(letters, sign->letters, n) == 0 && letters[n]
                        : strcmp(letters, sign->letters) == 0)
            return true;
    }
    return false;
}

struct profile *profile_read(struct pool *pool, const char *path, struct diag *diag) {
    size_t errors = diag_count(diag, DIAG_ERROR);
    struct profile *profile = POOL_NEW(pool, struct profile);
    const struct ini *ini = read_files(pool, path, profile, diag);
    if (!ini)
        return NULL;
    profile->where = (struct where){.file = pool_strdup(pool, path)};
    profile->name = value_of(ini, "ten");
    profile->printed = value_of(ini, "ten in");
    profile->abbreviation = value_of(ini, "viet tat");
    if (!*profile->printed)
        profile->printed = utf8_upper(pool, profile->name);
    read_signs(pool, profile, value_of(ini, "nhan dang"));
    const struct ini_section *required = ini_section(ini, "bat buoc"), *section;
    const struct ini_section *sample = ini_section(ini, "bai mau");
    if (!*profile->name || !required)
        diag_add(diag, PROFILE_INCOMPLETE, profile->where, NULL);
    const struct ini_key *key;
    if (required)
        VEC_EACH (key, &required->keys)
            read_requirement(pool, profile, key, diag);
    VEC_EACH (section, &ini->sections)
        if (strncmp(section->folded, folded_prefix, strlen(folded_prefix)) == 0)
            read_part(pool, profile, section, diag);
    if (sample)
        VEC_EACH (key, &sample->keys)
            if (*key->value)
                *VEC_PUSH(pool, &profile->sample) = key->value;
    return diag_count(diag, DIAG_ERROR) == errors ? profile : NULL;
}
