"""The workshop: what sets arsip up, checks it, and remakes its locks."""
