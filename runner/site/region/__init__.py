"""The overview of a region: how reports went by year, rule, kind of body and body above."""
