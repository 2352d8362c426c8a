import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0041_unsubscribed")]

    operations = [
        migrations.CreateModel(
            name="Hosting",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.CharField(max_length=24)),
                ("delete_at", models.BigIntegerField()),
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
            name="HostedPerson",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "owner", "event", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("event", models.CharField(max_length=24)),
                ("id", models.CharField(max_length=24)),
                ("link", models.CharField(max_length=64)),
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
                "constraints": [models.UniqueConstraint(fields=("owner", "link"), name="hosted_person_link")],
            },
        ),
    ]
