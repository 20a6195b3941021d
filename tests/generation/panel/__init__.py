"""Panels: invented bodies through the years, their reports read, checked and told about."""
