"""Small parts of pages that know values, never services, the store or other pages."""
