"""Words in, meaning out: what a letter says of itself. Pure: no disk, clock, network, database.

How a letter is built and what its parts are called: PermenPANRB 80/2012, Peraturan ANRI 5/2021,
Permendagri 1/2023; the codes in its number: Permendagri 83/2022.
"""
