"""What every page of the book stands on: SQL for one owner, rows and values, what names whom."""
