"""Search: Elasticsearch where one is named, and the embedded index."""

from portal.settings.env import DATA_DIR, decimal, flag, names, number, text

#: Empty: the embedded index alone answers.
ELASTICSEARCH_URLS = names("ELASTICSEARCH_URL", [])
ELASTICSEARCH_INDEX = text("ELASTICSEARCH_INDEX", "portal")
ELASTICSEARCH_CA_FILE = text("ELASTICSEARCH_CA_FILE")
ELASTICSEARCH_USER = text("ELASTICSEARCH_USER")
ELASTICSEARCH_PASSWORD = text("ELASTICSEARCH_PASSWORD")
ELASTICSEARCH_API_KEY = text("ELASTICSEARCH_API_KEY")
ELASTICSEARCH_SHARDS = number("ELASTICSEARCH_SHARDS", 1)
ELASTICSEARCH_REPLICAS = number("ELASTICSEARCH_REPLICAS", 0)
ELASTICSEARCH_TIMEOUT = decimal("ELASTICSEARCH_TIMEOUT", 1.5)

#: Whether this host keeps an embedded index: the only one, or what answers while Elasticsearch is away.
SEARCH_EMBEDDED = flag("SEARCH_EMBEDDED", default=True)
SEARCH_INDEX_DIR = text("SEARCH_INDEX_DIR", str(DATA_DIR / "search"))
