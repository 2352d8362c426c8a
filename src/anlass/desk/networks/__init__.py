"""The doors on chat networks at work: who asks there, and what is said."""
