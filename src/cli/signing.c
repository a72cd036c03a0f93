#include "cli/signing.h"

/* Names are for the software that signs; the labels are read by people. */
static const struct slot_name {
    const char *name, *label;
    const char *picture; /* key of the dispatch that fills it already; NULL: none does */
} names[SLOTS] = {
    [SLOT_SIGNATURE] = {"chu_ky", "Chữ ký của người có thẩm quyền", "chu ky"},
    [SLOT_NUMBER] = {"so", "Số của văn bản", NULL},
    [SLOT_DAY] = {"ngay", "Ngày ban hành", NULL},
    [SLOT_MONTH] = {"thang", "Tháng ban hành", NULL},
    [SLOT_YEAR] = {"nam", "Năm ban hành", NULL},
    [SLOT_SEAL] = {"con_dau", "Chữ ký của cơ quan, tổ chức (dấu)", "con dau"},
    [SLOT_SECRETARY] = {"chu_ky_thu_ky", "Chữ ký của thư ký", NULL},
    [SLOT_SIGNATURE_2] = {"chu_ky_2", "Chữ ký của người ký thứ hai", "nguoi ky 2.chu ky"},
    [SLOT_SEAL_2] = {"con_dau_2", "Chữ ký của cơ quan thứ hai (dấu)", "nguoi ky 2.con dau"},
    [SLOT_SIGNATURE_3] = {"chu_ky_3", "Chữ ký của người ký thứ ba", "nguoi ky 3.chu ky"},
    [SLOT_SEAL_3] = {"con_dau_3", "Chữ ký của cơ quan thứ ba (dấu)", "nguoi ky 3.con dau"},
    [SLOT_SIGNATURE_4] = {"chu_ky_4", "Chữ ký của người ký thứ tư", "nguoi ky 4.chu ky"},
    [SLOT_SEAL_4] = {"con_dau_4", "Chữ ký của cơ quan thứ tư (dấu)", "nguoi ky 4.con dau"},
    [SLOT_APPENDIX] = {"phu_luc", "Số, ký hiệu văn bản và thời gian ký của phụ lục", NULL},
    [SLOT_COPY] = {"ban_sao", "Hình thức sao, cơ quan sao và thời gian ký", NULL},
};

static bool is_filled(const struct job *job, const char *key) {
    const struct field *field = key ? dispatch_field(job->dispatch, key) : NULL;
    return field && field->kind == FIELD_TEXT && field->text.s[0];
}

void signing_find(const struct job *job, struct signing *signing) {
    if (job->appendix)
        slots_find_appendix(job->pages, signing->slots);
    else
        slots_find(job->pages, signing->slots);
    signing->count = 0;
    bool corner = signing->slots[SLOT_APPENDIX].there || signing->slots[SLOT_COPY].there;
    if (!corner && !signing->slots[SLOT_SIGNATURE].there)
        diag_add(job->diag, SIGNING_NO_PLACE, (struct where){.file = job->path}, NULL);
    for (int i = 0; i < SLOTS; i++) {
        struct slot *slot = &signing->slots[i];
        slot->there &= !is_filled(job, names[i].picture);
        if (slot->there)
            signing->fields[signing->count++] = (struct pdf_field){.name = names[i].name,
                                                                   .label = names[i].label,
                                                                   .page = slot->page,
                                                                   .x = slot->field.x,
                                                                   .y = slot->field.y,
                                                                   .width = slot->field.width,
                                                                   .height = slot->field.height};
    }
}

/* [left, bottom, right, top] */
static void put_area(struct buf *out, const char *key, const struct page *page,
                     struct slot_area area) {
    int64_t bottom = (int64_t)page->height - area.y - area.height;
    int64_t sides[4] = {area.x, bottom, (int64_t)area.x + area.width, bottom + area.height};
    buf_printf(out, ", \"%s\": [", key);
    for (int i = 0; i < 4; i++) {
        buf_puts(out, i ? ", " : "");
        buf_put_milli(out, sides[i]);
    }
    buf_putc(out, ']');
}

static void put_slot(struct buf *out, const struct slot *slot, const struct slot_name *name,
                     const struct pages *pages) {
    const struct page *page = &pages->at.at[slot->page];
    buf_printf(out, "{\"field\": \"%s\", \"for\": ", name->name);
    json_string(out, name->label);
    buf_printf(out, ", \"page\": %zu", slot->page + 1);
    put_area(out, "rect", page, slot->field);
    put_area(out, "ink", page, slot->ink);
    put_area(out, "page_box", page, (struct slot_area){0, 0, page->width, page->height});
    buf_putc(out, '}');
}

void signing_json(const struct signing *signing, const struct pages *pages, const char *pdf,
                  struct buf *out) {
    bool any = false;
    buf_puts(out, "{\"pdf\": ");
    json_string(out, pdf);
    buf_puts(out, ", \"unit\": \"pt\", \"origin\": \"bottom-left\", \"slots\": [");
    for (int i = 0; i < SLOTS; i++)
        if (signing->slots[i].there) {
            buf_puts(out, any ? ",\n  " : "\n  ");
            put_slot(out, &signing->slots[i], &names[i], pages);
            any = true;
        }
    buf_puts(out, "\n]}\n");
}
