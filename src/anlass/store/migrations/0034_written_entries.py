import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0033_outcomes")]

    operations = [
        migrations.CreateModel(
            name="PersonNote",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.CharField(max_length=24)),
                ("text", models.TextField()),
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
        migrations.CreateModel(
            name="WrittenEntry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("url", models.TextField()),
                ("lines", models.TextField()),
                ("written_at", models.BigIntegerField()),
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
    ]
