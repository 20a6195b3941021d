"""The overview of a site as data: agencies by year, for a page that shows, filters and sorts them by itself."""
