"""The way in: from a scan folder to the archive."""
