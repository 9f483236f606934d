"""Two ways projects begin that most firms know; an admin edits them."""

from django.db import migrations

TEMPLATES = {
    "Website": [
        ("Kick-off", 7, "Goals, people, access and dates are agreed."),
        ("Design", 21, "Layouts of all page types, approved by you."),
        ("Build", 28, "The pages work in a preview you can open."),
        ("Content and tests", 14, "Texts and pictures are in; everything is tested."),
        ("Launch", 7, "The new site is live and handed over."),
    ],
    "Software project": [
        ("Specification", 14, "What will be built, in writing."),
        ("First version", 42, "The core works from end to end."),
        ("Complete version", 42, "Everything specified works."),
        ("Acceptance", 14, "You have tried it and agreed."),
    ],
}


def make(apps, schema_editor):
    template = apps.get_model("projects", "ProjectTemplate")
    milestone = apps.get_model("projects", "TemplateMilestone")
    for name, steps in TEMPLATES.items():
        row, made = template.objects.get_or_create(name=name)
        if made:
            milestone.objects.bulk_create(
                milestone(template=row, name=step, days=days, text=text, position=n)
                for n, (step, days, text) in enumerate(steps)
            )


class Migration(migrations.Migration):
    replaces = [
        ("projects", "0001_initial"),
        ("projects", "0002_start_undo"),
        ("projects", "0003_first_templates"),
        ("projects", "0004_leads_know_their_project"),
        ("projects", "0005_project_trash"),
        ("projects", "0006_children_in_trash"),
        ("projects", "0007_tasks"),
        ("projects", "0008_search_columns"),
    ]
    dependencies = [("projects", "0001_all_tables")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
