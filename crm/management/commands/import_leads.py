from crm.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Import leads from a CSV, spreadsheet or vCard file."
    kind = "leads"
