"""Importing what is sold and what was bought."""
