"""How long things are kept, and deleting them on time."""
