from typing import Any

from django.db import migrations, models

from anlass.store.people.stirring import making, unmaking


def stir(_apps: Any, schema_editor: Any) -> None:
    """Have the ties of those worked out who answered, and let a place that changes be written down too."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO store_stirred (owner_id, address, by)"
            " SELECT owner_id, person, 0 FROM store_closeness WHERE turns > 0 ON CONFLICT DO NOTHING"
        )
        for statement in (
            *unmaking(schema_editor.connection.vendor),
            *making(schema_editor.connection.vendor),
        ):
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("store", "0050_thought_through")]

    operations = [
        migrations.AddField(
            model_name="closeness", name="tie", field=models.TextField(db_default="", default="")
        ),
        migrations.RunPython(stir, migrations.RunPython.noop),
    ]
