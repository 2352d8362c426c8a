from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


def owner() -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.owner"
    )


def pair(*names: str) -> models.CompositePrimaryKey:
    return models.CompositePrimaryKey(*names, blank=True, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    dependencies = [("store", "0024_wordings")]

    operations = [
        migrations.CreateModel(
            name="Keyholder",
            fields=[
                ("id", models.CharField(max_length=24, primary_key=True, serialize=False)),
                ("address", models.CharField(max_length=320, unique=True)),
                ("is_host", models.BooleanField(default=False)),
                ("made_at", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.CharField(max_length=48, primary_key=True, serialize=False)),
                ("keyholder", models.CharField(max_length=24)),
                ("owner", models.CharField(default="", max_length=32)),
                ("how", models.CharField(max_length=12)),
                ("device", models.CharField(default="", max_length=80)),
                ("made_at", models.BigIntegerField()),
                ("seen_at", models.BigIntegerField()),
                ("ends_at", models.BigIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["keyholder"], name="visit_keyholder")]},
        ),
        migrations.CreateModel(
            name="EntryCode",
            fields=[
                ("id", models.CharField(max_length=48, primary_key=True, serialize=False)),
                ("keyholder", models.CharField(default="", max_length=24)),
                ("digest", models.CharField(max_length=48)),
                ("ends_at", models.BigIntegerField()),
                ("tries", models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Passkey",
            fields=[
                ("id", models.CharField(max_length=48, primary_key=True, serialize=False)),
                ("keyholder", models.CharField(max_length=24)),
                ("credential", models.TextField()),
                ("public_key", models.TextField()),
                ("counter", models.BigIntegerField(default=0)),
                ("name", models.CharField(default="", max_length=80)),
                ("made_at", models.BigIntegerField()),
                ("used_at", models.BigIntegerField(null=True)),
            ],
            options={"indexes": [models.Index(fields=["keyholder"], name="passkey_keyholder")]},
        ),
        migrations.CreateModel(
            name="HouseKey",
            fields=[
                ("pk", pair("owner", "keyholder")),
                ("keyholder", models.CharField(max_length=24)),
                ("role", models.CharField(max_length=12)),
                ("since", models.BigIntegerField()),
                ("owner", owner()),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("pk", pair("owner", "id")),
                ("id", models.CharField(max_length=48)),
                ("address", models.CharField(max_length=320)),
                ("role", models.CharField(max_length=12)),
                ("made_at", models.BigIntegerField()),
                ("ends_at", models.BigIntegerField()),
                ("owner", owner()),
            ],
        ),
        migrations.CreateModel(
            name="Private",
            fields=[
                ("pk", pair("owner", "kind", "id")),
                ("kind", models.CharField(max_length=8)),
                ("id", models.CharField(max_length=32)),
                ("since", models.BigIntegerField()),
                ("owner", owner()),
            ],
        ),
    ]
