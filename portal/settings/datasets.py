"""Tables of observations that editors upload: how large a file may be, and the table in it."""

from portal.settings.env import number

DATASET_UPLOAD_MAX_BYTES = number("DATASET_UPLOAD_MAX_BYTES", 200 * 1024 * 1024)
DATASET_CSV_MAX_ROWS = number("DATASET_CSV_MAX_ROWS", 1_000_000)
DATASET_SHEET_MAX_ROWS = number("DATASET_SHEET_MAX_ROWS", 100_000)
