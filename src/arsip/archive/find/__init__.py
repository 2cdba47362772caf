"""What a clerk types, understood and answered; knows the catalog, and no vault."""
