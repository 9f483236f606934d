from crm.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Import purchases from a CSV or spreadsheet file."
    kind = "purchases"
