#include "check/profile.h"
#include "base/utf8.h"
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

static bool read_requirement(struct pool *pool, struct profile *profile, const struct ini_key *key,
                             struct diag *diag) {
    int section = section_by_name(key->folded);
    const char *answer = utf8_fold(pool, key->value);
    bool yes = strcmp(answer, "co") == 0;
    if (section == SECTIONS)
        diag_add(diag, PROFILE_UNKNOWN_SECTION, key->where, key->name, NULL);
    else if (!yes && strcmp(answer, "khong") != 0)
        diag_add(diag, PROFILE_NOT_YES_NO, key->where, key->name, key->value, NULL);
    else {
        profile->required[section] = yes;
        return true;
    }
    return false;
}

struct profile *profile_read(struct pool *pool, const char *path, struct diag *diag) {
    size_t errors = diag_count(diag, DIAG_ERROR);
    const struct ini *ini = ini_read(pool, path, diag);
    if (!ini)
        return NULL;
    struct profile *profile = POOL_NEW(pool, struct profile);
    profile->where = (struct where){.file = pool_strdup(pool, path)};
    const struct ini_key *name = ini_key(ini_section(ini, "ho so"), "ten");
    const struct ini_section *required = ini_section(ini, "bat buoc");
    profile->name = name ? name->value : "";
    if (!*profile->name || !required)
        diag_add(diag, PROFILE_INCOMPLETE, profile->where, NULL);
    const struct ini_key *key;
    if (required)
        VEC_EACH (key, &required->keys)
            read_requirement(pool, profile, key, diag);
    return diag_count(diag, DIAG_ERROR) == errors ? profile : NULL;
}
