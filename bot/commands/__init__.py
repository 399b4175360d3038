"""The groups of commands of `instap`, one module a subject."""
