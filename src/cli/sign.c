#include "cli/apart.h"
#include "cli/clock.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/pass.h"
#include "cli/stamp.h"

#include "base/file.h"
#include "dispatch/values.h"
#include "signature/sign.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Points. 40 x 20 mm for a signature; 36 mm is the seal of most offices. */
#define SIGNATURE_WIDTH 113.4
#define SIGNATURE_HEIGHT 56.7
#define POINTS_PER_MM (72 / 25.4)
#define SEAL_MM 36.0
/* The block of a separate appendix or a copy: two or three lines of 10 pt in the top right corner
 * of the page, 10 mm from its edges. */
#define BLOCK_WIDTH 200.0
#define BLOCK_LINE 11.5
#define BLOCK_EDGE 28.35

enum role { ROLE_NONE, ROLE_LEADER, ROLE_AGENCY, ROLE_APPENDIX, ROLE_COPY };

static const struct {
    const char *name, *field; /* the field render --for-signing makes, or a new one */
} roles[] = {[ROLE_NONE] = {"", "Signature"},
             [ROLE_LEADER] = {"leader", "chu_ky"},
             [ROLE_AGENCY] = {"agency", "con_dau"},
             [ROLE_APPENDIX] = {"appendix", "phu_luc"},
             [ROLE_COPY] = {"copy", "ban_sao"}};

/* One run of the command. */
struct signing_run {
    struct pool *pool;
    const struct options *options;
    struct diag *diag;
    struct session *session; /* NULL until a stamp has to be drawn */
    const char *path;
    struct buf file; /* as signed so far */
    struct key *key;
    time_t now;
    enum role role;
};

static bool bad_value(struct signing_run *run, const char *value) {
    diag_add(run->diag, OPTION_BAD_VALUE, (struct where){0}, value, "sign", NULL);
    return false;
}

static struct bytes whole(const struct signing_run *run) {
    return (struct bytes){run->file.data, run->file.len};
}

static bool draw(struct signing_run *run, const struct stamp *stamp, struct buf *pdf) {
    if (!run->session)
        run->session = options_session(run->options);
    return stamp_draw(run->session, stamp, pdf, run->diag);
}

/* One signature more, over everything there is. */
static bool sign_once(struct signing_run *run, struct sign_request *request,
                      const struct stamp *stamp) {
    struct buf look = {0}, out = {0};
    bool ok = !stamp || draw(run, stamp, &look);
    request->path = run->path;
    request->time = clock_text(run->pool, run->now, "D:%Y%m%d%H%M%S+07'00'");
    request->key = run->key;
    request->cms = (struct cms_options){.pss = options_own(run->options, "pss") != NULL,
                                        .tsa = options_own(run->options, "tsa")};
    request->appearance = (struct bytes){look.data, look.len};
    ok = ok && sign(run->pool, whole(run), request, &out, run->diag);
    buf_free(&look);
    if (ok) {
        buf_free(&run->file);
        run->file = out;
    } else {
        buf_free(&out);
    }
    return ok;
}

/* ---- number and date into their blanks ---- */

static bool stamp_blank(struct signing_run *run, const char *field, const char *text) {
    double rect[4];
    int page;
    if (!sign_find_field(run->pool, whole(run), field, rect, &page)) {
        diag_add(run->diag, SIGN_NO_SLOT, (struct where){.file = run->path}, field, text, NULL);
        return false;
    }
    const char *lines[] = {text, NULL};
    struct stamp stamp = {.width = rect[2] - rect[0],
                          .height = rect[3] - rect[1],
                          .lines = lines,
                          .half_points = 26,
                          .centred = true};
    struct sign_request request = {.field = field};
    memcpy(request.rect, rect, sizeof rect);
    return sign_once(run, &request, &stamp);
}

/* A month without a blank of its own is printed in the draft already. */
static bool stamp_if_blank(struct signing_run *run, const char *field, const char *text) {
    double rect[4];
    int page;
    return !sign_find_field(run->pool, whole(run), field, rect, &page) ||
           stamp_blank(run, field, text);
}

/* Days below 10 and months 1 and 2 with a zero (Decree 30, Phụ lục I, II.4). */
static bool stamp_date(struct signing_run *run, const char *text) {
    struct date date;
    if (!value_date(run->pool, text, &date) || !date.day || !date.month || !date.year)
        return bad_value(run, text);
    int day = atoi(date.day), month = atoi(date.month), year = atoi(date.year);
    return stamp_blank(run, "ngay", pool_printf(run->pool, day < 10 ? "%02d" : "%d", day)) &&
           stamp_if_blank(run, "thang", pool_printf(run->pool, month < 3 ? "%02d" : "%d", month)) &&
           stamp_if_blank(run, "nam", pool_printf(run->pool, "%d", year));
}

static bool stamp_blanks(struct signing_run *run) {
    const char *number = options_own(run->options, "number");
    const char *date = options_own(run->options, "date");
    if (number && strlen(number) == 1)
        number = pool_printf(run->pool, "0%s", number);
    return (!number || stamp_blank(run, "so", number)) && (!date || stamp_date(run, date));
}

/* ---- the signature itself ---- */

static bool read_role(struct signing_run *run) {
    const char *name = options_own(run->options, "role");
    if (!name)
        return true;
    for (size_t i = 1; i < sizeof roles / sizeof roles[0]; i++)
        if (strcmp(name, roles[i].name) == 0)
            run->role = (enum role)i;
    return run->role != ROLE_NONE || bad_value(run, name);
}

/* No page is as long as that (ISO 32000-1, annex C.2); nor is it what is no number or infinite. */
static bool is_length(double points) {
    return fabs(points) <= 14400;
}

static bool read_place(struct signing_run *run, struct sign_request *request) {
    const char *page = options_own(run->options, "page"), *rect = options_own(run->options, "rect");
    double *r = request->rect, width, height;
    int end = 0;
    if (page &&
        (sscanf(page, "%5d%n", &request->page, &end) != 1 || page[end] || request->page < 1))
        return bad_value(run, page);
    if (!rect)
        return true;
    if (sscanf(rect, "%lf,%lf,%lf,%lf%n", &r[0], &r[1], &width, &height, &end) != 4 || rect[end] ||
        !is_length(r[0]) || !is_length(r[1]) || !is_length(width) || !is_length(height) ||
        width <= 0 || height <= 0)
        return bad_value(run, rect);
    r[2] = r[0] + width;
    r[3] = r[1] + height;
    return true;
}

/* Top right corner of page 1, as the decree places the block of an appendix or a copy. */
static void place_block(struct signing_run *run, struct sign_request *request, int lines) {
    double width = 595.28, height = 841.89;
    sign_page_size(run->pool, whole(run), 1, &width, &height);
    request->page = 1;
    request->rect[2] = width - BLOCK_EDGE;
    request->rect[0] = request->rect[2] - BLOCK_WIDTH;
    request->rect[3] = height - BLOCK_EDGE;
    request->rect[1] = request->rect[3] - lines * BLOCK_LINE - 1;
}

static bool is_empty(const double rect[4]) {
    return rect[2] <= rect[0] || rect[3] <= rect[1];
}

static bool sign_block(struct signing_run *run, struct sign_request *request) {
    const char *text = options_own(run->options, "text");
    const char *time = pool_printf(run->pool, "Thời gian ký: %s",
                                   clock_text(run->pool, run->now, "%Y-%m-%dT%H:%M:%S+07:00"));
    const char *lines[4] = {0};
    int n = 0;
    if (!text) {
        diag_add(run->diag, SIGN_NEEDS_TEXT, (struct where){0}, roles[run->role].name, NULL);
        return false;
    }
    const char *bar = strstr(text, " | "); /* a forced line end, as in the INI */
    lines[n++] = bar ? pool_strndup(run->pool, text, (size_t)(bar - text)) : text;
    if (bar)
        lines[n++] = bar + 3;
    lines[n++] = time;
    if (is_empty(request->rect))
        place_block(run, request, n);
    struct stamp stamp = {.width = request->rect[2] - request->rect[0],
                          .height = request->rect[3] - request->rect[1],
                          .lines = lines,
                          .half_points = 20};
    return sign_once(run, request, &stamp);
}

static bool sign_picture(struct signing_run *run, struct sign_request *request,
                         const char *picture) {
    const char *text = options_own(run->options, "seal-mm");
    double mm = SEAL_MM;
    int end = 0;
    if (text && (sscanf(text, "%lf%n", &mm, &end) != 1 || text[end] || mm <= 0 ||
                 !is_length(mm * POINTS_PER_MM)))
        return bad_value(run, text);
    double seal = mm * POINTS_PER_MM;
    bool agency = run->role == ROLE_AGENCY;
    struct stamp stamp = {.width = request->rect[2] - request->rect[0],
                          .height = request->rect[3] - request->rect[1],
                          .picture = picture,
                          .fit_width = agency ? seal : SIGNATURE_WIDTH,
                          .fit_height = agency ? seal : SIGNATURE_HEIGHT};
    return sign_once(run, request, &stamp);
}

static bool read_certify(struct signing_run *run, int *level) {
    const char *text = options_own(run->options, "certify");
    bool ok = !text || (text[0] >= '1' && text[0] <= '3' && !text[1]);
    *level = text && ok ? text[0] - '0' : 0;
    return ok || bad_value(run, text);
}

static bool sign_main(struct signing_run *run) {
    struct sign_request request = {0};
    const char *field = options_own(run->options, "field");
    const char *picture = options_own(run->options, "picture");
    int page;
    request.field = field ? field : roles[run->role].field;
    if (!read_place(run, &request))
        return false;
    if (!read_certify(run, &request.certify))
        return false;
    sign_find_field(run->pool, whole(run), request.field, request.rect, &page);
    if (run->role == ROLE_APPENDIX || run->role == ROLE_COPY)
        return sign_block(run, &request);
    if (picture && is_empty(request.rect)) {
        diag_add(run->diag, SIGN_NEEDS_PLACE, (struct where){.file = run->path}, request.field,
                 NULL);
        return false;
    }
    if (picture)
        return sign_picture(run, &request, picture);
    return sign_once(run, &request, NULL);
}

/* ---- the command ---- */

static bool open_key(struct signing_run *run) {
    const char *path = options_own(run->options, "key"), *uri = options_own(run->options, "pkcs11");
    char pass[PASS_MAX];
    if (!path == !uri) {
        diag_add(run->diag, SIGN_NEEDS_KEY, (struct where){0}, NULL);
        return false;
    }
    if (pass_read(options_own(run->options, "pass-file"), run->options->lang, pass, run->diag))
        run->key = path ? key_from_file(path, pass, run->diag)
                        : key_from_token(uri, options_own(run->options, "module"), pass, run->diag);
    secret_wipe(pass, sizeof pass);
    if (run->key && !key_in_force(run->key, run->now)) {
        diag_add(run->diag, SIGN_EXPIRED, (struct where){.file = path ? path : uri},
                 key_name(run->key), NULL);
        return false;
    }
    return run->key;
}

/* --time YYYY-MM-DDThh:mm:ss+07:00, for tests and for a clock that is wrong. */
static bool read_time(struct signing_run *run) {
    const char *text = options_own(run->options, "time");
    struct tm tm = {0};
    int hours = 0, minutes = 0;
    char sign = '+';
    run->now = time(NULL);
    if (!text)
        return true;
    if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d%c%2d:%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
               &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &sign, &hours, &minutes) != 9 ||
        (sign != '+' && sign != '-'))
        return bad_value(run, text);
    tm.tm_year -= 1900;
    tm.tm_mon--;
    run->now = timegm(&tm) - (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    return true;
}

static bool load(struct signing_run *run) {
    size_t len;
    const char *s =
        file_read(run->pool, run->path, &len, (struct where){.file = run->path}, run->diag);
    if (s)
        buf_append(&run->file, s, len);
    return s;
}

static const char *output_path(const struct signing_run *run) {
    if (run->options->out)
        return run->options->out;
    const char *name = pool_printf(run->pool, "%s.signed.pdf", path_stem(run->pool, run->path));
    return path_join(run->pool, path_folder(run->pool, run->path), name);
}

static void sign_file(struct signing_run *run) {
    const char *out = output_path(run);
    if (file_same(out, run->path)) {
        diag_add(run->diag, OUTPUT_IS_SOURCE, (struct where){.file = out}, run->path, NULL);
        return;
    }
    if (read_time(run) && read_role(run) && load(run) && open_key(run) && stamp_blanks(run) &&
        sign_main(run) && file_write(out, run->file.data, run->file.len, run->diag))
        printf("%s\n", out);
}

static enum status run_sign(const struct arguments *arguments) {
    struct pool *pool = pool_new();
    struct options options;
    enum status status;
    pass_protect();
    if (options_read(pool, &options, &command_sign, arguments, &status)) {
        struct signing_run run = {.pool = pool,
                                  .options = &options,
                                  .diag = diag_new(options.lang),
                                  .path = options.paths[0]};
        if (options.path_count > 1)
            diag_add(run.diag, PATH_TOO_MANY, (struct where){0}, command_sign.synopsis, NULL);
        else
            sign_file(&run);
        diag_write(run.diag, stderr);
        status = options.path_count > 1 ? STATUS_USAGE : status_of(run.diag);
        if (run.session)
            session_free(run.session);
        key_free(run.key);
        buf_free(&run.file);
        diag_free(run.diag);
    }
    pool_free(pool);
    return status;
}

static const struct own_option own[] = {
    {"key", true},     {"pkcs11", true},  {"module", true}, {"pass-file", true}, {"pss", false},
    {"tsa", true},     {"certify", true}, {"role", true},   {"field", true},     {"page", true},
    {"rect", true},    {"picture", true}, {"text", true},   {"number", true},    {"date", true},
    {"seal-mm", true}, {"time", true},    {NULL, false}};

const struct command command_sign = {
    .name = "sign",
    .synopsis = SIGN_SYNOPSIS,
    .summary = {SIGN_SUMMARY},
    .options =
        {"  --key TỆP.p12       khóa ký PKCS#12; mật khẩu được hỏi, hoặc lấy từ --pass-file, "
         "CONGVAN_PASS\n"
         "  --pkcs11 URI        thiết bị ký, ví dụ "
         "\"pkcs11:token=VGCA;module-path=/usr/lib/x.so\"\n"
         "  --pass-file TỆP     tệp có mật khẩu (hoặc mã PIN) ở dòng đầu\n"
         "  --pss               chữ ký RSASSA-PSS\n"
         "  --tsa URL           thêm dấu thời gian (RFC 3161)\n"
         "  --certify N         chữ ký chứng nhận, phải là chữ ký đầu: 1 cấm mọi sửa đổi, 2 cho "
         "điền "
         "mẫu và ký, 3 cho cả chú thích\n"
         "  --role VAI          leader (lãnh đạo), agency (con dấu), appendix (phụ lục), copy (bản "
         "sao)\n"
         "  --picture ẢNH.png   ảnh chữ ký hoặc con dấu, nền trong suốt\n"
         "  --seal-mm N         cỡ thật của con dấu, mặc định 36\n"
         "  --text CHỮ          dòng đầu của khối chữ ký phụ lục, bản sao, ví dụ \"Số: "
         "12/UBND-VP\"\n"
         "  --field TÊN         ô ký; mặc định theo vai: chu_ky, con_dau, phu_luc, ban_sao\n"
         "  --page N --rect X,Y,RỘNG,CAO   ô ký mới (pt, từ góc dưới bên trái)\n"
         "  --number SỐ --date NGÀY/THÁNG/NĂM   đóng số, ngày vào chỗ trống trước khi ký\n",
         "  --key FILE.p12      PKCS#12 key; its passphrase is asked for, or from --pass-file, "
         "CONGVAN_PASS\n"
         "  --pkcs11 URI        token, e.g. \"pkcs11:token=VGCA;module-path=/usr/lib/x.so\"\n"
         "  --pass-file FILE    passphrase (or PIN) on its first line\n"
         "  --pss               RSASSA-PSS\n"
         "  --tsa URL           add a time-stamp (RFC 3161)\n"
         "  --certify N         certify, as the first signature: 1 no changes, 2 forms and "
         "signatures, 3 annotations too\n"
         "  --role ROLE         leader, agency (seal), appendix, copy\n"
         "  --picture PNG       picture of signature or seal, transparent\n"
         "  --seal-mm N         real size of the seal, 36 by default\n"
         "  --text TEXT         first line of the block of an appendix or copy, e.g. \"Số: "
         "12/UBND-VP\"\n"
         "  --field NAME        signature field; by role: chu_ky, con_dau, phu_luc, ban_sao\n"
         "  --page N --rect X,Y,W,H   a new field (points from the bottom left corner)\n"
         "  --number N --date D/M/Y   stamp number and date into their blanks first\n"},
    .takes = OPTION_OUT | OPTION_FONT_DIR,
    .least = 1,
    .run = run_sign,
    .own = own,
};
