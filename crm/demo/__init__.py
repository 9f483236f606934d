"""The demo world: a generated firm with two years of history ending today."""
