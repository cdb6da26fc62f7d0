"""Words in other languages: gathered from code, templates and content, checked, and served.

May read the compiled definitions of server.screening; must never decide what a screen shows.
"""
