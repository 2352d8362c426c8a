from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0009_words_on_persons"),
    ]

    operations = [
        migrations.AddField(
            model_name="folder",
            name="listing",
            field=models.BigIntegerField(null=True),
        ),
    ]
