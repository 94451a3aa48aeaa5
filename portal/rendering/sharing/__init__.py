"""Pictures that stand for a page where it is shared: what is written on one, where its lines break, how it is drawn."""
