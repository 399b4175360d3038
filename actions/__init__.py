"""Translators between Rasa and the services: they carry out what was decided and name texts."""
