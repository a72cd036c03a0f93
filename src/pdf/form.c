#include "pdf/form.h"
#include "pdf/words.h"

/* PDF/A asks for an appearance of every field (6.3.3); this one draws nothing. */
static unsigned appearance(struct form *form) {
    if (!form->appearance) {
        struct buf entries = {0};
        buf_puts(&entries, "/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<<>>");
        form->appearance = object_add_stream(form->objects, &entries, "", 0);
        buf_free(&entries);
    }
    return form->appearance;
}

static void put_rectangle(struct buf *out, const struct page *page, const struct pdf_field *field) {
    int64_t bottom = (int64_t)page->height - field->y - field->height;
    int64_t sides[4] = {field->x, bottom, (int64_t)field->x + field->width, bottom + field->height};
    for (int i = 0; i < 4; i++) {
        buf_puts(out, i ? " " : "/Rect[");
        buf_put_milli(out, sides[i]);
    }
    buf_putc(out, ']');
}

/* Field and widget in one (12.7.3.1). /F 4: printed. */
static unsigned add_field(struct form *form, const struct page *page, unsigned page_object,
                          const struct pdf_field *field) {
    struct buf entries = {0};
    buf_puts(&entries, "/Type/Annot/Subtype/Widget/FT/Sig/F 4");
    words_put_entry(&entries, "T", field->name);
    words_put_entry(&entries, "TU", words_clean(form->pool, field->label));
    put_rectangle(&entries, page, field);
    object_put_ref(&entries, "P", page_object);
    buf_puts(&entries, "/AP<<");
    object_put_ref(&entries, "N", form->appearance);
    buf_puts(&entries, ">>");
    if (form->structure) {
        buf_puts(&entries, "/StructParent ");
        buf_put_int(&entries, structure_add_form(form->structure, field->page,
                                                 objects_next(form->objects), field->label));
    }
    buf_putc(&entries, '\n');
    unsigned number = object_add(form->objects, &entries);
    buf_free(&entries);
    return number;
}

static unsigned fields_on(const struct pdf_options *options, size_t page) {
    unsigned n = 0;
    for (size_t i = 0; i < options->field_count; i++)
        n += options->fields[i].page == page;
    return n;
}

void form_add_fields(struct form *form, const struct pages *pages, size_t index,
                     struct buf *annotations) {
    unsigned n = fields_on(form->options, index);
    if (!n)
        return;
    appearance(form);
    unsigned page_object = objects_next(form->objects) + n;
    for (size_t i = 0; i < form->options->field_count; i++) {
        const struct pdf_field *field = &form->options->fields[i];
        if (field->page != index)
            continue;
        unsigned number = add_field(form, &pages->at.at[index], page_object, field);
        *VEC_PUSH(form->pool, &form->fields) = number;
        buf_put_int(annotations, number);
        buf_puts(annotations, " 0 R ");
    }
}

/* /SigFlags 1: there are signature fields. Bit 2 (append only) is for whoever signs first. */
void form_put(const struct form *form, struct buf *catalog) {
    if (!form->fields.n)
        return;
    buf_puts(catalog, "/AcroForm<</SigFlags 1/Fields[");
    for (size_t i = 0; i < form->fields.n; i++) {
        buf_put_int(catalog, form->fields.at[i]);
        buf_puts(catalog, " 0 R ");
    }
    buf_puts(catalog, "]>>");
}
