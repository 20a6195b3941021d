"""What a spec file may say, as pydantic models: data. Imports no other part of specs."""
