/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What document.c, document_save.c and document_merge.c share.
 */
#ifndef STELLWERK_SRC_APP_DOCUMENT_PARTS_H
#define STELLWERK_SRC_APP_DOCUMENT_PARTS_H

#include <stellwerk/app/document.h>

struct operation operation_copy(struct arena *arena, const struct operation *operation);

/* A place that outlives the text that it is in. */
struct pos pos_lasting(struct document *document, struct pos pos);

/* Takes the revision over as what the text is now. */
void document_show(struct document *document, struct revision *revision);

/* Replaces bytes, as a step without operations; where they are not there, nothing happens. */
void document_patch(struct document *document, const struct delta *delta);

/* The journal anew: from the text in the file, all that is unsaved, all open conflicts. */
void document_write_anew(struct document *document);

#endif
