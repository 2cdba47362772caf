"""File in, words out; knows no archive and no letter."""
