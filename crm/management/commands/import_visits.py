from crm.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Import visits, views and baskets from a CSV or spreadsheet file."
    kind = "visits"
