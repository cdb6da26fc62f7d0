"""For those who write content: the form of their files, what is wrong with them, what changed, and a way out to
other forms. Nothing here decides on anybody: the engine stands one folder up."""
