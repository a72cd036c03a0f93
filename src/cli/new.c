/* new: an INI and a body to start from. What stands in them, and the remarks, comes from the type's
 * profile, so that a new type needs nothing here. */
#include "cli/commands.h"
#include "cli/options.h"
#include "check/types.h"

#include "base/file.h"
#include "base/utf8.h"
#include "dispatch/schema.h"

#include <string.h>

/* The example with the type's abbreviation in its place. */
static const char *filled(struct pool *pool, const char *example, const struct profile *profile) {
    static const char slot[] = "{viết tắt}";
    const char *at = strstr(example, slot);
    if (!at)
        return example;
    return pool_printf(pool, "%.*s%s%s", (int)(at - example), example, profile->abbreviation,
                       at + sizeof slot - 1);
}

/* An optional key is a remark until its sign is taken away: an empty one would keep the value of
 * chung.ini out. */
static void put_key(struct pool *pool, const struct profile *profile, const struct profile_key *key,
                    struct buf *out) {
    if (key->need == KEY_NONE)
        return;
    bool list = strcmp(key->folded, "*") == 0;
    const char *value = filled(pool, key->example, profile);
    const char *quote = strpbrk(value, ";#") ? "\"" : "";
    bool remark = key->need == KEY_OPTIONAL && !*value;
    if (*key->remark)
        buf_printf(out, "; %s\n", key->remark);
    buf_printf(out, "%s%s =%s%s%s%s\n", remark ? "; " : "", list ? "1" : key->name,
               *value ? " " : "", quote, value, quote);
}

static bool is_used(const struct profile_part *part) {
    const struct profile_key *key;
    VEC_EACH (key, &part->keys)
        if (key->need != KEY_NONE)
            return true;
    return false;
}

static void put_part(struct pool *pool, const struct profile *profile,
                     const struct profile_part *part, struct buf *out) {
    if (!is_used(part))
        return;
    /* A section that is there counts, whatever is in it: one for a few stays a remark as a whole.
     */
    bool few = schema_appendix(part->folded) || schema_signer(part->folded);
    buf_printf(out,
               few ? "\n; khi cần thì xóa dấu ; ở dòng dưới đây và ở những dòng cần dùng\n; [%s]\n"
                   : "\n[%s]\n",
               part->name);
    if (strcmp(part->folded, "cong van") == 0)
        buf_printf(out, "loại = %s\n", profile->name);
    const struct profile_key *key;
    VEC_EACH (key, &part->keys)
        put_key(pool, profile, key, out);
}

enum { RANKS = 8 };

/* As on the page: the head, what the type adds, recipients, copies, signers, appendices. */
static int rank(const struct profile_part *part) {
    static const char *const order[RANKS] = {"cong van", "co quan",  "",           "kinh gui",
                                             "noi nhan", "nguoi ky", "nguoi ky 2", "phu luc 1"};
    enum { OWN = 2 };
    for (int i = 0; i < RANKS; i++)
        if (i != OWN && strcmp(part->folded, order[i]) == 0)
            return i;
    return OWN;
}

static void write_ini(struct pool *pool, const struct profile *profile, struct buf *out) {
    buf_printf(
        out,
        "; %s: điền các dòng dưới đây. Dòng mở đầu bằng ; là lời dặn, máy bỏ qua; muốn dùng\n"
        "; một dòng như “; độ khẩn =” thì xóa dấu ; ở đầu. Nội dung viết ở tệp .md cùng tên.\n",
        profile->printed);
    const struct profile_part *part;
    for (int i = 0; i < RANKS; i++)
        VEC_EACH (part, &profile->parts)
            if (rank(part) == i)
                put_part(pool, profile, part, out);
}

static void write_body(const struct profile *profile, struct buf *out) {
    for (size_t i = 0; i < profile->sample.n; i++)
        buf_printf(out, "%s%s\n", i ? "\n" : "", profile->sample.at[i]);
}

/* NAME or NAME.ini -> NAME */
static const char *base_of(struct pool *pool, const char *path) {
    size_t n = strlen(path);
    return path_has_suffix(path, ".ini") ? pool_strndup(pool, path, n - 4) : path;
}

static void make_files(struct pool *pool, const struct profile *profile, const char *path,
                       struct diag *diag) {
    const char *base = base_of(pool, path);
    const char *names[] = {pool_printf(pool, "%s.ini", base), pool_printf(pool, "%s.md", base)};
    struct buf texts[2] = {{0}, {0}};
    write_ini(pool, profile, &texts[0]);
    write_body(profile, &texts[1]);
    for (size_t i = 0; i < 2; i++)
        if (texts[i].len && file_exists(names[i]))
            diag_add(diag, NEW_EXISTS, (struct where){.file = names[i]}, NULL);
    for (size_t i = 0; i < 2 && !diag_count(diag, DIAG_ERROR); i++)
        if (texts[i].len && file_write(names[i], buf_text(&texts[i]), texts[i].len, diag))
            puts(names[i]);
    buf_free(&texts[0]);
    buf_free(&texts[1]);
}

static void print_types(const struct doc_types *types) {
    const struct doc_type *type;
    VEC_EACH (type, &types->at)
        printf("%s\t%s\t%s\n", type->profile->name, type->profile->abbreviation, type->file);
}

static enum status run(struct pool *pool, const struct options *options) {
    struct diag *diag = diag_new(options->lang);
    struct session *session = options_session(options);
    struct doc_types types = {0};
    types_read(pool, session_types(session), &types, diag);
    const char *word = options->type ? options->type : "công văn";
    size_t distance;
    const struct doc_type *type = types_nearest(&types, word, &distance);
    if (options->given & OPTION_LIST)
        print_types(&types);
    else if (type && !distance)
        for (size_t i = 0; i < options->path_count; i++)
            make_files(pool, type->profile, options->paths[i], diag);
    else if (type)
        diag_add(diag, TYPE_UNKNOWN_NEAR, (struct where){0}, word, type->profile->name, NULL);
    else
        diag_add(diag, TYPE_UNKNOWN, (struct where){0}, word, NULL);
    bool unknown = !type || distance;
    enum status status = worse(
        status_of(diag), unknown && !(options->given & OPTION_LIST) ? STATUS_USAGE : STATUS_OK);
    diag_write(diag, stderr);
    diag_free(diag);
    session_free(session);
    return status;
}

static enum status run_new(const struct arguments *arguments) {
    struct pool *pool = pool_new();
    struct options options;
    enum status status;
    if (options_read(pool, &options, &command_new, arguments, &status)) {
        bool named = options.path_count || (options.given & OPTION_LIST);
        if (named) {
            status = run(pool, &options);
        } else {
            print_command_help(&command_new, options.lang, stderr);
            status = STATUS_USAGE;
        }
    }
    pool_free(pool);
    return status;
}

const struct command command_new = {
    .name = "new",
    .synopsis = "NAME... [--type T] | --list",
    .summary =
        {"Viết tệp NAME.ini (có lời dặn) và NAME.md để bắt đầu soạn; không ghi đè tệp đã có.",
         "Writes NAME.ini, with remarks, and NAME.md to start from; overwrites nothing."},
    .options = {"  --type T          loại văn bản (tên hoặc chữ viết tắt; mặc định: công văn)\n"
                "  --list            các loại văn bản: tên, chữ viết tắt, tên mẫu\n",
                "  --type T          document type (name or abbreviation; default: công văn)\n"
                "  --list            the types: name, abbreviation, name of the template\n"},
    .takes = OPTION_TYPE | OPTION_LIST,
    .run = run_new,
};
