"""Real reports that stay where they are: labels by offset and judged findings, without a word of their text."""
