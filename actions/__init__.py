"""Translators between Rasa and the services: they read slots and name texts, and decide nothing."""
