"""On SQLite an index of words for each kind of row, in place of one for all.

Documents are few and long: their index knows places, so that phrases and columns can be asked for. Orders and tasks are many
and short: theirs knows which rows have a word and no more, and the row decides (queries/search/fts5.py). Marks keep their =,
so that no word is one. Each statement for itself, and each again when it was stopped half-way: in one transaction SQLite would
keep the pages of the old index, gigabytes in a large ledger, in memory.
"""

from django.db import migrations

#: Table, kind of the rows, their columns, what the index keeps of a word.
INDEXES = (
    ("kycuong_searchpaper", "document", ("head", "body", "marks"), "full"),
    ("kycuong_searchorder", "order", ("head", "marks"), "none"),
    ("kycuong_searchtask", "task", ("head", "marks"), "none"),
)
#: Memory of an index while it is built, and as FTS5 has it otherwise.
BUILDING, USUAL = 67_108_864, 1_048_576


def statements(table, kind, columns, detail):
    """A later migration that remakes the table of rows (SQLite knows no ALTER of most things) must make the triggers again."""
    names, new, old = ", ".join(columns), ", ".join(f"new.{c}" for c in columns), ", ".join(f"old.{c}" for c in columns)
    add = f"INSERT INTO {table}(rowid, {names}) VALUES (new.id, {new});"
    remove = f"INSERT INTO {table}({table}, rowid, {names}) VALUES ('delete', old.id, {old});"
    yield f"DROP TABLE IF EXISTS {table}_words"
    yield f"DROP TABLE IF EXISTS {table}"
    yield f"DROP VIEW IF EXISTS {table}_rows"
    yield f"CREATE VIEW {table}_rows AS SELECT id, {names} FROM kycuong_searchrow WHERE kind = '{kind}'"
    yield (
        f"CREATE VIRTUAL TABLE {table} USING fts5({names}, content='{table}_rows', content_rowid='id', "
        f"tokenize=\"unicode61 remove_diacritics 0 tokenchars '='\", detail='{detail}', columnsize=0)"
    )
    yield f"CREATE VIRTUAL TABLE {table}_words USING fts5vocab({table}, instance)"
    yield f"INSERT INTO {table}({table}, rank) VALUES ('hashsize', {BUILDING})"
    yield f"INSERT INTO {table}({table}) VALUES ('rebuild')"
    yield f"INSERT INTO {table}({table}, rank) VALUES ('hashsize', {USUAL})"
    on = f"ON kycuong_searchrow WHEN {{}}.kind = '{kind}' BEGIN"
    yield f"CREATE TRIGGER IF NOT EXISTS {table}_added AFTER INSERT {on.format('new')} {add} END"
    yield f"CREATE TRIGGER IF NOT EXISTS {table}_gone AFTER DELETE {on.format('old')} {remove} END"
    yield f"CREATE TRIGGER IF NOT EXISTS {table}_changed AFTER UPDATE OF {names} {on.format('new')} {remove} {add} END"


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for trigger in ("added", "gone", "changed"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS kycuong_search_{trigger}")
    schema_editor.execute("DROP TABLE IF EXISTS kycuong_searchtext")
    for index in INDEXES:
        for statement in statements(*index):
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("kycuong", "0030_periods"),
    ]

    operations = [
        migrations.RunPython(forwards),
    ]
