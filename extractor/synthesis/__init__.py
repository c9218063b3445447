"""Reports that nobody wrote: labelled ones with one number changed, and invented ones at any scale."""
