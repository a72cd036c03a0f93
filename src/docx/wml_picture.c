/* Pictures by relationship, and what DrawingML and VML shapes have in common. */
#include "docx/wml_read.h"

#include "base/angle.h"
#include "docx/intern.h"
#include "docx/metafile.h"
#include "docx/units.h"

#include <stdlib.h>
#include <string.h>

static const char *format_of(const char *bytes, size_t n) {
    if (n > 8 && memcmp(bytes, "\x89PNG\r\n\x1A\n", 8) == 0)
        return "png";
    if (n > 3 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0)
        return "jpeg";
    if (n > 6 && (memcmp(bytes, "GIF87a", 6) == 0 || memcmp(bytes, "GIF89a", 6) == 0))
        return "gif";
    if (n > 14 && (memcmp(bytes, "II*\0", 4) == 0 || memcmp(bytes, "MM\0*", 4) == 0))
        return "tiff";
    if (n > 26 && memcmp(bytes, "BM", 2) == 0)
        return "bmp";
    if (n > 88 && memcmp(bytes, "\1\0\0\0", 4) == 0 && memcmp(bytes + 40, " EMF", 4) == 0)
        return "emf";
    if (n > 40 && (memcmp(bytes, "\xD7\xCD\xC6\x9A", 4) == 0 ||
                   memcmp(bytes, "\1\0\x09\0", 4) == 0 || memcmp(bytes, "\2\0\x09\0", 4) == 0))
        return "wmf";
    return NULL;
}

/* `part` NULL: there is none, or it is outside the package. */
static void tell_once(struct story *story, const char *id, const char *part) {
    struct reader *reader = story->reader;
    const char *key = pool_printf(reader->pool, "%s picture %s", story->part, id);
    void **slot = intern_slot(reader->warned, key, strlen(key));
    if (*slot)
        return;
    *slot = reader;
    if (part)
        diag_add(reader->diag, DOCX_PICTURE_FORMAT, story_where(story), story_number(story), part,
                 NULL);
    else
        diag_add(reader->diag, DOCX_PICTURE_MISSING, story_where(story), story_number(story), NULL);
}

struct picture *read_picture(struct story *story, const char *id, mpt width, mpt height,
                             const char *description) {
    struct reader *reader = story->reader;
    size_t n = 0;
    const char *part =
        id ? package_target(reader->pool, reader->package, story->part, id, reader->diag) : NULL;
    const char *bytes = part ? package_part(reader->package, part, &n, reader->diag) : NULL;
    if (!bytes || !format_of(bytes, n)) {
        tell_once(story, id ? id : "", bytes ? part : NULL);
        bytes = NULL;
    }
    struct picture *picture = POOL_NEW(reader->pool, struct picture);
    *picture = (struct picture){.bytes = bytes,
                                .len = bytes ? n : 0,
                                .width = width,
                                .height = height,
                                .part = part,
                                .story = story->part,
                                .number = story->number,
                                .description = description};
    return picture;
}

/* "0.25", or "16384f" in parts of 65536, as 1/100000. */
static int32_t cut_of(const struct xml_node *data, const char *name) {
    const char *value = xml_get_local(data, name);
    if (!value)
        return 0;
    int64_t cut = strchr(value, 'f') ? strtoll(value, NULL, 10) % (1 << 22) * 100000 / 65536
                                     : (int64_t)length_parse(value, 1000, NULL) * 100;
    return (int32_t)(cut > 99000 ? 99000 : cut < -1000000 ? -1000000 : cut);
}

void read_image_data(struct story *story, const struct xml_node *data, struct picture *picture) {
    picture->crop[EDGE_TOP] = cut_of(data, "croptop");
    picture->crop[EDGE_LEFT] = cut_of(data, "cropleft");
    picture->crop[EDGE_BOTTOM] = cut_of(data, "cropbottom");
    picture->crop[EDGE_RIGHT] = cut_of(data, "cropright");
    recolor_read_vml(story, data, picture);
}

static bool is_metafile(const struct picture *picture) {
    const char *format = picture->bytes ? format_of(picture->bytes, picture->len) : NULL;
    return format && (strcmp(format, "emf") == 0 || strcmp(format, "wmf") == 0);
}

bool draw_metafile(struct builder *builder, const struct run_props *props,
                   const struct shape *place, struct picture *picture) {
    if (!is_metafile(picture))
        return false;
    if (!metafile_draw(builder, props, place, picture)) {
        tell_once(builder->story, picture->part, picture->part);
        picture->bytes = NULL;
        return false;
    }
    return true;
}

const struct clip *shape_outline_clip(struct story *story, const struct shape *shape) {
    for (size_t i = 0; i < shape->path_count; i++) {
        if (!shape->paths[i].filled)
            continue;
        struct clip *clip = POOL_NEW(story->reader->pool, struct clip);
        clip->path = &shape->paths[i];
        return clip;
    }
    return NULL;
}

/* What fills a shape may be drawn by orders, too: it lies under the shape, within its outline. */
static void fill_with_metafile(struct builder *builder, const struct run_props *props,
                               struct shape *shape) {
    struct story *story = builder->story;
    const struct picture *picture = shape->texture->picture;
    struct shape under = *shape;
    under.kind = SHAPE_RECT;
    under.wrap = WRAP_NONE;
    under.contour = NULL;
    under.stroke = 0;
    under.shadow = NULL;
    under.glow = NULL;
    under.blocks = NULL;
    under.clip = shape_outline_clip(story, shape);
    under.texture = shape->texture = NULL;
    shape->fill = -1;
    if (!metafile_draw(builder, props, &under, picture))
        tell_once(story, picture->part, picture->part);
}

struct shape *shape_new(struct builder *builder) {
    struct shape *shape = POOL_NEW(builder->story->reader->pool, struct shape);
    shape->x_base = BASE_COLUMN;
    shape->y_base = BASE_PARAGRAPH;
    shape->fill = -1;
    shape->inset[0] = shape->inset[2] = 7200; /* 17.3.3 and VML agree: 0.1 in and 0.05 in */
    shape->inset[1] = shape->inset[3] = 3600;
    return shape;
}

bool shape_in_cell(const struct story *story, const char *said) {
    bool off = said && (said[0] == '0' || said[0] == 'f' || strcmp(said, "off") == 0);
    return story->cell && (!off || story->reader->document->compat_mode >= 15);
}

void shape_carry(const struct shape *group, struct shape *member) {
    int64_t half_x = member->width / 2, half_y = member->height / 2;
    int64_t center_x = (int64_t)group->x + group->width / 2;
    int64_t center_y = (int64_t)group->y + group->height / 2;
    int64_t dx = member->x + half_x - center_x, dy = member->y + half_y - center_y;
    int64_t sine = angle_sin(group->angle), cosine = angle_cos(group->angle);
    dx = group->flip_x ? -dx : dx;
    dy = group->flip_y ? -dy : dy;
    member->x = mpt_clamp(center_x + (dx * cosine - dy * sine) / SINE_ONE - half_x);
    member->y = mpt_clamp(center_y + (dx * sine + dy * cosine) / SINE_ONE - half_y);
}

/* A plain line is the same from either end, and mirroring what has no extent changes nothing. */
static void settle_flips(struct shape *shape) {
    bool plain = shape->kind == SHAPE_LINE && !shape->path_count;
    bool flat = shape->width <= 0 || shape->height <= 0;
    if (plain && (flat || (shape->flip_x && shape->flip_y)))
        shape->flip_x = shape->flip_y = false;
}

void add_shape(struct builder *builder, const struct run_props *props, struct shape *shape) {
    settle_flips(shape);
    if (shape->texture && shape->texture->picture && is_metafile(shape->texture->picture))
        fill_with_metafile(builder, props, shape);
    add_item(builder, INLINE_SHAPE, props)->shape = shape;
}

/* A text box is a story of its own inside the one around it. */
struct block *read_text_box(struct builder *builder, const struct xml_node *content, mpt width) {
    struct story *story = builder->story;
    if (!story_enter(story))
        return NULL;
    struct story outer = *story;
    story->fields = (struct fields){0};
    story->cell = NULL;
    story->pending = NULL;
    story->frames = NULL;
    story->sections = NULL;
    story->width = width > 0 ? width : 0;
    struct block *blocks = read_story(story, content);
    story->fields = outer.fields;
    story->cell = outer.cell;
    story->pending = outer.pending;
    story->pending_items = outer.pending_items;
    story->frames = outer.frames;
    story->sections = outer.sections;
    story->width = outer.width;
    story_leave(story);
    return blocks;
}
