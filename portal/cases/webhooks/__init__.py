"""Webhooks: modules are told at once that something happened to a case (Standard Webhooks 1.0, standardwebhooks.com).

What is sent is thin: which case, which event. What the event says, the module reads through the API, within its scopes.
The events of cases are the outbox; each webhook follows them from a position of its own.
"""
