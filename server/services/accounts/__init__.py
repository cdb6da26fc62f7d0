"""Accounts: who may do what, how they sign in, and how an account begins and ends. Sign-in fails closed."""
