import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0025_who_may_enter")]

    operations = [
        migrations.CreateModel(
            name="Token",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.CharField(max_length=24)),
                ("kind", models.CharField(max_length=8)),
                ("digest", models.CharField(max_length=64)),
                ("made_at", models.BigIntegerField()),
                ("expires_at", models.BigIntegerField(null=True)),
                ("revoked_at", models.BigIntegerField(null=True)),
                ("used_on", models.BigIntegerField(null=True)),
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
            name="Webhook",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.CharField(max_length=24)),
                ("made_at", models.BigIntegerField()),
                ("failing_since", models.BigIntegerField(null=True)),
                ("stopped_at", models.BigIntegerField(null=True)),
                ("says", models.TextField(default="")),
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
            name="Answer",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.CharField(max_length=64)),
                ("asked", models.CharField(max_length=64)),
                ("happened", models.BigIntegerField()),
                ("content", models.TextField(default="")),
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
                "indexes": [models.Index(fields=["owner", "happened"], name="answer_happened")],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.CharField(max_length=24)),
                ("hook", models.CharField(max_length=24)),
                ("state", models.CharField(max_length=12)),
                ("made_at", models.BigIntegerField()),
                ("wait_from", models.BigIntegerField()),
                ("tries", models.IntegerField(default=0)),
                ("claim", models.CharField(default="", max_length=40)),
                ("claimed_until", models.BigIntegerField(default=0)),
                ("handed_at", models.BigIntegerField(null=True)),
                ("says", models.TextField(default="")),
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
                "indexes": [
                    models.Index(fields=["owner", "state", "wait_from"], name="delivery_state"),
                    models.Index(fields=["owner", "hook", "made_at"], name="delivery_hook"),
                ],
            },
        ),
    ]
