"""What worker processes do with an upload: from readings to the answer as it is sent."""
