"""The inbox's routes, by what they are about. Each states whom it needs."""
