"""The headers on every answer of both hosts: what a browser may load, embed, use and tell others. No exceptions by
route."""

from collections.abc import Iterable
from wsgiref.headers import Headers

FIELD_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types heed"
)
# The inbox has forms; the phone sends by script only.
INBOX_CSP = FIELD_CSP.replace("form-action 'none'", "form-action 'self'")

_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
# The phone scans invitations, the inbox six words on a colleague's screen and a recovery sheet.
_CAMERA = {FIELD_CSP: "(self)", INBOX_CSP: "(self)"}
_PERMISSIONS = "camera={}, microphone=(), geolocation=(), payment=(), usb=()"
# Two years, as the browsers' preload lists ask; only over https, where it means something.
_HTTPS_ONLY = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")


def guarded(headers: Iterable[tuple[str, str]], csp: str, https: bool) -> list[tuple[str, str]]:
    """The headers of an answer with ours put in place of whatever was there.

    In: the answer's headers, the host's content security policy, whether the origin is https. What says
    nothing of caching is not to be kept: a shared computer's Back button must show nothing.
    """
    answer = Headers(list(headers))
    answer["Content-Security-Policy"] = csp
    answer["Permissions-Policy"] = _PERMISSIONS.format(_CAMERA.get(csp, "()"))
    for name, value in (*_ALWAYS, *((_HTTPS_ONLY,) if https else ())):
        answer[name] = value
    if "Cache-Control" not in answer:
        answer["Cache-Control"] = "no-store"
    return answer.items()
