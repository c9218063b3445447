"""What was found between reports, and what a run comes to: listings, and one self-contained page."""
