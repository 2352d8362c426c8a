"""Cases: kept, listed, searched, looked at again, let go of; what was done to them."""
