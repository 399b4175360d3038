"""Finds personal data in what people type, so that it goes to one place only."""
