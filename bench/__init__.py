"""The speed budget: each job beside its bare floor, measured in the same run."""
