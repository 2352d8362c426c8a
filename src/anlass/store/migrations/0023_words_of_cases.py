from typing import Any

from django.db import migrations, models

import anlass.store.models.cases
from anlass.case import Case
from anlass.store.cases.search import as_column, case_words, making, number_of, unmaking
from anlass.store.ground.mapping import read

_AT_ONCE = 500


def find_by_words(_apps: Any, schema_editor: Any) -> None:
    """Write the words of the cases that are there, and make their index."""
    vendor = schema_editor.connection.vendor
    with schema_editor.connection.cursor() as cursor:
        for statement in unmaking(vendor):
            cursor.execute(statement)
        cursor.execute("SELECT owner_id, id FROM store_case")
        keys = cursor.fetchall()
        for start in range(0, len(keys), _AT_ONCE):
            rows = []
            for owner, id_ in keys[start : start + _AT_ONCE]:
                cursor.execute("SELECT content FROM store_case WHERE owner_id = %s AND id = %s", [owner, id_])
                case = read(Case, cursor.fetchone()[0])
                words = as_column(owner, case_words(case), vendor)
                rows.append([number_of(owner, id_), case.reading.lang[:16], words, owner, id_])
            cursor.executemany(
                "UPDATE store_case SET number = %s, lang = %s, words = %s WHERE owner_id = %s AND id = %s",
                rows,
            )


def make(_apps: Any, schema_editor: Any) -> None:
    """Make the index of words; on SQLite it takes in what is there."""
    vendor = schema_editor.connection.vendor
    with schema_editor.connection.cursor() as cursor:
        for statement in making(vendor):
            cursor.execute(statement)
        if vendor == "sqlite":
            cursor.execute("INSERT INTO casewords(casewords) VALUES ('rebuild')")


def unmake(_apps: Any, schema_editor: Any) -> None:
    """Take the index of words away."""
    with schema_editor.connection.cursor() as cursor:
        for statement in unmaking(schema_editor.connection.vendor):
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("store", "0020_the_door")]

    operations = [
        migrations.AddField("case", "number", models.BigIntegerField(default=0)),
        migrations.AddField("case", "lang", models.CharField(default="", max_length=16)),
        migrations.AddField("case", "called", models.BigIntegerField(default=0)),
        migrations.AddField("case", "words", anlass.store.models.cases.WordsField(default="")),
        migrations.RemoveIndex("case", "case_arrived"),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["owner", "arrived", "id", "state", "action", "channel", "lang", "number"],
                name="case_found",
            ),
        ),
        migrations.RunPython(find_by_words, migrations.RunPython.noop),
        migrations.RunPython(make, unmake),
    ]
