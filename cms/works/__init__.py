"""Works projects: what is built or renewed, where, and when it is due."""
