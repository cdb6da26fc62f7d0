"""The record of what was done: chained, checked, written down, exported. It never changes a row that was written."""
