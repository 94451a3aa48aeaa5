"""A mail a day to each officer: which cases are due soon, and which are overdue."""
