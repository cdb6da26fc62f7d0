"""Whether this server and its teams are well: assertions, each with what was found. Looking changes nothing, and no
finding holds the name of a person."""
