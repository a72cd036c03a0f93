#include "cli/status.h"

enum status worse(enum status a, enum status b) {
    return a > b ? a : b;
}

enum status status_of(const struct diag *diag) {
    if (diag_has(diag, FILE_CANNOT_WRITE) || diag_has(diag, FILE_NOT_ALLOWED))
        return STATUS_SYSTEM;
    return diag_count(diag, DIAG_ERROR) ? STATUS_DOCUMENT : STATUS_OK;
}
