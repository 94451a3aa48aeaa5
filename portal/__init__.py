"""The public record of a city department: publication log, site, API and the rooms around them."""

__version__ = "0.1.0"
