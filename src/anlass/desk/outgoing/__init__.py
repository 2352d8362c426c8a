"""Letters that leave: worded, released, sent once, taken back as long as they have not left."""
