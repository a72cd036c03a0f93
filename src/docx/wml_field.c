/* Fields: PAGE and NUMPAGES become items of their own, of any other the stored result is shown. */
#include "docx/wml_read.h"

#include <string.h>

static struct field *top(struct fields *fields) {
    size_t n = fields->depth;
    return n > 0 && n <= MAX_NESTING ? &fields->at[n - 1] : NULL;
}

void field_begin(struct fields *fields) {
    fields->depth++;
    struct field *field = top(fields);
    if (field)
        *field = (struct field){0};
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* An instruction may be cut over several runs, so its first word is gathered. */
void field_instruction(struct fields *fields, const char *text) {
    struct field *field = top(fields);
    if (!field || field->in_result)
        return;
    for (; *text && !field->word_ended; text++) {
        if (is_space(*text))
            field->word_ended = field->len > 0;
        else if (field->len + 1 < sizeof field->word)
            field->word[field->len++] = *text >= 'a' && *text <= 'z' ? (char)(*text - 32) : *text;
    }
}

void field_separate(struct fields *fields) {
    struct field *field = top(fields);
    if (!field || field->in_result)
        return;
    field->in_result = true;
    field->kind = strcmp(field->word, "PAGE") == 0       ? FIELD_PAGE
                  : strcmp(field->word, "NUMPAGES") == 0 ? FIELD_COUNT
                                                         : FIELD_SHOWN;
}

bool fields_show(const struct fields *fields) {
    for (size_t i = 0; i < fields->depth && i < MAX_NESTING; i++)
        if (!fields->at[i].in_result)
            return false;
    return true;
}

bool field_emit(struct builder *builder, const struct run_props *props) {
    struct fields *fields = &builder->story->fields;
    for (size_t i = 0; i < fields->depth && i < MAX_NESTING; i++) {
        struct field *field = &fields->at[i];
        if (field->kind == FIELD_SHOWN)
            continue;
        if (!field->emitted)
            add_item(builder, field->kind == FIELD_PAGE ? INLINE_PAGE_NUMBER : INLINE_PAGE_COUNT,
                     props);
        field->emitted = true;
        return true;
    }
    return false;
}

void field_end(struct builder *builder, const struct run_props *props) {
    struct fields *fields = &builder->story->fields;
    field_separate(fields); /* a field may end without a result */
    if (top(fields) && fields_show(fields))
        field_emit(builder, props);
    if (fields->depth > 0)
        fields->depth--;
}
