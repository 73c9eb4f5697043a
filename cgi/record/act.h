/* An act: one thing a visitor did that is recorded.  It travels from a worker to the
 * keeper, and the answers that are current because of it travel back. */
#ifndef TEADE_ACT_H
#define TEADE_ACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/manifest.h"

enum {
    ACT_ID_MAX = 64,        /* document and purpose ids, without the NUL */
    ACT_QUESTION_MAX = 129, /* PURPOSE.RECIPIENT */
    ACT_REVISION_MAX = 14,  /* YYYY-MM-DD.NNN */
    ACT_LANGUAGE_MAX = 35,  /* a BCP 47 tag as RFC 5646 §4.4.1 bounds it */
    ACT_ANSWERS_MAX = MANIFEST_QUESTIONS_MAX,
    ACT_DIGEST = 32,    /* SHA-256 */
    ACT_VISITOR = 32,   /* the database's key of a visitor */
    ACT_RECORD_ID = 16, /* random */
};

enum act_kind { ACT_ANSWERS, ACT_ACKNOWLEDGEMENT, ACT_WITHDRAWAL };

/* What is said to one question.  WITHDRAWN ends GIVEN or OBJECTED. */
enum answer { ANSWER_GIVEN, ANSWER_REFUSED, ANSWER_OBJECTED, ANSWER_WITHDRAWN, ANSWER_COUNT };

struct act_answer {
    char question[ACT_QUESTION_MAX + 1];
    enum answer answer;
};

struct act {
    enum act_kind kind;
    uint8_t visitor[ACT_VISITOR];
    bool fresh; /* the pseudonym may be one that waits for its first record */
    bool gpc;   /* the browser sent Sec-GPC: 1 */
    /* The text it was done on.  A withdrawal names none, it is judged by the current answers; but
     * it can name a document, and is then about no other. */
    char document[ACT_ID_MAX + 1], revision[ACT_REVISION_MAX + 1], language[ACT_LANGUAGE_MAX + 1];
    uint8_t digest[ACT_DIGEST];
    /* Each question once.  ACT_WITHDRAWAL: the questions to withdraw, none for all. */
    struct act_answer answers[ACT_ANSWERS_MAX];
    size_t answer_count;
};

enum act_result {
    ACT_DONE,        /* or done before, by the record whose id is answered */
    ACT_STRANGER,    /* not fresh, and the database does not know the visitor: nothing done */
    ACT_NO_TEXT,     /* no such text, or it has no such question to be answered so: nothing done */
    ACT_NOTHING,     /* answers without one, a withdrawal of what is not current: nothing done */
    ACT_UNAVAILABLE, /* could not be made durable: nothing done */
    ACT_LIMITED,     /* the visitor has had enough records made for a day: nothing done */
    ACT_RESULT_COUNT
};

/* What a visitor said to a question, and on which text. */
struct standing {
    char document[ACT_ID_MAX + 1], question[ACT_QUESTION_MAX + 1];
    enum answer answer;
    int64_t time; /* UTC seconds */
    char revision[ACT_REVISION_MAX + 1], language[ACT_LANGUAGE_MAX + 1];
};

#endif
