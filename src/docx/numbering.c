#include "docx/numbering.h"

#include "docx/intern.h"
#include "docx/units.h"

#include <stdlib.h>
#include <string.h>

struct list { /* w:abstractNum */
    struct num_level levels[NUM_LEVELS];
    int counters[NUM_LEVELS];
    bool counting[NUM_LEVELS];
    const char *style_link, *num_style_link;
};

struct num { /* w:num */
    struct list *list;
    struct num_level *overrides[NUM_LEVELS]; /* NULL: the list's own */
    int start[NUM_LEVELS];                   /* w:startOverride not used yet; -1: none */
};

struct numbering {
    struct pool *pool;
    struct intern *lists;   /* abstractNumId -> struct list */
    struct intern *nums;    /* numId -> struct num */
    struct intern *links;   /* style -> the list that defines it */
    struct intern *bullets; /* numPicBulletId -> w:numPicBullet */
    const char *part;
};

/* ---- reading ---- */

static int clamp_level(int ilvl) {
    return ilvl < 0 ? 0 : ilvl >= NUM_LEVELS ? NUM_LEVELS - 1 : ilvl;
}

static int child_int(const struct xml_node *node, enum xml_name name, int otherwise) {
    const struct xml_node *child = xml_child(node, name);
    return child ? xml_int(child, w_val, otherwise) : otherwise;
}

static const char *child_text(const struct xml_node *node, enum xml_name name,
                              const char *otherwise) {
    const char *value = xml_child_val(node, name);
    return value ? value : otherwise;
}

/* Numbers filled up with zeros (w14): "001, 002, 003, ..." is told by its first one. */
static const char *custom_format(const char *written) {
    static const char *const known[] = {"001", "0001", "00001"};
    for (size_t i = 0; written && i < sizeof known / sizeof known[0]; i++)
        if (strncmp(written, known[i], strlen(known[i])) == 0 && written[strlen(known[i])] == ',')
            return known[i];
    return NULL;
}

static const char *format_of(const struct xml_node *level) {
    const struct xml_node *alternate = xml_child(level, mc_AlternateContent);
    const struct xml_node *choice = xml_child(xml_child(alternate, mc_Choice), w_numFmt);
    const char *custom = choice ? custom_format(xml_get_local(choice, "format")) : NULL;
    if (custom)
        return custom;
    return child_text(level, w_numFmt,
                      child_text(xml_child(alternate, mc_Fallback), w_numFmt, "decimal"));
}

static const struct xml_node *picture_of(const struct numbering *numbering,
                                         const struct xml_node *node) {
    const struct xml_node *bullet = xml_child(node, w_lvlPicBulletId);
    const char *id = bullet ? xml_get(bullet, w_val) : NULL;
    return id ? intern_find(numbering->bullets, id, strlen(id)) : NULL;
}

static void read_level(const struct numbering *numbering, const struct xml_node *node,
                       struct num_level *level) {
    const char *suffix = child_text(node, w_suff, "tab");
    *level = (struct num_level){
        .para = xml_child(node, w_pPr),
        .run = xml_child(node, w_rPr),
        .start = child_int(node, w_start, 0),
        .format = format_of(node),
        .text = child_text(node, w_lvlText, ""),
        .suffix = strcmp(suffix, "space") == 0     ? SUFFIX_SPACE
                  : strcmp(suffix, "nothing") == 0 ? SUFFIX_NOTHING
                                                   : SUFFIX_TAB,
        .restart = child_int(node, w_lvlRestart, -1),
        .legal = xml_on(node, w_isLgl, false),
        .style = xml_child_val(node, w_pStyle),
        .align = xml_child_val(node, w_lvlJc),
        .wants_picture = xml_child(node, w_lvlPicBulletId) != NULL,
        .picture = picture_of(numbering, node),
        .as_word_6 = xml_attr_on_local(xml_child_local(node, "legacy"), "legacy"),
    };
}

static const char *local_val(const struct xml_node *node, const char *local) {
    const struct xml_node *child = xml_child_local(node, local);
    return child ? xml_get(child, w_val) : NULL;
}

static void read_list(struct numbering *numbering, const struct xml_node *node) {
    const char *id = xml_get(node, w_abstractNumId);
    if (!id)
        return;
    struct list *list = POOL_NEW(numbering->pool, struct list);
    for (int i = 0; i < NUM_LEVELS; i++)
        list->levels[i] = (struct num_level){.format = "none", .text = "", .restart = -1};
    const struct xml_node *child;
    XML_EACH_CHILD (child, node)
        if (child->name == w_lvl)
            read_level(numbering, child, &list->levels[clamp_level(xml_int(child, w_ilvl, 0))]);
    list->num_style_link = local_val(node, "numStyleLink");
    list->style_link = local_val(node, "styleLink");
    *intern_slot(numbering->lists, id, strlen(id)) = list;
    if (list->style_link && !list->num_style_link)
        *intern_slot(numbering->links, list->style_link, strlen(list->style_link)) = list;
}

/* A list may say "defined where the list style X is defined". */
static struct list *linked(const struct numbering *numbering, struct list *list) {
    struct list *other = NULL;
    if (list->num_style_link)
        other = intern_find(numbering->links, list->num_style_link, strlen(list->num_style_link));
    return other ? other : list;
}

static void read_override(struct numbering *numbering, const struct xml_node *node,
                          struct num *num) {
    int ilvl = clamp_level(xml_int(node, w_ilvl, 0));
    const struct xml_node *level = xml_child(node, w_lvl);
    num->start[ilvl] = child_int(node, w_startOverride, -1);
    if (level) {
        num->overrides[ilvl] = POOL_NEW(numbering->pool, struct num_level);
        read_level(numbering, level, num->overrides[ilvl]);
    }
}

static void read_num(struct numbering *numbering, const struct xml_node *node) {
    const char *id = xml_get(node, w_numId), *list = xml_child_val(node, w_abstractNumId);
    struct list *base = list ? intern_find(numbering->lists, list, strlen(list)) : NULL;
    if (!id || !base)
        return;
    struct num *num = POOL_NEW(numbering->pool, struct num);
    num->list = linked(numbering, base);
    for (int i = 0; i < NUM_LEVELS; i++)
        num->start[i] = -1;
    const struct xml_node *child;
    XML_EACH_CHILD (child, node)
        if (child->name == w_lvlOverride)
            read_override(numbering, child, num);
    int number = atoi(id);
    *intern_slot(numbering->nums, &number, sizeof number) = num;
}

struct numbering *numbering_read(struct pool *pool, struct package *package, const char *main_part,
                                 struct diag *diag) {
    struct numbering *numbering = POOL_NEW(pool, struct numbering);
    const char *part = package_related(pool, package, main_part, "numbering", diag);
    *numbering = (struct numbering){.pool = pool,
                                    .lists = intern_new(pool),
                                    .nums = intern_new(pool),
                                    .links = intern_new(pool),
                                    .bullets = intern_new(pool),
                                    .part = part};
    const struct xml_node *root = part ? package_tree(pool, package, part, diag) : NULL, *child;
    XML_EACH_CHILD (child, root) {
        const char *id =
            child->name == w_numPicBullet ? xml_get_local(child, "numPicBulletId") : NULL;
        if (id)
            *intern_slot(numbering->bullets, id, strlen(id)) = (void *)child;
    }
    XML_EACH_CHILD (child, root)
        if (child->name == w_abstractNum)
            read_list(numbering, child);
    XML_EACH_CHILD (child, root)
        if (child->name == w_num)
            read_num(numbering, child);
    return numbering;
}

const char *numbering_part(const struct numbering *numbering) {
    return numbering->part;
}

/* ---- asking ---- */

static struct num *find_num(const struct numbering *numbering, int num_id) {
    return intern_find(numbering->nums, &num_id, sizeof num_id);
}

static const struct num_level *level_of(const struct num *num, int ilvl) {
    return num->overrides[ilvl] ? num->overrides[ilvl] : &num->list->levels[ilvl];
}

const struct num_level *numbering_level(const struct numbering *numbering, int num_id, int ilvl) {
    const struct num *num = find_num(numbering, num_id);
    return num ? level_of(num, clamp_level(ilvl)) : NULL;
}

int numbering_style_level(const struct numbering *numbering, int num_id, const char *style) {
    const struct num *num = find_num(numbering, num_id);
    for (int i = 0; num && style && i < NUM_LEVELS; i++) {
        const char *tied = level_of(num, i)->style;
        if (tied && strcmp(tied, style) == 0)
            return i;
    }
    return 0;
}

/* ---- counting ---- */

static bool resets(const struct num_level *level, int counted) {
    return level->restart < 0 || (level->restart > 0 && counted < level->restart);
}

static void advance(struct num *num, int ilvl) {
    struct list *list = num->list;
    if (num->start[ilvl] >= 0) {
        list->counters[ilvl] = num->start[ilvl];
        num->start[ilvl] = -1;
    } else if (!list->counting[ilvl]) {
        list->counters[ilvl] = level_of(num, ilvl)->start;
    } else {
        list->counters[ilvl]++;
    }
    list->counting[ilvl] = true;
    for (int i = ilvl + 1; i < NUM_LEVELS; i++)
        if (resets(level_of(num, i), ilvl))
            list->counting[i] = false;
}

static void put_counter(struct buf *out, const struct num *num, int at, bool legal) {
    const struct num_level *level = level_of(num, at);
    const struct list *list = num->list;
    int value = list->counting[at] ? list->counters[at] : level->start;
    number_format(out, legal ? "decimal" : level->format, value);
}

static bool is_counter(const char *p, int ilvl) {
    return p[0] == '%' && p[1] >= '1' && p[1] <= '9' && p[1] - '1' <= ilvl;
}

/* The text [from, to) of a level with the numbers in it. */
static const char *filled(struct pool *pool, const struct num *num, int ilvl, const char *from,
                          const char *to) {
    bool legal = level_of(num, ilvl)->legal;
    struct buf out = {0};
    for (const char *p = from; p < to; p++)
        if (is_counter(p, ilvl))
            put_counter(&out, num, *++p - '1', legal);
        else
            buf_putc(&out, *p);
    char *label = pool_strdup(pool, buf_text(&out));
    buf_free(&out);
    return label;
}

const char *numbering_count(struct numbering *numbering, struct pool *pool, int num_id, int ilvl) {
    struct num *num = find_num(numbering, num_id);
    if (!num)
        return "";
    ilvl = clamp_level(ilvl);
    advance(num, ilvl);
    const char *text = level_of(num, ilvl)->text;
    return filled(pool, num, ilvl, text, text + strlen(text));
}

const char *numbering_number(const struct numbering *numbering, struct pool *pool, int num_id,
                             int ilvl) {
    const struct num *num = find_num(numbering, num_id);
    ilvl = clamp_level(ilvl);
    const char *first = NULL, *end = NULL;
    for (const char *p = num ? level_of(num, ilvl)->text : ""; *p; p++)
        if (is_counter(p, ilvl)) {
            first = first ? first : p;
            end = p + 2;
        }
    return first ? filled(pool, num, ilvl, first, end) : "";
}
