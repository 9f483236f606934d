from crm.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Import leads from a CSV or spreadsheet file."
    kind = "leads"
