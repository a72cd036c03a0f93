/* SmartArt (21.4) and other drawings whose text is DrawingML's own (a:p, 21.1.2).
 *
 * A diagram is data and a layout that only its maker can carry out; but Word keeps beside it the
 * drawing that came of it, a part named by the data (dsp:dataModelExt). That is what is drawn. Its
 * text becomes paragraphs of WordprocessingML, so that one reader reads both. */
#include "docx/units.h"
#include "docx/wml_read.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_LINES = 200 };

static bool is_local(const struct xml_node *node, const char *local) {
    return node && node->name != XML_TEXT && xml_is_local(node, local);
}

static const char *text_of(const struct xml_node *node) {
    return node && node->first && node->first->name == XML_TEXT ? node->first->text : NULL;
}

static const char *target(struct story *story, const char *id) {
    struct reader *reader = story->reader;
    return id ? package_target(reader->pool, reader->package, story->part, id, reader->diag) : NULL;
}

static const struct xml_node *find(const struct xml_node *root, const char *local) {
    for (const struct xml_node *n = root; n; n = xml_next(root, n))
        if (is_local(n, local))
            return n;
    return NULL;
}

static const struct xml_node *data_of(struct story *story, const struct xml_node *node) {
    const char *part = target(story, xml_get_local(node, "dm"));
    return part ? read_part(story->reader, part) : NULL;
}

const struct xml_node *diagram_drawing(struct story *story, const struct xml_node *node,
                                       const char **part) {
    const struct xml_node *model = find(data_of(story, node), "dataModelExt");
    *part = model ? target(story, xml_get_local(model, "relId")) : NULL;
    const struct xml_node *root = *part ? read_part(story->reader, *part) : NULL;
    return xml_child_local(root, "spTree");
}

/* Each paragraph of the data on a line. */
struct block *diagram_text(struct story *story, const struct xml_node *node) {
    const struct xml_node *root = data_of(story, node);
    struct block_list list = {0};
    struct buf line = {0};
    int lines = 0;
    for (const struct xml_node *n = root; n && lines < MAX_LINES; n = xml_next(root, n)) {
        if (!is_local(n, "p"))
            continue;
        for (const struct xml_node *t = n; t; t = xml_next(n, t))
            if (is_local(t, "t") && text_of(t))
                buf_printf(&line, line.len ? " %s" : "%s", text_of(t));
        if (line.len) {
            add_text_para(story, buf_text(&line), &list);
            lines++;
        }
        buf_clear(&line);
    }
    buf_free(&line);
    return list.first;
}

/* ---- a:p as w:p ---- */

static struct xml_node *put(struct pool *pool, struct xml_node *parent, enum xml_name name) {
    struct xml_node *node = xml_new(pool, name);
    xml_append(parent, node);
    return node;
}

static void put_val(struct pool *pool, struct xml_node *parent, enum xml_name name,
                    const char *value) {
    xml_set(pool, put(pool, parent, name), w_val, value);
}

static long number_of(const struct xml_node *node, const char *name, long otherwise) {
    const char *value = xml_get_local(node, name);
    long n = value ? strtol(value, NULL, 10) : otherwise;
    return n > 100000000 ? 100000000 : n < -100000000 ? -100000000 : n;
}

static long twips(long emu) {
    return emu / 635;
}

/* a:spcBef, a:spcAft: points in hundredths, or percents of a line. */
static long space_of(const struct xml_node *spacing, long size) {
    const struct xml_node *points = xml_child_local(spacing, "spcPts");
    long percent = number_of(xml_child_local(spacing, "spcPct"), "val", 0) / 1000;
    return points ? number_of(points, "val", 0) / 5 : size / 5 * percent / 100;
}

/* `size`: of the letters, in hundredths of a point. */
static void put_para_props(struct pool *pool, const struct xml_node *from, long size,
                           struct xml_node *para) {
    static const char *const jcs[][2] = {
        {"ctr", "center"}, {"r", "right"}, {"just", "both"}, {"dist", "distribute"}};
    struct xml_node *props = put(pool, para, w_pPr), *spacing = put(pool, props, w_spacing);
    const struct xml_node *lines = xml_child_local(from, "lnSpc");
    long percent = number_of(xml_child_local(lines, "spcPct"), "val", 100000) / 1000;
    const char *align = xml_get_local(from, "algn"), *jc = "left";
    long left = number_of(from, "marL", 0), first = number_of(from, "indent", 0);
    for (size_t i = 0; align && i < sizeof jcs / sizeof jcs[0]; i++)
        if (strcmp(align, jcs[i][0]) == 0)
            jc = jcs[i][1];
    xml_set(pool, spacing, w_before,
            pool_printf(pool, "%ld", space_of(xml_child_local(from, "spcBef"), size)));
    xml_set(pool, spacing, w_after,
            pool_printf(pool, "%ld", space_of(xml_child_local(from, "spcAft"), size)));
    xml_set(pool, spacing, w_line, pool_printf(pool, "%ld", 240 * percent / 100));
    xml_set(pool, spacing, w_lineRule, "auto");
    struct xml_node *indent = put(pool, props, w_ind);
    xml_set(pool, indent, w_left, pool_printf(pool, "%ld", twips(left)));
    xml_set(pool, indent, first < 0 ? w_hanging : w_firstLine,
            pool_printf(pool, "%ld", labs(twips(first))));
    put_val(pool, props, w_jc, jc);
}

static void put_flag(struct pool *pool, const struct xml_node *from, const char *name,
                     struct xml_node *props, enum xml_name flag) {
    const char *value = xml_get_local(from, name);
    if (value)
        put_val(pool, props, flag,
                strcmp(value, "1") == 0 || strcmp(value, "true") == 0 ? "1" : "0");
}

static void put_run_props(struct story *story, const struct xml_node *from, long size,
                          struct xml_node *run) {
    struct pool *pool = story->reader->pool;
    struct xml_node *props = put(pool, run, w_rPr), *fonts = put(pool, props, w_rFonts);
    const struct xml_node *latin = xml_child(from, a_latin);
    const char *face = latin ? xml_get(latin, a_typeface) : NULL, *under = xml_get_local(from, "u");
    struct paint paint = {.color = -1};
    if (face && *face != '+')
        xml_set(pool, fonts, w_ascii, face);
    else
        xml_set(pool, fonts, w_asciiTheme,
                face && strncmp(face, "+mj", 3) == 0 ? "majorHAnsi" : "minorHAnsi");
    put_flag(pool, from, "b", props, w_b);
    put_flag(pool, from, "i", props, w_i);
    if (read_fill_of(story, from, &paint) && paint.color >= 0)
        put_val(pool, props, w_color, pool_printf(pool, "%06X", (unsigned)paint.color));
    put_val(pool, props, w_sz, pool_printf(pool, "%ld", number_of(from, "sz", size) / 50));
    if (under && strcmp(under, "none") != 0)
        put_val(pool, props, w_u, "single");
}

static void put_text(struct story *story, const struct xml_node *props, long size, const char *text,
                     struct xml_node *para) {
    struct pool *pool = story->reader->pool;
    struct xml_node *run = put(pool, para, w_r);
    put_run_props(story, props, size, run);
    if (text)
        xml_append(put(pool, run, w_t), xml_new_text(pool, text));
    else
        put(pool, run, w_br);
}

/* The size of its first letters: what a line's percents and a bullet go by. */
static long first_size(const struct xml_node *para, long otherwise) {
    const struct xml_node *run;
    XML_EACH_CHILD (run, para)
        if (xml_get_local(xml_child_local(run, "rPr"), "sz"))
            return number_of(xml_child_local(run, "rPr"), "sz", otherwise);
    return number_of(xml_child_local(para, "endParaRPr"), "sz", otherwise);
}

static void put_para(struct story *story, const struct xml_node *from, struct xml_node *content) {
    enum { USUAL_SIZE = 1800 };
    struct pool *pool = story->reader->pool;
    struct xml_node *para = put(pool, content, w_p);
    const struct xml_node *props = xml_child_local(from, "pPr"), *child;
    const struct xml_node *bullet = xml_child_local(props, "buChar");
    long size = first_size(from, USUAL_SIZE);
    const struct xml_node *first = xml_child_local(xml_child_local(from, "r"), "rPr");
    put_para_props(pool, props, size, para);
    if (bullet && xml_get_local(bullet, "char") && xml_child_local(from, "r"))
        put_text(story, first, size, pool_printf(pool, "%s\t", xml_get_local(bullet, "char")),
                 para);
    XML_EACH_CHILD (child, from) {
        const struct xml_node *run_props = xml_child_local(child, "rPr");
        if ((is_local(child, "r") || is_local(child, "fld")) &&
            text_of(xml_child_local(child, "t")))
            put_text(story, run_props, size, text_of(xml_child_local(child, "t")), para);
        else if (is_local(child, "br"))
            put_text(story, run_props, size, NULL, para);
    }
}

const struct xml_node *diagram_content(struct story *story, const struct xml_node *body) {
    struct xml_node *content = xml_new(story->reader->pool, w_txbxContent);
    const struct xml_node *para, *run;
    bool any = false;
    XML_EACH_CHILD (para, body) {
        if (!is_local(para, "p"))
            continue;
        put_para(story, para, content);
        XML_EACH_CHILD (run, para)
            any |= is_local(run, "r") || is_local(run, "fld");
    }
    return any ? content : NULL;
}
