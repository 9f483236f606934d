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
        tone = str(position % len(MEDIA) + 1)
        medium.objects.get_or_create(
            name=name, defaults={"aliases": aliases, "tone": tone, "position": position}
        )


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_first_media"),
        ("accounts", "0003_invitation_revoked"),
        ("accounts", "0004_replay"),
        ("accounts", "0005_import_products"),
        ("accounts", "0006_email_whatever_its_case"),
        ("accounts", "0007_search_trigram"),
        ("accounts", "0008_confirmed_emails"),
        ("accounts", "0009_media_tones"),
        ("accounts", "0010_contact_email_and_class_indexes"),
        ("accounts", "0011_firm_letterhead_and_credit"),
        ("accounts", "0012_client_trash"),
        ("accounts", "0013_search_columns"),
    ]
    dependencies = [("accounts", "0001_all_tables")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
