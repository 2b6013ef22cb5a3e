"""Close-out: did what was planned happen?"""
