"""A link as a picture for a phone's camera. The text is a secret: it is drawn into the page and kept nowhere."""

import segno
from markupsafe import Markup

# What the standard asks for around the squares (ISO/IEC 18004: four), so that cameras find the edge.
_QUIET = 4


def svg(text: str) -> Markup:
    """The QR code of a text, as an SVG of two paths.

    No colour stands in it: the style sheet makes `.qr-tile` the light ground and `.qr-dots` dark, so that a camera
    can read them in the dark set of colours too.
    """
    matrix = segno.make(text, error="m", micro=False).matrix
    size = len(matrix) + 2 * _QUIET
    return Markup(
        '<svg class="qr-code" viewBox="0 0 {size} {size}" shape-rendering="crispEdges" aria-hidden="true">'
        '<path class="qr-tile" fill="none" d="M0 0h{size}v{size}h-{size}z"/>'
        '<path class="qr-dots" fill="currentColor" d="{dots}"/></svg>'
    ).format(size=size, dots=_dots(matrix))


def _dots(matrix: tuple[bytearray, ...]) -> str:
    """Every run of dark squares in a row as one rectangle."""
    runs = []
    for y, row in enumerate(matrix):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append(f"M{start + _QUIET} {y + _QUIET}h{x - start}v1h-{x - start}z")
                start = None
    return "".join(runs)
