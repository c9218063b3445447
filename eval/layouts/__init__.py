"""One report in many layouts: what is read and told must not depend on how a table is set."""
