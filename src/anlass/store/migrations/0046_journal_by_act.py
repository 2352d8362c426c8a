from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0044_blocked")]

    operations = [
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(fields=["owner", "act", "happened", "id"], name="journal_act"),
        ),
    ]
