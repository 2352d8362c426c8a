"""What speaks for or against a letter beside its words: copies of it, reminders, what came back before."""
