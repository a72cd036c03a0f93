/* Paragraphs: properties, list label, and the containers of runs. */
#include "docx/wml_read.h"

#include "base/utf8.h"
#include "docx/units.h"

#include <string.h>

/* ---- the items of a paragraph ---- */

/* New documents of Word ask for ligatures throughout; few letters have one. */
static bool has_ligatures(const char *text) {
    return strstr(text, "ff") || strstr(text, "fi") || strstr(text, "fl");
}

/* What letters are to have and are printed without. */
static void name_effects(struct builder *builder, unsigned effects) {
    static const char *const names[] = {
#define EFFECT(token, name) name,
#include "docx/effects.def"
#undef EFFECT
    };
    for (unsigned i = 0; i < EFFECTS; i++)
        if (effects & 1u << i)
            unsupported(builder->story, names[i]);
}

void end_text(struct builder *builder) {
    if (!builder->text.len)
        return;
    struct pool *pool = builder->story->reader->pool;
    const struct run_props *props = builder->text_props;
    const char *text = NULL;
    size_t n;
    if (is_legacy_font(props->family))
        text = legacy_text(builder->story, &props, builder->text.data, builder->text.len);
    if (!text)
        text = utf8_nfc(pool, builder->text.data, builder->text.len, &n);
    buf_clear(&builder->text);
    struct document *document = builder->story->reader->document;
    document->vietnamese = document->vietnamese || utf8_has_vietnamese(text);
    struct inline_item *item = VEC_PUSH(pool, &builder->items);
    item->kind = INLINE_TEXT;
    item->props = props;
    item->text = text;
    item->link = builder->text_link;
    item->slot = builder->slot;
    if (props->effects && !props->hidden)
        name_effects(builder, has_ligatures(text) ? props->effects
                                                  : props->effects & ~(unsigned)EFFECT_LIGATURES);
    builder->bidi |= props->rtl || utf8_has_right_to_left(text);
}

static const char *current_link(const struct builder *builder) {
    return builder->link ? builder->link : field_link(&builder->story->fields);
}

static const struct run_props *in_color(const struct story *story, const struct run_props *props) {
    return story->text_color < 0 || !props
               ? props
               : styles_in_color(story->reader->styles, props, (uint32_t)story->text_color);
}

struct inline_item *add_item(struct builder *builder, enum inline_kind kind,
                             const struct run_props *props) {
    end_text(builder);
    struct inline_item *item = VEC_PUSH(builder->story->reader->pool, &builder->items);
    item->kind = kind;
    item->props = in_color(builder->story, legacy_props(builder->story->reader, props));
    item->link = current_link(builder);
    item->slot = builder->slot;
    builder->bidi |= item->props && item->props->rtl;
    return item;
}

/* Runs of equal properties become one item: an accent or a word may be cut over runs. */
void add_text(struct builder *builder, const struct run_props *props, const char *text, size_t n) {
    const char *link = current_link(builder);
    props = in_color(builder->story, props);
    if (props != builder->text_props || link != builder->text_link)
        end_text(builder);
    builder->text_props = props;
    builder->text_link = link;
    buf_append(&builder->text, text, n);
}

bool builder_shows(const struct builder *builder) {
    return fields_show(&builder->story->fields);
}

/* ---- containers of runs ---- */

static void read_nested(struct builder *builder, const struct xml_node *node) {
    if (!story_enter(builder->story))
        return;
    read_inline(builder, node);
    story_leave(builder->story);
}

static void read_hyperlink(struct builder *builder, const struct xml_node *node) {
    const char *outer = builder->link, *link = link_of_hyperlink(builder->story, node);
    builder->link = link ? link : outer;
    read_nested(builder, node);
    builder->link = outer;
}

static void read_simple_field(struct builder *builder, const struct xml_node *node) {
    const char *instruction = xml_get(node, w_instr);
    field_begin(builder, NULL);
    field_instruction(builder, instruction ? instruction : "");
    if (node->first) /* what is in it is the stored result */
        field_separate(builder);
    read_nested(builder, node);
    const struct xml_node *run = xml_child(node, w_r);
    field_end(builder,
              styles_run(builder->story->reader->styles, builder->style, xml_child(run, w_rPr)));
}

/* w:dir and w:bdo (17.3.2.3, 17.3.2.8) are what these characters of Unicode are. */
static void read_direction(struct builder *builder, const struct xml_node *node) {
    const char *val = xml_get(node, w_val);
    bool rtl = val && strcmp(val, "rtl") == 0;
    const struct run_props *plain = styles_plain(builder->style);
    if (xml_is_local(node, "bdo"))
        add_text(builder, plain, rtl ? "\u202E" : "\u202D", 3);
    else
        add_text(builder, plain, rtl ? "\u202B" : "\u202A", 3);
    builder->bidi = true;
    read_nested(builder, node);
    add_text(builder, plain, "\u202C", 3);
}

/* Paragraphs and tables where only runs may stand: their text goes on in this paragraph. */
static void read_misplaced(struct builder *builder, const struct xml_node *node) {
    unsupported(builder->story, node->qname);
    if (builder->items.n || builder->text.len)
        add_item(builder, INLINE_LINE_BREAK, styles_plain(builder->style));
    read_nested(builder, node);
}

static void read_inline_element(struct builder *builder, const struct xml_node *node) {
    switch (node->name) {
    case w_r:
        read_run(builder, node);
        break;
    case w_hyperlink:
        read_hyperlink(builder, node);
        break;
    case w_bookmarkStart:
        bookmark_add(builder, node);
        break;
    case w_bookmarkEnd:
        bookmark_end(builder, node);
        break;
    case w_smartTag:
    case w_customXml:
    case w_ins:
    case w_moveTo:
    case w_sdtContent:
    case w_tr:
    case w_tc:
        read_nested(builder, node);
        break;
    case w_sdt:
        read_nested(builder, control_content(builder->story, node));
        break;
    case w_fldSimple:
        read_simple_field(builder, node);
        break;
    case w_del:
    case w_moveFrom:
        break;
    case mc_AlternateContent:
        read_nested(builder, chosen(node));
        break;
    case m_oMath:
    case m_oMathPara:
        read_math(builder, node);
        break;
    case w_drawing:
        read_drawing(builder, node, styles_plain(builder->style));
        break;
    case w_pict:
    case w_object:
        read_vml(builder, node, styles_plain(builder->style));
        break;
    case w_p:
    case w_tbl:
        read_misplaced(builder, node);
        break;
    default:
        if (xml_is_local(node, "subDoc")) {
            unsupported_part(builder->story, node->qname);
            break;
        }
        if (xml_is_local(node, "dir") || xml_is_local(node, "bdo")) {
            read_direction(builder, node);
            break;
        }
        unsupported(builder->story, node->qname);
        read_nested(builder, node);
    }
}

void read_inline(struct builder *builder, const struct xml_node *parent) {
    const struct xml_node *node;
    XML_EACH_CHILD (node, parent)
        if (!is_marker(node) || node->name == w_bookmarkStart || node->name == w_bookmarkEnd)
            read_inline_element(builder, node);
}

/* ---- paragraphs ---- */

/* A label set right or centred at its place hangs on a tab stop there: the line begins at the
 * margin and a tab leads to the stop. */
static bool align_label(struct builder *builder, const struct num_level *level) {
    const struct para_props *p = builder->style->props;
    struct tab_stop stop = {.pos = p->left + p->first, .kind = TAB_RIGHT};
    if (!level->align || strcmp(level->align, "left") == 0 || strcmp(level->align, "start") == 0)
        return false;
    if (strcmp(level->align, "center") == 0)
        stop.kind = TAB_CENTER;
    if (stop.pos <= 0 || level->suffix != SUFFIX_TAB) {
        unsupported(builder->story, "w:lvlJc");
        return false;
    }
    builder->props = styles_with_stop(builder->story->reader->styles, p, -p->left, stop);
    return true;
}

static const struct para_props *settled_props(const struct builder *builder) {
    return builder->props ? builder->props : builder->style->props;
}

/* The picture is as high as the letters of its place, wherever it was drawn (17.9.21). */
static bool add_picture_bullet(struct builder *builder, const struct xml_node *bullet,
                               const struct run_props *props) {
    struct story *story = builder->story;
    const char *outer = story->part, *id = NULL;
    for (const struct xml_node *n = bullet; n && !id; n = xml_next(bullet, n))
        id = n->name == v_imagedata ? xml_get(n, r_id)
             : n->name == a_blip    ? xml_get(n, r_embed)
                                    : NULL;
    if (!id)
        return false;
    story->part = numbering_part(story->reader->numbering);
    struct picture *picture = read_picture(story, id, props->size, props->size, "•");
    story->part = outer;
    if (!picture->bytes)
        return false;
    add_item(builder, INLINE_PICTURE, props)->picture = picture;
    return true;
}

/* The label at the head of a numbered paragraph. */
static void add_label(struct builder *builder, const struct xml_node *ppr) {
    struct reader *reader = builder->story->reader;
    const struct para_style *style = builder->style;
    const struct num_level *level =
        style->num_id ? numbering_level(reader->numbering, style->num_id, style->num_level) : NULL;
    if (!level)
        return;
    const char *label =
        numbering_count(reader->numbering, reader->pool, style->num_id, style->num_level);
    const struct run_props *props = styles_label(reader->styles, style, ppr, level);
    if (style->props->asks & ASKS_BIDI)
        props = styles_right_to_left(reader->styles, props);
    if (reader->chapters)
        builder->chapter =
            numbering_number(reader->numbering, reader->pool, style->num_id, style->num_level);
    if (!*label)
        return;
    if (is_symbol_font(props->family))
        label = symbol_text(builder->story, &props, styles_plain(style), label);
    if (!number_format_known(level->format))
        unsupported(builder->story, pool_printf(reader->pool, "w:numFmt (%s)", level->format));
    if (level->as_word_6)
        unsupported(builder->story, "w:legacy");
    if (align_label(builder, level))
        add_item(builder, INLINE_TAB, props);
    bool pictured = level->picture && add_picture_bullet(builder, level->picture, props);
    if (level->wants_picture && !pictured)
        unsupported(builder->story, "w:lvlPicBulletId");
    if (!pictured)
        add_text(builder, props, label, strlen(label));
    if (!(reader->document->compat & COMPAT_UNDERLINE_LABEL_TABS))
        props = styles_without_underline(reader->styles, props);
    if (level->suffix == SUFFIX_TAB)
        add_item(builder, INLINE_TAB, props);
    else if (level->suffix == SUFFIX_SPACE)
        add_text(builder, props, " ", 1);
}

static bool mark_is_deleted(const struct xml_node *ppr) {
    const struct xml_node *mark = xml_child(ppr, w_rPr);
    return (xml_child(mark, w_del) || xml_child(mark, w_moveFrom)) && !xml_child(ppr, w_sectPr);
}

/* A hidden mark ends no paragraph in print: its text runs on into the next one, as a heading before
 * Word's style separator (w:specVanish, 17.3.2.36) does; where all is hidden, nothing is left. */
static bool mark_is_hidden(const struct para_style *style) {
    return style->mark->hidden;
}

/* Numbers count every w:p of the part in file order, printed or not (wml.h, struct para). */
static size_t number_of(struct story *story, const struct xml_node *node) {
    const struct xml_node *at = story->cursor;
    size_t number = story->number;
    while (at && at != node) {
        if (at->first) {
            at = at->first;
        } else {
            while (at && !at->next)
                at = at->parent;
            at = at ? at->next : NULL;
        }
        number += at && at->name == w_p;
    }
    if (!at)
        return story->number; /* out of order: does not happen while stories are read forwards */
    story->cursor = at;
    return number;
}

static void take_pending(struct builder *builder) {
    struct para *pending = builder->story->pending;
    if (!pending)
        return;
    builder->bidi |= pending->bidi;
    const item_vec *items = &builder->story->pending_items;
    if (!builder->items.n && !builder->text.len) {
        builder->items = *items; /* the same array goes on growing */
    } else {
        const struct inline_item *item;
        end_text(builder);
        VEC_EACH (item, items)
            *VEC_PUSH(builder->story->reader->pool, &builder->items) = *item;
    }
    builder->story->pending = NULL;
}

/* A formula that is a paragraph by itself (m:oMathPara): where it stands; -1: it is none. */
static int formula_place(const item_vec *items) {
    const struct inline_item *item;
    int place = -1;
    VEC_EACH (item, items) {
        if (item->kind == INLINE_BOOKMARK)
            continue;
        if (!item->math || !item->math->display)
            return -1;
        place = (int)item->math->jc;
    }
    return place;
}

static const struct para_props *at_its_place(struct builder *builder, int place) {
    struct para_props *props = POOL_NEW(builder->story->reader->pool, struct para_props);
    *props = *settled_props(builder);
    props->jc = (enum jc)place;
    props->first = 0;
    return props;
}

static struct para *finish(struct builder *builder, size_t number) {
    end_text(builder);
    buf_free(&builder->text);
    struct para *para = POOL_NEW(builder->story->reader->pool, struct para);
    int place = formula_place(&builder->items);
    para->props = place < 0 ? settled_props(builder) : at_its_place(builder, place);
    para->mark = legacy_props(builder->story->reader, builder->style->mark);
    para->items = builder->items.at;
    para->item_count = builder->items.n;
    para->number = number;
    para->foreign = !builder->story->cursor;
    para->chapter = builder->chapter;
    para->bidi = builder->bidi || (para->props->asks & ASKS_BIDI);
    return para;
}

/* Automatic spacing is that of HTML: none between the items of one list. */
static void close_up(struct story *story, struct para *para, int list, const struct para *before) {
    struct styles *styles = story->reader->styles;
    if (list && story->listed && story->listed == before && story->listed_in == list) {
        story->listed->props = styles_without_auto(styles, before->props, false, true);
        para->props = styles_without_auto(styles, para->props, true, false);
    }
    story->listed = list ? para : NULL;
    story->listed_in = list;
}

/* How the paragraph is to stand and does not. */
static void name_asked(struct story *story, unsigned asks) {
    if (asks & ASKS_BAR_BORDER)
        unsupported(story, "w:bar");
    if (asks & ASKS_FANCY_BORDER)
        unsupported(story, "w:pBdr (w:shadow)");
    if (asks & ASKS_STRIPED_SHADE)
        unsupported(story, "w:shd (w:val)");
}

/* A paragraph of nothing but the end of a section is not one of its list: Word neither counts nor
 * numbers it. */
static bool only_ends_section(const struct xml_node *node, const struct xml_node *sectpr) {
    const struct xml_node *child;
    if (!sectpr)
        return false;
    XML_EACH_CHILD (child, node)
        if (child->name != w_pPr && child->name != w_bookmarkStart &&
            child->name != w_bookmarkEnd && child->name != w_proofErr && child->name != XML_TEXT)
            return false;
    return true;
}

void read_para(struct story *story, const struct xml_node *node, struct block_list *list) {
    const struct xml_node *ppr = xml_child(node, w_pPr), *sectpr = xml_child(ppr, w_sectPr);
    struct para_style style;
    size_t number = story->number = number_of(story, node);
    styles_para(story->reader->styles, story->cell, ppr, &style);
    struct builder builder = {.story = story, .style = &style};
    bool framed = style.frame && !sectpr && frame_stands(story, style.frame),
         deleted = mark_is_deleted(ppr);
    bool joins = deleted || (mark_is_hidden(&style) && !sectpr && !framed);
    if (!deleted && !only_ends_section(node, sectpr))
        add_label(&builder, ppr);
    take_pending(&builder);
    bookmarks_take(&builder);
    if (!framed)
        frames_hang(&builder);
    else if (joins)
        unsupported(story, "w:framePr");
    read_inline(&builder, node);
    joins |=
        !builder_shows(&builder) && !sectpr && !framed; /* its mark is part of a field's code */
    struct para *para = finish(&builder, number);
    if (para->item_count)
        name_asked(story, para->props->asks);
    if (joins) {
        story->pending = para;
        story->pending_items = builder.items;
        return;
    }
    if (framed) {
        frame_add(story, style.frame, text_turn_read(xml_child(ppr, w_textDirection)), para);
        return;
    }
    close_up(story, para, style.num_id, list->last ? list->last->para : NULL);
    add_block(story, list, para, NULL);
    if (sectpr && story->sections)
        section_end(story, sectpr, list);
}

void read_loose_runs(struct story *story, const struct xml_node *run, struct block_list *list) {
    struct para_style style;
    styles_para(story->reader->styles, story->cell, NULL, &style);
    struct builder builder = {.story = story, .style = &style};
    take_pending(&builder);
    read_inline_element(&builder, run);
    struct para *para = finish(&builder, story->number);
    para->foreign = true;
    if (para->item_count)
        add_block(story, list, para, NULL);
}

void add_text_para(struct story *story, const char *text, struct block_list *list) {
    struct para_style style;
    styles_para(story->reader->styles, story->cell, NULL, &style);
    struct builder builder = {.story = story, .style = &style};
    take_pending(&builder);
    bookmarks_take(&builder);
    frames_hang(&builder);
    add_text(&builder, styles_plain(&style), text, strlen(text));
    struct para *para = finish(&builder, story->number);
    para->foreign = true;
    add_block(story, list, para, NULL);
}
