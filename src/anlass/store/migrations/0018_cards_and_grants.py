import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0017_time_asked_and_given"),
    ]

    operations = [
        migrations.CreateModel(
            name="Secret",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "name", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=24)),
                ("value", models.CharField(max_length=128)),
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
            name="CardVersion",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.CharField(max_length=24)),
                ("kept_at", models.BigIntegerField()),
                ("content", models.TextField()),
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
                "indexes": [models.Index(fields=["owner", "kept_at"], name="card_version_kept")],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.CharField(max_length=16)),
                ("person", models.CharField(max_length=24)),
                ("card", models.CharField(max_length=40)),
                ("tier", models.CharField(max_length=200)),
                ("since", models.BigIntegerField()),
                ("until", models.BigIntegerField(null=True)),
                ("given_at", models.BigIntegerField()),
                ("revoked_at", models.BigIntegerField(null=True)),
                ("occasion", models.CharField(max_length=12)),
                ("case", models.CharField(default="", max_length=32)),
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
                "indexes": [
                    models.Index(fields=["owner", "person"], name="grant_person"),
                    models.Index(fields=["owner", "case"], name="grant_case"),
                ],
            },
        ),
    ]
