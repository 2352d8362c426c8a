import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0035_doors_of_networks")]

    operations = [
        migrations.CreateModel(
            name="WishAnswer",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner",
                        "event",
                        "number",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("event", models.CharField(max_length=32)),
                ("number", models.IntegerField()),
                ("id", models.CharField(max_length=32)),
                ("content", models.BinaryField()),
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
            name="WishEvent",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.CharField(max_length=32)),
                ("name", models.CharField(max_length=200)),
                ("quota", models.IntegerField()),
                ("lang", models.CharField(max_length=8)),
                ("address", models.CharField(default="", max_length=300)),
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
            name="WishHosted",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner",
                        "event",
                        "number",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("event", models.CharField(max_length=32)),
                ("number", models.IntegerField()),
                ("id", models.CharField(max_length=32)),
                ("content", models.BinaryField()),
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
            name="WishSheet",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner",
                        "event",
                        "number",
                        "kind",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("event", models.CharField(max_length=32)),
                ("number", models.IntegerField()),
                ("kind", models.CharField(max_length=8)),
                ("content", models.BinaryField()),
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
            name="WishUpload",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner",
                        "event",
                        "number",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("event", models.CharField(max_length=32)),
                ("number", models.IntegerField()),
                ("id", models.CharField(max_length=32)),
                ("content", models.BinaryField()),
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
            name="WishRound",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner",
                        "event",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("event", models.CharField(max_length=32)),
                ("number", models.IntegerField()),
                ("phase", models.CharField(max_length=12)),
                ("freeze_at", models.BigIntegerField()),
                ("match_at", models.BigIntegerField()),
                ("release_at", models.BigIntegerField()),
                ("forget_at", models.BigIntegerField()),
                ("quota", models.IntegerField(default=0)),
                ("roster_hash", models.CharField(default="", max_length=64)),
                ("participants", models.IntegerField(default=0)),
                ("alarms", models.IntegerField(default=0)),
                ("fingerprint", models.CharField(default="", max_length=32)),
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
                "indexes": [models.Index(fields=["owner", "phase"], name="wish_round_phase")],
            },
        ),
        migrations.CreateModel(
            name="WishTicket",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "event", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("event", models.CharField(max_length=32)),
                ("id", models.CharField(max_length=32)),
                ("link", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("mail", models.CharField(default="", max_length=320)),
                ("public", models.CharField(max_length=64, null=True)),
                ("flags", models.SmallIntegerField(default=0)),
                ("round", models.IntegerField(default=0)),
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
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "link"), name="wish_ticket_link"),
                    models.UniqueConstraint(fields=("owner", "event", "public"), name="wish_ticket_public"),
                ],
            },
        ),
    ]
