"""What the pages show: sums of stored figures, cut and put into words."""
