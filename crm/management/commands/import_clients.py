from crm.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Import clients from a CSV or spreadsheet file."
    kind = "clients"
