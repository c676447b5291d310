"""Reads the tables for stores that are not PostgreSQL: executes those for SQLite, parses the others.

Reads lines of a dialect and the name of a file, prints one fault a line, and ends with 0 whatever it found.
"""

import re
import sqlite3
import sys

import sqlglot
from sqlglot import exp

DIALECTS = {"mysql": "mysql", "sqlite": "sqlite", "sql-server": "tsql", "oracle": "oracle", "clickhouse": "clickhouse"}

EVENT = re.compile(r"CREATE EVENT IF NOT EXISTS `\w+` ON SCHEDULE EVERY \d+ \w+ DO (.+)", re.DOTALL)


def executed(text):
    """What SQLite says against a schema, with references checked."""
    database = sqlite3.connect(":memory:")
    database.execute("PRAGMA foreign_keys = ON")
    database.executescript(text)
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    for table in tables:
        # A reference to columns that are not unique is found when a row is looked for, and not before.
        database.execute(f'DELETE FROM "{table}" WHERE false')
        for row in database.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
            if row[2] not in tables:
                yield f"{table} refers to {row[2]}, which is no table"
    database.execute("PRAGMA foreign_key_check").fetchall()
    if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        yield "the integrity check fails"


def parsed(text, dialect):
    """What a parser says; a statement that it takes as a whole and does not understand is a fault."""
    for statement in sqlglot.parse(text, read=DIALECTS[dialect], error_level=sqlglot.ErrorLevel.RAISE):
        # The parser knows no events of MySQL, but what they do; the server itself reads the rest in another check.
        event = EVENT.search(statement.sql(dialect=DIALECTS[dialect])) if isinstance(statement, exp.Command) else None
        if event:
            yield from parsed(event[1], dialect)
        elif isinstance(statement, exp.Command):
            yield f"not understood: {statement.sql()[:120]}"


for line in sys.stdin:
    dialect, file = line.rstrip("\n").split(" ", 1)
    try:
        with open(file, encoding="utf-8") as source:
            text = source.read()
        faults = list(executed(text)) if dialect == "sqlite" else []
        faults += parsed(text, dialect)
    except (sqlite3.Error, sqlglot.errors.SqlglotError) as error:
        faults = [str(error).splitlines()[0]]
    for fault in faults:
        print(f"{file}: {fault}")
