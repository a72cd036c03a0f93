#include "cli/fields_check.h"

#include "base/utf8.h"
#include "dispatch/schema.h"

#include <string.h>

/* A dispatch that lacks nothing. */
static const char sample[] =
    "[công văn]\nsố = 12\nký hiệu = UBND-VP\nđịa danh = Suối Nhạn\nngày = 25/12/2026\n"
    "trích yếu = kiểm tra mẫu trước khi dùng\nđộ khẩn = KHẨN\nđộ mật = MẬT\n"
    "[cơ quan]\nchủ quản = ỦY BAN NHÂN DÂN TỈNH MỘC GIANG\ntên = ỦY BAN NHÂN DÂN XÃ SUỐI NHẠN\n"
    "địa chỉ = Số 18 phố Lạc Thủy\n"
    "[căn cứ]\n1 = Căn cứ Luật Tổ chức chính quyền địa phương\n"
    "[kính gửi]\n1 = Trưởng các thôn trong xã\n"
    "[nội dung]\ntệp = mau.docx\n"
    "[nơi nhận]\n1 = Như trên\n2 = Đảng ủy xã\nlưu = VT\n"
    "[người ký]\nquyền hạn = KT. CHỦ TỊCH\nchức vụ = PHÓ CHỦ TỊCH\nhọ tên = Lương Bảo Khánh\n";
static const char sample_body[] =
    "Điều 1. Ủy ban nhân dân xã yêu cầu các thôn thực hiện những nội dung nêu tại văn bản này.\n\n"
    "Đề nghị các thôn báo cáo kết quả về Ủy ban nhân dân xã./.\n";

/* A value for every tag of the office's own, so that only what is required can be missing. */
static void put_own_keys(struct pool *pool, struct buf *ini, const char *path, struct diag *diag) {
    struct template *template = template_open(path, diag);
    for (size_t i = 0; template && i < template_tag_count(template); i++) {
        const struct tag *tag = template_tag(template, i);
        if ((tag->kind != TAG_VALUE && tag->kind != TAG_EACH) || schema_taken(tag->key))
            continue;
        struct tag_source source = schema_source(pool, tag->key, tag->name);
        if (source.key &&
            !schema_name(utf8_fold(pool, source.section), utf8_fold(pool, source.key)))
            buf_printf(ini, "[%s]\n%s = mẫu\n", source.section, source.key);
    }
    template_close(template);
}

/* Sections and keys of the made-up INI repeat themselves, of which nobody has to be told. */
static struct dispatch *make_dispatch(struct pool *pool, const char *path, const char *type,
                                      struct diag *diag) {
    struct diag *quiet = diag_new(diag_lang(diag));
    struct buf text = {0};
    buf_puts(&text, sample);
    put_own_keys(pool, &text, path, quiet);
    struct ini *ini = ini_parse(pool, path, buf_text(&text), text.len, quiet);
    struct dispatch *dispatch = ini ? dispatch_make(pool, path, ini, quiet) : NULL;
    if (dispatch && dispatch->body) {
        *dispatch->body = *body_parse(pool, path, sample_body, sizeof sample_body - 1, quiet);
        dispatch->type = type;
    }
    buf_free(&text);
    diag_free(quiet);
    return dispatch;
}

void fields_check(const struct options *options, const char *path, const char *type,
                  struct diag *diag) {
    struct session *session =
        session_new(options->lang, options->font_folders.at, options->font_folders.n, path);
    struct job job = {.pool = pool_new(), .diag = diag, .path = path, .suffix = ""};
    job.dispatch = make_dispatch(job.pool, path, type, diag);
    if (job.dispatch && session_profile(session, job.dispatch, diag))
        job_merge(session, &job, false);
    job.diag = diag_new(options->lang); /* what was found stays the caller's */
    job_close(&job);
    session_free(session);
}
