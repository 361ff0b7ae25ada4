"""The Prisoners page: table, detail, forms."""
