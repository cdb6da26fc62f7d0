"""Organisations and their teams: what each is for, when it reads, and what it must not be told."""
