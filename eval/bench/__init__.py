"""Speed as ratios, so that a number means the same on any machine."""
