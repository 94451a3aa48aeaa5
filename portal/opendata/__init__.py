"""Open data: what readers and programs are given of datasets beside their records."""
