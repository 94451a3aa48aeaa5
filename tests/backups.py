"""What is in a backup."""

import subprocess
import tarfile
from pathlib import Path


def dumped(file: Path) -> str:
    """The database in a backup as text."""
    with tarfile.open(file) as archive:
        [name] = [each for each in archive.getnames() if each.startswith("database.")]
        content = archive.extractfile(name).read()
    if name.endswith(".sqlite3"):
        return content.decode("latin-1")
    path = file.with_name(name)
    path.write_bytes(content)
    return subprocess.run(["pg_restore", "--file=-", str(path)], check=True, capture_output=True, text=True).stdout
