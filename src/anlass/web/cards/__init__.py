"""Cards: the owner's own, what each person may see of them, and what their links show."""
