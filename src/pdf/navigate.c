#include "pdf/navigate.h"
#include "pdf/words.h"

#include <stdlib.h>
#include <string.h>

/* ---- places ---- */

static int by_name(const void *a, const void *b) {
    const struct page_place *x = *(const struct page_place *const *)a;
    const struct page_place *y = *(const struct page_place *const *)b;
    int order = strcmp(x->name, y->name);
    return order ? order : (x > y) - (x < y);
}

/* A name is a string of at most 32,767 bytes (6.1.13). */
static bool is_usable(const struct page_place *place, const struct pages *pages) {
    enum { LONGEST = 1000 };
    return place->name && place->page < pages->at.n && strnlen(place->name, LONGEST) < LONGEST;
}

struct places places_of(struct pool *pool, const struct pages *pages) {
    struct places places = {.at = POOL_ARRAY(pool, const struct page_place *, pages->places.n + 1)};
    const struct page_place *place;
    VEC_EACH (place, &pages->places)
        if (is_usable(place, pages))
            places.at[places.n++] = place;
    qsort(places.at, places.n, sizeof *places.at, by_name);
    size_t kept = 0;
    for (size_t i = 0; i < places.n; i++)
        if (!kept || strcmp(places.at[kept - 1]->name, places.at[i]->name) != 0)
            places.at[kept++] = places.at[i];
    places.n = kept;
    return places;
}

static int name_to_place(const void *name, const void *place) {
    return strcmp(name, (*(const struct page_place *const *)place)->name);
}

/* NULL: there is none of this name. */
static const struct page_place *find_place(const struct places *places, const char *name) {
    const struct page_place **at =
        bsearch(name, places->at, places->n, sizeof *places->at, name_to_place);
    return at ? *at : NULL;
}

/* The page and height, at the left edge, without change of magnification. */
static void put_destination(struct buf *out, const struct page_place *place,
                            const struct pages *pages, const unsigned *page_objects) {
    buf_putc(out, '[');
    buf_put_int(out, page_objects[place->page]);
    buf_puts(out, " 0 R/XYZ null ");
    buf_put_milli(out, (int64_t)pages->at.at[place->page].height - place->y);
    buf_puts(out, " null]");
}

void places_put(const struct places *places, const struct pages *pages,
                const unsigned *page_objects, struct buf *out) {
    if (!places->n)
        return;
    buf_puts(out, "/Dests<</Names[");
    for (size_t i = 0; i < places->n; i++) {
        words_put_bytes(out, places->at[i]->name, strlen(places->at[i]->name));
        put_destination(out, places->at[i], pages, page_objects);
        buf_putc(out, '\n');
    }
    buf_puts(out, "]>>");
}

/* ---- links ---- */

/* An address in ASCII (12.6.4.7): other bytes and spaces as %XX. */
static void put_address(struct buf *out, const char *uri) {
    struct buf ascii = {0};
    for (; *uri; uri++)
        if (*uri > ' ' && *uri < 0x7F)
            buf_putc(&ascii, *uri);
        else
            buf_printf(&ascii, "%%%02X", (unsigned char)*uri);
    words_put_bytes(out, buf_text(&ascii), ascii.len);
    buf_free(&ascii);
}

static bool leads_somewhere(const struct page_link *link, const struct places *places) {
    enum { LONGEST = 8000 };
    if (!link->uri || !*link->uri || strnlen(link->uri, LONGEST) == LONGEST)
        return false;
    return *link->uri != '#' || find_place(places, link->uri + 1);
}

/* Where it leads, in words too (/Contents: ISO 14289-1, 7.18.5). */
static void put_goal(struct buf *out, const struct page_link *link, const struct pages *pages,
                     const struct places *places) {
    if (*link->uri == '#') {
        const struct page_place *place = find_place(places, link->uri + 1);
        buf_puts(out, "/Dest");
        words_put_bytes(out, link->uri + 1, strlen(link->uri + 1));
        buf_printf(out, "/Contents(Trang %d)", pages->at.at[place->page].number);
    } else {
        buf_puts(out, "/A<</S/URI/URI");
        put_address(out, link->uri);
        buf_puts(out, ">>/Contents");
        put_address(out, link->uri);
    }
}

/* /F 4: printed, neither hidden nor hideable (ISO 19005-2, 6.3.2). A link needs no appearance. */
static unsigned add_link(struct objects *objects, const struct pages *pages, size_t index,
                         const struct page_link *link, const struct places *places,
                         struct structure *structure) {
    struct buf entries = {0};
    const struct page *page = &pages->at.at[index];
    int64_t left = link->x, bottom = (int64_t)page->height - link->y - link->height;
    int64_t sides[4] = {left, bottom, left + link->width, bottom + link->height};
    buf_puts(&entries, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]");
    for (int i = 0; i < 4; i++) {
        buf_puts(&entries, i ? " " : "/Rect[");
        buf_put_milli(&entries, sides[i]);
    }
    buf_putc(&entries, ']');
    put_goal(&entries, link, pages, places);
    if (structure && link->tag && link->tag < pages->tags.n) {
        buf_puts(&entries, "/StructParent ");
        buf_put_int(&entries,
                    structure_add_link(structure, index, objects_next(objects), link->tag));
        buf_putc(&entries, '\n');
    }
    unsigned number = object_add(objects, &entries);
    buf_free(&entries);
    return number;
}

void links_add(struct objects *objects, const struct pages *pages, size_t index,
               const struct places *places, struct structure *structure, struct buf *annotations) {
    const struct page_link *link;
    VEC_EACH (link, &pages->at.at[index].links)
        if (leads_somewhere(link, places)) {
            buf_put_int(annotations, add_link(objects, pages, index, link, places, structure));
            buf_puts(annotations, " 0 R ");
        }
}

/* ---- outline (12.3.3) ---- */

/* An entry of the tree; indices count from 1, 0 is the tree's root. */
struct item {
    const struct page_place *place;
    const char *title;
    size_t parent, first, last, previous, next, count; /* count: of all below it */
};

/* The entry before is the parent of a deeper one, else one of its ancestors is. */
static size_t parent_of(const struct item *items, size_t before, int level) {
    while (before && items[before].place->level >= level)
        before = items[before].parent;
    return before;
}

static size_t plant(struct item *items, struct pool *pool, const struct pages *pages) {
    size_t n = 0;
    const struct page_place *place;
    VEC_EACH (place, &pages->outline) {
        const char *title = place->page < pages->at.n ? words_clean(pool, place->name) : NULL;
        if (!title)
            continue;
        size_t parent = parent_of(items, n, place->level);
        struct item *above = &items[parent], *item = &items[++n];
        *item = (struct item){
            .place = place, .title = title, .parent = parent, .previous = above->last};
        if (above->last)
            items[above->last].next = n;
        else
            above->first = n;
        above->last = n;
    }
    for (size_t i = n; i > 0; i--)
        items[items[i].parent].count += 1 + items[i].count;
    return n;
}

static void put_relation(struct buf *out, const char *key, size_t item, unsigned root) {
    if (item)
        object_put_ref(out, key, root + (unsigned)item);
}

static void put_below(struct buf *out, const struct item *item, unsigned root) {
    put_relation(out, "First", item->first, root);
    put_relation(out, "Last", item->last, root);
    if (item->count) {
        buf_puts(out, "/Count ");
        buf_put_int(out, (int64_t)item->count);
    }
}

static void put_item(struct buf *out, const struct item *item, unsigned root,
                     const struct pages *pages, const unsigned *page_objects) {
    words_put_entry(out, "Title", item->title);
    object_put_ref(out, "Parent", root + (unsigned)item->parent);
    put_relation(out, "Prev", item->previous, root);
    put_relation(out, "Next", item->next, root);
    put_below(out, item, root);
    buf_puts(out, "/Dest");
    put_destination(out, item->place, pages, page_objects);
    buf_putc(out, '\n');
}

void outline_add(struct pool *pool, struct objects *objects, const struct pages *pages,
                 const unsigned *page_objects, struct buf *catalog) {
    if (!pages->outline.n)
        return;
    struct item *items = POOL_ARRAY(pool, struct item, pages->outline.n + 1);
    size_t n = plant(items, pool, pages);
    if (!n)
        return;
    struct buf entries = {0};
    unsigned root = objects_next(objects);
    buf_puts(&entries, "/Type/Outlines");
    put_below(&entries, &items[0], root);
    object_add(objects, &entries);
    for (size_t i = 1; i <= n; i++) {
        buf_clear(&entries);
        put_item(&entries, &items[i], root, pages, page_objects);
        object_add(objects, &entries);
    }
    buf_free(&entries);
    object_put_ref(catalog, "Outlines", root);
    buf_puts(catalog, "/PageMode/UseOutlines");
}
