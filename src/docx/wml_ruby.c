/* Words above words: phonetic guides (17.3.3.25). */
#include "docx/wml_read.h"

#include <string.h>

static enum ruby_align align_of(const char *value) {
    static const struct {
        const char *name;
        enum ruby_align align;
    } names[] = {{"distributeLetter", RUBY_SPREAD_LETTERS},
                 {"distributeSpace", RUBY_SPREAD_SPACE},
                 {"left", RUBY_LEFT},
                 {"right", RUBY_RIGHT}};
    for (size_t i = 0; value && i < sizeof names / sizeof names[0]; i++)
        if (strcmp(value, names[i].name) == 0)
            return names[i].align;
    return RUBY_CENTER; /* rightVertical is for lines that run down */
}

static mpt half_points(const struct xml_node *props, const char *local) {
    return length_get(xml_child_local(props, local), w_val, UNIT_HALF_POINT, 0);
}

/* What the guide is as large as, whatever its runs say. */
static void set_size(struct reader *reader, struct inline_item *items, size_t n, mpt size) {
    for (size_t i = 0; size > 0 && i < n; i++) {
        struct run_props *props = POOL_NEW(reader->pool, struct run_props);
        *props = *items[i].props;
        props->size = size;
        items[i].props = props;
    }
}

static bool is_plain_text(const struct inline_item *items, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (items[i].kind != INLINE_TEXT || items[i].math || items[i].ruby)
            return false;
    return true;
}

static struct inline_item *copy_of(struct pool *pool, const struct inline_item *items, size_t n) {
    struct inline_item *copy = POOL_ARRAY(pool, struct inline_item, n);
    if (n)
        memcpy(copy, items, n * sizeof *copy);
    return copy;
}

static const char *both_in_words(struct pool *pool, const struct ruby *ruby) {
    struct buf out = {0};
    for (size_t i = 0; i < ruby->base_count; i++)
        buf_puts(&out, ruby->base[i].text);
    buf_puts(&out, " (");
    for (size_t i = 0; i < ruby->over_count; i++)
        buf_puts(&out, ruby->over[i].text);
    buf_putc(&out, ')');
    const char *text = pool_strndup(pool, buf_text(&out), out.len);
    buf_free(&out);
    return text;
}

/* Takes the items from `from` on, of which those from `over` on are the guide, for one. */
static void join(struct builder *builder, const struct xml_node *node, size_t from, size_t over) {
    struct reader *reader = builder->story->reader;
    const struct xml_node *props = xml_child_local(node, "rubyPr");
    struct inline_item *items = builder->items.at;
    struct ruby *ruby = POOL_NEW(reader->pool, struct ruby);
    ruby->base_count = over - from;
    ruby->over_count = builder->items.n - over;
    ruby->base = copy_of(reader->pool, items + from, ruby->base_count);
    struct inline_item *above = copy_of(reader->pool, items + over, ruby->over_count);
    set_size(reader, above, ruby->over_count, half_points(props, "hps"));
    ruby->over = above;
    ruby->raise = half_points(props, "hpsRaise");
    if (ruby->raise <= 0) /* right above the letters */
        ruby->raise = ruby->base[0].props->size * 85 / 100;
    ruby->align = align_of(xml_get(xml_child_local(props, "rubyAlign"), w_val));
    items[from].text = both_in_words(reader->pool, ruby);
    items[from].ruby = ruby;
    builder->items.n = from + 1;
}

/* What is more than text follows what it should stand above, in brackets. */
static void follow(struct builder *builder, const struct xml_node *node,
                   const struct run_props *props, size_t over) {
    struct pool *pool = builder->story->reader->pool;
    size_t n = builder->items.n - over;
    struct inline_item *items = copy_of(pool, builder->items.at + over, n);
    unsupported(builder->story, node->qname);
    builder->items.n = over;
    add_text(builder, props, " (", 2);
    end_text(builder);
    for (size_t i = 0; i < n; i++)
        *VEC_PUSH(pool, &builder->items) = items[i];
    add_text(builder, props, ")", 1);
}

void read_ruby(struct builder *builder, const struct xml_node *node,
               const struct run_props *props) {
    if (!story_enter(builder->story))
        return;
    end_text(builder);
    size_t from = builder->items.n;
    read_inline(builder, xml_child_local(node, "rubyBase"));
    end_text(builder);
    size_t over = builder->items.n;
    read_inline(builder, xml_child_local(node, "rt"));
    end_text(builder);
    size_t n = builder->items.n;
    if (over > from && n > over) { /* else one of the two alone */
        if (is_plain_text(builder->items.at + from, n - from))
            join(builder, node, from, over);
        else
            follow(builder, node, props, over);
    }
    story_leave(builder->story);
}
