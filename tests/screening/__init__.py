"""Tests of the pure screening engine and its content."""
