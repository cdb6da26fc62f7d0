"""Sealed messages about a referral, both ways, and what a team writes for itself. Nothing here can be read here."""
