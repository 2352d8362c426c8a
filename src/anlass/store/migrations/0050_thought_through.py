from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0049_letters_of_a_case")]

    operations = [
        migrations.AddField(
            model_name="closeness",
            name="thought",
            field=models.CharField(db_default="", default="", max_length=16),
        ),
    ]
