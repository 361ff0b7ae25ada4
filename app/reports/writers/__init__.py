"""Writers: each takes a `ComposedReport` and returns the bytes of one file. They never see a record."""
