"""The media of contact most firms know; an admin edits them."""

from django.db import migrations

MEDIA = [
    ("Web form", "form, webform, contact form, landing page"),
    ("Website", "web, site"),
    ("Live chat", "chat"),
    ("Referral", "referrals, word of mouth, recommendation, partner"),
    ("Telephone", "phone, call, cold call, inbound call"),
    ("Trade show", "fair, event, conference, exhibition"),
    ("E-mail", "email, mail, newsletter"),
    ("SMS", "text message"),
    ("Social media", "social, facebook, fb, instagram, ig, linkedin, twitter, x"),
    ("Direct mail", "letter, post, mailing"),
    ("Fax", ""),
    ("In person", "visit, walk in, personal"),
    ("Advertising", "ad, ads, advertisement"),
    ("Mass media", "tv, radio, press, newspaper, television"),
    ("Other", "misc, miscellaneous"),
]


def make(apps, schema_editor):
    medium = apps.get_model("accounts", "Medium")
    for position, (name, aliases) in enumerate(MEDIA):
        tone = str(position % 8 + 1)
        medium.objects.get_or_create(
            name=name, defaults={"aliases": aliases, "tone": tone, "position": position}
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
