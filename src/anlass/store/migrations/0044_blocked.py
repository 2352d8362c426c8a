from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0042_hosting")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="before_block",
            field=models.CharField(max_length=16, null=True),
        ),
    ]
