"""Saying no over HTTP as an RFC 9457 problem document, with a `code` that the phone can translate.

A problem names the field and what is allowed; it must never repeat what was sent.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response

CONTENT_TYPE = "application/problem+json"
MOST_FAULTS = 20


class Problem(Exception):
    """An answer that refuses. Raise it from a view; `server.errors` writes it down.

    In: HTTP status, code (a stable kebab-case word), title (what is wrong), detail (what to do), faults
    ({pointer, detail, allowed?} each, pointer as a JSON pointer fragment), extra headers.
    """

    def __init__(
        self,
        status: int,
        code: str,
        title: str,
        detail: str,
        *,
        faults: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.faults = faults
        self.headers = headers or {}

    def response(self) -> Response:
        """The problem document."""
        document: dict[str, Any] = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
        }
        if self.faults:
            document["errors"] = [dict(fault) for fault in self.faults[:MOST_FAULTS]]
        answer = Response(json.dumps(document), status=self.status, content_type=CONTENT_TYPE)
        answer.headers.update(dict(self.headers))
        return answer
