"""GET content and its files: public, the same for everybody, made to be fetched once."""

from flask import Response, request

from server.phone.arguments import PhoneBlueprint
from server.phone.doors import for_anyone
from server.phone.served_content import ContentFile, NoSuchFile, file_named, index
from server.problems import Problem

blueprint = PhoneBlueprint("content", __name__, description="Definitions and words")

_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


@blueprint.route("/content")
@for_anyone
@blueprint.alt_response(200, schema={"type": "object"}, success=True, description="The index")
@blueprint.alt_response(304, success=True, description="Not changed")
@blueprint.doc(summary="What there is, by hash")
def show_index() -> Response:
    """The index of all content. It carries an ETag, so that asking again costs little."""
    return _answer(index(), _ASK_AGAIN)


@blueprint.route("/content/<name>")
@for_anyone
@blueprint.alt_response(200, schema={"type": "object"}, success=True, description="The file")
@blueprint.alt_response(304, success=True, description="Not changed")
@blueprint.doc(summary="One immutable file that the index names")
def show_file(name: str) -> Response:
    """A bundle of definitions, or the words of one language."""
    try:
        return _answer(file_named(name), _FOR_EVER)
    except NoSuchFile:
        raise Problem(404, "content-gone", "This content is not served", "Fetch the index again.") from None


def _answer(file: ContentFile, caching: str) -> Response:
    compressed = request.accept_encodings.quality("br") > 0
    answer = Response(file.brotli if compressed else file.body, content_type="application/json")
    if compressed:
        answer.headers["Content-Encoding"] = "br"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = caching
    answer.set_etag(file.hash + ("-br" if compressed else ""))
    answer.make_conditional(request)
    return answer
