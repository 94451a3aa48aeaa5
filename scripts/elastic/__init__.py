"""An Elasticsearch of one's own: fetched, started and stopped without Docker, by an account without rights."""
