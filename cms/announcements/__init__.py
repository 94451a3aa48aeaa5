"""Announcements: what the department decided, offers or reports."""
