-- The first shape of a case file. Open records: one table a noun, all of one form. `body` is the canonical
-- text that is hashed into the log; columns for queries are generated from it, so they cannot disagree.

CREATE TABLE case_file (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE "grant" (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE desk (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;

CREATE TABLE prisoner (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    reference TEXT GENERATED ALWAYS AS (json_extract(body, '$.reference')) VIRTUAL,
    facility TEXT GENERATED ALWAYS AS (json_extract(body, '$.facility')) VIRTUAL,
    owner TEXT GENERATED ALWAYS AS (json_extract(body, '$.owner')) VIRTUAL,
    merged_into TEXT GENERATED ALWAYS AS (json_extract(body, '$.merged_into')) VIRTUAL
) STRICT;
-- No index on what is edited all day: every one would be one more page to write with each save. This one holds
-- the few records that were merged with another.
CREATE INDEX prisoner_merged ON prisoner (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE apart (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
-- Found by its id, which is made from the pair's.

CREATE TABLE public_texts (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    prisoner TEXT GENERATED ALWAYS AS (json_extract(body, '$.prisoner')) VIRTUAL
) STRICT;
-- Found by its id, which is made from the prisoner's.

CREATE TABLE facility (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;

CREATE TABLE recipient (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;

CREATE TABLE mailing_list (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;

CREATE TABLE quoted_figure (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;

CREATE TABLE own_term (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;

CREATE TABLE source (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;

CREATE TABLE trust (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    source TEXT GENERATED ALWAYS AS (json_extract(body, '$.source')) VIRTUAL
) STRICT;
CREATE INDEX trust_by_source ON trust (source);

CREATE TABLE trust_step (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    trust TEXT GENERATED ALWAYS AS (json_extract(body, '$.trust')) VIRTUAL
) STRICT;

CREATE TABLE slip (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE slip_use (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    slip TEXT GENERATED ALWAYS AS (json_extract(body, '$.slip')) VIRTUAL
) STRICT;

CREATE TABLE backup (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE drill (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE file_check (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE clearance_ask (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE recovery_kit (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE recovery_drill (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE recovery_use (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE passphrase_change (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;

CREATE TABLE journey (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE derived_copy (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE copy_facts (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE copy_note (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;

CREATE TABLE trustee_check (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    trustee TEXT GENERATED ALWAYS AS (json_extract(body, '$.trustee')) VIRTUAL
) STRICT;

CREATE TABLE claim (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    prisoner TEXT GENERATED ALWAYS AS (json_extract(body, '$.prisoner')) VIRTUAL,
    source TEXT GENERATED ALWAYS AS (json_extract(body, '$.source')) VIRTUAL,
    key TEXT GENERATED ALWAYS AS (json_extract(body, '$.key')) VIRTUAL
) STRICT;
CREATE INDEX claim_by_prisoner ON claim (prisoner);
CREATE INDEX claim_by_source_and_key ON claim (source, key);

CREATE TABLE list_run (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    source TEXT GENERATED ALWAYS AS (json_extract(body, '$.source')) VIRTUAL
) STRICT;

CREATE TABLE godparent (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;

CREATE TABLE godparenthood (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    prisoner TEXT GENERATED ALWAYS AS (json_extract(body, '$.prisoner')) VIRTUAL,
    godparent TEXT GENERATED ALWAYS AS (json_extract(body, '$.godparent')) VIRTUAL,
    state TEXT GENERATED ALWAYS AS (json_extract(body, '$.state')) VIRTUAL
) STRICT;
CREATE INDEX godparenthood_by_prisoner ON godparenthood (prisoner);
CREATE INDEX godparenthood_by_godparent ON godparenthood (godparent);

CREATE TABLE godparent_action (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    prisoner TEXT GENERATED ALWAYS AS (json_extract(body, '$.prisoner')) VIRTUAL,
    godparent TEXT GENERATED ALWAYS AS (json_extract(body, '$.godparent')) VIRTUAL
) STRICT;
CREATE INDEX godparent_action_by_godparent ON godparent_action (godparent);
CREATE INDEX godparent_action_by_prisoner ON godparent_action (prisoner);

CREATE TABLE hold (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    on_noun TEXT GENERATED ALWAYS AS (json_extract(body, '$.on_noun')) VIRTUAL,
    on_id TEXT GENERATED ALWAYS AS (json_extract(body, '$.on_id')) VIRTUAL
) STRICT;
CREATE INDEX hold_by_target ON hold (on_id, on_noun);

CREATE TABLE attention (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE hold_step (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    hold TEXT GENERATED ALWAYS AS (json_extract(body, '$.hold')) VIRTUAL
) STRICT;

CREATE TABLE clearance (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    prisoner TEXT GENERATED ALWAYS AS (json_extract(body, '$.prisoner')) VIRTUAL
) STRICT;
CREATE INDEX clearance_by_prisoner ON clearance (prisoner);

CREATE TABLE report (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    state TEXT GENERATED ALWAYS AS (json_extract(body, '$.state')) VIRTUAL
) STRICT;

CREATE TABLE single_use (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    prisoner TEXT GENERATED ALWAYS AS (json_extract(body, '$.prisoner')) VIRTUAL
) STRICT;
CREATE INDEX single_use_by_prisoner ON single_use (prisoner);

CREATE TABLE report_series (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    report TEXT GENERATED ALWAYS AS (json_extract(body, '$.report')) VIRTUAL
) STRICT;
CREATE TABLE report_series_end (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    series TEXT GENERATED ALWAYS AS (json_extract(body, '$.series')) VIRTUAL
) STRICT;

CREATE TABLE own_kind (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE own_kind_step (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    own_kind TEXT GENERATED ALWAYS AS (json_extract(body, '$.own_kind')) VIRTUAL
) STRICT;

CREATE TABLE text_stamp (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    record TEXT GENERATED ALWAYS AS (json_extract(body, '$.record')) VIRTUAL
) STRICT;
CREATE INDEX text_stamp_by_record ON text_stamp (record);

CREATE TABLE log_doubt (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE finding_figure (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE quarter_review (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE quarter_sign (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE clock_repair (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE restore (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE replayed (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE restore_step (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    restore TEXT GENERATED ALWAYS AS (json_extract(body, '$.restore')) VIRTUAL
) STRICT;
CREATE TABLE log_doubt_step (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    log_doubt TEXT GENERATED ALWAYS AS (json_extract(body, '$.log_doubt')) VIRTUAL
) STRICT;
CREATE TABLE clock_repair_step (
    id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, body TEXT NOT NULL,
    clock_repair TEXT GENERATED ALWAYS AS (json_extract(body, '$.clock_repair')) VIRTUAL
) STRICT;

-- Report drafts and pictures as they are.
CREATE TABLE attachment (id TEXT PRIMARY KEY, version INTEGER NOT NULL, salt BLOB NOT NULL, content BLOB NOT NULL) STRICT;

-- Everything closed, without kind and without version (the log knows the version). Four short records fill a
-- page. In order of writing, so that a new record adds to the last page instead of splitting one in the middle;
-- that order tells no more than the log, which names every sealed record with its entry.
CREATE TABLE sealed (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, desk TEXT NOT NULL, epoch INTEGER NOT NULL,
    blob BLOB NOT NULL
) STRICT;

-- The log of this copy; the newest entry is the head. Keyed by a number, so that an entry goes behind the last one
-- and splits no page. Which entry speaks of which record is made from the entries in memory: an index in the file
-- would be a page more to write with each save, and one more thing to tamper with.
-- old: what the fields held that the entry changed (app/storage/old_items.py); rewritten when a record is erased.
CREATE TABLE entry (
    sequence INTEGER PRIMARY KEY, body BLOB NOT NULL, signature BLOB NOT NULL, old BLOB
) STRICT;

-- Outside the log.
CREATE TABLE local_setting (
    person TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (person, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE local_draft (id TEXT PRIMARY KEY, person TEXT NOT NULL, blob BLOB NOT NULL) STRICT;
