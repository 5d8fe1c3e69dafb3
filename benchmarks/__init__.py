"""What qbank costs, as ratios to references measured in the same run: `python -m benchmarks`."""
