import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0029_programs")]

    operations = [
        migrations.CreateModel(
            name="VoucherKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.CharField(max_length=16)),
                ("person", models.CharField(max_length=24)),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="VoucherSeen",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner",
                        "request",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("request", models.CharField(max_length=32)),
                ("id", models.CharField(max_length=20)),
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ConsentWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.CharField(max_length=24)),
                ("person", models.CharField(max_length=24)),
                ("said_at", models.BigIntegerField()),
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
                "indexes": [models.Index(fields=["owner", "person"], name="consent_word_person")],
            },
        ),
        migrations.CreateModel(
            name="VoucherGiven",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.CharField(max_length=20)),
                ("person", models.CharField(max_length=24)),
                ("until", models.BigIntegerField()),
                ("revoked_at", models.BigIntegerField(null=True)),
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
                "indexes": [models.Index(fields=["owner", "person"], name="voucher_given_person")],
            },
        ),
    ]
