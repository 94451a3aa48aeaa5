"""Places on the globe and their charts. Pure: numbers in, numbers and SVG paths out."""
