"""Instap: a Dutch intake assistant for the scholingstraject hybride techniekopleider."""
