#include "cli/trusting.h"

#include <string.h>

bool trusting_read(const struct options *options, struct trust *trust, bool *any,
                   struct diag *diag) {
    const struct own_value *own;
    bool ok = true;
    VEC_EACH (own, &options->own) {
        if (strcmp(own->name, "trust") == 0) {
            *any = true;
            ok = trust_add_roots(trust, own->value, diag) && ok;
        } else if (strcmp(own->name, "crl") == 0) {
            ok = trust_add_crls(trust, own->value, diag) && ok;
        } else if (strcmp(own->name, "ocsp") == 0) {
            ok = trust_add_answers(trust, own->value, diag) && ok;
        }
    }
    return ok;
}
