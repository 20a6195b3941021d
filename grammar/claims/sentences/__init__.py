"""Running text to sentences, phrases, quantities and words of claims. May import what claims may, but not the claims."""
