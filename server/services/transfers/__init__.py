"""Passing a referral on to another team: offered, accepted or refused, opened, done or taken back."""
