/* check: the command `congvan check`, in the program that reads PDFs and in the one that does not.
 */
#ifndef CONGVAN_CLI_CHECK_H
#define CONGVAN_CLI_CHECK_H

#include "cli/commands.h"

/* Judges the PDF at job->path; problems are in its diag. */
typedef void check_pdf(struct session *session, struct job *job, bool final);

/* The command. `pdf` NULL: where a PDF is among the paths, congvan-signature is run in place of
 * this program. */
enum status check_run(const struct arguments *arguments, check_pdf *pdf);

/* As congvan-signature knows it. */
extern const struct command command_check_pdf;

#endif
