"""The pages: models, templates, assets. Imports exports and below; knows nothing of Great Expectations."""
