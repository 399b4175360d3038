"""Visitors with a goal, played step by step."""
