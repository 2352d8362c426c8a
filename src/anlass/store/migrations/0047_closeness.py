from typing import Any

from django.db import migrations, models

from anlass.store.people.stirring import making, unmaking


def stir_all(_apps: Any, schema_editor: Any) -> None:
    """Have everybody's closeness worked out, and make the triggers that say of whom anew."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO store_stirred (owner_id, address, by)"
            " SELECT DISTINCT owner_id, person, 0 FROM store_personaddress"
        )
        for statement in making(schema_editor.connection.vendor):
            cursor.execute(statement)


def leave(_apps: Any, schema_editor: Any) -> None:
    """Take the triggers away."""
    with schema_editor.connection.cursor() as cursor:
        for statement in unmaking(schema_editor.connection.vendor):
            cursor.execute(statement)


_OWNER: models.ForeignKey[Any, Any] = models.ForeignKey(
    db_index=False, on_delete=models.deletion.CASCADE, related_name="+", to="store.owner"
)


class Migration(migrations.Migration):
    dependencies = [("store", "0046_journal_by_act")]

    operations = [
        migrations.CreateModel(
            name="Closeness",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "person", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person", models.CharField(max_length=24)),
                ("level", models.SmallIntegerField()),
                ("strength", models.FloatField()),
                ("turns", models.IntegerField()),
                ("last", models.BigIntegerField()),
                ("owner", _OWNER),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["owner", "level", "strength", "last", "person"], name="closeness_closest"
                    ),
                    models.Index(fields=["owner", "last", "person"], name="closeness_last"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stirred",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner",
                        "address",
                        "by",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("address", models.CharField(max_length=24)),
                ("by", models.BigIntegerField(default=0)),
                ("owner", _OWNER.clone()),
            ],
        ),
        migrations.RunPython(stir_all, leave),
    ]
