"""What people have decided about findings: read, matched with findings, and told where it no longer holds."""
