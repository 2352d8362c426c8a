import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0040_events")]

    operations = [
        migrations.CreateModel(
            name="Unsubscribed",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.CharField(max_length=24)),
                ("since", models.BigIntegerField()),
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
