from crm.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Import what media of contact cost per month from a CSV or spreadsheet file."
    kind = "spend"
