#include "cli/check.h"

#include "cli/apart.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/mend.h"
#include "cli/options.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>

/* ---- verdicts ---- */

static void count_verdicts(const struct report *report, size_t counts[4]) {
    memset(counts, 0, 4 * sizeof *counts);
    for (size_t i = 0; i < rule_count(); i++)
        counts[report->verdicts[i]]++;
}

/* Why a rule was not judged: what it is about is not there, or the input does not show it. */
static const char *reason(enum verdict verdict, enum lang lang) {
    static const char *const reasons[2][2] = {{"dữ liệu không cho thấy", "không có thành phần này"},
                                              {"not shown by this input", "nothing of the kind"}};
    return reasons[lang][verdict == VERDICT_ABSENT];
}

static bool not_judged(enum verdict verdict) {
    return verdict == VERDICT_UNSEEN || verdict == VERDICT_ABSENT;
}

static void put_verdicts(const struct report *report, struct buf *json) {
    size_t counts[4], n = 0;
    count_verdicts(report, counts);
    buf_printf(json, ",\"rules\":{\"kept\":%zu,\"broken\":%zu,\"not_judged\":[",
               counts[VERDICT_KEPT], counts[VERDICT_BROKEN]);
    for (size_t i = 0; i < rule_count(); i++) {
        enum verdict verdict = report->verdicts[i];
        if (!not_judged(verdict))
            continue;
        buf_printf(json, "%s{\"rule\":\"%s\",\"reason\":\"%s\"}", n++ ? "," : "",
                   rule_text(i, LANG_EN).id, verdict == VERDICT_ABSENT ? "absent" : "unseen");
    }
    buf_puts(json, "]}");
}

static void print_verdicts(const char *path, const struct report *report, enum lang lang) {
    size_t counts[4];
    count_verdicts(report, counts);
    printf(lang == LANG_VI ? "%s: %zu quy tắc đạt, %zu không đạt, %zu chưa xét được\n"
                           : "%s: %zu rules kept, %zu broken, %zu not judged\n",
           path, counts[VERDICT_KEPT], counts[VERDICT_BROKEN],
           counts[VERDICT_UNSEEN] + counts[VERDICT_ABSENT]);
    for (size_t i = 0; i < rule_count(); i++)
        if (not_judged(report->verdicts[i]))
            printf(lang == LANG_VI ? "  %s: chưa xét được: %s\n" : "  %s: not judged: %s\n",
                   rule_text(i, lang).id, reason(report->verdicts[i], lang));
}

/* {1} and the like stand for what a finding fills in. */
static void put_sentence(struct buf *out, const char *s) {
    for (; *s; s++)
        if (s[0] == '{' && s[1] >= '1' && s[1] <= '9' && s[2] == '}') {
            buf_puts(out, "…");
            s += 2;
        } else {
            buf_putc(out, *s);
        }
}

static void list_rules(const struct options *options) {
    static const char *const levels[] = {"note", "warning", "error"};
    bool json = options->given & OPTION_JSON;
    struct buf out = {0};
    for (size_t i = 0; i < rule_count(); i++) {
        struct rule_text rule = rule_text(i, options->lang);
        struct buf sentence = {0};
        put_sentence(&sentence, rule.sentence);
        buf_puts(&sentence, "; ");
        put_sentence(&sentence, rule.fix);
        if (json) {
            buf_printf(&out, "%s{\"rule\":\"%s\",\"level\":\"%s\",\"clause\":", i ? ",\n" : "[",
                       rule.id, levels[rule.level]);
            json_string(&out, rule.clause);
            buf_puts(&out, ",\"text\":");
            json_string(&out, buf_text(&sentence));
            buf_putc(&out, '}');
        } else {
            buf_printf(&out, "%s: %s: %s (%s)\n", rule.id, levels[rule.level], buf_text(&sentence),
                       rule.clause);
        }
        buf_free(&sentence);
    }
    printf("%s%s", buf_text(&out), json ? "]\n" : "");
    buf_free(&out);
}

/* ---- the command ---- */

static bool is_pdf(const char *path) {
    return path_has_suffix(path, ".pdf");
}

static enum status check_one(struct session *session, const struct options *options, check_pdf *pdf,
                             const char *path, struct buf *json, enum status status) {
    struct job job;
    bool final = options->given & OPTION_FINAL;
    job_open(&job, path, options->lang, DIAG_NOTE);
    if (is_pdf(path) && pdf)
        pdf(session, &job, final);
    else
        job_check(session, &job, final);
    if (options->given & OPTION_JSON) {
        buf_puts(json, json->len ? ",\n{\"path\":" : "[{\"path\":");
        json_string(json, path);
        buf_printf(json, ",\"ok\":%s,\"messages\":", job_failed(&job) ? "false" : "true");
        diag_write_json(job.diag, json);
        put_verdicts(job.report, json);
        buf_putc(json, '}');
        status = worse(status, status_of(job.diag));
    } else {
        status = job_report(&job, status, stderr);
        if (options->given & OPTION_VERBOSE)
            print_verdicts(path, job.report, options->lang);
    }
    job_close(&job);
    return status;
}

/* Only congvan-signature reads PDFs: becomes it, and does not return unless it is not there. */
static void hand_over(struct pool *pool, const struct options *options,
                      const struct arguments *arguments, struct diag *diag) {
    char **words = POOL_ARRAY(pool, char *, arguments->argc + 4);
    static char program[] = "congvan", lang[] = "--lang", vi[] = "vi", en[] = "en";
    int n = 0;
    words[n++] = program;
    words[n++] = arguments->argv[0];
    words[n++] = lang;
    words[n++] = options->lang == LANG_VI ? vi : en;
    for (int i = 1; i < arguments->argc; i++)
        words[n++] = arguments->argv[i];
    apart_run(apart_find("sign"), words); /* the program that renders and reads PDFs */
    diag_add(diag, COMMAND_APART, (struct where){0}, "check", "congvan-signature", NULL);
}

static bool any_pdf(const struct inputs *inputs) {
    for (size_t i = 0; i < inputs->at.n; i++)
        if (is_pdf(inputs->at.at[i]))
            return true;
    return false;
}

static enum status check_all(struct pool *pool, const struct options *options, check_pdf *pdf,
                             const struct arguments *arguments) {
    static const char *const suffixes[] = {".ini", ".docx", ".pdf", NULL};
    struct diag *diag = diag_new(options->lang);
    struct inputs inputs = {0};
    enum status status = STATUS_OK;
    inputs_collect(pool, options->paths, options->path_count, suffixes, &inputs, diag);
    if (!pdf && any_pdf(&inputs))
        hand_over(pool, options, arguments, diag);
    struct session *session = options_session(options);
    struct buf json = {0};
    for (size_t i = 0; i < inputs.at.n; i++)
        status = check_one(session, options, pdf, inputs.at.at[i], &json, status);
    if (options->given & OPTION_JSON)
        printf("%s]\n", json.len ? buf_text(&json) : "[");
    diag_write(diag, stderr);
    status = worse(status, status_of(diag));
    buf_free(&json);
    session_free(session);
    diag_free(diag);
    return status;
}

static bool has_word(const struct arguments *arguments, const char *word) {
    for (int i = 1; i < arguments->argc; i++)
        if (strcmp(arguments->argv[i], word) == 0)
            return true;
    return false;
}

enum status check_run(const struct arguments *arguments, check_pdf *pdf) {
    struct command command = command_check;
    command.least = has_word(arguments, "--rules") ? 0 : 1; /* the list of rules needs no paths */
    struct pool *pool = pool_new();
    struct options options;
    enum status status;
    if (options_read(pool, &options, &command, arguments, &status)) {
        if (options.given & OPTION_FIX)
            status = mend_one(&options);
        else if (options.given & OPTION_RULES)
            list_rules(&options);
        if (!(options.given & OPTION_FIX))
            status = options.path_count ? check_all(pool, &options, pdf, arguments) : STATUS_OK;
    }
    pool_free(pool);
    return status;
}

static enum status run_check(const struct arguments *arguments) {
    return check_run(arguments, NULL);
}

const struct command command_check = {
    .name = "check",
    .synopsis = "PATH... [--final] [--json] [--verbose] [--template T.docx]\n"
                "       congvan check --fix FILE -o NEW\n"
                "       congvan check --rules [--json]",
    .summary =
        {"Kiểm tra .ini, .docx hoặc .pdf theo Nghị định 30/2020/NĐ-CP; không sửa tệp gốc.",
         "Checks an .ini, a .docx or a .pdf by Decree 30/2020/NĐ-CP; leaves the file as it is."},
    .options = {"  --final           văn bản đã ban hành: số, ngày không được để trống\n"
                "  --json            kết quả dạng JSON trên đầu ra chuẩn\n"
                "  --verbose         đếm và liệt kê cả những quy tắc chưa xét được\n"
                "  --template T.docx kiểm tra với mẫu này\n"
                "  --fix             sửa những lỗi sửa được bằng máy, ghi ra tệp mới -o NEW\n"
                "  --rules           liệt kê các quy tắc\n",
                "  --final           an issued document: number and day must be filled in\n"
                "  --json            results as JSON on standard output\n"
                "  --verbose         count and list the rules that could not be judged too\n"
                "  --template T.docx check with this template\n"
                "  --fix             mend what is mechanical, into the new file -o NEW\n"
                "  --rules           list the rules\n"},
    .takes = OPTION_FINAL | OPTION_JSON | OPTION_TEMPLATE | OPTION_FONT_DIR | OPTION_RULES |
             OPTION_FIX | OPTION_VERBOSE | OPTION_OUT,
    .run = run_check,
};
