"""Cases: what citizens and agencies bring to the department, from receipt to the count that is published.

Only `portal.services` (citizens), `portal.api.v1.cases` (modules) and the desk of this room (officers) know cases.
"""
