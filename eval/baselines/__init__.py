"""The tools that exist, run on the same gold: `python -m eval.baselines` (`make baselines`)."""
