"""The steps that made the file what it is, oldest first.

A shipped step is never edited and uses nothing of ours: records go on changing, a step may not.
No UNIQUE and no foreign key on what is synced, beyond a record's own id (two offline PCs may both
be right); the human numbers and natural keys are merged and listed, never refused.
"""

from sqlite_utils import Database, Migrations

schema = Migrations("ledger")

# Fields of each record type when step 1 was shipped.
_FIELDS_1 = {
    "organisation": "kind name code school_type system grades features",
    "person": "name post department roles state",
    "finding": "number description place category found_on finder source item basis level deadline"
    " department responsible measures funding interim contingency note",
    "finding_step": "finding after kind taken_on person opinion level deadline document cost"
    " approver",
    "photo": "finding stage sha256 taken_on caption",
    "checklist": "template version period rule_sets filled_on filled_by",
    "checklist_answer": "checklist line response detail evidence note",
    "training_session": "topic module form mode starts ends break_minutes hour_rule place speaker"
    " organiser note",
    "attendance": "session person status leave_minutes reason",
}

_LOG_1 = """
CREATE TABLE log(log_no INTEGER PRIMARY KEY, log_id TEXT NOT NULL UNIQUE, unit TEXT, device TEXT,
    seq INTEGER NOT NULL DEFAULT 0, head BLOB NOT NULL);
CREATE TABLE op(log_no INTEGER, seq INTEGER, line TEXT NOT NULL, PRIMARY KEY(log_no, seq))
    WITHOUT ROWID;
CREATE TABLE cell(id TEXT, field TEXT, n INTEGER, t INTEGER, log_id TEXT, seq INTEGER, val,
    PRIMARY KEY(id, field)) WITHOUT ROWID;
CREATE TABLE hist(log_no INTEGER, seq INTEGER, field TEXT, id TEXT, log_id TEXT, n INTEGER,
    t INTEGER, old, val, base_log TEXT, base_seq INTEGER, seen TEXT,
    PRIMARY KEY(log_no, seq, field)) WITHOUT ROWID;
CREATE INDEX hist_id ON hist(id, field);
CREATE TABLE sup(id TEXT, field TEXT, log_id TEXT, seq INTEGER,
    PRIMARY KEY(id, field, log_id, seq)) WITHOUT ROWID;
CREATE TABLE conflict(id TEXT, field TEXT, log_id TEXT, seq INTEGER,
    PRIMARY KEY(id, field, log_id, seq)) WITHOUT ROWID;
CREATE TABLE pend(type TEXT, log_no INTEGER, log_id TEXT, seq INTEGER, t INTEGER, id TEXT,
    field TEXT, n INTEGER, old, val, base_log TEXT, base_seq INTEGER, merges TEXT, seen TEXT,
    PRIMARY KEY(log_no, seq, field)) WITHOUT ROWID;
CREATE TABLE held(log_id TEXT, from_seq INTEGER, to_seq INTEGER, prev BLOB, head BLOB, lines TEXT,
    PRIMARY KEY(log_id, from_seq, to_seq, head)) WITHOUT ROWID;
CREATE TABLE refused(log_id TEXT, seq INTEGER, field TEXT, why TEXT,
    PRIMARY KEY(log_id, seq, field)) WITHOUT ROWID;
CREATE TABLE fork(log_id TEXT, seq INTEGER, head BLOB, PRIMARY KEY(log_id, seq, head))
    WITHOUT ROWID;
CREATE TABLE ack(peer TEXT, log_id TEXT, seq INTEGER, PRIMARY KEY(peer, log_id)) WITHOUT ROWID;
CREATE TABLE outbox(no INTEGER PRIMARY KEY, made_at TEXT, name TEXT, sha256 TEXT, upto TEXT);
CREATE TABLE inbox(sha256 TEXT PRIMARY KEY, name TEXT, received_at TEXT, unit TEXT, report TEXT)
    WITHOUT ROWID;
CREATE TABLE attachment(sha256 TEXT PRIMARY KEY, size INTEGER, mime TEXT, have INTEGER)
    WITHOUT ROWID;
CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE draft(form TEXT PRIMARY KEY, answers TEXT, saved_at TEXT) WITHOUT ROWID;
"""

# What the list of findings sorts and filters by: derived from the steps, never synced.
_DERIVED_1 = (
    "now_state TEXT, now_level TEXT, now_deadline TEXT, now_rectified TEXT, now_closed TEXT"
)

_INDEXES_1 = """
CREATE INDEX finding_list ON finding(deleted, found_on, no);
CREATE INDEX finding_state ON finding(deleted, now_state, now_level, now_deadline, unit, found_on);
CREATE INDEX finding_closed ON finding(deleted, now_closed) WHERE now_closed IS NOT NULL;
CREATE INDEX finding_number ON finding(unit, number);
CREATE INDEX finding_step_of ON finding_step(finding);
CREATE INDEX photo_of ON photo(finding);
CREATE INDEX checklist_answer_of ON checklist_answer(checklist);
CREATE INDEX attendance_of ON attendance(session);
CREATE INDEX attendance_by ON attendance(person);
"""


@schema()
def m001_ledger(db: Database) -> None:
    """The change log, its fold, and one table for each record type."""
    for statement in _LOG_1.split(";"):
        db.execute(statement)
    for table, fields in _FIELDS_1.items():
        columns = ", ".join(fields.split())
        derived = f", {_DERIVED_1}" if table == "finding" else ""
        db.execute(
            f"CREATE TABLE {table}(no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
            f" unit TEXT NOT NULL, c_log INTEGER, c_seq INTEGER, c_t INTEGER, {columns},"
            f" extra TEXT, deleted INTEGER NOT NULL DEFAULT 0{derived})"
        )
    for table in ("finding", "person", "training_session"):
        db.execute(f"CREATE VIRTUAL TABLE {table}_search USING fts5(words, initials, columnsize=0)")
    for statement in _INDEXES_1.split(";"):
        db.execute(statement)
    # The creator of natural-key records: they exist as soon as anybody writes a field of them.
    db.execute("INSERT INTO log(log_id, head) VALUES('0', zeroblob(32))")


# Sealed exchange: who wrote a stream and how far they vouch for it, what others hold and want.
_EXCHANGE_2 = """
ALTER TABLE log ADD COLUMN role TEXT NOT NULL DEFAULT 'own';
ALTER TABLE log ADD COLUMN closed INTEGER;
ALTER TABLE log ADD COLUMN signed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE log ADD COLUMN signature BLOB;
ALTER TABLE held ADD COLUMN signature BLOB;
ALTER TABLE held ADD COLUMN device TEXT;
CREATE TABLE registry(unit TEXT, no INTEGER, entry TEXT NOT NULL, PRIMARY KEY(unit, no))
    WITHOUT ROWID;
DROP TABLE ack;
CREATE TABLE ack(device TEXT, unit TEXT, log_id TEXT, seq INTEGER, PRIMARY KEY(device, log_id))
    WITHOUT ROWID;
CREATE TABLE returned(device TEXT, log_id TEXT, seq INTEGER, field TEXT, why TEXT,
    PRIMARY KEY(device, log_id, seq, field)) WITHOUT ROWID;
CREATE TABLE wanted(device TEXT, unit TEXT, sha256 TEXT, PRIMARY KEY(device, sha256))
    WITHOUT ROWID;
DROP TABLE attachment;
CREATE TABLE attachment(sha256 TEXT, unit TEXT, PRIMARY KEY(sha256, unit)) WITHOUT ROWID;
CREATE TABLE undo(log_id TEXT PRIMARY KEY, seq INTEGER, head BLOB, signed INTEGER, signature BLOB)
    WITHOUT ROWID;
CREATE TABLE replaced(log_id TEXT, head BLOB, seq INTEGER, line TEXT NOT NULL,
    PRIMARY KEY(log_id, head, seq)) WITHOUT ROWID;
CREATE INDEX log_unit ON log(unit);
CREATE INDEX log_device ON log(device);
CREATE TABLE unsearched(type TEXT, no INTEGER, PRIMARY KEY(type, no)) WITHOUT ROWID;
ALTER TABLE outbox DROP COLUMN sha256;
ALTER TABLE outbox ADD COLUMN receiver TEXT;
ALTER TABLE outbox ADD COLUMN path TEXT;
ALTER TABLE inbox ADD COLUMN device TEXT;
ALTER TABLE inbox ADD COLUMN state TEXT NOT NULL DEFAULT 'taken';
CREATE INDEX cell_deleted ON cell(id) WHERE field = '_deleted' AND val = 1;
"""


@schema()
def m002_sealed_exchange(db: Database) -> None:
    """Registry, roles, signatures, receipts by PC, photos by unit, and how to undo an import."""
    for statement in _EXCHANGE_2.split(";"):
        db.execute(statement)


_FIELDS_3 = {
    "inspection": "kind started inspectors accompanied categories template version items summary"
    " ended",
    "inspection_answer": "inspection item result note finding",
    "risk_point": "name place category accident colour measures department responsible"
    " reviewed_on note",
    "duty": "post person duties frequency evidence",
    "drill": "topic kind held place commander participants storeys evacuation_seconds course"
    " problems improvements",
    "safety_lesson": "topic form category held_on audience participants periods teacher note",
}
_SAFETY_3 = """
ALTER TABLE finding ADD COLUMN risk_point;
ALTER TABLE finding ADD COLUMN inspection;
ALTER TABLE finding ADD COLUMN recurs;
ALTER TABLE finding_step ADD COLUMN office;
ALTER TABLE photo ADD COLUMN drill;
CREATE INDEX inspection_answer_of ON inspection_answer(inspection);
CREATE INDEX inspection_open ON inspection(started) WHERE deleted = 0 AND ended IS NULL;
CREATE INDEX inspection_started ON inspection(deleted, started);
CREATE INDEX finding_risk_point ON finding(risk_point, deleted, now_state)
    WHERE risk_point IS NOT NULL;
CREATE INDEX finding_step_document ON finding_step(unit, kind, document)
    WHERE document IS NOT NULL;
CREATE INDEX finding_item ON finding(unit, item) WHERE item IS NOT NULL;
CREATE INDEX finding_recurs ON finding(recurs) WHERE recurs IS NOT NULL;
CREATE INDEX photo_of_drill ON photo(drill) WHERE drill IS NOT NULL;
"""


@schema()
def m003_safety(db: Database) -> None:
    """Inspections by list, risk points, duties, drills and lessons."""
    _create_tables(db, _FIELDS_3)
    for statement in _SAFETY_3.split(";"):
        db.execute(statement)


def _create_tables(db: Database, tables: dict[str, str]) -> None:
    """A table for each record type: {table: its fields, parted by blanks}."""
    for table, fields in tables.items():
        columns = ", ".join(fields.split())
        db.execute(
            f"CREATE TABLE {table}(no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
            f" unit TEXT NOT NULL, c_log INTEGER, c_seq INTEGER, c_t INTEGER, {columns},"
            f" extra TEXT, deleted INTEGER NOT NULL DEFAULT 0)"
        )


_FIELDS_4 = {
    "programme": "name organiser begins ends planned_hours plan_party_spirit plan_development"
    " plan_professional_growth plan_research_frontier plan_project least_characters note",
    "trainee": "programme person team nominated reviewed consulted decided examined standing"
    " certificate note",
    "micro_talk": "programme person topic held_on minutes chosen note",
    "reflection": "programme person topic submitted_on body file_name characters method reviewer"
    " rating",
    "placement": "programme person host post begins ends days mentor journals summary appraisal",
    "project": "programme name leader begins ends difficulty goal state outcome accepted_by"
    " accepted_on",
    "project_member": "project person task",
    "milestone": "project name due done_on",
    "indicator": "section number name full_marks state",
    "self_assessment": "person period indicator own_score peer_score plan",
}
_TRAINING_4 = """
ALTER TABLE training_session ADD COLUMN programme;
ALTER TABLE training_session ADD COLUMN days;
ALTER TABLE person ADD COLUMN quota;
ALTER TABLE person ADD COLUMN quota_from;
CREATE INDEX trainee_of ON trainee(programme);
CREATE INDEX trainee_person ON trainee(person);
CREATE INDEX micro_talk_by ON micro_talk(person);
CREATE INDEX reflection_by ON reflection(person);
CREATE INDEX placement_by ON placement(person);
CREATE INDEX project_member_of ON project_member(project);
CREATE INDEX milestone_of ON milestone(project);
CREATE INDEX self_assessment_of ON self_assessment(person, period);
CREATE INDEX training_session_of ON training_session(programme);
"""


@schema()
def m004_management(db: Database) -> None:
    """五项管理 with two opinions; programmes, and what trainees do beside the sessions."""
    _create_tables(db, _FIELDS_4)
    for statement in _TRAINING_4.split(";"):
        db.execute(statement)
