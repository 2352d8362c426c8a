"""What stands on the door, and the letters that wait there for their link."""
