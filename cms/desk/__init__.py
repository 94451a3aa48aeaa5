"""The editors' desk: what failed to publish, what waits for a translation, figures to look at again and to cite."""
