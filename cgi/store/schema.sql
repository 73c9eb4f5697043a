-- What is remembered, and nothing else: no address, no browser, no name.
--
-- Three layers.  Words: text, offer, question.  Proof: entry, a log of bare hashes that only grows.
-- Persons: record, which says what is behind a hash.  Erasing a person deletes their records; the
-- entries stay, and a closing says which of them have no record any more.
--
-- Little is stored that follows from something else: the canonical bytes of a record are made of
-- its row and its offer, and a visitor's current answers of their records.  A new record is a row
-- of record and one of entry, both at the end, and two short keys, each in an index.
--
-- The triggers stop mistakes, not an intruder: a changed row is found by `teade-records verify`.
-- None runs when a record is inserted.  A trigger that allows an entry only the next place takes
-- 12 to 20 % of that, and one that allows a record only the newest entry another 2 %.  The place
-- comes from the end of the log, a primary key refuses a second row, and `verify` finds the rest.

PRAGMA application_id = 0x54656164; -- "Tead": this file is ours
PRAGMA user_version = 5;            -- of this schema; a program that meets another one stops

-- The exact words a visitor met: one row for each sequence of bytes, for ever.
CREATE TABLE text (
    digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32), -- SHA-256 of body
    body   BLOB NOT NULL                                          -- CommonMark in UTF-8
) STRICT;

-- Where a text was offered.  Two revisions may offer the same words in a language.
CREATE TABLE offer (
    id       INTEGER PRIMARY KEY,
    digest   BLOB NOT NULL REFERENCES text (digest),
    document TEXT NOT NULL,                            -- e.g. privacy-policy
    revision TEXT NOT NULL,                            -- YYYY-MM-DD or YYYY-MM-DD.N
    language TEXT NOT NULL,                            -- a BCP 47 tag
    UNIQUE (document, revision, language, digest)      -- a corrected text is kept beside the old
) STRICT;

-- What a visitor could answer on an offer.  Titles and the words of questions are the text's own.
CREATE TABLE question (
    offer   INTEGER NOT NULL REFERENCES offer (id),
    id      TEXT NOT NULL,  -- PURPOSE or PURPOSE.RECIPIENT
    basis   TEXT NOT NULL CHECK (basis IN ('consent', 'legitimate-interests')),
    PRIMARY KEY (offer, id)
) STRICT, WITHOUT ROWID;

-- The log: one number for each record ever made.  It names nobody and is never touched.
CREATE TABLE entry (
    place INTEGER PRIMARY KEY,                     -- from 0 without gaps
    hash  BLOB NOT NULL CHECK (length(hash) = 32)  -- SHA-256 over salt and record: record.h
) STRICT;

-- Hashes of the log's tree above its leaves: of each complete run of 256 entries (level 1), of 256
-- such runs (level 2), and so on: tree.h.  They follow from entry, and are kept so that a proof
-- reads few of them.
CREATE TABLE node (
    level INTEGER NOT NULL CHECK (level > 0),
    place INTEGER NOT NULL CHECK (place >= 0), -- from 0 without gaps
    hash  BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (level, place)
) STRICT, WITHOUT ROWID;

-- Checkpoints of the log as they were signed: checkpoint.h.
CREATE TABLE checkpoint (
    size   INTEGER PRIMARY KEY CHECK (size > 0), -- how many entries it is about
    time   INTEGER NOT NULL CHECK (time >= 0),   -- when it was signed, UTC seconds
    public INTEGER NOT NULL CHECK (public IN (0, 1)), -- 0: in receipts alone
    note   TEXT NOT NULL                         -- the signed note
) STRICT;

-- Whose signatures those are: every key that ever signed, NAME+ID+BASE64.
CREATE TABLE signer (
    key  TEXT NOT NULL PRIMARY KEY,
    time INTEGER NOT NULL CHECK (time >= 0) -- since when, UTC seconds
) STRICT;

-- What a visitor did: the record of an entry, as record.h has it.  Its canonical bytes are made of
-- this row and its offer, and match the hash of the entry; without this row the entry says nothing
-- about anybody.
CREATE TABLE record (
    entry   INTEGER PRIMARY KEY,                            -- the place of its entry
    visitor BLOB NOT NULL CHECK (length(visitor) = 32),     -- HMAC of the pseudonym: identity.h
    offer   INTEGER NOT NULL,                               -- what the act was done on
    kind    INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),  -- answers, acknowledgement, withdrawal
    gpc     INTEGER NOT NULL CHECK (gpc IN (0, 1)),         -- the browser sent Sec-GPC: 1
    time    INTEGER NOT NULL CHECK (time >= 0),             -- UTC seconds
    id      BLOB NOT NULL CHECK (length(id) = 16),          -- random
    salt    BLOB NOT NULL CHECK (length(salt) = 32),        -- random; keeps the entry mute
    answers TEXT NOT NULL,                                  -- QUESTION=LETTER …: store_record.c
    -- Which of the visitor's older records have an answer that is still the newest to its question:
    -- their places, 8 bytes each, falling.  So their page does not grow slow with their history.
    earlier BLOB NOT NULL CHECK (length(earlier) % 8 = 0)
) STRICT;

-- Eight bytes of a random key are nearly always enough; the whole key is compared in the row.
CREATE INDEX record_of_visitor ON record (substr(visitor, 1, 8));
CREATE INDEX record_of_id ON record (substr(id, 1, 8));

-- Which entries no longer have a record.  A closing is an entry of the log itself, so that a record
-- removed without one is found.
CREATE TABLE closing (
    entry     INTEGER PRIMARY KEY REFERENCES entry (place),
    time      INTEGER NOT NULL CHECK (time >= 0),      -- as in canonical, UTC seconds
    salt      BLOB NOT NULL CHECK (length(salt) = 32), -- as of a record
    canonical BLOB NOT NULL                            -- what was closed and why: closing.h
) STRICT;

-- Closings that are not done with: what they closed may still lie in an unused part of the file,
-- or is not yet noted outside of it.
CREATE TABLE pending_wipe (
    closing INTEGER PRIMARY KEY REFERENCES closing (entry)
) STRICT;

-- A visitor's data went to a recipient.  That is to be known for years, also of a visitor who was
-- erased: then nothing leads here from them but the handle that canonical holds.
CREATE TABLE provision (
    entry     INTEGER PRIMARY KEY REFERENCES entry (place),
    visitor   BLOB CHECK (length(visitor) = 32),            -- NULL: the visitor was erased
    id        BLOB NOT NULL UNIQUE CHECK (length(id) = 16), -- as in canonical, for look-up
    time      INTEGER NOT NULL CHECK (time >= 0),           -- as in canonical, UTC seconds
    salt      BLOB NOT NULL CHECK (length(salt) = 32),      -- as of a record
    canonical BLOB NOT NULL                                 -- disclosure.h
) STRICT;

CREATE INDEX provision_of_visitor ON provision (visitor);

-- Words stay as they were offered.  (A REPLACE deletes without asking a DELETE trigger, hence the
-- triggers on INSERT.)
CREATE TRIGGER text_once BEFORE INSERT ON text
WHEN EXISTS (SELECT 1 FROM text WHERE digest = new.digest)
BEGIN SELECT raise(ABORT, 'a text is stored once'); END;
CREATE TRIGGER text_fixed BEFORE UPDATE ON text
BEGIN SELECT raise(ABORT, 'a text never changes'); END;
CREATE TRIGGER text_kept BEFORE DELETE ON text
BEGIN SELECT raise(ABORT, 'a text is never deleted'); END;

CREATE TRIGGER offer_once BEFORE INSERT ON offer
WHEN EXISTS (SELECT 1 FROM offer WHERE id = new.id OR (document, revision, language, digest)
                                     = (new.document, new.revision, new.language, new.digest))
BEGIN SELECT raise(ABORT, 'an offer is stored once'); END;
CREATE TRIGGER offer_fixed BEFORE UPDATE ON offer
BEGIN SELECT raise(ABORT, 'an offer never changes'); END;
CREATE TRIGGER offer_kept BEFORE DELETE ON offer
BEGIN SELECT raise(ABORT, 'an offer is never deleted'); END;

CREATE TRIGGER question_once BEFORE INSERT ON question
WHEN EXISTS (SELECT 1 FROM question WHERE offer = new.offer AND id = new.id)
BEGIN SELECT raise(ABORT, 'a question is stored once'); END;
CREATE TRIGGER question_fixed BEFORE UPDATE ON question
BEGIN SELECT raise(ABORT, 'a question never changes'); END;
CREATE TRIGGER question_kept BEFORE DELETE ON question
BEGIN SELECT raise(ABORT, 'a question is never deleted'); END;

-- The log only grows.
CREATE TRIGGER entry_fixed BEFORE UPDATE ON entry
BEGIN SELECT raise(ABORT, 'an entry never changes'); END;
CREATE TRIGGER entry_kept BEFORE DELETE ON entry
BEGIN SELECT raise(ABORT, 'an entry is never deleted'); END;

CREATE TRIGGER node_once BEFORE INSERT ON node
WHEN EXISTS (SELECT 1 FROM node WHERE level = new.level AND place = new.place)
BEGIN SELECT raise(ABORT, 'a hash of the tree is stored once'); END;
CREATE TRIGGER node_fixed BEFORE UPDATE ON node
BEGIN SELECT raise(ABORT, 'a hash of the tree never changes'); END;
CREATE TRIGGER node_kept BEFORE DELETE ON node
BEGIN SELECT raise(ABORT, 'a hash of the tree is never deleted'); END;

CREATE TRIGGER checkpoint_once BEFORE INSERT ON checkpoint
WHEN EXISTS (SELECT 1 FROM checkpoint WHERE size >= new.size)
BEGIN SELECT raise(ABORT, 'a checkpoint is larger than the one before it'); END;
CREATE TRIGGER checkpoint_fixed BEFORE UPDATE ON checkpoint
WHEN new.public < old.public OR (new.size, new.time, new.note) IS NOT (old.size, old.time, old.note)
BEGIN SELECT raise(ABORT, 'a checkpoint never changes; it only becomes public'); END;
CREATE TRIGGER checkpoint_kept BEFORE DELETE ON checkpoint
BEGIN SELECT raise(ABORT, 'a checkpoint is never deleted'); END;

CREATE TRIGGER signer_once BEFORE INSERT ON signer
WHEN EXISTS (SELECT 1 FROM signer WHERE key = new.key)
BEGIN SELECT raise(ABORT, 'a signer is stored once'); END;
CREATE TRIGGER signer_fixed BEFORE UPDATE ON signer
BEGIN SELECT raise(ABORT, 'a signer never changes'); END;
CREATE TRIGGER signer_kept BEFORE DELETE ON signer
BEGIN SELECT raise(ABORT, 'a signer is never deleted'); END;

CREATE TRIGGER record_fixed BEFORE UPDATE ON record
BEGIN SELECT raise(ABORT, 'a record never changes'); END;

-- What an entry is comes with it or never.
CREATE TRIGGER closing_newest BEFORE INSERT ON closing
WHEN new.entry <> (SELECT max(place) FROM entry)
  OR EXISTS (SELECT 1 FROM closing WHERE entry = new.entry)
BEGIN SELECT raise(ABORT, 'a closing belongs to the newest entry, once'); END;
CREATE TRIGGER closing_fixed BEFORE UPDATE ON closing
BEGIN SELECT raise(ABORT, 'a closing never changes'); END;
CREATE TRIGGER closing_kept BEFORE DELETE ON closing
BEGIN SELECT raise(ABORT, 'a closing is never deleted'); END;

CREATE TRIGGER provision_newest BEFORE INSERT ON provision
WHEN new.entry <> (SELECT max(place) FROM entry)
  OR EXISTS (SELECT 1 FROM provision WHERE entry = new.entry OR id = new.id)
BEGIN SELECT raise(ABORT, 'a provision belongs to the newest entry, once'); END;
CREATE TRIGGER provision_fixed BEFORE UPDATE ON provision
WHEN new.visitor IS NOT NULL OR (new.entry, new.id, new.time, new.salt, new.canonical)
                             IS NOT (old.entry, old.id, old.time, old.salt, old.canonical)
BEGIN SELECT raise(ABORT, 'a provision never changes; it only loses its visitor'); END;
