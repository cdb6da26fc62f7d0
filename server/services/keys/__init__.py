"""Keys: public halves, what browsers have sealed, and what teams sign. No private half may ever pass through here."""
