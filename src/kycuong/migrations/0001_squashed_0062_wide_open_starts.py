"""All the steps before the first release in one: the tables of a new instance are made at once, not altered fifty times.

An instance that has taken the single steps counts this one as taken; one that has taken some takes the rest singly. What the
tables are is read from the single steps, so that it is said once; what these did to rows that were there already is left out:
a new instance has none.
"""

from importlib import import_module
from pathlib import Path

from django.db import migrations
from django.db.migrations.operations.base import Operation

LAST = "0062_wide_open_starts"
STEPS = sorted(path.stem for path in Path(__file__).parent.glob("0*.py") if "_squashed_" not in path.stem and path.stem <= LAST)

APPEND_ONLY = import_module("kycuong.migrations.0002_append_only")
SEARCH = import_module("kycuong.migrations.0008_search")
WORDS = import_module("kycuong.migrations.0031_tenm_search")
SHORT_LIST = import_module("kycuong.migrations.0061_acts_indexes")
TABLES = [*APPEND_ONLY.TABLES, "kycuong_checkpoint", "kycuong_targetactual", "kycuong_periodrow"]


class Tables(Operation):
    """Make every table once, as it stands after the last of the steps."""

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # else each step would draw up all the tables anew
        for step in STEPS:
            for operation in import_module(f"kycuong.migrations.{step}").Migration.operations:
                operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in to_state.apps.get_app_config(app_label).get_models(include_auto_created=False):
            if model._meta.can_migrate(schema_editor.connection):
                schema_editor.create_model(model)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in from_state.apps.get_app_config(app_label).get_models(include_auto_created=False):
            if model._meta.can_migrate(schema_editor.connection):
                schema_editor.delete_model(model)


def refuse_change(apps, schema_editor):
    """Let the database itself refuse to change or remove what is append-only."""
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(APPEND_ONLY.POSTGRES_FUNCTION, params=None)
    for table in TABLES:
        for statement in APPEND_ONLY.statements(vendor, table):
            schema_editor.execute(statement)


def index_words(apps, schema_editor):
    """Make the index that each database has for words."""
    if schema_editor.connection.vendor == "sqlite":
        return WORDS.forwards(apps, schema_editor)
    for statement in SEARCH.POSTGRESQL:
        schema_editor.execute(statement, params=None)
    SHORT_LIST.words("SET (fastupdate = on, gin_pending_list_limit = 128)")(apps, schema_editor)


class Migration(migrations.Migration):
    replaces = [("kycuong", step) for step in STEPS]
    dependencies = import_module("kycuong.migrations.0001_initial").Migration.dependencies
    initial = True
    operations = [
        Tables(),
        migrations.RunPython(refuse_change, migrations.RunPython.noop),
        migrations.RunPython(index_words, migrations.RunPython.noop),
    ]
