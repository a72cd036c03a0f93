#include "pdf/draw.h"
#include "pdf/archival.h"
#include "pdf/attach.h"
#include "pdf/blur.h"
#include "pdf/content.h"
#include "pdf/font.h"
#include "pdf/form.h"
#include "pdf/navigate.h"
#include "pdf/object.h"
#include "pdf/picture.h"
#include "pdf/structure.h"
#include "pdf/texture.h"

#include <stdlib.h>

enum { SIDE_MIN = 3000, SIDE_MAX = 14400 * 1000 }; /* mpt; annex C.2 */

/* One PDF being written. */
struct drawing {
    const struct pages *pages;
    const struct pdf_options *options;
    struct pdf_fonts *kept;
    struct pool *pool;
    struct objects *objects;
    struct resources resources;
    struct structure *structure; /* NULL: not tagged */
    struct places places;
    struct form form;
    unsigned resources_object;
    unsigned *page_objects;                   /* by index */
    bool clear[OPAQUE + 1];                   /* transparencies in use */
    struct buf entries, content, annotations; /* scratch */
};

static void report_size(const struct page *page, size_t number, struct diag *diag) {
    struct buf text[3] = {0};
    buf_put_int(&text[0], (int64_t)number);
    buf_put_milli(&text[1], page->width);
    buf_put_milli(&text[2], page->height);
    diag_add(diag, PDF_PAGE_SIZE, (struct where){0}, buf_text(&text[0]), buf_text(&text[1]),
             buf_text(&text[2]), NULL);
    for (int i = 0; i < 3; i++)
        buf_free(&text[i]);
}

static bool side_fits(mpt side) {
    return side >= SIDE_MIN && side <= SIDE_MAX;
}

static bool check_pages(const struct pages *pages, struct diag *diag) {
    if (!pages->at.n) {
        diag_add(diag, PDF_NO_PAGES, (struct where){0}, NULL);
        return false;
    }
    for (size_t i = 0; i < pages->at.n; i++)
        if (!side_fits(pages->at.at[i].width) || !side_fits(pages->at.at[i].height)) {
            report_size(&pages->at.at[i], i + 1, diag);
            return false;
        }
    return true;
}

/* ---- what the pages use ---- */

static void collect_text(struct drawing *d, const struct draw_text *text) {
    if (!text->n)
        return;
    struct embedded_font *font = font_set_find(&d->resources.fonts, text->face);
    for (size_t i = 0; i < text->n; i++)
        font_code(d->pool, font, text->glyphs[i].id, text->glyphs[i].cp);
    const struct letter_fill *fill = text->look ? text->look->fill : NULL;
    if (!fill)
        return;
    d->clear[fill->clear] = true;
    if (fill->texture)
        texture_set_add(&d->resources.textures, fill->texture, d->objects);
}

static void collect_picture(struct drawing *d, const struct picture *picture, int page,
                            struct diag *diag) {
    struct where where = {.file = d->options->path, .page = page};
    if (picture->bytes)
        picture_set_add(&d->resources.pictures, picture, where, d->kept->flate, d->objects, diag);
}

static void collect_texture(struct drawing *d, const struct texture *texture, int page,
                            struct diag *diag) {
    texture_set_add(&d->resources.textures, texture, d->objects);
    if (texture->picture)
        collect_picture(d, texture->picture, page, diag);
}

static void collect_path(struct drawing *d, const struct draw_path *path, int page,
                         struct diag *diag) {
    if (path->blur > 0)
        blur_set_add(&d->resources.blurs, path, d->objects);
    else if (path->texture)
        collect_texture(d, path->texture, page, diag);
}

static void collect(struct drawing *d, struct diag *diag) {
    const struct page *page;
    const struct draw *draw;
    VEC_EACH (page, &d->pages->at) {
        int number = (int)(page - d->pages->at.at) + 1;
        VEC_EACH (draw, &page->draws) {
            if (draw->kind == DRAW_TEXT)
                collect_text(d, &draw->as.text);
            else if (draw->kind == DRAW_TURN)
                d->clear[draw->as.turn.clear] = true;
            else if (draw->kind == DRAW_PICTURE)
                collect_picture(d, draw->as.picture.picture, number, diag);
            else if (draw->kind == DRAW_PATH)
                collect_path(d, &draw->as.path, number, diag);
        }
    }
}

static void put_named_ref(struct buf *out, char letter, size_t number, unsigned object) {
    buf_putc(out, '/');
    buf_putc(out, letter);
    buf_put_int(out, (int64_t)number);
    buf_putc(out, ' ');
    buf_put_int(out, object);
    buf_puts(out, " 0 R");
}

/* /T300: what is drawn lets 300/1000 through (11.6.4.4). */
static void add_transparencies(struct drawing *d) {
    bool any = false;
    for (int clear = 1; clear <= OPAQUE; clear++) {
        if (!d->clear[clear])
            continue;
        buf_puts(&d->entries, any ? "/T" : "/ExtGState<</T");
        buf_put_int(&d->entries, clear);
        buf_puts(&d->entries, "<</ca ");
        buf_put_milli(&d->entries, OPAQUE - clear);
        buf_puts(&d->entries, "/CA ");
        buf_put_milli(&d->entries, OPAQUE - clear);
        buf_puts(&d->entries, ">>");
        any = true;
    }
    buf_puts(&d->entries, any ? ">>" : "");
}

/* One dictionary of fonts and pictures for all pages. */
static void add_resources(struct drawing *d) {
    buf_clear(&d->entries);
    buf_puts(&d->entries, "/Font<<");
    for (size_t i = 0; i < d->resources.fonts.fonts.n; i++)
        put_named_ref(&d->entries, 'F', d->resources.fonts.fonts.at[i]->number,
                      d->resources.fonts.fonts.at[i]->object);
    buf_puts(&d->entries, ">>");
    const struct blur_set *blurs = &d->resources.blurs;
    if (d->resources.pictures.objects.n || blurs->at.n) {
        buf_puts(&d->entries, "/XObject<<");
        for (size_t i = 0; i < d->resources.pictures.objects.n; i++)
            put_named_ref(&d->entries, 'I', i + 1, d->resources.pictures.objects.at[i]);
        for (size_t i = 0; i < blurs->at.n; i++)
            if (blurs->at.at[i].object)
                put_named_ref(&d->entries, 'B', i + 1, blurs->at.at[i].object);
        buf_puts(&d->entries, ">>");
    }
    texture_put_resources(&d->resources.textures, &d->entries);
    add_transparencies(d);
    d->resources_object = object_add(d->objects, &d->entries);
}

/* ---- pages ---- */

static void add_page(struct drawing *d, size_t index) {
    const struct page *page = &d->pages->at.at[index];
    buf_clear(&d->content);
    buf_clear(&d->entries);
    content_put(page, index, &d->resources, d->structure, &d->content);
    unsigned content =
        object_add_packed(d->objects, &d->entries, buf_text(&d->content), d->content.len);
    buf_puts(&d->entries, "/MediaBox[0 0 ");
    buf_put_milli(&d->entries, page->width);
    buf_putc(&d->entries, ' ');
    buf_put_milli(&d->entries, page->height);
    buf_putc(&d->entries, ']');
    object_put_ref(&d->entries, "Resources", d->resources_object);
    object_put_ref(&d->entries, "Contents", content);
    buf_clear(&d->annotations);
    links_add(d->objects, d->pages, index, &d->places, d->structure, &d->annotations);
    form_add_fields(&d->form, d->pages, index, &d->annotations);
    if (d->annotations.len)
        buf_printf(&d->entries, "/Annots[%.*s]", (int)(d->annotations.len - 1),
                   buf_text(&d->annotations));
    if (d->structure) {
        buf_puts(&d->entries, "/StructParents ");
        buf_put_int(&d->entries, (int64_t)index);
        buf_puts(&d->entries, d->annotations.len ? "/Tabs/S" : "");
    }
    buf_putc(&d->entries, '\n');
    d->page_objects[index] = object_add_page(d->objects, &d->entries);
}

/* ---- the document ---- */

static void add_structure(struct drawing *d, struct buf *catalog) {
    if (!d->structure)
        return;
    buf_puts(catalog, "/MarkInfo<</Marked true>>");
    object_put_ref(catalog, "StructTreeRoot",
                   structure_add(d->structure, d->objects, d->page_objects));
}

/* What is named: places and attached files. */
static void add_names(struct drawing *d, struct buf *catalog) {
    struct buf *names = &d->entries;
    buf_clear(names);
    places_put(&d->places, d->pages, d->page_objects, names);
    attachments_add(d->pool, d->objects, d->options, d->pages->modified, catalog, names);
    if (names->len)
        object_put_ref(catalog, "Names", object_add(d->objects, names));
}

static bool finish(struct drawing *d, struct buf *out, struct diag *diag) {
    struct buf catalog = {0}, info = {0};
    int part = d->options->attachment_count ? 3 : 2;
    outline_add(d->pool, d->objects, d->pages, d->page_objects, &catalog);
    add_structure(d, &catalog);
    add_names(d, &catalog);
    form_put(&d->form, &catalog);
    archival_add_metadata(d->pool, d->objects, d->pages, part, &catalog, &info);
    archival_add_intent(d->objects, &d->kept->profile, d->kept->flate, &catalog);
    buf_putc(&catalog, '\n');
    bool done = objects_write(d->objects, &catalog, &info, out, diag);
    buf_free(&catalog);
    buf_free(&info);
    return done;
}

static bool draw_all(struct drawing *d, struct buf *out, struct diag *diag) {
    collect(d, diag);
    if (!fonts_embed(&d->resources.fonts, d->kept, d->objects, diag))
        return false;
    add_resources(d);
    d->structure = structure_new(d->pool, d->pages);
    d->places = places_of(d->pool, d->pages);
    d->form = (struct form){
        .options = d->options, .objects = d->objects, .structure = d->structure, .pool = d->pool};
    d->page_objects = POOL_ARRAY(d->pool, unsigned, d->pages->at.n);
    for (size_t i = 0; i < d->pages->at.n; i++)
        add_page(d, i);
    return finish(d, out, diag);
}

bool pdf_write(const struct pages *pages, struct pdf_fonts *fonts,
               const struct pdf_options *options, struct buf *out, struct diag *diag) {
    static const struct pdf_options none;
    if (!check_pages(pages, diag))
        return false;
    pool_reset(fonts->document);
    struct drawing d = {.pages = pages,
                        .options = options ? options : &none,
                        .kept = fonts,
                        .pool = fonts->document,
                        .objects = objects_new(fonts->document, fonts->flate),
                        .resources = {.fonts = {.pool = fonts->document},
                                      .pictures = {.pool = fonts->document},
                                      .textures = {.pool = fonts->document},
                                      .blurs = {.pool = fonts->document}}};
    bool done = draw_all(&d, out, diag);
    objects_free(d.objects);
    buf_free(&d.entries);
    buf_free(&d.content);
    buf_free(&d.annotations);
    return done;
}
