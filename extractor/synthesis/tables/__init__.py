"""Tables with known values: the forms as printed, filled in, in the layouts tables are met in, with errors planted."""
