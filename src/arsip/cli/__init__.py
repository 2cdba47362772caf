"""The counter: the only floor that prints or reads the configuration."""
