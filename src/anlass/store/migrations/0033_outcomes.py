import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0032_vouching")]

    operations = [
        migrations.CreateModel(
            name="CaseOutcome",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.CharField(max_length=32)),
                ("outcome", models.CharField(default="", max_length=12)),
                ("said_at", models.BigIntegerField(null=True)),
                ("asked_at", models.BigIntegerField(null=True)),
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
