"""The frame of the site, menus and banners, as records like any other."""
