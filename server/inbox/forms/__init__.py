"""What can be sent from a page of the inbox, a file for each part of it."""
