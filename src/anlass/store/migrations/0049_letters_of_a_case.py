from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0048_asked_of_what_changed")]

    operations = [
        migrations.AddIndex(
            model_name="seen",
            index=models.Index(
                fields=["owner", "request"],
                name="seen_request",
                condition=models.Q(request__isnull=False),
            ),
        ),
    ]
