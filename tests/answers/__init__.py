"""Answers to an open question: what is kept of them, and how that is scored."""
