"""The officers' desk: queues of cases, a case's page, and the steps that an officer may take."""
