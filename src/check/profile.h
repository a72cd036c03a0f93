/* profile: what a type of document must have (templates/NAME/profile.ini). */
#ifndef CONGVAN_CHECK_PROFILE_H
#define CONGVAN_CHECK_PROFILE_H

#include "base/diag.h"
#include "base/pool.h"

#include <stdbool.h>

/* The sections of section [bắt buộc]. */
enum section {
    SECTION_QUOC_HIEU,
    SECTION_TIEU_NGU,
    SECTION_CO_QUAN,
    SECTION_SO_KY_HIEU,
    SECTION_DIA_DANH_NGAY,
    SECTION_TRICH_YEU,
    SECTION_KINH_GUI,
    SECTION_NOI_DUNG,
    SECTION_NGUOI_KY,
    SECTION_NOI_NHAN,
    SECTION_LUU,
    SECTIONS
};

/* As profiles and messages name it: "số ký hiệu". */
const char *section_name(enum section section);

struct profile {
    const char *name; /* e.g. "công văn" */
    bool required[SECTIONS];
    struct where where;
};

/* Reads a profile; NULL (reported) when unreadable or when it names an unknown section. */
struct profile *profile_read(struct pool *pool, const char *path, struct diag *diag);

#endif
