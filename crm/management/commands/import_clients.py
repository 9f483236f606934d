from crm.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Import clients from a CSV, spreadsheet or vCard file."
    kind = "clients"
