"""The tables of the collection, an SQLite file that any tool reads (``pandas.read_sql``).

    readings      what was read of a file: one row a report, or a row with the ``problem`` why there is none. Found by
                  ``content`` (BLAKE2 of the file), ``name`` (as the file is known: the agency may be named there),
                  ``reader`` (specs and program that read it) and ``member`` (its number in an archive);
                  ``own_content`` is that of the member alone
    details       the detail of a reading, opened only when somebody asks for it
    vocabularies  the names that arrays go by, as JSON lists
    files         the files of earlier runs, and how they were recognised: size, time, inode, content
    reports       who is in the collection: a row a report, ``until`` is empty while it is on the site. What was
                  replaced stays as an earlier revision and knows its ``successor``
    publications  what each report on the site was published as: the digest of all that went into it, its page, its
                  records, and its part of each export
    earlier       values of years before that came from elsewhere (an older program, another collection)
    notes         the last run, as JSON

Arrays are little-endian: ``cell_values``, ``fact_values``, ``numbers`` float64 (NaN = missing), ``cell_statuses``
uint8 in the order of ``CellStatus``, ``fact_places`` uint16 (which names of the vocabulary ``facts`` the values belong
to), ``clauses`` uint64 (see ``grammar.prose.fingerprints``). What is compressed is compressed with zlib.
"""

from __future__ import annotations

APPLICATION_ID = 0x64636F6C  # "dcol", in the header of the file
LAYOUT_VERSION = 1  # to be raised when an older program could no longer read the file

SCHEMA = """
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE vocabularies (id INTEGER PRIMARY KEY, names TEXT NOT NULL UNIQUE);
CREATE TABLE files (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, inode INTEGER NOT NULL,
    content BLOB NOT NULL, examined INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE readings (
    id INTEGER PRIMARY KEY, content BLOB NOT NULL, name TEXT NOT NULL, reader BLOB NOT NULL, member INTEGER NOT NULL,
    own_content BLOB NOT NULL, source TEXT NOT NULL, format TEXT NOT NULL, problem TEXT NOT NULL, problem_detail TEXT NOT NULL,
    agency TEXT NOT NULL, year INTEGER, layout TEXT NOT NULL, title TEXT NOT NULL, relied_on TEXT NOT NULL,
    clauses BLOB NOT NULL, cells INTEGER, cell_values BLOB NOT NULL, cell_statuses BLOB NOT NULL,
    facts INTEGER, fact_places BLOB NOT NULL, fact_values BLOB NOT NULL,
    UNIQUE (content, name, reader, member)
);
CREATE TABLE details (reading INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE reports (
    id INTEGER PRIMARY KEY, reading INTEGER NOT NULL, path TEXT NOT NULL, source TEXT NOT NULL,
    since INTEGER NOT NULL, until INTEGER, successor INTEGER
);
CREATE INDEX reports_on_the_site ON reports (until);
CREATE TABLE publications (
    report INTEGER PRIMARY KEY, digest BLOB NOT NULL, page TEXT NOT NULL, record TEXT NOT NULL,
    findings BLOB NOT NULL, cells_csv BLOB NOT NULL, findings_csv BLOB NOT NULL, findings_json BLOB NOT NULL,
    junit BLOB NOT NULL
);
CREATE TABLE earlier (
    agency TEXT NOT NULL, year INTEGER NOT NULL, format TEXT NOT NULL, printed_agency TEXT NOT NULL,
    names INTEGER NOT NULL, numbers BLOB NOT NULL, clauses BLOB NOT NULL,
    PRIMARY KEY (agency, year, format)
) WITHOUT ROWID;
"""
