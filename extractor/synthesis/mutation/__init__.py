"""Labelled reports with one number changed, and what an audit must then find."""
