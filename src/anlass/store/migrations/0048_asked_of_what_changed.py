from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0047_closeness")]

    operations = [
        migrations.AddIndex(
            model_name="case", index=models.Index(fields=["owner", "message"], name="case_message")
        ),
        migrations.AddIndex(
            model_name="addressee", index=models.Index(fields=["owner", "address"], name="addressee_address")
        ),
    ]
