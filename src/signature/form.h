/* form: the fields of a PDF's form (ISO 32000-1, 12.7), signature fields among them. */
#ifndef CONGVAN_SIGNATURE_FORM_H
#define CONGVAN_SIGNATURE_FORM_H

#include "signature/reader.h"

struct form_field {
    const char *name;     /* fully qualified, as UTF-8 */
    pdf_value dictionary; /* of the field; its widget too, where the two are one */
    int id;               /* of its object; 0 if it is direct */
    const char *type;     /* /FT, its own or inherited, with its slash; "" when there is none */
    bool signature;       /* /FT /Sig */
    pdf_value value;      /* /V, a null value when the field is empty */
};

typedef VEC(struct form_field) form_fields;

/* All fields with a name or value of their own, in the order of the form. False when the tree has
 * loops or is too deep; what was found until then is in `fields`. */
bool form_read(struct reader *reader, struct pool *pool, form_fields *fields);

/* The widgets of a field: itself or its kids without a name. */
typedef VEC(pdf_value) widget_list;
void form_widgets(struct reader *reader, struct pool *pool, const struct form_field *field,
                  widget_list *widgets);

#endif
