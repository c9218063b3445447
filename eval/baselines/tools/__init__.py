"""One small script a tool. Texts come in as JSON lines, spans and values go out as JSON lines.

They need nothing of the package and run under the Python of an environment of their own, from the root
of the project: `python -m eval.baselines.tools.plain < texts.jsonl`. Only `ours` needs the package.
"""
