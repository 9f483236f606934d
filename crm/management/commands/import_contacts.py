from crm.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Import the people at clients from a CSV, spreadsheet or vCard file."
    kind = "contacts"
