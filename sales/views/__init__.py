"""Staff pages of sales, one file per subject."""
