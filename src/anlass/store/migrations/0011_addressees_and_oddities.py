import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep who is addressed together, and what is odd; what was read before is read once more, since only letters tell it."""

    dependencies = [
        ("store", "0010_listings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Addressee",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner",
                        "letter",
                        "address",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("letter", models.CharField(max_length=32)),
                ("address", models.CharField(max_length=24)),
                ("value", models.TextField()),
                ("name", models.CharField(default="", max_length=200)),
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
        migrations.CreateModel(
            name="OddLetter",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "letter", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("letter", models.CharField(max_length=32)),
                ("oddities", models.TextField()),
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
        migrations.RunSQL("UPDATE store_place SET stamp = NULL", migrations.RunSQL.noop),
    ]
