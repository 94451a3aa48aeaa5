"""Plain pages: the home page, the introductions of the lists, about, contact and the like."""
