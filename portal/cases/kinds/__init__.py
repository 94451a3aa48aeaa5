"""The kinds of case, one module each."""
