"""The form at the door: requests in. Its answers leave by mail."""
