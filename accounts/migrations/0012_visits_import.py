from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_viewings")]

    operations = [
        migrations.AlterField(
            model_name="import",
            name="kind",
            field=models.CharField(
                choices=[
                    ("leads", "Leads"),
                    ("clients", "Clients"),
                    ("contacts", "Contacts"),
                    ("purchases", "Purchases"),
                    ("products", "Products"),
                    ("spend", "Spend on media"),
                    ("visits", "Visits"),
                ],
                max_length=20,
            ),
        ),
    ]
