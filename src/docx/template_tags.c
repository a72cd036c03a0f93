#include "docx/template_tags.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_SHOWN = 40, MAX_TAG_BYTES = 512 };

/* A stretch of text of the paragraph: one text node, at `start` in the joined text. */
struct piece {
    struct xml_node *text; /* XML_TEXT below w:t, or below any element outside paragraphs */
    size_t start;
};

struct finder {
    const struct template *template;
    struct pool *pool;
    struct diag *diag;
    struct where where;
    struct tag_places *places;
    size_t paragraph;
    int page;
    bool ok;
    struct buf joined;
    VEC(struct piece) pieces;
};

/* The first words of a paragraph, tags included: how a clerk finds the place in Word. */
static const char *first_words(struct pool *pool, const char *text) {
    while (*text == ' ')
        text++;
    size_t n = strlen(text), take = 0, chars = 0;
    while (take < n && chars < WORDS_SHOWN) {
        take++;
        while (take < n && ((unsigned char)text[take] & 0xC0) == 0x80)
            take++;
        chars++;
    }
    return pool_printf(pool, "%.*s%s", (int)take, text, take < n ? "…" : "");
}

static void complain(struct finder *f, enum diag_code code, const char *what) {
    struct tag at = {.where = f->where, .paragraph = f->paragraph, .page = f->page};
    f->ok = false;
    diag_add(f->diag, code, f->where, what, template_page(f->template, f->pool, &at),
             first_words(f->pool, buf_text(&f->joined)), NULL);
}

static struct xml_node *run_of(struct xml_node *text) {
    struct xml_node *t = text->parent;
    return t && t->name == w_t && t->parent && t->parent->name == w_r ? t->parent : NULL;
}

static struct xml_node *paragraph_of(struct xml_node *node) {
    while (node && node->name != w_p)
        node = node->parent;
    return node;
}

/* The run without content: the formatting a value takes over. */
static struct xml_node *empty_run(struct pool *pool, struct xml_node *run) {
    struct xml_node *copy = xml_new(pool, w_r);
    struct xml_node *props = xml_child(run, w_rPr);
    if (props)
        xml_append(copy, xml_copy(pool, props));
    return copy;
}

static struct xml_node *text_run(struct pool *pool, struct xml_node *run, const char *text) {
    struct xml_node *copy = empty_run(pool, run), *t = xml_new(pool, w_t);
    xml_set(pool, t, xml_space, "preserve");
    xml_append(t, xml_new_text(pool, text));
    xml_append(copy, t);
    return copy;
}

static void set_dynamic(struct xml_node *mark) {
    for (struct xml_node *n = mark->parent; n && !n->dynamic; n = n->parent)
        n->dynamic = true;
}

static struct xml_node *new_mark(struct pool *pool, const struct tag *tag) {
    struct xml_node *mark = POOL_NEW(pool, struct xml_node);
    mark->name = XML_MARK;
    mark->qname = "#";
    mark->mark = tag;
    return mark;
}

/* Cuts the run at the text node: what follows the text node in the run moves to a run of its own
 * behind it, so that a mark can stand between the two. */
static void split_run_after(struct pool *pool, struct xml_node *run, struct xml_node *t) {
    if (!t->next)
        return;
    struct xml_node *rest = empty_run(pool, run);
    while (t->next) {
        struct xml_node *moved = t->next;
        xml_remove(moved);
        xml_append(rest, moved);
    }
    xml_insert_after(run, rest);
}

static void drop_if_empty(struct xml_node *run) {
    for (struct xml_node *n = run->first; n; n = n->next)
        if (n->name != w_rPr)
            return;
    xml_remove(run);
}

/* The tag `[from, to)` of the joined text begins in piece `first`: takes its characters out of the
 * pieces it covers and puts the mark where it began. Works from the paragraph's end backwards, so
 * that earlier pieces keep their offsets. */
static struct xml_node *cut_out(struct finder *f, const struct tag *tag, size_t from, size_t to) {
    size_t i = f->pieces.n;
    while (i > 0 && f->pieces.at[i - 1].start >= to)
        i--;
    /* i - 1 is the last piece touched; shorten it and those before it down to the first. */
    struct piece *piece = &f->pieces.at[0];
    for (; i > 0; i--) {
        piece = &f->pieces.at[i - 1];
        if (piece->start <= from)
            break;
        piece->text->text += strlen(piece->text->text) < to - piece->start
                                 ? strlen(piece->text->text)
                                 : to - piece->start;
    }
    struct xml_node *text = piece->text, *run = run_of(text), *mark = new_mark(f->pool, tag);
    const char *old = text->text;
    size_t begin = from - piece->start, end = to - piece->start, len = strlen(old);
    const char *after = end < len ? old + end : "";
    text->text = pool_strndup(f->pool, old, begin);
    if (!run) {
        xml_insert_after(text, mark);
        if (*after)
            xml_insert_after(mark, xml_new_text(f->pool, after));
        set_dynamic(mark);
        return mark;
    }
    xml_append(mark, empty_run(f->pool, run));
    split_run_after(f->pool, run, text->parent);
    xml_set(f->pool, text->parent, xml_space, "preserve");
    xml_insert_after(run, mark);
    if (*after)
        xml_insert_after(mark, text_run(f->pool, run, after));
    if (!text->text[0]) {
        xml_remove(text->parent);
        drop_if_empty(run);
    }
    set_dynamic(mark);
    return mark;
}

/* Takes the backslash at `at` out of the text. */
static void cut_character(struct finder *f, size_t at) {
    size_t i = f->pieces.n;
    while (i > 1 && f->pieces.at[i - 1].start > at)
        i--;
    struct piece *piece = &f->pieces.at[i - 1];
    const char *old = piece->text->text;
    size_t n = at - piece->start;
    piece->text->text = pool_printf(f->pool, "%.*s%s", (int)n, old, old + n + 1);
    f->places->escapes = true;
}

/* Nothing in [from, to) but blanks and tags that begin with one of `signs`. */
static bool only_sections(const char *from, const char *to, const char *signs) {
    for (; from < to; from++) {
        if (*from == ' ' || *from == '\t')
            continue;
        if (to - from < 3 || strncmp(from, "{{", 2) != 0)
            return false;
        const char *sign = from + 2 + strspn(from + 2, " "), *close = strstr(sign, "}}");
        if (!close || !*sign || !strchr(signs, *sign))
            return false;
        from = close + 1;
    }
    return true;
}

static enum tag_kind kind_of(const char **name, size_t *len) {
    static const struct {
        char sign;
        enum tag_kind kind;
    } signs[] = {{'#', TAG_EACH}, {'^', TAG_UNLESS}, {'/', TAG_END}};
    while (*len && **name == ' ')
        ++*name, --*len;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (*len && **name == signs[i].sign) {
            ++*name, --*len;
            return signs[i].kind;
        }
    return TAG_VALUE;
}

/* "." is the item, ".2" the second of its pieces, ".#" its number. */
static void parse_item(struct tag *tag) {
    const char *rest = tag->name + 1;
    if (!*rest || strcmp(rest, "#") == 0) {
        tag->kind = *rest ? TAG_NUMBER : TAG_ITEM;
        tag->key = "";
    } else if (*rest >= '1' && *rest <= '9' && !rest[strspn(rest, "0123456789")] &&
               strlen(rest) < 4) {
        tag->kind = TAG_PIECE;
        tag->piece = strtoul(rest, NULL, 10);
        tag->key = "";
    }
}

bool template_parse_tag(struct pool *pool, const char *inside, size_t len, struct tag *tag) {
    tag->kind = kind_of(&inside, &len);
    while (len && *inside == ' ')
        inside++, len--;
    while (len && inside[len - 1] == ' ')
        len--;
    size_t nfc_len;
    tag->name = utf8_nfc(pool, inside, len, &nfc_len);
    tag->key = utf8_fold(pool, tag->name);
    if (tag->kind == TAG_VALUE && tag->name[0] == '.')
        parse_item(tag);
    bool bare = tag->kind == TAG_ITEM || tag->kind == TAG_PIECE || tag->kind == TAG_NUMBER ||
                (tag->kind == TAG_END && !tag->name[0]);
    return bare || tag->key[0];
}

static struct tag_place *new_place(struct finder *f, const char *inside, size_t len) {
    struct tag_place *place = POOL_NEW(f->pool, struct tag_place);
    struct tag *tag = &place->tag;
    if (!template_parse_tag(f->pool, inside, len, tag))
        complain(f, TEMPLATE_TAG_EMPTY, pool_printf(f->pool, "{{%.*s}}", (int)len, inside));
    tag->where = f->where;
    tag->paragraph = f->paragraph;
    tag->page = f->page;
    tag->words = first_words(f->pool, buf_text(&f->joined));
    return place;
}

/* One tag found in the joined text, before any is cut out; or (NULL) a backslash before braces. */
struct found {
    struct tag_place *place;
    size_t from, to;
};

/* "{{{so}}": the tag is the innermost pair; a brace before it is text. */
static const char *next_open(const char *p) {
    const char *open = strstr(p, "{{");
    while (open && open[2] == '{')
        open++;
    return open;
}

static bool is_escaped(const char *text, const char *open) {
    return open > text && open[-1] == '\\';
}

/* What makes "{{" no tag: its end is missing, or behind another beginning or a break. */
static bool is_unfinished(const char *open, const char *close) {
    const char *again = strstr(open + 2, "{{");
    return !close || (again && again < close) || close - open > MAX_TAG_BYTES ||
           memchr(open, '\n', (size_t)(close - open));
}

static void find_in_joined(struct finder *f) {
    VEC(struct found) found = {0};
    const char *text = buf_text(&f->joined), *end = text + f->joined.len, *p = text;
    for (const char *open; (open = next_open(p)) != NULL;) {
        const char *close = strstr(open + 2, "}}");
        if (is_escaped(text, open)) {
            *VEC_PUSH(f->pool, &found) =
                (struct found){NULL, (size_t)(open - 1 - text), (size_t)(open - text)};
            p = close && !is_unfinished(open, close) ? close + 2 : open + 2;
            continue;
        }
        if (is_unfinished(open, close)) {
            complain(f, TEMPLATE_TAG_OPEN, pool_strndup(f->pool, open, strcspn(open, " }\n")));
            p = open + 2;
            continue;
        }
        struct tag_place *place = new_place(f, open + 2, (size_t)(close - open - 2));
        place->first = only_sections(text, open, "#^");
        place->last = only_sections(close + 2, end, "/");
        place->alone = only_sections(text, open, "#^/") && only_sections(close + 2, end, "#^/");
        *VEC_PUSH(f->pool, &found) =
            (struct found){place, (size_t)(open - text), (size_t)(close + 2 - text)};
        *VEC_PUSH(f->pool, &f->places->at) = place;
        p = close + 2;
    }
    if (strstr(p, "}}"))
        complain(f, TEMPLATE_TAG_CLOSE, "}}");
    for (size_t i = found.n; i-- > 0;) {
        struct tag_place *place = found.at[i].place;
        if (!place) {
            cut_character(f, found.at[i].from);
            continue;
        }
        place->mark = cut_out(f, &place->tag, found.at[i].from, found.at[i].to);
        place->paragraph = paragraph_of(place->mark);
    }
}

/* The pieces of one paragraph: text of its own runs, not of paragraphs nested in text boxes. */
static void add_piece(struct finder *f, struct xml_node *text) {
    struct piece *piece = VEC_PUSH(f->pool, &f->pieces);
    piece->text = text;
    piece->start = f->joined.len;
    buf_puts(&f->joined, text->text);
}

static void clear_pieces(struct finder *f) {
    f->pieces.n = 0;
    buf_clear(&f->joined);
}

/* A break or tab between two runs keeps a tag from reaching over it. */
static bool is_gap(const struct xml_node *node) {
    return node->name == w_br || node->name == w_tab || node->name == w_cr;
}

static void count_page_break(struct finder *f, const struct xml_node *node) {
    if (!f->page)
        return;
    const char *type = node->name == w_br ? xml_get(node, w_type) : NULL;
    if (node->name == w_lastRenderedPageBreak || (type && strcmp(type, "page") == 0))
        f->page++;
}

static void scan_paragraph(struct finder *f, struct xml_node *paragraph) {
    clear_pieces(f);
    for (struct xml_node *n = paragraph->first; n;) {
        count_page_break(f, n);
        if (is_gap(n) && n->parent->name == w_r)
            buf_putc(&f->joined, '\n');
        if (n->name == XML_TEXT && n->parent->name == w_t)
            add_piece(f, n);
        bool skip = n->name == w_p || n->name == w_txbxContent || n->name == w_instrText ||
                    n->name == w_moveFrom || n->name == w_del;
        n = skip ? xml_after(paragraph, n) : xml_next(paragraph, n);
    }
    if (f->pieces.n)
        find_in_joined(f);
}

static bool is_text_outside_paragraphs(const struct xml_node *node) {
    return node->name == XML_TEXT && node->parent && node->parent->name != w_t &&
           node->parent->name != w_instrText && node->parent->name != w_delText &&
           strstr(node->text, "{{");
}

bool template_find_tags(const struct template *template, struct pool *pool, struct xml_node *root,
                        struct where where, struct tag_places *places, struct diag *diag) {
    struct finder f = {.template = template,
                       .pool = pool,
                       .diag = diag,
                       .where = where,
                       .places = places,
                       .page = root->name == w_document ? 1 : 0,
                       .ok = true};
    for (struct xml_node *n = root; n;) {
        struct xml_node *text = is_text_outside_paragraphs(n) ? n : NULL;
        if (n->name == w_p) {
            f.paragraph++;
            scan_paragraph(&f, n);
        }
        n = xml_next(root, n);
        if (text) {
            clear_pieces(&f);
            add_piece(&f, text);
            find_in_joined(&f);
        }
    }
    buf_free(&f.joined);
    return f.ok;
}
