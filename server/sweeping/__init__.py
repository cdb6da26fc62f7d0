"""The clock: what has to happen by time, whoever is there. It decides when; what is due, the rows alone say."""
