"""The worker's phone: /api/v1. No route here sets a cookie, asks for a name or keeps an address."""
