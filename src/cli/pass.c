#include "cli/pass.h"

#include "signature/key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>

void pass_protect(void) {
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}

/* Up to the end of the line; read(2), so that no library buffer keeps a copy. */
static bool read_line(int fd, char pass[PASS_MAX]) {
    size_t n = 0;
    while (n + 1 < PASS_MAX) {
        ssize_t got = read(fd, pass + n, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0 || pass[n] == '\n')
            break;
        n++;
    }
    pass[n] = '\0';
    if (n && pass[n - 1] == '\r')
        pass[n - 1] = '\0';
    return n > 0;
}

static bool ask(enum lang lang, char pass[PASS_MAX]) {
    static const char *const prompts[] = {"Mật khẩu khóa ký: ", "Passphrase of the key: "};
    int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    struct termios before, silent;
    if (tty < 0 || tcgetattr(tty, &before) != 0) {
        if (tty >= 0)
            close(tty);
        return false;
    }
    silent = before;
    silent.c_lflag &= ~(tcflag_t)ECHO;
    tcsetattr(tty, TCSAFLUSH, &silent);
    bool ok = write(tty, prompts[lang], strlen(prompts[lang])) > 0 && read_line(tty, pass);
    tcsetattr(tty, TCSAFLUSH, &before);
    ok = write(tty, "\n", 1) == 1 && ok;
    close(tty);
    return ok;
}

bool pass_read(const char *file, enum lang lang, char pass[PASS_MAX], struct diag *diag) {
    mlock(pass, PASS_MAX); /* off the swap where the system lets us; wiped by the caller */
    const char *given = getenv("CONGVAN_PASS");
    if (file) {
        int fd = open(file, O_RDONLY | O_CLOEXEC);
        bool ok = fd >= 0 && read_line(fd, pass);
        if (!ok)
            diag_add(diag, FILE_CANNOT_READ, (struct where){.file = file},
                     fd < 0 ? strerror(errno) : "—", NULL);
        if (fd >= 0)
            close(fd);
        return ok;
    }
    if (given && strlen(given) < PASS_MAX) {
        strcpy(pass, given);
        secret_wipe(getenv("CONGVAN_PASS"), strlen(given));
        return true;
    }
    if (ask(lang, pass))
        return true;
    diag_add(diag, PASS_MISSING, (struct where){0}, NULL);
    return false;
}
