"""Staff pages of projects, one file per subject."""
