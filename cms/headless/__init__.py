"""Drafts for a separate front end: shown to whoever has the token that an editor's preview made."""
