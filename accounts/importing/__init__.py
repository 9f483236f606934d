"""Reading files of leads, clients and purchases, and telling what came of each row."""
