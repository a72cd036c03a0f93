/* Records of enhanced metafiles about clips and regions. */
#include "docx/emf.h"

/* Boxes of the device ([MS-EMF] 2.2.24); NULL: there are none. */
static int64_t (*region_at(struct canvas *c, const struct emf_record *r, size_t at, size_t *n))[4] {
    enum { HEADER = 32, RECT = 16 };
    size_t room = at + HEADER <= r->n ? (r->n - at - HEADER) / RECT : 0, count = emf_u32(r, at + 8);
    *n = count < room ? count : room;
    int64_t(*boxes)[4] = pool_alloc(c->builder->story->reader->pool, (*n + 1) * sizeof *boxes);
    for (size_t i = 0; i < *n; i++)
        for (size_t k = 0; k < 4; k++)
            boxes[i][k] = emf_i32(r, at + HEADER + RECT * i + 4 * k);
    return boxes;
}

static void select_region(struct canvas *c, const struct emf_record *r) {
    enum { DATA = 16 };
    uint32_t mode = emf_u32(r, 12);
    size_t n;
    if (!emf_u32(r, 8) && mode == CLIP_COPY) {
        clip_reset(c);
        return;
    }
    const int64_t(*boxes)[4] = (const int64_t(*)[4])region_at(c, r, DATA, &n);
    if (mode >= CLIP_AND && mode <= CLIP_COPY)
        clip_by_boxes(c, boxes, n, true, (enum clip_mode)mode);
}

/* The region filled with a brush: the one named, or the one in hand. */
static void fill_region(struct canvas *c, const struct emf_record *r) {
    bool named = r->kind == EMR_FILLRGN;
    struct gdi_brush brush = c->state.brush;
    size_t n;
    const int64_t(*boxes)[4] = (const int64_t(*)[4])region_at(c, r, named ? 32 : 28, &n);
    if (named)
        canvas_select(c, emf_u32(r, 28));
    for (size_t i = 0; i < n; i++) {
        const int64_t box[4] = {boxes[i][0], boxes[i][1], boxes[i][2] - boxes[i][0],
                                boxes[i][3] - boxes[i][1]};
        canvas_area(c, 0xF00021, box);
    }
    c->state.brush = brush;
}

bool emf_play_clip(struct canvas *c, const struct emf_record *r) {
    const int64_t box[4] = {emf_i32(r, 8), emf_i32(r, 12), emf_i32(r, 16), emf_i32(r, 20)};
    uint32_t mode = emf_u32(r, 8);
    switch (r->kind) {
    case EMR_INTERSECTCLIPRECT:
        clip_by_box(c, box, CLIP_AND);
        return true;
    case EMR_EXCLUDECLIPRECT:
        clip_by_box(c, box, CLIP_WITHOUT);
        return true;
    case EMR_EXTSELECTCLIPRGN:
        select_region(c, r);
        return true;
    case EMR_SELECTCLIPPATH:
        if (mode >= CLIP_AND && mode <= CLIP_COPY)
            clip_by_path(c, (enum clip_mode)mode);
        return true;
    case EMR_OFFSETCLIPRGN:
        clip_offset(c, box[0], box[1]);
        return true;
    case EMR_SETMETARGN:
        clip_to_meta(c);
        return true;
    case EMR_FILLRGN:
    case EMR_PAINTRGN:
        fill_region(c, r);
        return true;
    default:
        return false;
    }
}
