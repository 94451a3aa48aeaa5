"""The database: SQLite in one file by default, PostgreSQL by DATABASE_URL."""

from pathlib import Path

from portal.settings.env import BASE_DIR, DATA_DIR, TESTING, database, number

SQLITE_PRAGMAS = {
    "journal_mode": "WAL",
    # In WAL, NORMAL survives a crash of the process, but a power cut can lose the last commits of the log.
    "synchronous": "OFF" if TESTING else "FULL",
    "foreign_keys": "ON",
    # What is redacted is overwritten in the file, not only unlinked.
    "secure_delete": "ON",
    # In KiB, for each connection, and every thread of the web process keeps one.
    "cache_size": "-8000",
    "mmap_size": "1073741824",
    "temp_store": "MEMORY",
}


def sqlite(config: dict[str, object]) -> dict[str, object]:
    """One SQLite database: absolute path, write-ahead log, the write lock taken when a transaction begins.

    Without IMMEDIATE a transaction that reads and then writes gets "database is locked" at once, however
    long the timeout is.
    """
    name = str(config["NAME"])
    if name != ":memory:":
        path = BASE_DIR / name
        path.parent.mkdir(parents=True, exist_ok=True)
        config["NAME"] = str(path)
        # A test database in memory cannot be shared between threads.
        config["TEST"] = {"NAME": str(Path(path).with_name(f"test_{path.name}"))}
    config["OPTIONS"] = {
        "timeout": 30,
        "transaction_mode": "IMMEDIATE",
        "init_command": "".join(f"PRAGMA {pragma}={value};" for pragma, value in SQLITE_PRAGMAS.items()),
    }
    return config


def postgresql(config: dict[str, object]) -> dict[str, object]:
    """One PostgreSQL database through psycopg 3, with kept connections that are checked before use."""
    config["CONN_HEALTH_CHECKS"] = True
    return config


def configured() -> dict[str, object]:
    """The default database as the environment chooses it."""
    config = database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}")
    # Opening SQLite anew for each request would take several times as long as answering it.
    config["CONN_MAX_AGE"] = number("DATABASE_CONN_MAX_AGE", 0 if TESTING else 60)
    return sqlite(config) if str(config["ENGINE"]).endswith("sqlite3") else postgresql(config)


DATABASES = {"default": configured()}
