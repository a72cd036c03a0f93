#include "cli/commands.h"
#include "cli/fields_check.h"
#include "cli/options.h"

#include "base/utf8.h"
#include "dispatch/schema.h"

#include <string.h>

static const char *sign_of(const struct tag *tag) {
    return tag->kind == TAG_EACH ? "#" : tag->kind == TAG_UNLESS ? "^" : "";
}

/* Ends of sections and what stands for their items say nothing of their own. */
static bool is_listed(const struct tag *tag) {
    return tag->kind == TAG_VALUE || tag->kind == TAG_PICTURE || tag->kind == TAG_EACH ||
           tag->kind == TAG_UNLESS;
}

/* ---- the sections around a tag ---- */

/* A section of a part as the tags of it are gone through. */
struct around {
    const struct tag *open;
    struct around *outer; /* NULL: none */
    size_t last;          /* its end's paragraph; 0: not come to */
};

/* Where the tags of a template stand, in their order. */
struct places {
    VEC(const struct around *) at; /* NULL: in no section */
    VEC(struct around *) of_part;  /* sections of the part in hand, in the order they open */
};

/* Pictures are listed behind the text they stand in: theirs is the innermost section whose
 * paragraphs hold them. */
static const struct around *around_picture(const struct places *places, const struct tag *tag) {
    for (size_t i = places->of_part.n; i-- > 0;) {
        const struct around *a = places->of_part.at[i];
        if (a->open->paragraph <= tag->paragraph && tag->paragraph <= a->last)
            return a;
    }
    return NULL;
}

static bool is_other_part(const struct tag *a, const struct tag *b) {
    return strcmp(a->where.part, b->where.part) != 0;
}

static void find_places(struct pool *pool, const struct template *template, struct places *places) {
    struct around *now = NULL;
    for (size_t i = 0; i < template_tag_count(template); i++) {
        const struct tag *tag = template_tag(template, i);
        if (i && is_other_part(tag, template_tag(template, i - 1))) {
            places->of_part.n = 0;
            now = NULL;
        }
        if (tag->kind == TAG_END && now) {
            now->last = tag->paragraph;
            now = now->outer;
        }
        *VEC_PUSH(pool, &places->at) = tag->kind == TAG_PICTURE ? around_picture(places, tag) : now;
        if (tag->kind == TAG_EACH || tag->kind == TAG_UNLESS) {
            struct around *inner = POOL_NEW(pool, struct around);
            *inner = (struct around){tag, now, 0};
            *VEC_PUSH(pool, &places->of_part) = now = inner;
        }
    }
}

/* "{{#phụ lục}} {{#tiêu đề}}", from the outermost; "" for none. */
static const char *around_text(struct pool *pool, const struct around *around) {
    const char *text = "";
    for (const struct around *a = around; a; a = a->outer)
        text = pool_printf(pool, "{{%s%s}}%s%s", sign_of(a->open), a->open->name, *text ? " " : "",
                           text);
    return text;
}

/* ---- one tag ---- */

static struct tag_source source_of(struct pool *pool, const struct tag *tag,
                                   const struct around *around) {
    struct tag_source source = schema_source(pool, tag->key, tag->name);
    for (const struct around *a = around; a; a = a->outer) {
        struct tag_source inside = schema_source_in(pool, a->open->key, tag->key, tag->name);
        if (strcmp(inside.section, source.section) != 0)
            return inside;
    }
    return source;
}

/* "[công văn] ngày", and whether the program works it out. */
static const char *source_text(struct pool *pool, struct tag_source source, enum lang lang) {
    static const char *const computed[] = {" (máy tính ra)", " (computed)"};
    return pool_printf(pool, "[%s]%s%s%s", source.section, source.key ? " " : "",
                       source.key ? source.key : "", source.computed ? computed[lang] : "");
}

static void print_tag(struct pool *pool, const struct template *template, const struct tag *tag,
                      const struct around *around, enum lang lang) {
    const char *sections = around_text(pool, around);
    printf("{{%s%s}}\t%s\t%s\t%zu\t%s\t%s%s%s\n", sign_of(tag), tag->name, tag->where.part,
           template_page(template, pool, tag), tag->paragraph, tag->words,
           source_text(pool, source_of(pool, tag, around), lang), *sections ? "\t" : "", sections);
}

static void put_member(struct buf *out, const char *name, const char *value) {
    buf_printf(out, ",\"%s\":", name);
    json_string(out, value);
}

static void put_tag(struct pool *pool, struct buf *out, const struct template *template,
                    const struct tag *tag, const struct around *around) {
    struct tag_source source = source_of(pool, tag, around);
    const char *page = template_page(template, pool, tag);
    buf_puts(out, out->data[out->len - 1] == '[' ? "\n{\"tag\":" : ",\n{\"tag\":");
    json_string(out, pool_printf(pool, "{{%s%s}}", sign_of(tag), tag->name));
    put_member(out, "part", tag->where.part);
    buf_printf(out, ",\"page\":%s", page[0] == '-' ? "null" : page);
    buf_printf(out, ",\"paragraph\":%zu", tag->paragraph);
    put_member(out, "words", tag->words);
    put_member(out, "section", source.section);
    if (source.key)
        put_member(out, "key", source.key);
    if (around)
        put_member(out, "inside", around_text(pool, around));
    buf_printf(out, ",\"computed\":%s}", source.computed ? "true" : "false");
}

static void list_tags(struct pool *pool, const struct template *template, enum lang lang,
                      struct buf *json) {
    struct places places = {0};
    find_places(pool, template, &places);
    for (size_t i = 0; i < template_tag_count(template); i++) {
        const struct tag *tag = template_tag(template, i);
        if (!is_listed(tag))
            continue;
        if (json)
            put_tag(pool, json, template, tag, places.at.at[i]);
        else
            print_tag(pool, template, tag, places.at.at[i], lang);
    }
}

static void put_head(struct buf *json, const char *path) {
    buf_puts(json, json->len ? ",\n{\"path\":" : "[{\"path\":");
    json_string(json, path);
}

/* `json` NULL: for people. */
static enum status print_fields(struct session *session, const char *path, struct buf *json) {
    struct pool *pool = pool_new();
    struct diag *diag = diag_new(session_lang(session));
    struct template *template = template_load(path, session_locator(session), diag);
    if (json) {
        put_head(json, path);
        buf_puts(json, ",\"tags\":[");
    }
    if (template)
        list_tags(pool, template, session_lang(session), json);
    if (template && !template_tag_count(template))
        diag_add(diag, TEMPLATE_NO_TAGS, (struct where){.file = path}, NULL);
    if (json) {
        buf_puts(json, "],\"messages\":");
        diag_write_json(diag, json);
        buf_putc(json, '}');
    } else {
        diag_write(diag, stderr);
    }
    enum status status = status_of(diag);
    template_close(template);
    diag_free(diag);
    pool_free(pool);
    return status;
}

static enum status check_fields(const struct options *options, const char *path, struct buf *json) {
    struct diag *diag = diag_new(options->lang);
    const char *type = options->type ? options->type : "cong-van";
    fields_check(options, path, type, diag);
    bool whole = !diag_count(diag, DIAG_ERROR);
    if (json) {
        put_head(json, path);
        put_member(json, "type", type);
        buf_printf(json, ",\"ok\":%s,\"messages\":", whole ? "true" : "false");
        diag_write_json(diag, json);
        buf_putc(json, '}');
    } else {
        diag_write(diag, stderr);
        if (whole)
            printf(options->lang == LANG_VI ? "%s: đủ các phần bắt buộc của “%s”\n"
                                            : "%s: has every required section of “%s”\n",
                   path, type);
    }
    enum status status = status_of(diag);
    diag_free(diag);
    return status;
}

static enum status fields_all(const struct options *options) {
    enum status status = STATUS_OK;
    struct buf out = {0}, *json = options->given & OPTION_JSON ? &out : NULL;
    struct session *session = options_session(options);
    for (size_t i = 0; i < options->path_count; i++) {
        const char *path = options->paths[i];
        enum status one = options->given & OPTION_CHECK ? check_fields(options, path, json)
                                                        : print_fields(session, path, json);
        status = worse(status, one);
    }
    if (json)
        printf("%s]\n", buf_text(json));
    session_free(session);
    buf_free(&out);
    return status;
}

static enum status run_fields(const struct arguments *arguments) {
    struct pool *pool = pool_new();
    struct options options;
    enum status status;
    if (options_read(pool, &options, &command_fields, arguments, &status))
        status = fields_all(&options);
    pool_free(pool);
    return status;
}

const struct command command_fields = {
    .name = "fields",
    .synopsis = "TEMPLATE.docx... [--json] [--check [--type T]] [--font-dir DIR]",
    .summary =
        {"Liệt kê các thẻ {{...}} của mẫu: thẻ, phần, trang, đoạn thứ mấy, chữ đầu đoạn, lấy từ "
         "dòng nào của tệp .ini, nằm trong những khối {{#...}} nào.",
         "Lists the {{tags}} of a template: tag, part, page, paragraph, its first words, the key "
         "of the .ini that feeds it, the sections {{#...}} it stands in."},
    .options = {"  --check         mẫu có đủ các phần bắt buộc của loại văn bản không\n"
                "  --type T        loại văn bản (mặc định: cong-van)\n"
                "  --json          kết quả dạng JSON trên đầu ra chuẩn\n"
                "  --font-dir DIR  tìm phông chữ ở đây trước\n",
                "  --check         whether the template has all required sections of the type\n"
                "  --type T        document type (default: cong-van)\n"
                "  --json          results as JSON on standard output\n"
                "  --font-dir DIR  look for fonts here first\n"},
    .takes = OPTION_CHECK | OPTION_TYPE | OPTION_JSON | OPTION_FONT_DIR,
    .least = 1,
    .run = run_fields,
};
