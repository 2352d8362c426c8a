import json
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_AT_ONCE = 500


def take_from_content(_apps: Any, schema_editor: Any) -> None:
    """Write into the new columns of old cases what their content says."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT owner_id, id FROM store_case")
        keys = cursor.fetchall()
        for start in range(0, len(keys), _AT_ONCE):
            rows = []
            for owner, id_ in keys[start : start + _AT_ONCE]:
                cursor.execute("SELECT content FROM store_case WHERE owner_id = %s AND id = %s", [owner, id_])
                content = json.loads(cursor.fetchone()[0])
                rows.append([content["reading"]["asks_minutes"], content["tie"]["level"], owner, id_])
            cursor.executemany(
                "UPDATE store_case SET minutes = %s, level = %s WHERE owner_id = %s AND id = %s", rows
            )


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0015_live_mail"),
    ]

    operations = [
        migrations.AddField("case", "minutes", models.IntegerField(null=True)),
        migrations.AddField("case", "level", models.CharField(default="", max_length=16)),
        migrations.CreateModel(
            name="TimeGiven",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.CharField(max_length=32)),
                ("minutes", models.IntegerField()),
                ("said_at", models.BigIntegerField()),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="store.owner",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RunPython(take_from_content, migrations.RunPython.noop),
    ]
