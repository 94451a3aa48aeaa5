"""Programs around the portal: serving, checking, measuring."""
