"""Statistics: immutable tables of observations, addressed by the digest of their content."""
