from crm.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Import products from a CSV or spreadsheet file."
    kind = "products"
