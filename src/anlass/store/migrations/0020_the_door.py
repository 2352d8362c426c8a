import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0019_standing_and_watch_list")]

    operations = [
        migrations.CreateModel(
            name="Door",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "name", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("since", models.BigIntegerField()),
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
            name="DoorFile",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner",
                        "request",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("request", models.CharField(max_length=16)),
                ("number", models.IntegerField()),
                ("case", models.CharField(default="", max_length=32)),
                ("digest", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("size", models.BigIntegerField()),
                ("label", models.CharField(max_length=24)),
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
                    models.Index(fields=["owner", "digest"], name="door_file_digest"),
                    models.Index(fields=["owner", "case"], name="door_file_case"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DoorRequest",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.CharField(max_length=16)),
                ("form", models.CharField(max_length=32)),
                ("address", models.CharField(max_length=24)),
                ("words", models.CharField(max_length=24)),
                ("lang", models.CharField(max_length=8)),
                ("state", models.CharField(max_length=12)),
                ("made_at", models.BigIntegerField()),
                ("expires_at", models.BigIntegerField()),
                ("confirmed_at", models.BigIntegerField(null=True)),
                ("case", models.CharField(default="", max_length=32)),
                ("content", models.TextField(default="")),
                ("mail", models.CharField(max_length=12)),
                ("wait_from", models.BigIntegerField()),
                ("tries", models.IntegerField(default=0)),
                ("claim", models.CharField(default="", max_length=40)),
                ("claimed_until", models.BigIntegerField(default=0)),
                ("handed_at", models.BigIntegerField(null=True)),
                ("says", models.TextField(default="")),
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
                    models.Index(fields=["owner", "state", "expires_at"], name="door_request_state"),
                    models.Index(fields=["owner", "mail", "wait_from"], name="door_request_mail"),
                    models.Index(fields=["owner", "address", "made_at"], name="door_request_address"),
                    models.Index(fields=["owner", "form"], name="door_request_form"),
                ],
            },
        ),
    ]
