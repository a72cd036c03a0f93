#include "check/check.h"
#include "base/utf8.h"
#include "dispatch/schema.h"

#include <string.h>

/* ---- the dispatch ---- */

struct checker {
    struct pool *pool;
    const struct dispatch *dispatch;
    const struct profile *profile;
    struct diag *diag;
};

/* The line that ought to say it: the key's, or its section's, or the file. */
static struct where place_of(const struct dispatch *dispatch, const char *section,
                             const char *key) {
    const struct ini_section *in = ini_section(dispatch->ini, section);
    const struct ini_key *at = ini_key(in, key);
    if (at)
        return at->where;
    return in ? in->where : (struct where){.file = dispatch->path};
}

/* `field` must be there; else the message says where the clerk fills it in: [in] key. */
static void need(const struct checker *c, enum section section, const char *field, const char *in,
                 const char *key) {
    if (!c->profile->required[section] || dispatch_field(c->dispatch, field))
        return;
    struct where where = place_of(c->dispatch, utf8_fold(c->pool, in), utf8_fold(c->pool, key));
    diag_add(c->diag, CHECK_MISSING, where, section_name(section), in, key, NULL);
}

static bool paragraph_empty(const struct paragraph *paragraph) {
    const struct span *span;
    VEC_EACH (span, &paragraph->spans)
        if (span->text && span->text[strspn(span->text, " \t")])
            return false;
    return true;
}

static bool body_empty(const struct body *body) {
    const struct body_block *block;
    VEC_EACH (block, &body->blocks)
        if (block->kind == BLOCK_TABLE || !paragraph_empty(&block->paragraph))
            return false;
    return true;
}

static void need_body(const struct checker *c) {
    const struct body *body = c->dispatch->body;
    if (c->profile->required[SECTION_NOI_DUNG] && c->dispatch->missing_body)
        body_open(c->pool, c->dispatch->missing_body, (struct where){.file = c->dispatch->path},
                  c->diag);
    bool unread = body && body->docx && !body->word; /* which was reported */
    if (!c->profile->required[SECTION_NOI_DUNG] || !body || unread || !body_empty(body))
        return;
    const struct field *field = dispatch_field(c->dispatch, "noi dung");
    diag_add(c->diag, CHECK_BODY_EMPTY, field->where, NULL);
}

/* What a type asks for in sections of its own, and whom it writes to without "Kính gửi". */
static void need_part(const struct checker *c, const struct profile_part *part) {
    static const char *const others[] = {"cong van", "co quan", "noi nhan", "nguoi ky"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(part->folded, others[i]) == 0)
            return;
    if (strcmp(part->folded, "kinh gui") == 0 && c->profile->required[SECTION_KINH_GUI])
        return;
    const struct profile_key *key;
    VEC_EACH (key, &part->keys) {
        bool list = strcmp(key->folded, "*") == 0;
        const char *field =
            list ? part->folded : pool_concat(c->pool, part->folded, ".", key->folded, NULL);
        if (key->need != KEY_REQUIRED || dispatch_field(c->dispatch, field))
            continue;
        diag_add(c->diag, CHECK_MISSING, place_of(c->dispatch, part->folded, key->folded),
                 list ? part->name : key->name, part->name, list ? "1" : key->name, NULL);
    }
}

/* A key of the type's own section that the type does not know. */
static void know_part(const struct checker *c, const struct profile_part *part) {
    const struct ini_section *section = ini_section(c->dispatch->ini, part->folded);
    if (!section || schema_section(part->folded))
        return;
    const struct ini_key *key;
    VEC_EACH (key, &section->keys) {
        const char *near = NULL;
        size_t least = utf8_slip(key->folded) + 1;
        const struct profile_key *known;
        VEC_EACH (known, &part->keys) {
            size_t distance = strcmp(known->folded, "*") == 0
                                  ? 0
                                  : utf8_distance(key->folded, known->folded, least);
            if (distance < least) {
                least = distance;
                near = known->name;
            }
        }
        if (near && least)
            diag_add(c->diag, INI_UNKNOWN_KEY, key->where, key->name, section->name, near, NULL);
    }
}

static void need_all(const struct checker *c) {
    const struct profile_part *part;
    VEC_EACH (part, &c->profile->parts) {
        need_part(c, part);
        know_part(c, part);
    }
    need(c, SECTION_CO_QUAN, "co quan", "cơ quan", "tên");
    need(c, SECTION_SO_KY_HIEU, "ky hieu", "công văn", "ký hiệu");
    need(c, SECTION_DIA_DANH_NGAY, "dia danh", "công văn", "địa danh");
    need(c, SECTION_TRICH_YEU, "trich yeu", "công văn", "trích yếu");
    need(c, SECTION_KINH_GUI, "kinh gui", "kính gửi", "1");
    need(c, SECTION_CAN_CU, "can cu", "căn cứ", "1");
    need_body(c);
    need(c, SECTION_NGUOI_KY, "chuc vu", "người ký", "chức vụ");
    need(c, SECTION_NGUOI_KY, "ho ten", "người ký", "họ tên");
    need(c, SECTION_NOI_NHAN, "noi nhan", "nơi nhận", "1");
    need(c, SECTION_LUU, "luu", "nơi nhận", "lưu");
}

/* What a draft may leave open and an issued document may not (Decree 30, 1.5 and 1.6). */
static void need_filled(const struct checker *c) {
    static const char *const slots[][2] = {
        {"so", "số"}, {"ngay", "ngày"}, {"thang", "ngày"}, {"nam", "ngày"}};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        const struct field *field = dispatch_field(c->dispatch, slots[i][0]);
        if (!field || !field->blank)
            continue;
        diag_add(c->diag, CHECK_SLOT_BLANK, field->where, field->name, slots[i][1], NULL);
        if (i > 0)
            break; /* one message for the date */
    }
}

bool check_dispatch(const struct dispatch *dispatch, const struct profile *profile, bool final,
                    struct diag *diag) {
    size_t errors = diag_count(diag, DIAG_ERROR);
    struct checker c = {pool_new(), dispatch, profile, diag};
    need_all(&c);
    if (final)
        need_filled(&c);
    pool_free(c.pool);
    bool body_read = dispatch->body || !profile->required[SECTION_NOI_DUNG];
    return body_read && diag_count(diag, DIAG_ERROR) == errors;
}
