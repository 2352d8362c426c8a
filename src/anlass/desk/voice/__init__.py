"""How the owner is spoken to: whole sentences, German beside English, and why something was not done."""
