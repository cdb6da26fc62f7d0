"""Phones: invited, joined, held, taken out, wiped. No phone has a name, and nobody's is asked for."""
