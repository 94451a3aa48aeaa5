"""Activities: aid, gifts, festivals, forums and the like, with partners and quantities."""
