"""What an answer means. Pure: no web, no database, no clock; usable by anyone as a library."""
