"""What all families of records share: the abstract page, its members, its document, its form."""
