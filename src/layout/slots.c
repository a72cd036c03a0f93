#include "layout/slots.h"

#include <string.h>

/* What one name marks on one page: the whole of its lines. */
struct marked {
    bool there;
    size_t page;
    mpt left, top, right, bottom;
};

static void widen(struct marked *m, const struct page_slot *s) {
    mpt right = s->x + s->width, bottom = s->y + s->height;
    m->left = s->x < m->left ? s->x : m->left;
    m->top = s->y < m->top ? s->y : m->top;
    m->right = right > m->right ? right : m->right;
    m->bottom = bottom > m->bottom ? bottom : m->bottom;
}

/* On the first page that has the name. */
static struct marked find(const struct pages *pages, const char *name) {
    struct marked m = {0};
    for (size_t i = 0; i < pages->at.n && !m.there; i++) {
        const struct page_slot *slot;
        VEC_EACH (slot, &pages->at.at[i].slots) {
            if (strcmp(slot->name, name) != 0)
                continue;
            if (!m.there)
                m = (struct marked){
                    true, i, slot->x, slot->y, slot->x + slot->width, slot->y + slot->height};
            widen(&m, slot);
        }
    }
    return m;
}

/* `width` by `height` about a point. */
static struct slot_area around(mpt x, mpt y, mpt width, mpt height) {
    return (struct slot_area){x - width / 2, y - height / 2, width, height};
}

/* How far a side of `size` about `middle` stands out of 0..limit; taken off at both ends, so that
 * the middle stays where the stamp is to be. */
static mpt overhang(mpt middle, mpt size, mpt limit) {
    mpt low = size / 2 - middle, high = middle + size / 2 - limit;
    mpt out = low > high ? low : high;
    return out > 0 ? out : 0;
}

static struct slot_area field_around(const struct page *page, struct slot_area ink, mpt width,
                                     mpt height) {
    mpt x = ink.x + ink.width / 2, y = ink.y + ink.height / 2;
    width -= 2 * overhang(x, width, page->width);
    height -= 2 * overhang(y, height, page->height);
    return around(x, y, width > 0 ? width : 0, height > 0 ? height : 0);
}

static struct slot slot_at(const struct pages *pages, size_t page, struct slot_area ink, mpt width,
                           mpt height) {
    return (struct slot){true, page, field_around(&pages->at.at[page], ink, width, height), ink};
}

/* ---- blanks ---- */

/* Seen in practice: 33 x 14 pt over the number, 24 x 14 over the day, 17 x 14 over the month. */
static const struct blank {
    enum slot_kind kind;
    const char *name;
    mpt width;
} blanks[] = {{SLOT_NUMBER, "so", 33000},
              {SLOT_DAY, "ngay", 24000},
              {SLOT_MONTH, "thang", 17000},
              {SLOT_YEAR, "nam", 14000}};

enum { BLANK_HEIGHT = 14000 };

static struct slot blank_slot(const struct pages *pages, const struct blank *blank) {
    struct marked m = find(pages, blank->name);
    if (!m.there)
        return (struct slot){0};
    struct slot_area ink = {m.left, m.top, m.right - m.left, m.bottom - m.top};
    return slot_at(pages, m.page, ink, blank->width, BLANK_HEIGHT);
}

/* ---- signature and seal ---- */

enum {
    SIGNATURE_WIDTH = 113400, /* 40 x 20 mm, as large as the built-in template lets it be */
    SIGNATURE_HEIGHT = 56700,
    SEAL = 102050,            /* 36 mm, the seal of most offices, measured on issued dispatches */
    ROOM = 72000,             /* for the signature, where position and name do not bound it */
    SIGNATURE_FIELD = 200000, /* square; 250 wide in some */
    SEAL_FIELD = 250000,
};

/* The middle of the place between the position above and the name below it. Either may be missing,
 * or they may stand on two pages: then it is beside the one there is, the name first. */
static bool middle_of_place(const struct marked *above, const struct marked *below, size_t *page,
                            mpt *x, mpt *y) {
    const struct marked *by = below->there ? below : above;
    if (!by->there)
        return false;
    *page = by->page;
    *x = by->left + (by->right - by->left) / 2;
    bool both = above->there && below->there && above->page == below->page;
    if (both && above->bottom < below->top)
        *y = above->bottom + (below->top - above->bottom) / 2;
    else
        *y = below->there ? below->top - ROOM / 2 : above->bottom + ROOM / 2;
    return true;
}

/* The places of those who sign, by the names of what stands above and below them. */
static const struct place {
    const char *above, *below;
    enum slot_kind signature, seal; /* SLOTS: no seal */
} places[] = {{"chuc_vu", "ho_ten", SLOT_SIGNATURE, SLOT_SEAL},
              {"chuc_vu_2", "ho_ten_2", SLOT_SIGNATURE_2, SLOT_SEAL_2},
              {"chuc_vu_3", "ho_ten_3", SLOT_SIGNATURE_3, SLOT_SEAL_3},
              {"chuc_vu_4", "ho_ten_4", SLOT_SIGNATURE_4, SLOT_SEAL_4},
              {"", "ho_ten_thu_ky", SLOT_SECRETARY, SLOTS}};

static void find_signature(const struct pages *pages, const struct place *place,
                           struct slot slots[SLOTS]) {
    struct marked above = find(pages, place->above), below = find(pages, place->below);
    size_t page;
    mpt x, y;
    if (!middle_of_place(&above, &below, &page, &x, &y))
        return;
    struct slot_area signature = around(x, y, SIGNATURE_WIDTH, SIGNATURE_HEIGHT);
    mpt third = signature.x + signature.width / 3; /* up to here the seal covers it */
    struct slot_area seal = around(third - SEAL / 2, y, SEAL, SEAL);
    slots[place->signature] = slot_at(pages, page, signature, SIGNATURE_FIELD, SIGNATURE_FIELD);
    if (place->seal != SLOTS)
        slots[place->seal] = slot_at(pages, page, seal, SEAL_FIELD, SEAL_FIELD);
}

/* ---- the corner of the first page ---- */

enum { CORNER_WIDTH = 183000, CORNER_HEIGHT = 28000 }; /* two lines of 10 pt, as seen in practice */

static struct slot corner_slot(const struct pages *pages) {
    mpt width = pages->at.n ? pages->at.at[0].width : 0;
    struct slot_area corner = {width - CORNER_WIDTH, 0, CORNER_WIDTH, CORNER_HEIGHT};
    return width ? slot_at(pages, 0, corner, CORNER_WIDTH, CORNER_HEIGHT) : (struct slot){0};
}

/* A document that is signed there says so by a mark anywhere in its text. */
static void find_corner(const struct pages *pages, struct slot slots[SLOTS]) {
    if (find(pages, "goc_phu_luc").there)
        slots[SLOT_APPENDIX] = corner_slot(pages);
    if (find(pages, "goc_ban_sao").there)
        slots[SLOT_COPY] = corner_slot(pages);
}

/* ---- the whole ---- */

static void clear(struct slot slots[SLOTS]) {
    for (int i = 0; i < SLOTS; i++)
        slots[i] = (struct slot){0};
}

void slots_find(const struct pages *pages, struct slot slots[SLOTS]) {
    clear(slots);
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++)
        slots[blanks[i].kind] = blank_slot(pages, &blanks[i]);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        find_signature(pages, &places[i], slots);
    find_corner(pages, slots);
}

void slots_find_appendix(const struct pages *pages, struct slot slots[SLOTS]) {
    clear(slots);
    slots[SLOT_APPENDIX] = corner_slot(pages);
}
