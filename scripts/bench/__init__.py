"""`make bench`: how fast the portal is read, against what is written by hand and against Wagtail's own ways."""
