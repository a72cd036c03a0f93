#include "check/check.h"
#include "base/utf8.h"

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
    bool unread = body && body->docx && !body->word; /* which was reported */
    if (!c->profile->required[SECTION_NOI_DUNG] || !body || unread || !body_empty(body))
        return;
    const struct field *field = dispatch_field(c->dispatch, "noi dung");
    diag_add(c->diag, CHECK_BODY_EMPTY, field->where, NULL);
}

static void need_all(const struct checker *c) {
    need(c, SECTION_CO_QUAN, "co quan", "cơ quan", "tên");
    need(c, SECTION_SO_KY_HIEU, "ky hieu", "công văn", "ký hiệu");
    need(c, SECTION_DIA_DANH_NGAY, "dia danh", "công văn", "địa danh");
    need(c, SECTION_TRICH_YEU, "trich yeu", "công văn", "trích yếu");
    need(c, SECTION_KINH_GUI, "kinh gui", "kính gửi", "1");
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
