"""The steps from an empty database to this release, one file each in `versions`, and what runs them."""
