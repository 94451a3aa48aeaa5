"""Consumer alerts and notices: what is dangerous or was checked, and what to do."""
