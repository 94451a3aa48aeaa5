"""The engine on Elasticsearch, through its client's own DSL."""
