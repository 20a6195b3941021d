"""run-checks, check-spec and what they print. The top floor; imports all below."""
