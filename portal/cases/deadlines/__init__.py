"""Time limits: how they are counted, what they say of themselves, and what moves them."""
